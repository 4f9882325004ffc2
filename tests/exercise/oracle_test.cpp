// The oracle by itself: it has something of everything to say, or comparing with it says little.

#include "model/trial.hpp"
#include "mutation_oracle.hpp"
#include "random_policy.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

using namespace exercised;

TEST_CASE("each kind of change is refused, killed, without effect and survives, and runs agree") {
    using outcome = rolecall::mutant::outcome;
    std::array<std::array<std::size_t, 4>, 8> seen{};
    with_random_policies(500, {}, [&](rolecall::policy const& of, auto&) {
        std::string const before = rolecall::yaml::write(of);
        CAPTURE(before);
        REQUIRE(rolecall::run_exercises(of, {today, {}}).passed());
        std::set<std::string> known;
        for (judged_change const& one : judged_changes(of, today)) {
            auto const kind = static_cast<std::size_t>(one.made.what);
            CAPTURE(one.made.of);
            REQUIRE(known.insert(std::to_string(kind) + one.made.of).second);
            ++seen[kind][static_cast<std::size_t>(one.is)];
            if (!one.policy) continue;
            auto const run = rolecall::run_exercises(*one.policy, {today, {}});
            REQUIRE(run.passed() == (one.is != outcome::killed));
        }
    });
    if (model::wanted_questions() < 100000) return;
    for (std::size_t kind = 0; kind < seen.size(); ++kind)
        for (std::size_t is = 0; is < 4; ++is) {
            CAPTURE(kind);
            CAPTURE(is);
            CHECK(seen[kind][is] >= 5);
        }
}
