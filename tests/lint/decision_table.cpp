#include "decision_table.hpp"

#include <algorithm>
#include <stdexcept>

namespace model {

namespace {

template <class entries>
names names_in(entries const& declared) {
    names found;
    for (auto const& [name, entry] : declared) {
        found.push_back(name);
    }
    return found;
}

std::size_t number_in(names const& list, std::string const& name) {
    auto const at = std::find(list.begin(), list.end(), name);
    if (at == list.end()) {
        throw std::out_of_range(name);
    }
    return static_cast<std::size_t>(at - list.begin());
}

bool contains(names const& list, std::string const& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool covers(std::string const& word, std::string const& action) {
    return word == action || (word == "all" && is_built_in(action));
}

std::vector<std::map<std::string, truth>> states_of(names const& facts) {
    std::vector<std::map<std::string, truth>> found{{}};
    for (auto const& fact : facts) {
        auto const before = found;
        found.clear();
        for (auto const value : {truth::no, truth::unknown, truth::yes}) {
            for (auto state : before) {
                state[fact] = value;
                found.push_back(state);
            }
        }
    }
    return found;
}

}  // namespace

names in_tree_order(policy const& rules) {
    auto found = names_in(rules.categories);
    std::sort(found.begin(), found.end(), [](std::string a, std::string b) {
        std::replace(a.begin(), a.end(), '.', '\1');  // before every letter, digit, - and _
        std::replace(b.begin(), b.end(), '.', '\1');
        return a < b;
    });
    return found;
}

decision_table::decision_table(policy const& of)
    : rules(of),
      facts(names_in(of.facts)),
      roles(names_in(of.roles)),
      categories(in_tree_order(of)),
      every_state_(states_of(facts)) {
    auto const every_action = actions_of(rules);
    actions.assign(every_action.begin(), every_action.end());

    for (auto const& name : roles) {
        role_mask mask = 0;
        for (auto const& held : model::with_inherited(rules, {name})) {
            mask |= 1U << number_in(roles, held);
        }
        inherited_.push_back(mask);
    }

    required_.resize(cell_count(), states{}.set());
    for (cell c = 0; c < cell_count(); ++c) {
        for (auto const& [name, declared] : rules.categories) {
            for (auto const& [action, needed] : declared.required) {
                if (at_or_below(category_of(c), name) &&
                    (action == "any" || action == action_of(c))) {
                    required_[c] &= holds(needed);
                }
            }
        }
    }

    granted_.resize(roles.size(), std::vector<states>(cell_count()));
    for (std::size_t r = 0; r < roles.size(); ++r) {
        for (auto const& line : rules.roles.at(roles[r]).may) {
            for (auto const& [action, when] : line.rights) {
                auto const where = holds(when);
                for (auto const c : cells_of(line, action)) {
                    granted_[r][c] |= where;
                }
            }
        }
    }

    stopped_.resize(roles.size(), std::vector<states>(cell_count()));
    stopped_everyone_.resize(cell_count());
    for (auto const& [name, rail] : rules.never) {
        states fires;
        for (std::size_t at = 0; at < state_count(); ++at) {
            fires[at] = !rail.when || value(*rail.when, state(at)) != truth::no;
        }
        for (cell c = 0; c < cell_count(); ++c) {
            if (!forbids(rail, c)) {
                continue;
            }
            if (rail.roles.empty()) {
                stopped_everyone_[c] |= fires;
            }
            for (auto const& role : rail.roles) {
                stopped_[number_in(roles, role)][c] |= fires;
            }
        }
    }

    alone_.resize(roles.size());
    for (std::size_t r = 0; r < roles.size(); ++r) {
        for (cell c = 0; c < cell_count(); ++c) {
            alone_[r].push_back(allowed(1U << r, 1U << r, c));
        }
    }
}

cell decision_table::cell_of(std::string const& action, std::string const& category) const {
    return cell_of(number_in(actions, action), number_in(categories, category));
}

bool decision_table::depends_on(states const& where, std::size_t fact) const {
    std::size_t step = 1;  // from a state to the next that differs in this fact alone
    for (std::size_t before = 0; before < fact; ++before) {
        step *= 3;
    }
    for (std::size_t at = 0; at < state_count(); ++at) {
        bool const lowest = at / step % 3 == 0;
        if (lowest && (where[at] != where[at + step] || where[at] != where[at + 2 * step])) {
            return true;
        }
    }
    return false;
}

states decision_table::holds(condition const& written) const {
    states found;
    for (std::size_t at = 0; at < state_count(); ++at) {
        found[at] = value(written, state(at)) == truth::yes;
    }
    return found;
}

std::vector<cell> decision_table::cells_of(grant const& line, std::string const& action) const {
    std::vector<cell> found;
    for (cell c = 0; c < cell_count(); ++c) {
        if (model::covers(rules, line, category_of(c)) && covers(action, action_of(c))) {
            found.push_back(c);
        }
    }
    return found;
}

bool decision_table::forbids(guardrail const& rail, cell c) const {
    bool const there =
        rail.categories.empty() ||
        std::any_of(rail.categories.begin(), rail.categories.end(),
                    [&](auto const& name) { return at_or_below(category_of(c), name); });
    return there && (rail.actions.empty() || contains(rail.actions, action_of(c)));
}

states decision_table::forbidden(role_mask held, cell c) const {
    auto found = stopped_everyone_[c];
    auto const every = with_inherited(held);
    for (std::size_t r = 0; r < roles.size(); ++r) {
        if ((every >> r & 1U) != 0) {
            found |= stopped_[r][c];
        }
    }
    return found;
}

states decision_table::granted(role_mask active, cell c) const {
    states found;
    auto const every = with_inherited(active);
    for (std::size_t r = 0; r < roles.size(); ++r) {
        if ((every >> r & 1U) != 0) {
            found |= granted_[r][c];
        }
    }
    return found;
}

role_mask decision_table::with_inherited(role_mask some) const {
    role_mask found = 0;
    for (std::size_t r = 0; r < roles.size(); ++r) {
        if ((some >> r & 1U) != 0) {
            found |= inherited_[r];
        }
    }
    return found;
}

names decision_table::names_of(role_mask some) const {
    names found;
    for (std::size_t r = 0; r < roles.size(); ++r) {
        if ((some >> r & 1U) != 0) {
            found.push_back(roles[r]);
        }
    }
    return found;
}

bool decision_table::may_hold(role_mask some) const {
    auto const list = names_of(some);
    return std::none_of(rules.separations.begin(), rules.separations.end(), [&](auto const& entry) {
        return entry.second.per_person && breaks(rules, entry.second, list);
    });
}

bool decision_table::may_be_active(role_mask some) const {
    auto const list = names_of(some);
    return std::none_of(rules.separations.begin(), rules.separations.end(),
                        [&](auto const& entry) { return breaks(rules, entry.second, list); });
}

}  // namespace model
