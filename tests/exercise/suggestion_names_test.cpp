// How suggested exercises are called, and which situations they choose.

#include "random_policy.hpp"
#include <rolecall/exercise_suggestions.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using rolecall::different_answer;
using rolecall::mutant;

constexpr char const* shop = R"(rolecall: 1
facts: {open-ticket: A ticket, consent: Consent, dispute: A dispute}
categories: {account: Names, payment: Cards}
roles:
  support: {title: The help desk, may: {account: view, payment: {view: {if: open-ticket}}}}
  billing: {may: {payment: view}}
users:
  dana: support
  "Bo.L@Shop.example": [billing, {roles: support, until: 2026-12-31}]
  "顧客": billing
)";

rolecall::policy loaded(std::string const& text) {
    auto const result = rolecall::yaml::load_text(text);
    REQUIRE(result);
    return result.value();
}

// A survivor that is noticed by this question, which the policy answers with no unless told.
different_answer asked(std::string user, std::vector<std::string> roles, bool allowed = false) {
    different_answer made;
    made.user = std::move(user);
    made.roles = std::move(roles);
    made.action = "view";
    made.category = allowed ? "account" : "payment";
    made.on = rolecall::date::parse("2026-12-24").value();
    made.allowed = allowed;
    return made;
}

std::vector<rolecall::written_exercise> suggested(std::string const& text,
                                                  std::vector<different_answer> const& questions) {
    rolecall::mutation_result found;
    for (different_answer const& one : questions) {
        found.survivors.emplace_back();
        found.survivors.back().difference = one;
    }
    auto made = rolecall::suggest_exercises(loaded(text), found);
    CHECK(made.notice == questions.size());
    return made.exercises;
}

rolecall::written_exercise one_for(different_answer const& question,
                                   std::string const& text = shop) {
    auto const made = suggested(text, {question});
    REQUIRE(made.size() == 1);
    return made.front();
}

TEST_CASE("an exercise is called after who asks and what is known") {
    CHECK(one_for(asked("", {"support"})).name.text == "support");
    CHECK(one_for(asked("", {"support", "billing"})).name.text == "billing-and-support");
    CHECK(one_for(asked("dana", {})).name.text == "dana");
    CHECK(one_for(asked("dana", {"support"})).name.text == "dana-as-support");
    CHECK(one_for(asked("顧客", {})).name.text == "user");
    CHECK(one_for(asked("Bo.L@Shop.example", {}, true)).name.text ==
          "bo-l-shop-example-on-2026-12-24");
    CHECK(one_for(asked("zoe", {"support"})).name.text == "zoe-as-support");
    auto with_facts = asked("", {"support"});
    with_facts.is_true = {"consent", "open-ticket"};
    with_facts.is_false = {"dispute"};
    auto const made = one_for(with_facts);
    CHECK(made.name.text == "support-with-consent-and-open-ticket-without-dispute");
    REQUIRE(made.facts.size() == 3);
    CHECK(made.facts[0].value == true);
    CHECK(made.facts[2].value == false);
}

TEST_CASE("an exercise says in words what it is about") {
    CHECK(one_for(asked("", {"support"})).about ==
          "What The help desk can do while no fact is known");
    CHECK(one_for(asked("", {"billing", "support"})).about ==
          "What billing and The help desk can do together while no fact is known");
    CHECK(one_for(asked("zoe", {"billing"})).about ==
          "What somebody whom nobody listed, as billing, can do while no fact is known");
    auto with_facts = asked("dana", {});
    with_facts.is_true = {"consent", "open-ticket"};
    with_facts.is_false = {"dispute"};
    CHECK(one_for(with_facts).about ==
          "What dana can do, with consent and open-ticket known to be true, dispute known to be "
          "false");
}

TEST_CASE("a day is given only where an assignment ends some day") {
    CHECK(!one_for(asked("", {"support"})).on);
    CHECK(!one_for(asked("dana", {})).on);
    CHECK(one_for(asked("Bo.L@Shop.example", {}, true)).on ==
          rolecall::date::parse("2026-12-24").value());
}

TEST_CASE("one exercise is about all survivors of one situation") {
    auto other = asked("", {"support"}, true);
    auto const made = suggested(shop, {asked("", {"support"}), other, asked("dana", {})});
    REQUIRE(made.size() == 2);
    CHECK(made[0].name.text == "support");
    CHECK(made[0].can.size() == 1);
    CHECK(made[0].cannot.size() == 1);
    CHECK(made[1].name.text == "dana");
}

TEST_CASE("names that are taken get a number, and `_` is used where the policy uses it") {
    std::string const taken = std::string(shop) +
                              "exercises:\n"
                              "  support: {as: support, can: {account: view}}\n"
                              "  support-2: {as: support, can: {account: view}}\n";
    CHECK(one_for(asked("", {"support"}), taken).name.text == "support-3");
    std::string const style = std::string(shop) +
                              "exercises:\n"
                              "  one_of_them: {as: support, can: {account: view}}\n"
                              "  dana_as_support: {as: support, can: {account: view}}\n";
    CHECK(one_for(asked("", {"support", "billing"}), style).name.text == "billing_and_support");
    CHECK(one_for(asked("dana", {"support"}), style).name.text == "dana_as_support_2");
}

TEST_CASE("a name never gets too long for one") {
    std::string const user(200, 'u');
    auto const made = one_for(asked(user, {"support"}));
    CHECK(made.name.text.size() <= 128);
    CHECK(made.name.text.find("uuu") == 0);
}

TEST_CASE("nothing survives: nothing is suggested") {
    auto const made = rolecall::suggest_exercises(loaded(shop), {});
    CHECK(made.exercises.empty());
    CHECK(made.yaml.empty());
    CHECK(made.notice == 0);
}

}  // namespace
