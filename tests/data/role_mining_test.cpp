// Real data: which user has which permission in five companies, and roles that give exactly
// that. The roles become a table and their users a hierarchy: a user has what their roles have.
#include "data/real_data.hpp"
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>

namespace {

using namespace rolecall::testing;

// `1, 2, 3` after the first colon
std::vector<std::string> numbers_in(std::string line) {
    std::vector<std::string> numbers;
    line.erase(0, line.find(':') + 1);
    for (char& c : line)
        if (c == ',' || c == '\r') c = ' ';
    std::istringstream words(line);
    for (std::string word; words >> word;) numbers.push_back(word);
    return numbers;
}

struct mined_tables {
    std::string rights = "role,category,view\n";
    std::string hierarchy = "senior,junior\n";
};

mined_tables read_roles(std::string const& path) {
    mined_tables tables;
    std::istringstream lines(whole_file(path));
    std::string role;
    for (std::string line; std::getline(lines, line);) {
        auto const numbers = numbers_in(line);
        if (line.rfind("role:", 0) == 0) role = "role " + numbers.at(0);
        for (std::string const& number : numbers) {
            if (line.rfind("permissions:", 0) == 0)
                tables.rights += role + ",permission " + number + ",x\n";
            if (line.rfind("users:", 0) == 0)
                tables.hierarchy += "user " + number + ',' + role + '\n';
        }
    }
    return tables;
}

std::set<std::pair<std::string, std::string>> read_pairs(std::string const& path) {
    std::set<std::pair<std::string, std::string>> pairs;
    std::istringstream words(whole_file(path));
    for (std::string user, permission; words >> user >> permission;)
        pairs.emplace("user-" + user, "permission-" + permission);
    return pairs;
}

// The pairs that the imported policy has and the company has not, or the other way round.
std::size_t differences_in(std::string const& company) {
    mined_tables tables = read_roles(real_data("role-mining/" + company + ".roles.txt"));
    rolecall::csv::import_sources sources;
    sources.table = {"roles.csv", std::move(tables.rights)};
    sources.hierarchy = rolecall::source_file{"users.csv", std::move(tables.hierarchy)};
    CHECK_FALSE(rolecall::csv::read_choice({"modify=,store=,delete="}, sources.columns));
    auto const made = rolecall::csv::import_tables(std::move(sources));
    REQUIRE(made);
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    auto const pairs = read_pairs(real_data("role-mining/" + company + ".upa.txt"));
    CHECK_FALSE(pairs.empty());
    std::size_t allowed = 0, missing = 0;
    for (auto const& role : loaded->source().roles) {
        if (role.name.text.rfind("user-", 0) != 0) continue;
        auto const user = loaded->role(role.name.text).value();
        for (auto const& category : loaded->source().categories)
            if (loaded->allows(user, rolecall::view, loaded->category(category.name.text).value()))
                ++allowed;
    }
    for (auto const& [user, permission] : pairs)
        if (!loaded->allows(user, "view", permission)) ++missing;
    return missing + (allowed - (pairs.size() - missing));
}

TEST_CASE("real data: users of five companies have what their imported roles give, no more") {
    if (!has_real_data("role-mining")) return;
    for (char const* const company : {"hc", "domino", "emea", "apj", "fire2"}) {
        CAPTURE(company);
        CHECK(differences_in(company) == 0);
    }
}

}  // namespace
