// `rolecall test --mutate`: what is shown of changes that nobody notices.
#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::temporary_directory;

std::string const desk = R"(rolecall: 1
facts: {asked: The customer asked}
categories: {account: Names, notes: Notes}
roles:
  desk:
    may:
      account: {view: {if: asked}}
exercises:
  at-the-desk: {as: desk, cannot: {account: {view: undecided, delete: not-granted}}}
)";

// Noticed: that the right is taken, is given always, and that deleting is granted.
std::string const table =
    "Changing the policy, one thing at a time\n"
    "              changes  noticed  survived  without effect\n"
    "  cells             8        2         6               0   25 %\n"
    "  conditions        1        1         0               0  100 %\n"
    "  categories        2        0         0               2      -\n"
    "  all              11        3         6               2   33 %\n";

}  // namespace

TEST_CASE("a table tells what is noticed, and survivors of a role and category are one line") {
    temporary_directory const folder;
    std::string const path = folder.write("policy.yaml", desk);
    outcome const done = run({"test", path, "--mutate"});
    CAPTURE(done.out);
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(has(done.out, table));
    CHECK(has(done.out, "\n6 changes that nobody notices\n  cells\n"));
    CHECK(has(done.out, "policy.yaml:5:3: desk may modify and store account\n"));
    CHECK(has(done.out, "policy.yaml:5:3: desk may view, modify, store and delete notes\n"));
    CHECK(has(done.out, "`rolecall test POLICY --suggest` writes exercises that notice them\n"));
}

TEST_CASE("of many survivors twenty lines of a kind are shown, unless all are asked for") {
    temporary_directory const folder;
    std::string roles;
    for (int i = 0; i < 30; ++i) roles += "  role-" + std::to_string(i) + ": Somebody\n";
    std::string const path =
        folder.write("policy.yaml", "rolecall: 1\ncategories: {notes: Notes}\nroles:\n" + roles +
                                        "exercises:\n  one: {as: role-0, cannot: {notes: any}}\n");
    outcome const some = run({"test", path, "--mutate"});
    CHECK(has(some.out, "role-20 may view, modify, store and delete notes\n"));
    CHECK(!has(some.out, "role-21 may"));
    CHECK(has(some.out, "    … and 9 more; --all shows them\n"));
    outcome const all = run({"test", path, "--mutate", "--all"});
    CHECK(has(all.out, "role-29 may view, modify, store and delete notes\n"));
    CHECK(!has(all.out, "more; --all"));
}

TEST_CASE("where every change is noticed it says so, and less than is asked for fails") {
    temporary_directory const folder;
    std::string const path = folder.write("policy.yaml", R"(rolecall: 1
categories: {notes: Notes}
roles: {desk: {may: {notes: view}}}
exercises:
  desk: {as: desk, exactly: {notes: view}}
)");
    outcome const done = run({"test", path, "--mutate", "--fail-under", "100"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "every change that has an effect is noticed\n"));

    std::string const other = folder.write("other.yaml", desk);
    CHECK(run({"test", other, "--mutate", "--fail-under", "33"}).code == 0);
    CHECK(run({"test", other, "--mutate", "--fail-under", "34"}).code == 1);
}

TEST_CASE("as JSON each survivor has its place, and a question that notices it") {
    temporary_directory const folder;
    std::string const path = folder.write("policy.yaml", desk);
    outcome const done = run({"test", path, "--mutate", "--format", "json"});
    auto const whole = boost::json::parse(done.out);
    auto const& told = whole.at("policies").at(0).at("mutation");
    CHECK(told.at("changes").to_number<int>() == 11);
    CHECK(told.at("noticed").to_number<int>() == 3);
    CHECK(told.at("survived").to_number<int>() == 6);
    CHECK(told.at("without_effect").to_number<int>() == 2);
    CHECK(told.at("kinds").as_array().size() == 8);
    CHECK(told.at("kinds").at(0).at("kind").as_string() == "cells");
    REQUIRE(told.at("survivors").as_array().size() == 6);
    auto const& first = told.at("survivors").at(0);
    CHECK(first.at("kind").as_string() == "cells");
    CHECK(first.at("line").to_number<int>() == 5);
    CHECK(first.at("change").as_string() == "desk may modify account");
    CHECK(first.at("action").as_string() == "modify");
    auto const& question = first.at("difference");
    CHECK(question.at("user").is_null());
    CHECK(question.at("roles").at(0).as_string() == "desk");
    CHECK(question.at("decision").as_string() == "deny");
    CHECK(question.at("reason").as_string() == "not-granted");
    CHECK(question.at("decision_when_changed").as_string() == "allow");
}
