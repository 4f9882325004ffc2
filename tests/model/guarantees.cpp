#include "guarantees.hpp"

#include <algorithm>
#include <utility>

namespace model {

namespace {

template <class entries>
names names_of(entries const& declared) {
    names found;
    for (auto const& [name, entry] : declared) {
        found.push_back(name);
    }
    return found;
}

bool contains(names const& list, std::string const& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

// To hold a role is to have it, or one that inherits it.
bool holds_one_of(policy const& rules, names const& held, names const& roles) {
    auto const everything = with_inherited(rules, held);
    return std::any_of(roles.begin(), roles.end(),
                       [&](auto const& role) { return everything.contains(role); });
}

bool all_false(names const& facts, state const& known) {
    return std::all_of(facts.begin(), facts.end(),
                       [&](auto const& fact) { return known.at(fact) == truth::no; });
}

// What `may` asks of those who can.
bool is_fine(policy const& rules, guarantee const& given, names const& held, state const& known) {
    return (given.only.empty() || holds_one_of(rules, held, given.only)) &&
           value(given.only_if, known) == truth::yes && all_false(given.unless, known);
}

}  // namespace

std::size_t known_facts(state const& facts) {
    return static_cast<std::size_t>(std::count_if(facts.begin(), facts.end(), [](auto const& fact) {
        return fact.second != truth::unknown;
    }));
}

std::vector<state> states_of(names const& facts) {
    std::vector<state> made{{}};
    for (auto const& name : facts) {
        std::vector<state> longer;
        for (auto const& shorter : made) {
            for (auto const known : {truth::unknown, truth::yes, truth::no}) {
                longer.push_back(shorter);
                longer.back()[name] = known;
            }
        }
        made = std::move(longer);
    }
    std::stable_sort(made.begin(), made.end(), [](state const& a, state const& b) {
        return known_facts(a) < known_facts(b);
    });
    return made;
}

std::string level_of(policy const& rules, std::string category) {
    for (;;) {
        auto const found = rules.categories.find(category);
        if (found != rules.categories.end() && !found->second.level.empty()) {
            return found->second.level;
        }
        auto const dot = category.rfind('.');
        if (dot == std::string::npos) {
            return "";
        }
        category.resize(dot);
    }
}

std::vector<names> sets_of_roles(policy const& rules) {
    std::vector<names> made{{}};
    for (auto const& [role, entry] : rules.roles) {
        auto const without = made;
        for (auto const& set : without) {
            made.push_back(set);
            made.back().push_back(role);
        }
    }
    std::erase_if(made, [&](names const& set) {
        return std::any_of(rules.separations.begin(), rules.separations.end(),
                           [&](auto const& entry) {
                               return entry.second.per_person && breaks(rules, entry.second, set);
                           });
    });
    std::stable_sort(made.begin(), made.end(),
                     [](names const& a, names const& b) { return a.size() < b.size(); });
    return made;
}

std::vector<names> persons(policy const& rules) {
    if (rules.users.empty() || rules.other_users) {
        return sets_of_roles(rules);
    }
    std::vector<names> made;
    for (auto const& [role, entry] : rules.roles) {
        made.push_back({role});
    }
    for (auto const& [user, assignments] : rules.users) {
        name_set every;
        for (auto const& one : assignments) {
            every.insert(one.roles.begin(), one.roles.end());
        }
        made.emplace_back(every.begin(), every.end());
    }
    return made;
}

bool in_scope(policy const& rules, scope const& of, std::string const& action,
              std::string const& category) {
    bool const there = of.categories.empty() ||
                       std::any_of(of.categories.begin(), of.categories.end(),
                                   [&](auto const& name) { return at_or_below(category, name); });
    return there && (of.actions.empty() || contains(of.actions, action)) &&
           (of.levels.empty() || contains(of.levels, level_of(rules, category)));
}

promise_judge::promise_judge(policy const& rules)
    : rules_(rules),
      categories_(names_of(rules.categories)),
      states_(states_of(names_of(rules.facts))),
      given_(rules) {
    auto const actions = actions_of(rules);
    actions_.assign(actions.begin(), actions.end());
}

// Somebody who holds just these roles, asked with one of them chosen.
std::vector<bool> const& promise_judge::answers(asked const& about) {
    auto const [at, is_new] = answers_.try_emplace(about);
    auto& found = at->second;
    if (!is_new) {
        return found;
    }
    auto const& [held, role, action, category] = about;
    found.resize(states_.size());
    rules_.users = {{"somebody", {{.roles = held, .until = std::nullopt}}}};
    for (std::size_t i = 0; i < states_.size(); ++i) {
        auto const got = decide(rules_, {.user = "somebody",
                                         .roles = names{role},
                                         .action = action,
                                         .category = category,
                                         .facts = states_[i],
                                         .on = {}});
        found[i] = got.allow;
        if (got.reason == "not-granted") {
            break;  // rule 10: no active role has a grant for it, with or without conditions
        }
    }
    return found;
}

bool promise_judge::allowed(names const& held, std::string const& role, std::string const& action,
                            std::string const& category, state const& facts) {
    auto const at = std::find(states_.begin(), states_.end(), facts);
    return answers({held, role, action, category}).at(std::size_t(at - states_.begin()));
}

std::vector<names> promise_judge::who(guarantee const& given) const {
    auto made = given.what == guarantee::kind::never_both ? persons(given_) : sets_of_roles(given_);
    if (!given.roles.empty()) {
        std::erase_if(made, [&](names const& set) {
            return given.alone ? set.size() != 1 || !contains(given.roles, set.front())
                               : !holds_one_of(given_, set, given.roles);
        });
    }
    return made;
}

std::vector<deed> promise_judge::wrong(guarantee const& given, names const& held, bool second) {
    std::vector<deed> found;
    if (given.what == guarantee::kind::keeps) {
        add_refused(given, held, found);
        return found;
    }
    auto const& wanted = second ? given.second : given.first;
    for (auto const& role : held) {
        for (auto const& action : actions_) {
            for (auto const& category : categories_) {
                if (!in_scope(given_, wanted, action, category)) {
                    continue;
                }
                auto const& yes = answers({held, role, action, category});
                for (std::size_t i = 0; i < states_.size(); ++i) {
                    bool const fine = given.what == guarantee::kind::may && yes[i] &&
                                      is_fine(given_, given, held, states_[i]);
                    if (yes[i] && !fine) {
                        found.push_back({role, action, category, &states_[i]});
                    }
                }
            }
        }
    }
    return found;
}

// What they can't do, in states in which they are to.
void promise_judge::add_refused(guarantee const& given, names const& held,
                                std::vector<deed>& found) {
    for (auto const& line : given.kept) {
        for (auto const& [right, needed] : line.rights) {
            for (auto const& action : actions_) {
                for (auto const& category : categories_) {
                    if ((right != action && (right != "all" || !is_built_in(action))) ||
                        !covers(given_, line, category)) {
                        continue;
                    }
                    for (std::size_t i = 0; i < states_.size(); ++i) {
                        if (value(needed, states_[i]) == truth::yes &&
                            all_false(given.unless, states_[i]) &&
                            std::none_of(held.begin(), held.end(), [&](auto const& role) {
                                return answers({held, role, action, category})[i];
                            })) {
                            found.push_back({held.front(), action, category, &states_[i]});
                        }
                    }
                }
            }
        }
    }
}

std::optional<breach_size> promise_judge::smallest_breach(guarantee const& given) {
    auto const fewest = [](std::vector<deed> const& deeds) {
        std::optional<std::size_t> least;
        for (auto const& one : deeds) {
            least = std::min(least.value_or(known_facts(*one.facts)), known_facts(*one.facts));
        }
        return least;
    };
    std::optional<breach_size> least;
    for (auto const& held : who(given)) {
        if (least && least->roles < held.size()) {
            continue;
        }
        auto facts = fewest(wrong(given, held));
        if (facts && given.what == guarantee::kind::never_both) {
            auto const other = fewest(wrong(given, held, true));
            facts = other ? std::optional(*facts + *other) : std::nullopt;
        }
        if (facts && (!least || held.size() < least->roles || *facts < least->facts)) {
            least = breach_size{held.size(), *facts};
        }
    }
    return least;
}

}  // namespace model
