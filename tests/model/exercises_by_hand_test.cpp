// What the page on exercises says, case by case: of the model that all random policies are compared
// with, and of the library.

#include "exercises.hpp"
#include "library_policy.hpp"
#include "policy_text.hpp"
#include "shop_by_hand.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

using namespace model;
using namespace model::by_hand;
namespace rc = rolecall;

namespace {

exercise asking(names roles) {
    exercise made;
    made.roles = std::move(roles);
    return made;
}

exercise asking_as(std::string user, names roles = {}) {
    exercise made;
    made.user = std::move(user);
    made.roles = std::move(roles);
    return made;
}

// The answer of the model; and that of the library, which fails what is expected otherwise.
std::string answer_to(policy rules, exercise asked, std::string const& action,
                      std::string const& category) {
    date const today{2026, 6, 15};
    auto const wanted = outcomes(rules, asked, today).at({category, action});
    asked.exactly_nothing = true;
    rules.exercises = {{"at-table", asked}};
    auto const text = to_yaml(rules);
    CAPTURE(text);
    auto const run = rc::run_exercises(rc::yaml::load_text(text).value(), {.on = as_date(today)});
    bool found = false;
    for (auto const& failure : run.exercises.at(0).failures) {
        found |= failure.action == action && failure.category == category;
    }
    CHECK(found == wanted.given.allow);
    bool open = false;
    bool certain = false;
    for (auto const& right : run.exercises.at(0).open) {
        if (right.action == action && right.category == category) {
            open = true;
            certain = right.certain;
        }
    }
    CHECK(open == wanted.possible);
    CHECK(certain == wanted.certain);
    return asked.compromised ? (wanted.given.allow ? "reached" : "out of reach")
                             : wanted.given.reason;
}

}  // namespace

TEST_CASE("an exercise asks what a check would answer") {
    auto rules = shop();
    rules.users["dana"] = {given({"support"}), given({"billing"}, date{2026, 6, 14})};
    CHECK(answer_to(rules, asking({"support"}), "view", "account") == "granted");
    CHECK(answer_to(rules, asking({"support"}), "view", "payment") == "undecided");
    auto asked = asking_as("dana");
    CHECK(answer_to(rules, asked, "store", "payment.card") == "not-granted");
    asked.on = date{2026, 6, 14};
    CHECK(answer_to(rules, asked, "store", "payment.card") == "granted");
    asked.facts["ticket"] = truth::no;
    asked.roles = {"support"};
    CHECK(answer_to(rules, asked, "view", "payment") == "unmet");
    asked.on = std::nullopt;
    asked.roles = {"billing"};
    CHECK(answer_to(rules, asked, "view", "payment") == "not-assigned");
    CHECK(answer_to(rules, asking_as("zoe", {"support"}), "view", "account") == "unknown-name");
    rules.users.clear();
    CHECK(answer_to(rules, asking_as("zoe", {"support"}), "view", "account") == "granted");
}

TEST_CASE("a role that is lost is as if it had never been assigned") {
    auto rules = shop();
    rules.users["dana"] = {given({"support"}), given({"billing", "marketing"}, date{2026, 6, 14})};
    auto asked = asking_as("dana");
    asked.lost = {"support"};
    CHECK(answer_to(rules, asked, "view", "account") == "expired");  // what is left has passed
    asked.lost = {"support", "billing", "marketing"};
    CHECK(answer_to(rules, asked, "view", "account") == "not-granted");
    rules.never["nobody"] = {.roles = {},
                             .categories = {"account"},
                             .actions = {},
                             .when = term{.how = term::need::all, .facts = {"hold"}},
                             .because = ""};
    CHECK(answer_to(rules, asked, "view", "account") == "forbidden");
    asked.roles = {"support"};
    CHECK(answer_to(rules, asked, "view", "account") == "not-assigned");
    auto roles = asking({"support", "billing"});
    roles.lost = {"billing"};
    CHECK(answer_to(rules, roles, "store", "payment.card") == "not-granted");
    roles.lost = {"billing", "support"};
    CHECK(answer_to(rules, roles, "view", "leads") == "not-granted");
}

TEST_CASE("whoever has an account chooses its roles, and waits for the facts") {
    auto rules = shop();
    rules.separations["one-hat"] = apart({"billing", "support"}, false);
    rules.users["dana"] = {given({"support", "billing"})};
    CHECK(answer_to(rules, asking_as("dana"), "view", "account") == "separation");
    auto stolen = asking_as("dana");
    stolen.compromised = true;
    CHECK(answer_to(rules, stolen, "view", "account") == "reached");
    CHECK(answer_to(rules, stolen, "store", "payment.card") == "reached");
    CHECK(answer_to(rules, stolen, "view", "leads") == "out of reach");
    stolen.lost = {"billing"};
    CHECK(answer_to(rules, stolen, "view", "payment") == "reached");
    stolen.facts["ticket"] = truth::unknown;  // it stays unknown
    CHECK(answer_to(rules, stolen, "view", "payment") == "out of reach");
    stolen.lost = {};
    rules.never["hold"] = {.roles = {"support"},
                           .categories = {"payment.card"},
                           .actions = {},
                           .when = term{.how = term::need::all, .facts = {"hold"}},
                           .because = ""};
    CHECK(answer_to(rules, stolen, "store", "payment.card") == "reached");
    stolen.facts["hold"] = truth::yes;  // the guardrail of the other role stays
    CHECK(answer_to(rules, stolen, "store", "payment.card") == "out of reach");

    rules.users["dana"] = {given({"support", "billing"}, date{2026, 6, 14})};
    stolen.facts.clear();
    CHECK(answer_to(rules, stolen, "view", "account") == "out of reach");

    auto roles = asking({"marketing", "billing"});
    roles.compromised = true;
    CHECK(answer_to(rules, roles, "view", "leads") == "reached");
    rules.separations["two-persons"] = apart({"billing", "marketing"});
    CHECK(answer_to(rules, roles, "view", "leads") == "out of reach");
}
