// "Said in vain", of docs/lint.md: all but rights.

#include "oracle.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace model {

namespace {

bool contains(names const& list, std::string const& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

void find_redundant_inheritance(policy const& rules, std::vector<told>& found) {
    for (auto const& [name, role] : rules.roles) {
        for (auto const& junior : role.inherits) {
            bool const again =
                std::any_of(role.inherits.begin(), role.inherits.end(), [&](auto const& other) {
                    return other != junior && with_inherited(rules, {other}).count(junior) != 0;
                });
            if (again) {
                found.push_back({"inheritance-redundant", {name, junior}});
            }
        }
    }
}

}  // namespace

bool has_effect(decision_table const& table, guardrail const& rail) {
    for (role_mask held = 1; held < 1U << table.roles.size(); ++held) {
        if (!table.may_hold(held)) {
            continue;
        }
        auto const every = table.names_of(table.with_inherited(held));
        bool const stopped = rail.roles.empty() ||
                             std::any_of(rail.roles.begin(), rail.roles.end(),
                                         [&](auto const& role) { return contains(every, role); });
        if (!stopped) {
            continue;
        }
        for (cell c = 0; c < table.cell_count(); ++c) {
            auto const& category = table.category_of(c);
            bool const there =
                rail.categories.empty() ||
                std::any_of(rail.categories.begin(), rail.categories.end(),
                            [&](auto const& name) { return at_or_below(category, name); });
            bool const that = rail.actions.empty() || contains(rail.actions, table.action_of(c));
            if (there && that && table.granted(held, c).any()) {
                return true;
            }
        }
    }
    return false;
}

namespace {

void find_idle_separations(decision_table const& table, std::vector<told>& found) {
    std::set<std::string> vain;
    for (auto const& [name, rule] : table.rules.separations) {
        bool effect = false;
        for (role_mask some = 1; some < 1U << table.roles.size() && !effect; ++some) {
            auto const list = table.names_of(some);
            if (!breaks(table.rules, rule, list)) {
                continue;
            }
            bool broken_by_others = false;
            for (auto const& [other, by] : table.rules.separations) {
                bool const counts =
                    other != name && vain.count(other) == 0 && (by.per_person || !rule.per_person);
                broken_by_others = broken_by_others || (counts && breaks(table.rules, by, list));
            }
            effect = !broken_by_others;
        }
        if (!effect) {
            vain.insert(name);
            found.push_back({"separation-without-effect", {name}});
        }
    }
}

// The facts that make a difference to a person who holds these roles, whichever are active.
void drop_facts_with_effect(decision_table const& table, role_mask held,
                            std::set<std::size_t>& without) {
    auto const every = table.with_inherited(held);
    for (role_mask active = 1; active <= every && !without.empty(); ++active) {
        if ((active & ~every) != 0 || !table.may_be_active(active)) {
            continue;
        }
        for (cell c = 0; c < table.cell_count(); ++c) {
            auto const where = table.allowed(held, active, c);
            for (auto at = without.begin(); at != without.end();) {
                at = table.depends_on(where, *at) ? without.erase(at) : std::next(at);
            }
        }
    }
}

void find_idle_facts(decision_table const& table, std::vector<told>& found) {
    std::set<std::size_t> without;
    for (std::size_t fact = 0; fact < table.facts.size(); ++fact) {
        without.insert(fact);
    }
    for (role_mask held = 1; held < 1U << table.roles.size(); ++held) {
        if (table.may_hold(held)) {
            drop_facts_with_effect(table, held, without);
        }
    }
    for (auto const fact : without) {
        auto const& name = table.facts[fact];
        bool const explained =
            std::any_of(table.rules.never.begin(), table.rules.never.end(), [&](auto const& entry) {
                auto const& rail = entry.second;
                return rail.when && contains(rail.when->facts, name) && !has_effect(table, rail);
            });
        if (!explained) {
            found.push_back({"fact-without-effect", {name}});
        }
    }
}

bool is_named(policy const& rules, std::string const& role) {
    for (auto const& [name, rail] : rules.never) {
        if (contains(rail.roles, role)) {
            return true;
        }
    }
    for (auto const& [name, rule] : rules.separations) {
        if (contains(rule.roles, role)) {
            return true;
        }
    }
    return false;
}

bool is_held_or_inherited(policy const& rules, std::string const& role) {
    for (auto const& [user, assignments] : rules.users) {
        for (auto const& one : assignments) {
            if (contains(one.roles, role)) {
                return true;
            }
        }
    }
    for (auto const& [name, other] : rules.roles) {
        if (contains(other.inherits, role)) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool is_without_grants(policy const& rules, std::string const& role) {
    auto const every = with_inherited(rules, {role});
    return !is_named(rules, role) && std::all_of(every.begin(), every.end(), [&](auto const& name) {
        return rules.roles.at(name).may.empty();
    });
}

void find_idle_statements(decision_table const& table, std::vector<told>& found) {
    auto const& rules = table.rules;
    find_redundant_inheritance(rules, found);
    for (auto const& [name, rail] : rules.never) {
        if (!has_effect(table, rail)) {
            found.push_back({"guardrail-without-effect", {name}});
        }
    }
    find_idle_separations(table, found);
    find_idle_facts(table, found);
    for (auto const& name : table.roles) {
        if (is_without_grants(rules, name)) {
            found.push_back({"role-without-grants", {name}});
        } else if (!rules.users.empty() && !rules.other_users &&
                   !is_held_or_inherited(rules, name)) {
            found.push_back({"role-unheld", {name}});
        }
    }
}

namespace {

// Roles by what they can do, asking alone.
struct compared_roles {
    decision_table const& table;

    [[nodiscard]] bool within(std::size_t narrow, std::size_t wide) const {
        for (cell c = 0; c < table.cell_count(); ++c) {
            if ((table.allowed(narrow, c) & ~table.allowed(wide, c)).any()) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool alike(std::size_t a, std::size_t b) const {
        return within(a, b) && within(b, a);
    }

    // How many actions on categories it can do.
    [[nodiscard]] std::size_t things(std::size_t role) const {
        std::size_t count = 0;
        for (cell c = 0; c < table.cell_count(); ++c) {
            if (table.allowed(role, c).any()) {
                ++count;
            }
        }
        return count;
    }

    [[nodiscard]] bool inherits(std::size_t senior, std::size_t junior) const {
        return senior != junior && (table.with_inherited(1U << senior) >> junior & 1U) != 0;
    }

    // Whether the one inherits the other or a role that can do exactly the same.
    [[nodiscard]] bool inherits_one_like(std::size_t senior, std::size_t junior) const {
        for (std::size_t role = 0; role < table.roles.size(); ++role) {
            if (inherits(senior, role) && alike(role, junior)) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool is_inherited(std::size_t junior) const {
        for (std::size_t senior = 0; senior < table.roles.size(); ++senior) {
            if (inherits(senior, junior)) {
                return true;
            }
        }
        return false;
    }
};

}  // namespace

void find_like_roles(decision_table const& table, std::vector<told>& found) {
    compared_roles const compared{.table = table};
    for (std::size_t role = 0; role < table.roles.size(); ++role) {
        if (compared.things(role) == 0) {
            continue;
        }
        for (std::size_t first = 0; first < role; ++first) {  // they stand by name
            if (compared.alike(role, first) && !compared.inherits(role, first) &&
                !compared.inherits(first, role)) {
                found.push_back({"roles-alike", {table.roles[role], table.roles[first]}});
                break;
            }
        }
        if (compared.is_inherited(role) || compared.things(role) < 4) {
            continue;
        }
        for (std::size_t other = 0; other < table.roles.size(); ++other) {
            if (compared.within(role, other) && !compared.within(other, role) &&
                !compared.inherits_one_like(other, role)) {
                found.push_back({"role-inside-another", {table.roles[role], table.roles[other]}});
                break;
            }
        }
    }
}

}  // namespace model
