// Real data: a business suite whose roles inherit, and whose role `*` is everybody.
#include "data/real_data.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/matrix.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace rolecall::testing;

std::string const table = "tryton/role_object_rwcd.csv";
std::string const hierarchy = "tryton/role_hierarchy.csv";
std::string const columns = "category=object,view=read,modify=write,store=create,delete=delete";

// The table, with what the juniors of a role and everybody may added until nothing changes.
naive_rights closed_rights() {
    naive_rights rights = rights_in(whole_file(real_data(table)));
    auto edges = naive_rows(whole_file(real_data(hierarchy)));
    edges.erase(edges.begin());
    for (auto const& edge : edges) rights.roles.insert({edge[0], edge[1]});
    for (std::string const& role : rights.roles)
        if (role != "*") edges.push_back({role, "*"});
    for (std::size_t before = 0; before != rights.allowed.size();) {
        before = rights.allowed.size();
        for (auto const& edge : edges) {
            auto const known = rights.allowed;
            for (auto const& [role, object, action] : known)
                if (role == edge[1]) rights.allowed.emplace(edge[0], object, action);
        }
    }
    return rights;
}

rolecall::csv::import_result import_tryton() {
    return import_real(table, columns,
                       rolecall::source_file{hierarchy, whole_file(real_data(hierarchy))});
}

TEST_CASE("real data: Tryton's tables are as simple as their judge believes") {
    if (!has_real_data(table)) return;
    std::string const text = whole_file(real_data(table)) + whole_file(real_data(hierarchy));
    CHECK(text.find_first_of("\";\t") == std::string::npos);
    CHECK(rights_in(whole_file(real_data(table))).allowed.size() == 978);
    CHECK(naive_rows(whole_file(real_data(hierarchy))).size() == 8);
}

TEST_CASE(
    "real data: the imported Tryton allows what its table gives to each role, its juniors "
    "and everybody, and nothing else") {
    if (!has_real_data(table)) return;
    auto const made = import_tryton();
    REQUIRE(made);
    CHECK(made.rights == 978);
    CHECK(made.categories == 217);
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    naive_rights const expected = closed_rights();
    CHECK(expected.allowed.size() > 978);
    CHECK(made.roles == expected.roles.size());
    CHECK(differences(*loaded, expected) == "");
    CHECK(rolecall::effective_rights(*loaded).size() == expected.allowed.size());
}

TEST_CASE("real data: dots of Tryton's objects make no category tree") {
    if (!has_real_data(table)) return;
    auto const made = import_tryton();
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    for (auto const& category : loaded->source().categories)
        CHECK(category.name.text.find('.') == std::string::npos);
    CHECK(loaded->category("account-account"));
    CHECK(loaded->role("account-group_account_admin"));
    CHECK(loaded->role("all-staff"));
}

TEST_CASE("real data: the program imports Tryton with its hierarchy") {
    if (!has_real_data(table)) return;
    temporary_directory const folder;
    std::string const policy = folder.path("tryton.yaml");
    auto const made = run({"import", "csv", real_data(table), "--columns", columns, "--hierarchy",
                           real_data(hierarchy), "--output", policy});
    CHECK(made.code == 0);
    CHECK(made.err.find("217 categories, 978 rights written to") != std::string::npos);
    auto const loaded = rolecall::yaml::load(policy);
    REQUIRE(loaded);
    CHECK(differences(*loaded, closed_rights()) == "");
}

}  // namespace
