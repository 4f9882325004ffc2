// Real data: what lint finds in the roles of two business suites and of Kubernetes, beside what
// plain sets of their tables say.

#include "data/real_data.hpp"
#include "found.hpp"
#include "table_oracle.hpp"
#include <rolecall/lint.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace model;

namespace {

using rolecall::testing::has_real_data;
using rolecall::testing::naive_rows;
using rolecall::testing::real_data;
using rolecall::testing::whole_file;

using rows = std::vector<std::vector<std::string>>;

// Without the header.
rows rows_of(std::string const& file) {
    auto found = naive_rows(whole_file(real_data(file)));
    found.erase(found.begin());
    return found;
}

// The first columns are the role, the object and four times 0 or 1.
plain_table rights_of(std::string const& file) {
    plain_table made;
    for (auto const& row : rows_of(file)) {
        auto const role = made.name_of("role " + row[0]);
        auto const category = made.name_of(row[1]);
        made.roles.insert(role);
        made.categories.insert(category);
        for (std::size_t at = 0; at < 4; ++at) {
            if (row[2 + at] == "1") {
                made.own[role][category].insert(rolecall::testing::four_actions[at]);
            }
        }
    }
    return made;
}

void add_hierarchy(plain_table& made, std::string const& file) {
    for (auto const& row : rows_of(file)) {
        auto const senior = made.name_of("role " + row[0]);
        auto const junior = made.name_of("role " + row[1]);
        made.roles.insert({senior, junior});
        made.juniors[senior].insert(junior);
    }
}

// `code count`, by code.
std::string counts(std::vector<told> const& findings) {
    std::map<std::string, std::size_t> found;
    for (auto const& one : findings) {
        ++found[one.code];
    }
    std::string made;
    for (auto const& [code, count] : found) {
        made += (made.empty() ? "" : ", ") + code + ' ' + std::to_string(count);
    }
    return made;
}

// Lints the table as a policy; what both say, counted by code.
std::string linted(plain_table const& table, bool with_all) {
    auto const made = policy_of(table, with_all);
    REQUIRE(made);
    auto const expected = expected_of(table, with_all);
    CHECK(difference(as_told(rolecall::lint(made).findings), expected) == "");
    return counts(expected);
}

}  // namespace

TEST_CASE("real data: lint finds in ERPNext what plain sets find") {
    if (!has_real_data("erpnext")) {
        return;
    }
    auto table = rights_of("erpnext/role_object_rwcd.csv");
    CHECK(linted(table, true) == "change-without-view 1, role-inside-another 8");
    CHECK(linted(table, false) == "change-without-view 1, role-inside-another 8");

    // Objects that are submitted for good are the strictest, and single ones have no level.
    for (auto const& row : rows_of("erpnext/objects.csv")) {
        auto const category = table.name_of(row[2]);
        if (table.categories.count(category) != 0 && row[5] != "1") {
            table.level[category] = row[4] == "1" ? "restricted" : "internal";
        }
    }
    CHECK(linted(table, true) ==
          "broad-grant 162, category-without-level 35, change-without-view 1, "
          "policy-without-owner 1, role-inside-another 8, strictest-unprotected 78");
    CHECK(linted(table, false) ==
          "category-without-level 35, change-without-view 1, policy-without-owner 1, "
          "role-inside-another 8, strictest-unprotected 78");
}

TEST_CASE("real data: lint finds in Tryton and its hierarchy what plain sets find") {
    if (!has_real_data("tryton")) {
        return;
    }
    auto table = rights_of("tryton/role_object_rwcd.csv");
    add_hierarchy(table, "tryton/role_hierarchy.csv");
    for (auto const& row : rows_of("tryton/roles.csv")) {
        table.roles.insert(table.name_of("role " + row[0]));
    }
    CHECK(linted(table, true) ==
          "grant-inherited 2, role-inside-another 3, role-without-grants 7, roles-alike 1");

    // The role `*` is everybody.
    auto const everybody = table.name_of("role *");
    for (auto const& role : table.roles) {
        if (role != everybody) {
            table.juniors[role].insert(everybody);
        }
    }
    CHECK(linted(table, true) ==
          "grant-inherited 4, inheritance-redundant 7, role-inside-another 5, roles-alike 7");
    CHECK(linted(table, false) ==  // each action of a line for itself
          "grant-inherited 154, inheritance-redundant 7, role-inside-another 5, roles-alike 7");

    // What only everybody could reach is out of reach without them.
    auto nobody = table;
    nobody.own.erase(everybody);
    CHECK(linted(nobody, true).find("category-unreachable 11, ") == 0);
}

TEST_CASE(
    "real data: lint finds in Kubernetes, its aggregation and bindings what plain sets find") {
    if (!has_real_data("kubernetes")) {
        return;
    }
    auto table = rights_of("kubernetes/role_object_vmsd.csv");
    linted(table, true);
    add_hierarchy(table, "kubernetes/role_aggregation.csv");
    CHECK(linted(table, true) == "change-without-view 84, role-inside-another 11, roles-alike 5");
    for (auto const& row : rows_of("kubernetes/bindings.csv")) {
        auto const role =
            table.name_of("role " + (row[1].empty() ? row[4] : row[1] + '/' + row[4]));
        table.roles.insert(role);
        auto& held = table.users[row[5] + ' ' + row[6] + '/' + row[7]];
        if (std::find(held.begin(), held.end(), role) == held.end()) {
            held.push_back(role);
        }
    }
    for (bool const with_all : {true, false}) {
        CHECK(linted(table, with_all) ==
              "change-without-view 84, role-inside-another 11, role-unheld 12, roles-alike 5");
    }
}
