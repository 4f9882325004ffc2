// `rolecall who-can`.
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

outcome who_can(shop_folder const& shop, words rest) {
    rest.insert(rest.begin(), {"who-can", shop.policy()});
    return run(rest);
}

// A policy in which one person has a right through two roles, and a level to be shown.
constexpr char const* staffed = R"(rolecall: 1
facts: {asked: The customer asked}
categories:
  account: {about: Names, level: confidential}
  "account.phone": Numbers
roles:
  caller: {may: {account.phone: {view: {if: asked}}}}
  senior-caller: {inherits: caller}
  lead: {may: {account: view, account.phone: view}}
  idle: Nothing yet
users:
  "Zoë Ω": [caller, {roles: lead, until: 2026-12-31}]
  ann: [{roles: [lead, caller], until: 2027-06-30}]
  bob: idle
)";

TEST_CASE("who can lists roles and users, with conditions, roles and ends under each other") {
    shop_folder const shop;
    std::string const policy = shop.write("staffed.yaml", staffed);
    outcome const done = run({"who-can", policy, "view", "account.phone", "--at", "2026-06-15"});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(done.out ==
          "Who can view account.phone (confidential) on 2026-06-15\n"
          "\n"
          "Roles\n"
          "  caller                         if asked\n"
          "  lead\n"
          "  senior-caller  through caller  if asked\n"
          "\n"
          "Users\n"
          "  Zoë Ω  as caller                    if asked\n"
          "         as lead, until 2026-12-31\n"
          "  ann    as caller, until 2027-06-30  if asked\n"
          "         as lead, until 2027-06-30\n");
    CHECK(has(run({"who-can", policy, "view", "account"}).out,
              "Who can view account (confidential)\n"));
}

TEST_CASE("a user is listed as long as an assignment lasts") {
    shop_folder const shop;
    auto const on = [&](std::string const& day) {
        return who_can(shop, {"view", "payment", "--at", day}).out;
    };
    CHECK(has(on("2026-12-31"), "Users\n  bo  as billing, until 2026-12-31\n"));
    CHECK(!has(on("2027-01-01"), "Users"));
}

TEST_CASE("whoever holds a role that a guardrail binds is not listed") {
    shop_folder const shop;  // dana is in support, and in marketing, which sees no money
    outcome const done = who_can(shop, {"view", "payment", "--at", "2026-06-15"});
    CHECK(has(done.out, "support  if open-ticket\n"));
    CHECK(!has(done.out, "marketing"));
    CHECK(!has(done.out, "dana"));
}

TEST_CASE("what nobody can do is said, and ends with 1") {
    shop_folder const shop;
    outcome const done = who_can(shop, {"delete", "account"});
    CHECK(done.code == 1);
    CHECK(done.out == "Nobody can delete account\n");
    CHECK(done.err.empty());
}

TEST_CASE("given facts, who can for certain stands apart from who might") {
    shop_folder const shop;
    CHECK(who_can(shop, {"modify", "payment", "--fact", "open-ticket=true", "--at", "2027-01-01"})
              .out ==
          "Who can modify payment on 2027-01-01, given open-ticket=true\n"
          "\n"
          "Roles\n"
          "  billing\n"
          "\n"
          "Roles, once more is known\n"
          "  support  if consent\n");
    outcome const none = run({"who-can", shop.write("staffed.yaml", staffed), "view",
                              "account.phone", "--fact", "asked=false", "--at", "2028-01-01"});
    CHECK(none.out ==
          "Who can view account.phone (confidential) on 2028-01-01, given asked=false\n\nRoles\n  "
          "lead\n");

    std::string const text =
        "rolecall: 1\nfacts: {asked: Asked, paid: Paid}\ncategories: {account: Names}\n"
        "roles: {caller: {may: {account: {view: {if-all: [asked, paid]}}}}}\n";
    outcome const perhaps = run({"who-can", shop.write("few.yaml", text), "view", "account",
                                 "--fact", "asked=true", "--fact", "paid=unknown"});
    CHECK(perhaps.code == 1);
    CHECK(perhaps.out ==
          "Nobody can view account for certain, given asked=true and paid=unknown\n"
          "\n"
          "Roles, once more is known\n"
          "  caller  if paid\n");
}

TEST_CASE("who can as CSV has a line for each role that gives the right") {
    shop_folder const shop;
    std::string const policy = shop.write("staffed.yaml", staffed);
    words question{"who-can", policy,       "view",     "account.phone",
                   "--at",    "2026-06-15", "--format", "csv"};
    CHECK(run(question).out ==
          "kind,name,through,effect,if,facts,until\n"
          "role,caller,caller,conditional,asked,asked,\n"
          "role,lead,lead,allow,,,\n"
          "role,senior-caller,caller,conditional,asked,asked,\n"
          "user,Zoë Ω,caller,conditional,asked,asked,\n"
          "user,Zoë Ω,lead,allow,,,2026-12-31\n"
          "user,ann,caller,conditional,asked,asked,2027-06-30\n"
          "user,ann,lead,allow,,,2027-06-30\n");
    question.insert(question.end(), {"--fact", "asked=unknown"});
    CHECK(run(question).out ==
          "kind,name,through,effect,if,facts,until\n"
          "role,lead,lead,allow,,,\n"
          "user,Zoë Ω,lead,allow,,,2026-12-31\n"
          "user,ann,lead,allow,,,2027-06-30\n");
}

TEST_CASE("who can as JSON has everything, in one line") {
    shop_folder const shop;
    std::string const policy = shop.write("staffed.yaml", staffed);
    outcome const done =
        run({"who-can", policy, "view", "account", "--at", "2026-06-15", "--format", "json"});
    CHECK(done.code == 0);
    CHECK(done.out ==
          R"({"action":"view","category":"account","level":"confidential","on":"2026-06-15",)"
          R"("given":{},"refused":null,"holders":[)"
          R"({"kind":"role","name":"lead","effect":"allow","if":null,"facts":[],"until":null,)"
          R"("apart":false,"through":[{"role":"lead","effect":"allow","if":null,"facts":[],)"
          R"("until":null}]},)"
          R"({"kind":"user","name":"Zoë Ω","effect":"allow","if":null,"facts":[],)"
          R"("until":"2026-12-31","apart":false,"through":[{"role":"lead","effect":"allow",)"
          R"("if":null,"facts":[],"until":"2026-12-31"}]},)"
          R"({"kind":"user","name":"ann","effect":"allow","if":null,"facts":[],)"
          R"("until":"2027-06-30","apart":false,"through":[{"role":"lead","effect":"allow",)"
          R"("if":null,"facts":[],"until":"2027-06-30"}]}],"perhaps":[]})"
          "\n");
    std::string const given =
        who_can(shop, {"view", "payment", "--fact", "consent=false", "--format", "json"}).out;
    CHECK(has(given, R"("level":null)"));
    CHECK(has(given, R"("given":{"consent":false})"));
    CHECK(has(given, R"("perhaps":[{"kind":"role","name":"support","effect":"conditional",)"
                     R"("if":"open-ticket","facts":["open-ticket"])"));
}

TEST_CASE("a name that the policy does not declare is named, and ends with 1") {
    shop_folder const shop;
    outcome const done = who_can(shop, {"veiw", "paymnt", "--fact", "open=true"});
    CHECK(done.code == 1);
    CHECK(done.out ==
          "`veiw` is not an action of this policy; did you mean `view`? [unknown-name]\n"
          "`paymnt` is not a category of this policy; did you mean `payment`?\n"
          "`open` is not a fact of this policy.\n");
    outcome const csv = who_can(shop, {"veiw", "payment", "--format", "csv"});
    CHECK(csv.code == 1);
    CHECK(csv.out.empty());
    CHECK(has(csv.err, "did you mean `view`? [unknown-name]"));
    outcome const json = who_can(shop, {"veiw", "payment", "--format", "json"});
    CHECK(json.code == 1);
    CHECK(has(json.out, R"("refused":{"reason":"unknown-name","messages":["`veiw` is not an )"
                        R"(action of this policy; did you mean `view`?"]},"holders":[])"));
    CHECK(has(who_can(shop, {"\x1b[31m", "payment"}).out, "`<U+001B>[31m` is not an action"));
}

TEST_CASE("who can needs a policy, an action and a category") {
    shop_folder const shop;
    for (words const& rest : {words{}, {"view"}, {"a", "view", "payment"}}) {
        outcome const done = who_can(shop, rest);
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        CHECK(has(done.err, "the question is an action and a category"));
        CHECK(has(done.err, "usage: rolecall who-can POLICY ACTION CATEGORY [options]\n"));
    }
    CHECK(has(run({"who-can"}).err, "which policy?"));
    CHECK(has(who_can(shop, {"view", "payment", "--at", "soon"}).err, "`--at` takes a day"));
    CHECK(has(who_can(shop, {"view", "payment", "--format", "xml"}).err, "text, csv, json"));
    CHECK(run({"who-can", shop.path("missing"), "view", "payment"}).code == 2);
    CHECK(run({"who-can", shop.write("broken.yaml", "rolecall: 1\nroels: {}\n"), "view", "payment"})
              .code == 3);
}

TEST_CASE("conditions and headings have colours where they are wanted") {
    shop_folder const shop;
    std::string const out = who_can(shop, {"view", "payment", "--color", "always"}).out;
    CHECK(has(out, "\x1b[1mRoles\x1b[0m\n"));
    CHECK(has(out, "if \x1b[33mopen-ticket\x1b[0m\n"));
    CHECK(!has(who_can(shop, {"view", "payment"}).out, "\x1b"));
}

}  // namespace
