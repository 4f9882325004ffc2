// `rolecall what-can`.
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

outcome what_can(shop_folder const& shop, words rest) {
    rest.insert(rest.begin(), {"what-can", shop.policy()});
    return run(rest);
}

constexpr char const* clinic = R"(rolecall: 1
facts: {on-duty: On duty, asked: The patient asked}
actions: {share: Pass it on}
categories:
  health: {about: Findings, level: restricted}
  account: {about: Names, level: internal}
  feedback: Answers
roles:
  nurse:
    may: {health: {view: {if: on-duty}, share: {if-all: [on-duty, asked]}}, feedback: all}
  clerk: {may: {account: [view, modify, share], feedback: view}}
  idle: Nothing yet
users:
  ann: [clerk, {roles: nurse, until: 2026-12-31}]
  bob: idle
  cy: {roles: clerk, until: 2026-01-31}
separation:
  one-hat: {roles: [nurse, clerk], at-most: 1, per: session}
)";

TEST_CASE("what a role can do is a table of categories, their levels, actions and conditions") {
    shop_folder const shop;
    std::string const policy = shop.write("clinic.yaml", clinic);
    outcome const done = run({"what-can", policy, "nurse"});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(done.out ==
          "What nurse can do\n"
          "\n"
          "  feedback              view, modify, store, delete\n"
          "  health    restricted  view                         if on-duty\n"
          "                        share                        if asked and on-duty\n");
    CHECK(run({"what-can", policy, "--role", "nurse"}).out == done.out);
}

TEST_CASE("a policy without levels has no column for them") {
    shop_folder const shop;
    CHECK(what_can(shop, {"support"}).out ==
          "What support can do\n"
          "\n"
          "  account  view, modify\n"
          "  payment  view          if open-ticket\n"
          "           modify        if consent and open-ticket\n");
}

TEST_CASE("roles that are asked together have what each gives, less the guardrails of all") {
    shop_folder const shop;
    outcome const done = what_can(shop, {"--role", "support", "--role", "marketing"});
    CHECK(done.code == 0);
    CHECK(done.out ==
          "What support and marketing can do together\n"
          "\n"
          "  account  view, modify\n");
}

TEST_CASE("what a user can do is listed by role, with its end, and what may not be joined") {
    shop_folder const shop;
    std::string const policy = shop.write("clinic.yaml", clinic);
    CHECK(run({"what-can", policy, "--user", "ann", "--at", "2026-06-15"}).out ==
          "What ann can do on 2026-06-15\n"
          "\n"
          "As clerk\n"
          "  account   internal  view, modify, share\n"
          "  feedback            view\n"
          "\n"
          "As nurse, until 2026-12-31\n"
          "  feedback              view, modify, store, delete\n"
          "  health    restricted  view                         if on-duty\n"
          "                        share                        if asked and on-duty\n"
          "\n"
          "Not all of these roles may be active at the same time; each may alone.\n");
    CHECK(run({"what-can", policy, "--user", "ann", "--at", "2027-01-01"}).out ==
          "What ann can do on 2027-01-01\n"
          "\n"
          "As clerk\n"
          "  account   internal  view, modify, share\n"
          "  feedback            view\n");
    CHECK(run({"what-can", policy, "--user", "ann", "--role", "clerk", "--at", "2026-06-15"}).out ==
          "What ann can do as clerk on 2026-06-15\n"
          "\n"
          "  account   internal  view, modify, share\n"
          "  feedback            view\n");
}

TEST_CASE("who can do nothing is told so, and it ends with 1") {
    shop_folder const shop;
    std::string const policy = shop.write("clinic.yaml", clinic);
    outcome const idle = run({"what-can", policy, "idle"});
    CHECK(idle.code == 1);
    CHECK(idle.out == "idle can do nothing\n");
    CHECK(run({"what-can", policy, "--user", "bob"}).out == "bob can do nothing\n");
}

TEST_CASE("given facts, what is certain stands apart from what might be") {
    shop_folder const shop;
    std::string const policy = shop.write("clinic.yaml", clinic);
    CHECK(run({"what-can", policy, "nurse", "--fact", "on-duty=true"}).out ==
          "What nurse can do, given on-duty=true\n"
          "\n"
          "  feedback              view, modify, store, delete\n"
          "  health    restricted  view\n"
          "\n"
          "Once more is known\n"
          "  health  restricted  share  if asked\n");
    CHECK(run({"what-can", policy, "--user", "ann", "--at", "2026-12-31", "--fact", "asked=true",
               "--fact", "on-duty=false"})
              .out ==
          "What ann can do on 2026-12-31, given asked=true and on-duty=false\n"
          "\n"
          "As clerk\n"
          "  account   internal  view, modify, share\n"
          "  feedback            view\n"
          "\n"
          "As nurse, until 2026-12-31\n"
          "  feedback  view, modify, store, delete\n"
          "\n"
          "Not all of these roles may be active at the same time; each may alone.\n");

    std::string const text =
        "rolecall: 1\nfacts: {asked: Asked}\ncategories: {account: Names}\n"
        "roles: {caller: {may: {account: {view: {if: asked}}}}}\nusers: {ann: caller}\n";
    outcome const perhaps =
        run({"what-can", shop.write("few.yaml", text), "--user", "ann", "--fact", "asked=unknown"});
    CHECK(perhaps.code == 1);
    CHECK(perhaps.out ==
          "ann can do nothing for certain, given asked=unknown\n"
          "\n"
          "As caller, once more is known\n"
          "  account  view  if asked\n");
}

TEST_CASE("what can as CSV has a line for each role that gives a right") {
    shop_folder const shop;
    std::string const policy = shop.write("clinic.yaml", clinic);
    CHECK(run({"what-can", policy, "--user", "ann", "--at", "2026-06-15", "--format", "csv"}).out ==
          "category,level,action,through,effect,if,facts,until\n"
          "account,internal,modify,clerk,allow,,,\n"
          "account,internal,share,clerk,allow,,,\n"
          "account,internal,view,clerk,allow,,,\n"
          "feedback,,delete,nurse,allow,,,2026-12-31\n"
          "feedback,,modify,nurse,allow,,,2026-12-31\n"
          "feedback,,store,nurse,allow,,,2026-12-31\n"
          "feedback,,view,clerk,allow,,,\n"
          "feedback,,view,nurse,allow,,,2026-12-31\n"
          "health,restricted,share,nurse,conditional,asked and on-duty,asked on-duty,2026-12-31\n"
          "health,restricted,view,nurse,conditional,on-duty,on-duty,2026-12-31\n");
    CHECK(run({"what-can", policy, "idle", "--format", "csv"}).out ==
          "category,level,action,through,effect,if,facts,until\n");
}

TEST_CASE("what can as JSON has everything, in one line") {
    shop_folder const shop;
    CHECK(what_can(shop, {"marketing", "--at", "2026-06-15", "--format", "json"}).out ==
          R"({"user":null,"roles":["marketing"],"on":"2026-06-15","given":{},"refused":null,)"
          R"("apart":false,"rights":[{"category":"account","level":null,"action":"view",)"
          R"("effect":"allow","if":null,"facts":[],"until":null,"apart":false,"through":[)"
          R"({"role":"marketing","effect":"allow","if":null,"facts":[],"until":null}]}],)"
          R"("perhaps":[]})"
          "\n");
    std::string const user =
        what_can(shop, {"--user", "bo", "--at", "2026-12-31", "--format", "json"}).out;
    CHECK(user.rfind(R"({"user":"bo","roles":null,)", 0) == 0);
    CHECK(has(user, R"("until":"2026-12-31")"));
}

TEST_CASE("whoever may not ask is told why, as check would tell them") {
    shop_folder const shop;
    auto const refused = [&](words const& rest, std::string const& said) {
        outcome const done = what_can(shop, rest);
        CHECK(done.code == 1);
        CHECK_MESSAGE(has(done.out, said), done.out);
        CHECK(done.err.empty());
    };
    refused({"suport"},
            "`suport` is not a role of this policy; did you mean `support`? [unknown-name]\n");
    refused({"--user", "dana", "--role", "suport"}, "`suport` is not a role of this policy");
    refused({"--user", "daan"}, "`daan` is not a user of this policy; did you mean `dana`?");
    refused({"--user", ""}, "`` is not a user of this policy");
    refused({"support", "--fact", "opn-ticket=true"}, "did you mean `open-ticket`? [unknown-name]");
    refused({"--user", "bo", "--at", "2027-01-01"},
            "Every assignment of `bo` has passed; the last ended on 2026-12-31. [expired]\n");
    refused({"--user", "dana", "--role", "billing"}, "`dana` does not hold `billing` on ");
    refused({"\x1b[31m"}, "`<U+001B>[31m` is not a role");

    std::string const policy = shop.write("clinic.yaml", clinic);
    outcome const apart = run({"what-can", policy, "--role", "nurse", "--role", "clerk"});
    CHECK(apart.code == 1);
    CHECK(has(apart.out, "These roles break separation one-hat"));
    CHECK(has(apart.out, "[separation]\n"));
    outcome const json =
        run({"what-can", policy, "--user", "cy", "--at", "2026-02-01", "--format", "json"});
    CHECK(json.code == 1);
    CHECK(has(json.out, R"("refused":{"reason":"expired","messages":["Every assignment of `cy`)"));
    outcome const bare =
        run({"what-can", shop.write("bare.yaml", "rolecall: 1\nroles: {r: R}\n"), "x"});
    CHECK(bare.code == 1);
    CHECK(bare.out == "There is no list. [unknown-name]\n");
}

TEST_CASE("what can needs a policy, and either a role or a user") {
    shop_folder const shop;
    auto const misused = [](outcome const& done, std::string const& said) {
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        CHECK_MESSAGE(has(done.err, said), done.err);
    };
    misused(run({"what-can"}), "which policy?");
    misused(what_can(shop, {}), "who? `what-can` needs a role or a user\n");
    misused(what_can(shop, {"support", "view"}), "`view` is one word too many");
    misused(what_can(shop, {"support", "--role", "billing"}), "`support` is one word too many");
    misused(what_can(shop, {"--user", "dana", "--user", "bo"}), "given more than once");
    misused(run({"what-can", shop.path("missing"), "support"}), "can't be read");
    CHECK(run({"what-can", shop.write("broken.yaml", "rolecall: 1\nroels: {}\n"), "x"}).code == 3);
}

}  // namespace
