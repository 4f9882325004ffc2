#include "exercises.hpp"

#include <algorithm>
#include <vector>

namespace model {

namespace {

bool contains(names const& list, std::string const& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

names without(names list, names const& lost) {
    std::erase_if(list, [&](auto const& name) { return contains(lost, name); });
    return list;
}

// A role that nobody declares, has no rights, and inherits nothing.
std::string const nothing_at_all = "nothing-at-all-of-an-exercise";

// The policy as if no assignment gave the roles that are lost. Who has none left keeps an
// assignment of a role without rights, since without any they would not be listed.
policy after_losses(policy rules, exercise const& of) {
    if (!of.user || !rules.users.contains(*of.user)) {
        return rules;
    }
    auto& assignments = rules.users.at(*of.user);
    for (auto& one : assignments) {
        one.roles = without(one.roles, of.lost);
    }
    std::erase_if(assignments, [](assignment const& one) { return one.roles.empty(); });
    if (assignments.empty()) {
        rules.roles[nothing_at_all] = {.about = "no role", .title = "", .inherits = {}, .may = {}};
        assignments.push_back({.roles = {nothing_at_all}, .until = std::nullopt});
    }
    return rules;
}

// The states of the facts in which those given are as given.
std::vector<state> states_that_fit(policy const& rules, exercise const& of) {
    names facts;
    for (auto const& [name, entry] : rules.facts) {
        facts.push_back(name);
    }
    auto made = states_of(facts);
    std::erase_if(made, [&](state const& one) {
        return std::any_of(of.facts.begin(), of.facts.end(),
                           [&](auto const& fact) { return one.at(fact.first) != fact.second; });
    });
    return made;
}

question asked_in(exercise const& of, policy const& rules, date const& today) {
    bool const listed = of.user && rules.users.contains(*of.user);
    question made{.user = of.user,
                  .roles = listed ? of.roles : without(of.roles, of.lost),
                  .action = "",
                  .category = "",
                  .facts = of.facts,
                  .on = of.on.value_or(today)};
    if (listed && of.roles.empty()) {
        made.roles = std::nullopt;  // no choice: all that are assigned
    }
    return made;
}

// What whoever has a compromised account finds there; nothing where it could not ask at all.
names roles_of_account(policy const& rules, question const& asked) {
    names held;
    auto const listed = asked.user ? rules.users.find(*asked.user) : rules.users.end();
    if (listed != rules.users.end()) {
        for (auto const& one : listed->second) {
            if (!one.until || asked.on <= *one.until) {
                held.insert(held.end(), one.roles.begin(), one.roles.end());
            }
        }
    } else if (!asked.user || rules.users.empty() || rules.other_users) {
        held = *asked.roles;
    }
    for (auto const& [name, rule] : rules.separations) {
        if (rule.per_person && breaks(rules, rule, held)) {
            return {};
        }
    }
    return held;
}

}  // namespace

std::optional<std::map<cell, expected>> expectations(policy const& rules, exercise const& of) {
    std::map<cell, expected> made;
    bool clash = false;
    auto const expect = [&](std::vector<expectation> const& lines, bool allowed) {
        for (auto const& line : lines) {
            for (auto const& [category, entry] : rules.categories) {
                if (line.below ? !lies_below(category, line.category) : category != line.category) {
                    continue;
                }
                for (auto const& [written, reason] : line.actions) {
                    for (auto const& action : actions_of(rules)) {
                        if (written != action && written != "any" &&
                            (written != "all" || !is_built_in(action))) {
                            continue;
                        }
                        auto const [at, is_new] =
                            made.try_emplace({category, action}, expected{allowed, reason});
                        auto& before = at->second;
                        clash |=
                            before.allowed != allowed ||
                            (!before.reason.empty() && !reason.empty() && before.reason != reason);
                        before.reason = before.reason.empty() ? reason : before.reason;
                    }
                }
            }
        }
    };
    expect(of.can, true);
    expect(of.exactly, true);
    expect(of.cannot, false);
    if (of.exactly_nothing || !of.exactly.empty()) {
        for (auto const& [category, entry] : rules.categories) {
            for (auto const& action : actions_of(rules)) {
                made.try_emplace({category, action});
            }
        }
    }
    return clash ? std::nullopt : std::optional(made);
}

std::map<cell, outcome> outcomes(policy const& written, exercise const& of, date const& today) {
    auto const rules = after_losses(written, of);
    auto asked = asked_in(of, rules, today);
    auto const states = states_that_fit(rules, of);

    // Of a compromised account: somebody who holds its roles, with each of them chosen.
    auto attacked = rules;
    auto attack = asked;
    auto const held = of.compromised ? roles_of_account(rules, asked) : names{};
    attacked.users = {{"somebody", {{.roles = held, .until = std::nullopt}}}};
    attack.user = "somebody";
    auto const attacked_in = [&](state const& facts) {
        attack.facts = facts;
        return std::any_of(held.begin(), held.end(), [&](auto const& role) {
            attack.roles = names{role};
            return decide(attacked, attack).allow;
        });
    };

    std::map<cell, outcome> made;
    for (auto const& [category, entry] : rules.categories) {
        for (auto const& action : actions_of(rules)) {
            auto& one = made[{category, action}];
            attack.category = asked.category = category;
            attack.action = asked.action = action;
            if (of.compromised) {
                one.certain = attacked_in(of.facts);
                one.possible = std::any_of(states.begin(), states.end(), attacked_in);
                one.given.allow = one.possible;
                continue;
            }
            one.given = decide(rules, asked);
            one.certain = one.given.allow;
            one.possible = std::any_of(states.begin(), states.end(), [&](state const& facts) {
                auto later = asked;
                later.facts = facts;
                return decide(rules, later).allow;
            });
        }
    }
    return made;
}

}  // namespace model
