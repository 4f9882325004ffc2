#include "oracle.hpp"

#include <algorithm>

namespace model {

std::string line_name(grant const& line) { return line.category + (line.below ? ".*" : ""); }

std::string level_of(policy const& rules, std::string const& category) {
    std::string nearest;
    std::string level;
    for (auto const& [name, declared] : rules.categories) {
        if (at_or_below(category, name) && !declared.level.empty() &&
            (level.empty() || name.size() > nearest.size())) {
            nearest = name;
            level = declared.level;
        }
    }
    return level;
}

namespace {

names levels_of(policy const& rules) {
    return rules.levels.empty() ? names{"public", "internal", "confidential", "restricted"}
                                : rules.levels;
}

}  // namespace

int strictness(policy const& rules, std::string const& level) {
    auto const levels = levels_of(rules);
    auto const at = std::find(levels.begin(), levels.end(), level);
    return at == levels.end() ? -1 : static_cast<int>(at - levels.begin());
}

bool is_strictest(policy const& rules, std::string const& category) {
    auto const levels = levels_of(rules);
    return levels.size() > 1 && level_of(rules, category) == levels.back();
}

std::vector<told> expected_findings(policy const& rules, oracle_settings const& with) {
    decision_table const table(rules);
    std::vector<told> found;
    find_rights_in_vain(table, found);
    find_idle_statements(table, found);
    find_like_roles(table, found);
    find_opened(table, found);
    find_forgotten(table, found);
    find_people(rules, with, found);
    find_like_names(rules, found);
    std::sort(found.begin(), found.end());
    return found;
}

std::string text(told const& one) {
    std::string made = one.code + ":";
    for (auto const& name : one.about) {
        made += " `" + name + "`";
    }
    return made;
}

}  // namespace model
