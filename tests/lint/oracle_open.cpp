// "Opened wide, or forgotten", of docs/lint.md.

#include "oracle.hpp"

#include <algorithm>
#include <set>

namespace model {

namespace {

// Whether the role can do one of the actions that a right of a line grants on the category.
bool can_by(decision_table const& table, std::size_t role, grant const& line,
            std::string const& word, std::string const& category) {
    auto const cells = table.cells_of(line, word);
    return std::any_of(cells.begin(), cells.end(), [&](cell c) {
        return table.category_of(c) == category && table.allowed(role, c).any();
    });
}

bool changes_without_view(decision_table const& table, std::size_t role, grant const& line) {
    for (auto const& [word, when] : line.rights) {
        for (auto const c : table.cells_of(line, word)) {
            auto const& action = table.action_of(c);
            if (is_built_in(action) && action != "view" && table.allowed(role, c).any() &&
                !table.can(role, "view", table.category_of(c))) {
                return true;
            }
        }
    }
    return false;
}

// The categories that a line with `.*` covers and that are stricter than the one in front of it.
name_set stricter_ones(policy const& rules, grant const& line) {
    name_set found;
    int const in_front = strictness(rules, level_of(rules, line.category));
    for (auto const& [name, declared] : rules.categories) {
        if (line.below && covers(rules, line, name) && in_front >= 0 &&
            strictness(rules, level_of(rules, name)) > in_front) {
            found.insert(name);
        }
    }
    return found;
}

bool is_broad(decision_table const& table, std::size_t role, grant const& line) {
    auto const told_already = stricter_ones(table.rules, line);
    for (auto const& category : table.categories) {
        if (!covers(table.rules, line, category) || !is_strictest(table.rules, category) ||
            told_already.count(category) != 0) {
            continue;
        }
        for (auto const& [word, when] : line.rights) {
            if ((line.below || word == "all") && can_by(table, role, line, word, category)) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

void find_opened(decision_table const& table, std::vector<told>& found) {
    auto const& rules = table.rules;
    for (std::size_t role = 0; role < table.roles.size(); ++role) {
        for (auto const& line : rules.roles.at(table.roles[role]).may) {
            names const about{table.roles[role], line_name(line)};
            if (changes_without_view(table, role, line)) {
                found.push_back({"change-without-view", about});
            }
            if (is_broad(table, role, line)) {
                found.push_back({"broad-grant", about});
            }
            if (!stricter_ones(rules, line).empty()) {
                found.push_back({"stricter-below", about});
            }
        }
    }
    for (auto const& [name, declared] : rules.categories) {
        if (declared.required.count("view") == 0) {
            continue;
        }
        bool open = false;
        for (auto const& category : table.categories) {
            for (std::size_t role = 0; at_or_below(category, name) && role < table.roles.size();
                 ++role) {
                open = open || (table.allowed(role, table.cell_of("modify", category)) &
                                ~table.required(table.cell_of("view", category)))
                                   .any();
            }
        }
        if (open) {
            found.push_back({"requirement-only-on-view", {name}});
        }
    }
}

namespace {

bool is_protected(policy const& rules, std::string const& category) {
    return std::any_of(rules.categories.begin(), rules.categories.end(), [&](auto const& entry) {
        return at_or_below(category, entry.first) &&
               (!entry.second.laws.empty() || !entry.second.required.empty());
    });
}

bool is_reachable(decision_table const& table, std::string const& category) {
    for (cell c = 0; c < table.cell_count(); ++c) {
        for (std::size_t role = 0; role < table.roles.size(); ++role) {
            if (at_or_below(table.category_of(c), category) && table.allowed(role, c).any()) {
                return true;
            }
        }
    }
    return false;
}

// Those that lie below none of the others.
names uppermost(names const& some) {
    auto left = some;
    std::erase_if(left, [&](auto const& category) {
        return std::any_of(some.begin(), some.end(),
                           [&](auto const& other) { return lies_below(category, other); });
    });
    return left;
}

// Whether guardrails on it, or on one above it, forbid it to everyone, always, with every action.
bool is_forbidden_on_purpose(policy const& rules, std::string const& category) {
    auto left = actions_of(rules);
    for (auto const& [name, rail] : rules.never) {
        bool const there = rail.categories.empty() ||
                           std::any_of(rail.categories.begin(), rail.categories.end(),
                                       [&](auto const& on) { return at_or_below(category, on); });
        if (!there || !rail.roles.empty() || rail.when) {
            continue;
        }
        for (auto const& action : rail.actions) {
            left.erase(action);
        }
        if (rail.actions.empty()) {
            left.clear();
        }
    }
    return left.empty();
}

}  // namespace

void find_forgotten(decision_table const& table, std::vector<told>& found) {
    auto const& rules = table.rules;
    bool const has_levels =
        std::any_of(rules.categories.begin(), rules.categories.end(),
                    [](auto const& entry) { return !entry.second.level.empty(); });
    names strictest;
    names unprotected;
    names without_level;
    names unreachable;
    for (auto const& category : table.categories) {
        if (is_strictest(rules, category)) {
            strictest.push_back(category);
            if (!is_protected(rules, category)) {
                unprotected.push_back(category);
            }
        }
        if (has_levels && level_of(rules, category).empty()) {
            without_level.push_back(category);
        }
        if (!is_reachable(table, category)) {
            unreachable.push_back(category);
        }
    }
    for (auto const& category : uppermost(unprotected)) {
        found.push_back({"strictest-unprotected", {category}});
    }
    for (auto const& category : uppermost(without_level)) {
        found.push_back({"category-without-level", {category}});
    }
    for (auto const& category : uppermost(unreachable)) {
        if (!is_forbidden_on_purpose(rules, category)) {
            found.push_back({"category-unreachable", {category}});
        }
    }
    if (rules.owner.empty() && !strictest.empty()) {
        found.push_back({"policy-without-owner", {strictest.front()}});
    }
}

}  // namespace model
