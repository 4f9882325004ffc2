// Real data: which user has which permission in five companies, and roles that give exactly
// that (HP Labs). Everything maps: a permission is to view a category, and nothing has a
// condition.
//
// The roles are tried twice: imported, where users become roles that inherit, because a table
// has no users; and in a policy that lists the users with their roles. Both must give the
// matrix, cell for cell.
#include "data/real_data.hpp"
#include <rolecall/session.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace rolecall::testing;

struct company {
    std::string name;
    std::size_t users, permissions, pairs;
};

std::vector<company> const companies{{"hc", 46, 46, 1486},
                                     {"domino", 79, 231, 730},
                                     {"emea", 35, 3046, 7220},
                                     {"apj", 2044, 1164, 6841},
                                     {"fire2", 325, 590, 36428}};

using numbers = std::vector<std::string>;
using pairs = std::set<std::pair<std::string, std::string>>;

// The numbers of permissions and users, for each role's number.
struct mined_roles {
    std::map<std::string, numbers> permissions, users;
};

// `1, 2, 3` after the first colon
numbers numbers_in(std::string line) {
    numbers found;
    line.erase(0, line.find(':') + 1);
    for (char& c : line)
        if (c == ',' || c == '\r') c = ' ';
    std::istringstream words(line);
    for (std::string word; words >> word;) found.push_back(word);
    return found;
}

mined_roles read_roles(std::string const& of) {
    mined_roles roles;
    std::istringstream lines(whole_file(real_data("role-mining/" + of + ".roles.txt")));
    std::string role;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("role:", 0) == 0) role = numbers_in(line).at(0);
        if (line.rfind("permissions:", 0) == 0) roles.permissions[role] = numbers_in(line);
        if (line.rfind("users:", 0) == 0) roles.users[role] = numbers_in(line);
    }
    return roles;
}

// The matrix: `user-1` has `permission-7`.
pairs read_pairs(std::string const& of) {
    pairs all;
    std::istringstream words(whole_file(real_data("role-mining/" + of + ".upa.txt")));
    for (std::string user, permission; words >> user >> permission;)
        all.emplace("user-" + user, "permission-" + permission);
    return all;
}

// ---- Imported -----------------------------------------------------------------------------

rolecall::policy imported(std::string const& of) {
    mined_roles const roles = read_roles(of);
    std::string rights = "role,category,view\n";
    std::string hierarchy = "senior,junior\n";
    for (auto const& [role, permissions] : roles.permissions)
        for (std::string const& number : permissions)
            rights += "role " + role + ",permission " + number + ",x\n";
    for (auto const& [role, users] : roles.users)
        for (std::string const& number : users)
            hierarchy += "user " + number + ",role " + role + '\n';
    rolecall::csv::import_sources sources;
    sources.table = {"roles.csv", std::move(rights)};
    sources.hierarchy = rolecall::source_file{"users.csv", std::move(hierarchy)};
    CHECK_FALSE(rolecall::csv::read_choice({"modify=,store=,delete="}, sources.columns));
    auto const made = rolecall::csv::import_tables(std::move(sources));
    REQUIRE(made);
    return rolecall::yaml::load_text(made.policy).value();
}

// The pairs that the imported policy has and the company has not, or the other way round.
std::size_t differences_in(std::string const& of) {
    rolecall::policy const policy = imported(of);
    pairs const expected = read_pairs(of);
    std::size_t allowed = 0, missing = 0;
    for (auto const& role : policy.source().roles) {
        if (role.name.text.rfind("user-", 0) != 0) continue;
        auto const user = policy.role(role.name.text).value();
        for (auto const& category : policy.source().categories)
            if (policy.allows(user, rolecall::view, policy.category(category.name.text).value()))
                ++allowed;
    }
    for (auto const& [user, permission] : expected)
        if (!policy.allows(user, "view", permission)) ++missing;
    return missing + (allowed - (expected.size() - missing));
}

TEST_CASE("real data: users of five companies have what their imported roles give, no more") {
    if (!has_real_data("role-mining")) return;
    for (company const& one : companies) {
        CAPTURE(one.name);
        CHECK(differences_in(one.name) == 0);
    }
}

// ---- Listed with their roles --------------------------------------------------------------

rolecall::policy with_users(std::string const& of) {
    mined_roles const roles = read_roles(of);
    std::set<std::string> categories;
    std::map<std::string, std::string> roles_of_user;
    std::string text = "rolecall: 1\nroles:\n";
    for (auto const& [role, permissions] : roles.permissions) {
        text += "  role-" + role + ":\n    may:\n";
        for (std::string const& number : permissions) {
            text += "      permission-" + number + ": view\n";
            categories.insert(number);
        }
    }
    text += "categories:\n";
    for (std::string const& number : categories) text += "  permission-" + number + ": Anything\n";
    for (auto const& [role, users] : roles.users)
        for (std::string const& number : users)
            roles_of_user[number] += (roles_of_user[number].empty() ? "role-" : ", role-") + role;
    text += "users:\n";
    for (auto const& [user, list] : roles_of_user) text += "  user-" + user + ": [" + list + "]\n";
    return rolecall::yaml::load_text(text).value();
}

TEST_CASE("real data: sessions of all listed users of five companies allow exactly the matrix") {
    if (!has_real_data("role-mining")) return;
    for (company const& one : companies) {
        CAPTURE(one.name);
        rolecall::policy const policy = with_users(one.name);
        pairs const matrix = read_pairs(one.name);
        auto const& categories = policy.source().categories;
        CHECK(policy.source().users.size() == one.users);
        CHECK(categories.size() == one.permissions);
        CHECK(matrix.size() == one.pairs);

        std::size_t allowed = 0, listed = 0, wrong = 0, other_actions = 0;
        for (auto const& user : policy.source().users) {
            auto const session = policy.activate_user(user.id.text);
            REQUIRE(session);
            listed += session->allowed_categories(rolecall::view).size();
            for (auto const& category : categories) {
                auto const on = policy.category(category.name.text).value();
                bool const may = session->allows(rolecall::view, on);
                if (may) ++allowed;
                if (may != (matrix.count({user.id.text, category.name.text}) != 0)) ++wrong;
                for (auto const other : {rolecall::modify, rolecall::store, rolecall::delete_})
                    if (session->allows(other, on)) ++other_actions;
            }
        }
        CHECK(wrong == 0);
        CHECK(allowed == one.pairs);
        CHECK(listed == one.pairs);
        CHECK(other_actions == 0);
    }
}

TEST_CASE("real data: asked by names, listed users of five companies have exactly the matrix") {
    if (!has_real_data("role-mining")) return;
    for (company const& one : companies) {
        CAPTURE(one.name);
        rolecall::policy const policy = with_users(one.name);
        pairs const matrix = read_pairs(one.name);
        std::size_t allowed = 0, wrong = 0;
        rolecall::request asked{rolecall::subject::role(""), "view", ""};
        for (auto const& user : policy.source().users) {
            asked.subject = rolecall::subject::user(user.id.text);
            for (auto const& category : policy.source().categories) {
                asked.category = category.name.text;
                bool const may = bool{policy.evaluate(asked)};
                if (may) ++allowed;
                if (may != (matrix.count({user.id.text, category.name.text}) != 0)) ++wrong;
            }
        }
        CHECK(wrong == 0);
        CHECK(allowed == one.pairs);
    }
}

}  // namespace
