// Rights in one form: equal terms, equal meaning.
#include "meaning/terms.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <random>

using rolecall::review::formula;
using rolecall::review::term;
using rolecall::review::terms;
namespace review = rolecall::review;

namespace {

constexpr std::uint64_t a = 1, b = 2, c = 4;

bool met(review::alternatives const& any_of, std::uint64_t is_true) {
    for (std::uint64_t const mask : any_of)
        if ((mask & ~is_true) == 0) return true;
    return false;
}

bool fires(review::alternatives const& any_of, std::uint64_t is_false) {
    for (std::uint64_t const mask : any_of)
        if ((mask & is_false) == 0) return true;
    return false;
}

// Rules 5 and 6 of the format, word for word.
bool holds(formula const& f, std::uint64_t is_true, std::uint64_t is_false) {
    if (!f.granted.empty() && !met(f.granted, is_true)) return false;
    for (auto const& required : f.required)
        if (!met(required, is_true)) return false;
    for (auto const& forbidden : f.forbidden)
        if (fires(forbidden, is_false)) return false;
    return true;
}

bool holds(terms const& of, std::uint64_t is_true, std::uint64_t is_false) {
    for (term const& t : of)
        if (t.within({is_true, is_false})) return true;
    return false;
}

review::alternatives random_alternatives(std::mt19937& random, std::uint64_t facts) {
    review::alternatives result;
    for (auto left = 1 + random() % 3; left > 0; --left)
        if (std::uint64_t const mask = random() & facts; mask != 0) result.push_back(mask);
    if (result.empty()) result.push_back(1);
    return result;
}

formula random_formula(std::mt19937& random, std::uint64_t facts) {
    formula f;
    if (random() % 4 != 0) f.granted = random_alternatives(random, facts);
    for (auto left = random() % 3; left > 0; --left)
        f.required.push_back(random_alternatives(random, facts));
    for (auto left = random() % 3; left > 0; --left)
        f.forbidden.push_back(random_alternatives(random, facts));
    return f;
}

// Calls `each(is_true, is_false)` for every state of the facts.
template <class Each>
void each_state(std::uint64_t facts, Each const& each) {
    for (std::uint64_t is_true = 0; is_true <= facts; ++is_true)
        for (std::uint64_t is_false = 0; is_false <= facts; ++is_false)
            if ((is_true & is_false) == 0) each(is_true, is_false);
}

}  // namespace

TEST_CASE("a right without conditions has one term that asks for nothing") {
    CHECK(*review::terms_of({}) == terms{{}});
}

TEST_CASE("a requirement that a guardrail contradicts leaves no term") {
    formula const f{{a}, {}, {{a}}};
    CHECK(review::terms_of(f)->empty());
}

TEST_CASE("a guardrail is stopped by any of the facts that must hold together for it") {
    formula const f{{}, {}, {{a | b}}};
    CHECK(*review::terms_of(f) == terms{{0, a}, {0, b}});
}

TEST_CASE("different words for the same have the same terms") {
    formula const one{{a, a | b}, {{a, c}}, {}};
    formula const other{{a}, {}, {}};
    CHECK(*review::terms_of(one) == *review::terms_of(other));
}

TEST_CASE("terms hold in exactly the states in which their formula does") {
    std::mt19937 random(7);
    constexpr std::uint64_t facts = 15;
    for (int round = 0; round < 3000; ++round) {
        formula const f = random_formula(random, facts);
        terms const found = *review::terms_of(f);
        each_state(facts, [&](std::uint64_t is_true, std::uint64_t is_false) {
            REQUIRE(holds(found, is_true, is_false) == holds(f, is_true, is_false));
        });
    }
}

TEST_CASE("terms are equal if and only if they hold in the same states, and cover as these do") {
    std::mt19937 random(11);
    constexpr std::uint64_t facts = 7;
    int equal = 0;
    int covered = 0;
    for (int round = 0; round < 6000; ++round) {
        terms const one = *review::terms_of(random_formula(random, facts));
        terms const other = *review::terms_of(random_formula(random, facts));
        bool same = true;
        bool within = true;
        terms const gained = review::beyond(one, other);
        each_state(facts, [&](std::uint64_t is_true, std::uint64_t is_false) {
            bool const x = holds(one, is_true, is_false);
            bool const y = holds(other, is_true, is_false);
            same = same && x == y;
            within = within && (!y || x);
            // What lies beyond is where the first holds and the second does not, and above it.
            if (x && !y) REQUIRE(holds(gained, is_true, is_false));
        });
        for (term const& t : gained) REQUIRE_FALSE(holds(other, t.is_true, t.is_false));
        REQUIRE((one == other) == same);
        REQUIRE(review::covers(one, other) == within);
        equal += same ? 1 : 0;
        covered += within ? 1 : 0;
    }
    CHECK(equal > 100);
    CHECK(covered > equal + 100);
}

TEST_CASE("a condition with too many ways to hold has no terms, and takes no time") {
    formula f;
    for (int i = 0; i < 32; ++i)
        f.required.push_back({std::uint64_t{1} << (2 * i), std::uint64_t{2} << (2 * i)});
    CHECK_FALSE(review::terms_of(f).has_value());
}
