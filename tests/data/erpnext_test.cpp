// Real data: the roles of a business suite, 34 roles on 284 kinds of document.
#include "data/real_data.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/matrix.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace {

using namespace rolecall::testing;

std::string const table = "erpnext/role_object_rwcd.csv";
std::string const columns =
    "role=role,category=object,view=read,modify=write,store=create,delete=delete";

TEST_CASE("real data: ERPNext's table is as simple as its judge believes") {
    if (!has_real_data(table)) return;
    std::string const text = whole_file(real_data(table));
    CHECK(text.find_first_of("\";\t") == std::string::npos);
    naive_rights const rights = rights_in(text);
    CHECK(rights.roles.size() == 34);
    CHECK(rights.categories.size() == 284);
    CHECK(rights.allowed.size() == 2230);
}

TEST_CASE("real data: the imported ERPNext allows what its table gives, and nothing else") {
    if (!has_real_data(table)) return;
    auto const made = import_real(table, columns);
    REQUIRE(made);
    CHECK(made.roles == 34);
    CHECK(made.categories == 284);
    CHECK(made.rights == 2230);
    CHECK(made.notes == std::vector<std::string>{
                            "role `All` is named `role-all`, because `all` is a reserved word"});
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    CHECK(differences(*loaded, rights_in(whole_file(real_data(table)))) == "");
    CHECK(rolecall::effective_rights(*loaded).size() == 2230);
    CHECK(loaded->allows("accounts-manager", "delete", "account"));
}

TEST_CASE("real data: more actions of ERPNext become actions of the policy") {
    std::string const rows = "erpnext/docperm_rows.csv";
    if (!has_real_data(rows)) return;
    auto const made = import_real(rows, columns + ",submit=submit,cancel=cancel,share=share");
    REQUIRE(made);
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    // The rows of one role and object are several; here their rights unite.
    auto const naive = naive_rows(whole_file(real_data(rows)));
    std::set<std::vector<std::string>> shares;
    for (auto const& row : naive)
        if (row[16] == "1") shares.insert({row[2], row[3]});
    auto const roles = names_by_original(loaded->source().roles);
    auto const objects = names_by_original(loaded->source().categories);
    std::size_t wrong = 0;
    for (auto const& [role, role_name] : roles)
        for (auto const& [object, object_name] : objects)
            if (loaded->allows(role_name, "share", object_name) !=
                (shares.count({role, object}) != 0))
                ++wrong;
    CHECK(naive[0][16] == "share");
    CHECK_FALSE(shares.empty());
    CHECK(wrong == 0);
}

TEST_CASE("real data: the program imports ERPNext and shows exactly its 2,230 rights") {
    if (!has_real_data(table)) return;
    temporary_directory const folder;
    std::string const policy = folder.path("erp.yaml");
    auto const made =
        run({"import", "csv", real_data(table), "--columns", columns, "--output", policy});
    CHECK(made.code == 0);
    CHECK(made.err.find("34 roles, 284 categories, 2,230 rights written to " + policy) !=
          std::string::npos);
    CHECK(run({"validate", policy}).code == 0);

    auto const matrix = run({"matrix", policy, "--format", "csv"});
    CHECK(matrix.code == 0);
    auto const loaded = rolecall::yaml::load(policy);
    REQUIRE(loaded);
    auto const roles = names_by_original(loaded->source().roles);
    auto const objects = names_by_original(loaded->source().categories);
    std::set<std::string> expected;
    for (auto const& [role, object, action] : rights_in(whole_file(real_data(table))).allowed)
        expected.insert(roles.at(role) + ',' + objects.at(object) + ',' + action + ",allow,");
    std::set<std::string> lines;
    std::istringstream rows(matrix.out);
    std::string header;
    std::getline(rows, header);
    CHECK(header == "role,category,action,effect,if");
    for (std::string line; std::getline(rows, line);) CHECK(lines.insert(line).second);
    CHECK(lines.size() == 2230);
    CHECK(lines == expected);
}

}  // namespace
