// `rolecall check` with one question.
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

outcome check(shop_folder const& shop, words rest) {
    rest.insert(rest.begin(), {"check", shop.policy()});
    return run(rest);
}

TEST_CASE("a question that is allowed ends with 0 and says by which role") {
    shop_folder const shop;
    outcome const answer = check(shop, {"support", "view", "account"});
    CHECK(answer.code == 0);
    CHECK(answer.out == "allow  support may view account (granted by support)\n");
    CHECK(answer.err.empty());
}

TEST_CASE("a question that is denied ends with 1 and says why, where, and the reason's word") {
    shop_folder const shop;
    outcome const answer = check(shop, {"marketing", "view", "payment"});
    CHECK(answer.code == 1);
    CHECK(has(answer.out, "deny   marketing may not view payment"));
    CHECK(has(answer.out, "`marketing-sees-no-money`"));
    CHECK(has(answer.out, "shop.yaml:"));
    CHECK(has(answer.out, "[forbidden]\n"));
    CHECK(answer.err.empty());
}

TEST_CASE("the role is a word, or an option, and both ask the same") {
    shop_folder const shop;
    CHECK(check(shop, {"--role", "support", "view", "account"}).out ==
          check(shop, {"support", "view", "account"}).out);
    CHECK(check(shop, {"view", "account", "--role=support"}).code == 0);
}

TEST_CASE("several roles are active together, and a guardrail of one stops all") {
    shop_folder const shop;
    CHECK(check(shop, {"--role", "billing", "--role", "support", "view", "payment"}).code == 0);
    outcome const stopped =
        check(shop, {"--role", "billing", "--role", "marketing", "view", "payment"});
    CHECK(stopped.code == 1);
    CHECK(has(stopped.out, "[forbidden]"));
}

TEST_CASE("a user asks with all roles, with chosen ones, or with none") {
    shop_folder const shop;
    CHECK(check(shop, {"--user", "dana", "modify", "account"}).out ==
          "allow  dana may modify account (granted by support)\n");
    CHECK(check(shop, {"--user", "dana", "--role", "support", "modify", "account"}).code == 0);
    CHECK(has(check(shop, {"--user", "dana", "--role", "marketing", "modify", "account"}).out,
              "[not-granted]"));
    CHECK(
        has(check(shop, {"--user", "dana", "--no-roles", "view", "account"}).out, "[not-granted]"));
    CHECK(has(check(shop, {"--user", "dana", "--role", "billing", "view", "payment"}).out,
              "[not-assigned]"));
    CHECK(has(check(shop, {"--user", "nobody", "view", "account"}).out, "[unknown-name]"));
    CHECK(has(check(shop, {"--user", "", "view", "account"}).out, "[unknown-name]"));
}

TEST_CASE("facts are true, false or unknown") {
    shop_folder const shop;
    auto const ask = [&](words facts) {
        facts.insert(facts.begin(), {"support", "view", "payment"});
        return check(shop, facts);
    };
    CHECK(ask({"--fact", "open-ticket=true"}).code == 0);
    CHECK(ask({"--fact=open-ticket=true"}).code == 0);
    CHECK(has(ask({"--fact", "open-ticket=false"}).out, "[unmet]"));
    CHECK(has(ask({"--fact", "open-ticket=unknown"}).out, "[undecided]"));
    CHECK(has(ask({}).out, "[undecided]"));
    CHECK(check(shop, {"support", "modify", "payment", "--fact", "open-ticket=true", "--fact",
                       "consent=true"})
              .code == 0);
}

TEST_CASE("the day of the decision is a matter of the command line") {
    shop_folder const shop;
    words const question{"--user", "bo", "view", "payment"};
    auto const on = [&](std::string const& day) {
        words rest = question;
        rest.insert(rest.end(), {"--at", day});
        return check(shop, rest);
    };
    CHECK(on("2026-12-31").code == 0);
    CHECK(has(on("2027-01-01").out, "[expired]"));
}

TEST_CASE("a name that the policy does not declare is a denial that names it, in every position") {
    shop_folder const shop;
    auto const denied = [&](words const& question, std::string const& said) {
        outcome const answer = check(shop, question);
        CHECK(answer.code == 1);
        CHECK_MESSAGE(has(answer.out, said), answer.out);
        CHECK(has(answer.out, "[unknown-name]"));
    };
    denied({"suport", "view", "account"},
           "`suport` is not a role of this policy; did you mean `support`?");
    denied({"support", "veiw", "account"}, "did you mean `view`?");
    denied({"support", "view", "acount"}, "did you mean `account`?");
    denied({"support", "view", "account", "--fact", "opn-ticket=true"},
           "did you mean `open-ticket`?");
    denied({"--user", "dana", "--role", "suport", "view", "account"}, "did you mean `support`?");
    denied({"--user", "daan", "view", "account"}, "did you mean `dana`?");
    denied({"", "view", "account"}, "`` is not a role");
    outcome const all = check(shop, {"suport", "veiw", "acount"});
    for (char const* const name : {"`suport`", "`veiw`", "`acount`"}) CHECK(has(all.out, name));
}

TEST_CASE("names that look like commands, options or lists are names") {
    shop_folder const shop;
    for (std::string const name : {"explain", "validate", "import", "csv", "help", "[support]",
                                   "{}", "%%", "a=b", "-1", "++x"}) {
        CAPTURE(name);
        outcome const answer = check(shop, {name, "view", "account"});
        CHECK(answer.code == 1);
        CHECK(has(answer.out, '`' + name + "` is not a role of this policy"));
        CHECK(check(shop, {"--role", name, "view", "account"}).out == answer.out);
    }
    CHECK(has(check(shop, {"--", "--role", "view", "account"}).out, "`--role` is not a role"));
}

TEST_CASE("what a terminal could mistake is not printed as it is") {
    shop_folder const shop;
    outcome const answer = check(shop, {"\x1b[31msupport\n", "view", "account"});
    CHECK(answer.code == 1);
    CHECK(has(answer.out, "`<U+001B>[31msupport<U+000A>`"));
}

TEST_CASE("a check as JSON is an AuthZEN response") {
    shop_folder const shop;
    CHECK(check(shop, {"support", "view", "account", "--format", "json"}).out ==
          R"({"decision":true,"context":{"reason":"granted","granting_role":"support"}})"
          "\n");
    outcome const denied = check(shop, {"support", "delete", "account", "--format", "json"});
    CHECK(denied.code == 1);
    CHECK(denied.out ==
          R"({"decision":false,"context":{"reason":"not-granted","granting_role":null}})"
          "\n");
}

TEST_CASE(
    "an invalid policy answers nothing, ends with 3, and its problems are on standard error") {
    shop_folder const shop;
    std::string const broken = shop.write("broken.yaml", "rolecall: 1\nroels: {}\n");
    for (std::string const command : {"check", "explain"}) {
        outcome const answer = run({command, broken, "support", "view", "account"});
        CHECK(answer.code == 3);
        CHECK(answer.out.empty());
        CHECK(has(answer.err, "broken.yaml:2:1: error: "));
        CHECK(has(answer.err, "is refused: "));
    }
}

TEST_CASE("a policy that is not there ends with 2") {
    for (std::string const command : {"check", "explain"}) {
        outcome const answer = run({command, "/no/such/policy", "support", "view", "account"});
        CHECK(answer.code == 2);
        CHECK(answer.out.empty());
        CHECK(has(answer.err, "/no/such/policy"));
    }
}

TEST_CASE(
    "a table larger than allowed, and a missing end marker, refuse the policy when asked to") {
    shop_folder const shop;
    CHECK(check(shop, {"support", "view", "account", "--max-table-mib", "1"}).code == 0);
    outcome const unmarked = check(shop, {"support", "view", "account", "--demand-end-marker"});
    CHECK(unmarked.code == 3);
    CHECK(has(unmarked.err, "[no-end-marker]"));
}

}  // namespace
