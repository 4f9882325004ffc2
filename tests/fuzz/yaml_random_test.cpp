// Random documents, and random slips in them, judged by libyaml.
#include "fuzz/libyaml_judge.hpp"
#include "fuzz/random_document.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

namespace {

using namespace rolecall::testing;

std::uint32_t rounds() {
    char const* const asked_for = std::getenv("ROLECALL_FUZZ_ROUNDS");
    return asked_for ? static_cast<std::uint32_t>(std::strtoul(asked_for, nullptr, 10)) : 10'000;
}

TEST_CASE("a random document of the subset is accepted, and libyaml reads it as the same tree") {
    for (std::uint32_t seed = 0; seed < rounds(); ++seed) {
        std::string const text = random_document(seed).write();
        auto const verdict = judge(text);
        if (verdict.accepted && verdict.difference.empty()) continue;
        CAPTURE(seed);
        CAPTURE(text);
        FAIL_CHECK((verdict.accepted ? verdict.difference : verdict.ours.found.front().text));
    }
}

TEST_CASE("with slips in it: what is still accepted, libyaml reads as the same tree") {
    std::uint32_t accepted = 0;
    for (std::uint32_t seed = 0; seed < rounds(); ++seed) {
        random_document random(seed);
        std::string const text = random.distort(random.write());
        auto const verdict = judge(text);
        if (verdict.accepted) ++accepted;
        if (verdict.difference.empty()) continue;
        CAPTURE(seed);
        CAPTURE(text);
        FAIL_CHECK(verdict.difference);
    }
    CHECK(accepted > rounds() / 10);
    CHECK(accepted < rounds());
}

}  // namespace
