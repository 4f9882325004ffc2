// "Said in vain", of docs/lint.md: rights.

#include "oracle.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace model {

namespace {

// The rights of one role as they are looked at.
std::vector<right> own_rights(decision_table const& table, std::string const& role) {
    names words{"all", "view", "modify", "store", "delete"};
    for (auto const& [action, text] : table.rules.actions) {
        words.push_back(action);
    }
    std::vector<right> found;
    for (bool const below : {false, true}) {
        for (auto const& category : table.categories) {
            for (auto const& line : table.rules.roles.at(role).may) {
                if (line.below != below || line.category != category) {
                    continue;
                }
                for (auto const& word : words) {
                    if (auto const at = line.rights.find(word); at != line.rights.end()) {
                        found.push_back({role, &line, word, &at->second});
                    }
                }
            }
        }
    }
    return found;
}

std::vector<right> inherited_rights(decision_table const& table, std::string const& role) {
    std::vector<right> found;
    for (auto const& junior : with_inherited(table.rules, {role})) {
        if (junior != role) {
            auto const more = own_rights(table, junior);
            found.insert(found.end(), more.begin(), more.end());
        }
    }
    return found;
}

// Questions about one right among others.
struct looked_at {
    decision_table const& table;
    right const& one;
    std::vector<cell> cells{table.cells_of(*one.line, one.action)};

    [[nodiscard]] bool reaches(right const& other, cell c) const {
        auto const others = table.cells_of(*other.line, other.action);
        return std::find(others.begin(), others.end(), c) != others.end();
    }

    // On each cell some of the others is granted without a condition.
    [[nodiscard]] bool always_granted_by(std::vector<right> const& others) const {
        return std::all_of(cells.begin(), cells.end(), [&](cell c) {
            return std::any_of(others.begin(), others.end(), [&](right const& other) {
                return other.when->any_of.empty() && reaches(other, c);
            });
        });
    }

    // On each cell and in every state in which this one is granted, one of the others is too.
    [[nodiscard]] bool granted_by(std::vector<right> const& others) const {
        return std::all_of(cells.begin(), cells.end(), [&](cell c) {
            auto left = table.holds(*one.when);
            for (auto const& other : others) {
                if (reaches(other, c)) {
                    left &= ~table.holds(*other.when);
                }
            }
            return left.none();
        });
    }

    // On no cell and in no state does it open anything to who holds its role.
    [[nodiscard]] bool unusable(role_mask role) const {
        return std::all_of(cells.begin(), cells.end(), [&](cell c) {
            return (table.holds(*one.when) & table.required(c) & ~table.forbidden(role, c)).none();
        });
    }
};

void look_at_rights_of(decision_table const& table, std::size_t role, std::vector<told>& found) {
    auto const own = own_rights(table, table.roles[role]);
    auto const inherited = inherited_rights(table, table.roles[role]);
    std::set<std::size_t> vain;
    for (std::size_t at = 0; at < own.size(); ++at) {
        looked_at const look{.table = table, .one = own[at]};
        names const about{own[at].role, line_name(*own[at].line), own[at].action};
        if (look.cells.empty()) {
            found.push_back({"grant-unusable", about});
            continue;
        }
        auto others = inherited;
        for (std::size_t other = 0; other < own.size(); ++other) {
            if (other != at && vain.count(other) == 0) {
                others.push_back(own[other]);
            }
        }
        std::string code;
        if (!own[at].when->any_of.empty() && look.always_granted_by(others)) {
            code = "condition-without-effect";
        } else if (look.granted_by(inherited)) {
            code = "grant-inherited";
        } else if (look.granted_by(others)) {
            code = "grant-covered";
        }
        if (!code.empty()) {
            vain.insert(at);
            found.push_back({code, about});
        }
        if (look.unusable(1U << role)) {
            found.push_back({"grant-unusable", about});
        }
    }
}

}  // namespace

void find_rights_in_vain(decision_table const& table, std::vector<told>& found) {
    for (std::size_t role = 0; role < table.roles.size(); ++role) {
        look_at_rights_of(table, role, found);
    }
}

}  // namespace model
