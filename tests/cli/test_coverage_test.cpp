// `rolecall test --coverage`, as text and as JSON.
#include "support/gate.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

namespace json = boost::json;

using rolecall::testing::has;
using rolecall::testing::json_of;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::temporary_directory;

// 2 roles, 4 actions and 3 categories: 24 cells.
constexpr std::string_view rules =
    "rolecall: 1\n"
    "facts: {open-ticket: The customer has an open ticket}\n"
    "categories: {account: Names, payment: Bank details, health: Notes}\n"
    "roles:\n"
    "  support: {may: {account: [view, modify], payment: {view: {if: open-ticket}}}}\n"
    "  billing: {may: {payment: [view, delete]}}\n"
    "users: {dana: support, bo: billing}\n"
    "never:\n"
    "  no-health: {roles: billing, categories: health}\n";

constexpr std::string_view some =
    "exercises:\n"
    "  on-the-phone: {as: support, given: {facts: {open-ticket: yes}}, can: {payment: view},"
    " cannot: {health: any, payment: delete}}\n";

std::string coverage_of_text(std::string const& out) {
    std::size_t const begin = out.find("What the exercises touch");
    return begin == std::string::npos ? out : out.substr(begin);
}

TEST_CASE("coverage is a table by kind, and then a line for each thing that nobody touches") {
    temporary_directory const folder;
    std::string const file = folder.write("shop.yaml", std::string(rules) + std::string(some));
    outcome const done = run({"test", file, "--coverage"});
    CHECK(done.code == 0);
    CHECK(coverage_of_text(done.out) ==
          "What the exercises touch\n"
          "              covered  of\n"
          "  cells             6  24  25 %\n"
          "  conditions        0   1   0 %\n"
          "  guardrails        0   1   0 %\n"
          "  users             0   2   0 %\n"
          "  all               6  28  21 %\n"
          "\n"
          "What they don't touch\n"
          "  cells\n"
          "    " +
              file +
              ":5:3: support: everything on account; payment modify and store\n"
              "    " +
              file +
              ":6:3: billing: everything\n"
              "  conditions\n"
              "    " +
              file +
              ":5:54: support may view payment if open-ticket"
              " -- never asked where it doesn't hold\n"
              "  guardrails\n"
              "    " +
              file +
              ":9:3: no-health: billing may never touch health -- nobody asks\n"
              "  users\n"
              "    " +
              file +
              ":7:9: dana -- no exercise is about them\n"
              "    " +
              file + ":7:24: bo -- no exercise is about them\n");
}

TEST_CASE("what is touched in full has nothing to list") {
    temporary_directory const folder;
    std::string const file =
        folder.write("shop.yaml",
                     "rolecall: 1\n"
                     "categories: {account: Names}\n"
                     "roles: {support: {may: {account: view}}}\n"
                     "exercises: {desk: {as: support, exactly: {account: view}}}\n");
    outcome const done = run({"test", file, "--coverage", "--fail-under", "100"});
    CHECK(done.code == 0);
    CHECK(coverage_of_text(done.out) ==
          "What the exercises touch\n"
          "         covered  of\n"
          "  cells        4   4  100 %\n"
          "  all          4   4  100 %\n"
          "\n"
          "everything is touched\n");
}

TEST_CASE("of a kind twenty lines are shown, and all of them where all are asked for") {
    temporary_directory const folder;
    std::string users = "users:\n";
    for (int number = 0; number < 30; ++number)
        users += "  user" + std::to_string(number) + ": support\n";
    std::string const file =
        folder.write("shop.yaml",
                     "rolecall: 1\ncategories: {account: Names}\n"
                     "roles: {support: {may: {account: view}}}\n" +
                         users + "exercises: {desk: {as: support, exactly: {account: view}}}\n");
    std::string const some_users = run({"test", file, "--coverage"}).out;
    CHECK(has(some_users, ": user19 -- "));
    CHECK_FALSE(has(some_users, ": user20 -- "));
    CHECK(has(some_users, "    … and 10 more; --all shows them\n"));
    std::string const all_users = run({"test", file, "--coverage", "--all"}).out;
    CHECK(has(all_users, ": user29 -- "));
    CHECK_FALSE(has(all_users, "--all shows them"));
}

TEST_CASE("a role with many categories that nobody asks about names the first of them") {
    temporary_directory const folder;
    std::string text = "rolecall: 1\ncategories:\n";
    for (int number = 0; number < 20; ++number)
        text += "  data" + std::to_string(number) + ": Data\n";
    text +=
        "roles: {support: {may: {data0: view}}}\n"
        "exercises: {one: {as: support, can: {data0: view}}}\n";
    std::string const file = folder.write("shop.yaml", text);
    std::string const some_cells = run({"test", file, "--coverage"}).out;
    CHECK(has(some_cells, "data11, data12; and 8 more categories\n"));
    std::string const all_cells = run({"test", file, "--coverage", "--all"}).out;
    CHECK(has(all_cells, "data18 and data19; data0 modify, store and delete\n"));
}

TEST_CASE("the JSON has the counts by kind, and each item that is not covered with its place") {
    temporary_directory const folder;
    std::string const file = folder.write("shop.yaml", std::string(rules) + std::string(some));
    outcome const done = run({"test", file, "--coverage", "--format", "json"});
    json::value const report = json_of(done.out);
    json::value const& coverage = report.at("policies").at(0).at("coverage");
    CHECK(coverage.at("covered") == 6);
    CHECK(coverage.at("of") == 28);
    REQUIRE(coverage.at("kinds").as_array().size() == 6);
    CHECK(coverage.at("kinds").at(0).at("kind") == "cells");
    CHECK(coverage.at("kinds").at(0).at("percent").to_number<double>() == 25);
    CHECK(coverage.at("kinds").at(4).at("of") == 0);
    json::array const& missing = coverage.at("not_covered").as_array();
    REQUIRE(missing.size() == 22);
    CHECK(missing[0].at("kind") == "cells");
    CHECK(missing[0].at("role") == "support");
    CHECK(missing[0].at("action") == "view");
    CHECK(missing[0].at("category") == "account");
    CHECK(missing[0].at("line") == 5);
    json::value const& condition = missing[18];
    CHECK(condition.at("kind") == "conditions");
    CHECK(condition.at("what") == "support may view payment if open-ticket");
    CHECK(condition.at("missing") == "never asked where it doesn't hold");
    CHECK(condition.at("exercises") == 1);
    CHECK(condition.at("role").is_null());
    CHECK(condition.at("column") == 54);
}

}  // namespace
