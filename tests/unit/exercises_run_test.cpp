// What a run of exercises tells besides, and which it runs: docs/exercises.md.
#include "support/exercised_shop.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::tests;

namespace {

TEST_CASE("what is open with the facts given, and what could be") {
    exercise_outcome const one = run_one("{as: support, can: {account: view}}");
    CHECK(open_of(one, true) == names{"view account", "modify account"});
    CHECK(open_of(one, false) == names{"view payment", "store payment"});
    exercise_outcome const held = run_one(
        "{as: billing, given: {facts: {legal-hold: yes}}, "
        "cannot: {account: delete}}");
    CHECK(open_of(held, true) == names{"view payment.history"});
    CHECK(open_of(held, false).empty());
    CHECK(open_of(run_one("{as: billing, cannot: {account: delete}}"), false) ==
          names{"delete account"});
    CHECK(run_one("{as: [support, billing], cannot: {account: any}}").open.empty());
}

TEST_CASE("who and situation, in words") {
    exercise_outcome const one = run_one(
        "{title: Gone, about: A laptop, note: Who calls, as: {user: dana, roles: support}, given: "
        "{date: 2026-12-24, lost: billing, facts: {open-ticket: yes, consent: no, "
        "legal-hold: unknown}}, can: {account: view}}");
    CHECK(one.name == "one");
    CHECK(one.title == "Gone");
    CHECK(one.about == "A laptop");
    CHECK(one.note == "Who calls");
    CHECK(one.who == "dana as support");
    CHECK(one.situation ==
          "on 2026-12-24, without billing, open-ticket is true, consent is false, legal-hold is "
          "unknown");
    CHECK(one.on.to_string() == "2026-12-24");
    CHECK(run_one("{as: [support, marketing], cannot: {payment: any}}").who ==
          "support and marketing");
    CHECK(run_one("{as: support, can: {account: view}}").situation.empty());
}

TEST_CASE("exercises run by name, and those that a filter names") {
    policy const of = shop_with(R"(  z-last: {as: support, can: {account: view}}
  a-first: {title: Stolen laptop, as: {user: dana, roles: billing}, can: {payment.history: view}}
  middle: {as: marketing, cannot: {account: view}}
)");
    auto const ran = [&](std::vector<std::string> only) {
        exercise_run const run = run_exercises(of, {new_year, std::move(only)});
        CHECK(run.left_out + run.exercises.size() == 3);
        names result;
        for (exercise_outcome const& one : run.exercises) result.push_back(one.name);
        return result;
    };
    CHECK(ran({}) == names{"a-first", "middle", "z-last"});
    CHECK(ran({"middle"}) == names{"middle"});
    CHECK(ran({"laptop"}) == names{"a-first"});
    CHECK(ran({"dana"}) == names{"a-first"});
    CHECK(ran({"support"}) == names{"z-last"});
    CHECK(ran({"shop.yaml"}).size() == 3);
    CHECK(ran({"billing", "market"}) == names{"a-first", "middle"});
    CHECK(ran({"nothing like it"}).empty());

    exercise_run const all = run_exercises(of, {new_year, {}});
    CHECK(all.expectations == 3);
    CHECK(all.failed == 1);
    CHECK_FALSE(all.passed());
    CHECK(run_exercises(of, {new_year, {"first", "last"}}).passed());
}

TEST_CASE("a policy without exercises passes") {
    exercise_run const run = run_exercises(yaml::load_text(shop, "shop.yaml").value());
    CHECK(run.exercises.empty());
    CHECK(run.passed());
}

}  // namespace
