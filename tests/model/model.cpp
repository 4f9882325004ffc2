#include "model.hpp"

#include <algorithm>
#include <utility>

namespace model {

// Rule 3: the tree of categories is in their dots.
bool lies_below(std::string_view category, std::string_view other) {
    return category.size() > other.size() && category.substr(0, other.size()) == other &&
           category[other.size()] == '.';
}

bool at_or_below(std::string_view category, std::string_view other) {
    return category == other || lies_below(category, other);
}

// Rule 4: `all` is these four.
bool is_built_in(std::string_view action) {
    return action == "view" || action == "modify" || action == "store" || action == "delete";
}

name_set actions_of(policy const& rules) {
    name_set found{"view", "modify", "store", "delete"};
    for (auto const& [name, text] : rules.actions) {
        found.insert(name);
    }
    return found;
}

// Rule 2: a role counts as itself and every role that it inherits, to any depth.
name_set with_inherited(policy const& rules, names const& roles) {
    name_set found;
    for (auto const& name : roles) {
        found.insert(name);
        found.merge(with_inherited(rules, rules.roles.at(name).inherits));
    }
    return found;
}

// Rule 6: known true, known false, or unknown, as Kleene wrote it down.
truth value(term const& written, std::map<std::string, truth> const& facts) {
    bool const all = written.how == term::need::all;
    truth result = all ? truth::yes : truth::no;
    for (auto const& name : written.facts) {
        auto const known = facts.find(name);
        truth const one = known == facts.end() ? truth::unknown : known->second;
        result = all ? std::min(result, one) : std::max(result, one);
    }
    return result;
}

truth value(condition const& written, std::map<std::string, truth> const& facts) {
    if (written.any_of.empty()) {
        return truth::yes;
    }
    truth result = truth::no;
    for (auto const& one : written.any_of) {
        result = std::max(result, value(one, facts));
    }
    return result;
}

// Rule 3: a grant on a category covers it alone. A grant on `category.*` covers what lies below,
// save what a named-only category on the way down keeps for itself.
bool covers(policy const& rules, grant const& given, std::string const& category) {
    if (!given.below) {
        return category == given.category;
    }
    if (!lies_below(category, given.category)) {
        return false;
    }
    for (auto const& [name, declared] : rules.categories) {
        if (declared.named_only && lies_below(name, given.category) &&
            at_or_below(category, name)) {
            return false;
        }
    }
    return true;
}

// Rule 9: how many of its roles there are, each counted with all that it inherits.
bool breaks(policy const& rules, separation const& rule, names const& roles) {
    auto const counted = with_inherited(rules, roles);
    auto const hits = std::count_if(rule.roles.begin(), rule.roles.end(),
                                    [&](auto const& name) { return counted.count(name) != 0; });
    return hits > rule.at_most;
}

namespace {

bool contains(names const& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

answer deny(std::string reason) { return {.allow = false, .reason = std::move(reason)}; }

// Rules 3, 5 and 6: whom, what and when a guardrail forbids.
bool fires(guardrail const& rail, name_set const& held, question const& asked) {
    bool const meant =
        rail.roles.empty() || std::any_of(rail.roles.begin(), rail.roles.end(),
                                          [&](auto const& name) { return held.count(name) != 0; });
    bool const there =
        rail.categories.empty() ||
        std::any_of(rail.categories.begin(), rail.categories.end(),
                    [&](auto const& name) { return at_or_below(asked.category, name); });
    bool const that = rail.actions.empty() || contains(rail.actions, asked.action);
    bool const known_not_to_hold = rail.when && value(*rail.when, asked.facts) == truth::no;
    return meant && there && that && !known_not_to_hold;
}

// Rules 3, 4 and 8: every `requires` on the way down, for this action and for any.
truth required(policy const& rules, question const& asked) {
    truth result = truth::yes;
    for (auto const& [name, declared] : rules.categories) {
        if (!at_or_below(asked.category, name)) {
            continue;
        }
        for (auto const& [action, needed] : declared.required) {
            if (action == "any" || action == asked.action) {
                result = std::min(result, value(needed, asked.facts));
            }
        }
    }
    return result;
}

}  // namespace

answer decide(policy const& rules, question const& asked) {
    // Rules 1 and 10: every name must be declared.
    if (actions_of(rules).count(asked.action) == 0 || rules.categories.count(asked.category) == 0) {
        return deny("unknown-name");
    }
    for (auto const& [name, state] : asked.facts) {
        if (rules.facts.count(name) == 0) {
            return deny("unknown-name");
        }
    }
    auto const given = asked.roles.value_or(names{});
    for (auto const& name : given) {
        if (rules.roles.count(name) == 0) {
            return deny("unknown-name");
        }
    }

    // Rule 7: the roles that who asks holds, and those that are active.
    names held;
    names active;
    if (!asked.user) {
        held = active = given;
    } else if (auto const listed = rules.users.find(*asked.user); listed != rules.users.end()) {
        bool expired = true;
        for (auto const& assigned : listed->second) {
            if (!assigned.until || asked.on <= *assigned.until) {
                expired = false;
                held.insert(held.end(), assigned.roles.begin(), assigned.roles.end());
            }
        }
        if (expired) {
            return deny("expired");
        }
        auto const available = with_inherited(rules, held);
        for (auto const& name : given) {
            if (available.count(name) == 0) {
                return deny("not-assigned");
            }
        }
        active = asked.roles ? given : held;
    } else if (rules.users.empty() || rules.other_users) {
        if (given.empty()) {
            return deny("unknown-name");
        }
        held = active = given;
    } else {
        return deny("unknown-name");
    }

    // Rule 9: per session counts the active roles, per person all that are known to be held.
    for (auto const& [name, rule] : rules.separations) {
        if (breaks(rules, rule, rule.per_person ? held : active)) {
            return deny("separation");
        }
    }

    // Rule 5: guardrails look at the roles held, active or not.
    auto const everything_held = with_inherited(rules, held);
    for (auto const& [name, rail] : rules.never) {
        if (fires(rail, everything_held, asked)) {
            return deny("forbidden");
        }
    }

    // Rules 2, 4 and 8: grants of the active roles and of what they inherit are alternatives.
    bool granted = false;
    truth holds = truth::no;
    for (auto const& name : with_inherited(rules, active)) {
        for (auto const& offered : rules.roles.at(name).may) {
            if (!covers(rules, offered, asked.category)) {
                continue;
            }
            for (auto const& [action, needed] : offered.rights) {
                if (action == asked.action || (action == "all" && is_built_in(asked.action))) {
                    granted = true;
                    holds = std::max(holds, value(needed, asked.facts));
                }
            }
        }
    }
    if (!granted) {
        return deny("not-granted");
    }

    // Rules 6 and 8: one grant and every `requires` must be known to hold.
    switch (std::min(holds, required(rules, asked))) {
        case truth::yes: return {.allow = true, .reason = "granted"};
        case truth::unknown: return deny("undecided");
        case truth::no: break;
    }
    return deny("unmet");
}

}  // namespace model
