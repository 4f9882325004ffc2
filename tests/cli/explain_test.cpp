// `rolecall explain`.
#include "support/program.hpp"
#include "support/shop.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::shop_folder;
using words = std::vector<std::string>;

outcome explain(shop_folder const& shop, words rest) {
    rest.insert(rest.begin(), {"explain", shop.policy()});
    return run(rest);
}

TEST_CASE("an explanation of an allow shows the line that granted it") {
    shop_folder const shop;
    outcome const answer = explain(shop, {"support", "view", "account"});
    CHECK(answer.code == 0);
    CHECK(answer.out.rfind("allow  ", 0) == 0);
    CHECK(has(answer.out, "[granted]"));
    CHECK(has(answer.out, "Decided by\n  support may view account  "));
    CHECK(has(answer.out,
              "  17 |       account: [view, modify]\n"
              "     |                 ^~~~\n"));
    CHECK(has(answer.out, "To tell staff\n  "));
    CHECK(!has(answer.out, "What is missing"));
}

TEST_CASE("an explanation of a denial shows what decided, what is near and what is missing") {
    shop_folder const shop;
    outcome const answer = explain(shop, {"support", "view", "payment"});
    CHECK(answer.code == 1);
    CHECK(answer.out.rfind("deny   ", 0) == 0);
    CHECK(has(answer.out, "[undecided]"));
    CHECK(has(answer.out, "view: {if: open-ticket}"));
    CHECK(has(answer.out, "What is missing\n  "));
    CHECK(has(answer.out, "To tell staff\n  "));

    outcome const forbidden = explain(shop, {"marketing", "view", "payment"});
    CHECK(forbidden.code == 1);
    CHECK(has(forbidden.out, "  33 |   marketing-sees-no-money:\n"));

    outcome const not_granted = explain(shop, {"marketing", "modify", "account"});
    CHECK(has(not_granted.out, "Nearest grant\n  marketing may view account  "));
}

TEST_CASE("an explanation asks as check does") {
    shop_folder const shop;
    CHECK(explain(shop, {"--user", "dana", "view", "account"}).code == 0);
    CHECK(explain(shop, {"--user", "bo", "view", "payment", "--at", "2027-01-01"}).code == 1);
    CHECK(has(explain(shop, {"suport", "view", "account"}).out, "did you mean `support`?"));
    CHECK(explain(shop, {"view", "account"}).code == 2);
}

TEST_CASE("an explanation as JSON is an AuthZEN response with everything in its context") {
    shop_folder const shop;
    outcome const allowed = explain(shop, {"support", "view", "account", "--format", "json"});
    CHECK(allowed.code == 0);
    CHECK(has(allowed.out,
              R"({"decision":true,"context":{"reason":"granted","granting_role":"support")"));
    CHECK(has(allowed.out, R"("decided_by":[{"kind":"grant","file":")"));
    CHECK(has(allowed.out,
              R"("line":17,"column":17,"length":4,"text":"      account: [view, modify]")"));
    CHECK(has(allowed.out, R"("nearest":null,"missing":[])"));

    outcome const denied = explain(shop, {"marketing", "view", "payment", "--format", "json"});
    CHECK(denied.code == 1);
    CHECK(has(denied.out,
              R"({"decision":false,"context":{"reason":"forbidden","granting_role":null)"));
    CHECK(has(denied.out, R"("kind":"guardrail")"));
    CHECK(has(denied.out, R"("for_staff":")"));
    CHECK(denied.out.find('\n') == denied.out.size() - 1);
}

TEST_CASE("roles of a user that may not be active together are explained") {
    shop_folder const shop;
    std::string const text =
        "rolecall: 1\n"
        "categories: {account: Names}\n"
        "roles: {one: {may: {account: view}}, two: {may: {account: all}}}\n"
        "users: {eve: [one, two]}\n"
        "separation:\n"
        "  apart: {roles: [one, two], at-most: 1, per: session}\n";
    std::string const policy = shop.write("apart.yaml", text);
    for (std::string const command : {"check", "explain"}) {
        outcome const both = run({command, policy, "--user", "eve", "view", "account"});
        CHECK(both.code == 1);
        CHECK(has(both.out, "[separation]"));
        CHECK(has(both.out, "apart"));
        CHECK(run({command, policy, "--user", "eve", "--role", "one", "view", "account"}).code ==
              0);
    }
}

}  // namespace
