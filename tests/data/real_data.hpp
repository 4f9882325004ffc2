// Tables that nobody here wrote, read in the most naive way, to judge what was imported.
//
// The reading knows nothing of src/import: lines end at line feeds, with or without a carriage
// return before them; cells end at commas; a cell with `1` is a right. What can't be read so is
// not judged: the tests check that no table has quotes.
#ifndef ROLECALL_TESTS_DATA_REAL_DATA_HPP
#define ROLECALL_TESTS_DATA_REAL_DATA_HPP

#include "import/import_tables.hpp"
#include "support/skip.hpp"
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::testing {

inline std::string real_data(std::string const& relative) {
    return std::string(ROLECALL_DATA_DIR) + '/' + relative;
}

/// Whether a file or folder of the real data is there; if not, the test is skipped.
inline bool has_real_data(std::string const& relative) {
    if (std::filesystem::exists(real_data(relative))) return true;
    skip("no " + relative + " in " + ROLECALL_DATA_DIR);
    return false;
}

inline std::string whole_file(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline std::vector<std::vector<std::string>> naive_rows(std::string const& text) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::vector<std::string> cells(1);
        for (char const c : line) {
            if (c == ',')
                cells.emplace_back();
            else
                cells.back() += c;
        }
        rows.push_back(cells);
    }
    return rows;
}

inline constexpr std::array<char const*, 4> four_actions{"view", "modify", "store", "delete"};

/// Who may do what, in the words of a table.
struct naive_rights {
    std::set<std::string> roles, categories;
    std::set<std::tuple<std::string, std::string, std::string>> allowed;  // role, category, action

    [[nodiscard]] bool allows(std::string const& role, std::string const& category,
                              std::string const& action) const {
        return allowed.count({role, category, action}) != 0;
    }
};

/// Of a table whose first six columns are the role, the category and the four actions.
inline naive_rights rights_in(std::string const& text) {
    naive_rights rights;
    auto const rows = naive_rows(text);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        rights.roles.insert(rows[i][0]);
        rights.categories.insert(rows[i][1]);
        for (std::size_t a = 0; a < 4; ++a)
            if (rows[i][2 + a] == "1")
                rights.allowed.emplace(rows[i][0], rows[i][1], four_actions[a]);
    }
    return rights;
}

/// The names under which a policy has its entries, by their titles, or else by themselves.
template <class Entry>
std::map<std::string, std::string> names_by_original(std::vector<Entry> const& entries) {
    std::map<std::string, std::string> names;
    for (Entry const& entry : entries)
        names[entry.title.empty() ? entry.name.text : entry.title] = entry.name.text;
    return names;
}

/// How a policy differs from a table: each role on each category for each action. A line for
/// each difference; empty is what a test wants.
inline std::string differences(policy const& made, naive_rights const& rights) {
    auto const roles = names_by_original(made.source().roles);
    auto const categories = names_by_original(made.source().categories);
    std::string text;
    if (roles.size() != rights.roles.size()) text += "another number of roles\n";
    if (categories.size() != rights.categories.size()) text += "another number of categories\n";
    for (std::string const& role : rights.roles)
        if (roles.count(role) == 0) text += "no role " + role + '\n';
    for (std::string const& category : rights.categories)
        if (categories.count(category) == 0) text += "no category " + category + '\n';
    for (auto const& [role, role_name] : roles)
        for (auto const& [category, category_name] : categories)
            for (char const* const action : four_actions) {
                bool const is = made.allows(role_name, action, category_name);
                if (is != rights.allows(role, category, action))
                    text += (is ? "allowed: " : "denied: ") + role + ' ' + action + ' ' + category +
                            '\n';
            }
    return text;
}

/// Imports a table of the real data, through the library.
inline csv::import_result import_real(std::string const& table, std::string const& columns,
                                      std::optional<source_file> hierarchy = {},
                                      std::optional<source_file> names = {}) {
    csv::import_sources sources;
    sources.table = {table, whole_file(real_data(table))};
    sources.hierarchy = std::move(hierarchy);
    sources.names = std::move(names);
    sources.policy_name = "real data";
    if (auto const wrong = csv::read_choice({columns}, sources.columns))
        throw std::invalid_argument(*wrong);
    return csv::import_tables(std::move(sources));
}

}  // namespace rolecall::testing

#endif
