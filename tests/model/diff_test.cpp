// A difference between two policies is what the answers to all questions differ in. Here it is
// computed again, slowly: every role, every user, every action on every category, in every state
// of the facts, asked of both.

#include "compared.hpp"
#include "expression.hpp"
#include "guarantees.hpp"
#include "random_edits.hpp"
#include "trial.hpp"
#include <rolecall/document.hpp>
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;

namespace {

using cell = std::tuple<std::string, std::string, std::string>;  // who, action, category

date const today{2026, 6, 15};

// What the model says of one policy. A name that it does not declare has no rights, and a fact
// that it does not declare no part.
class judge {
public:
    explicit judge(policy const& rules) : rules_(rules), actions_(actions_of(rules)) {}

    policy const& rules() const { return rules_; }
    name_set const& actions() const { return actions_; }

    // Of what is not declared by this policy.
    bool declares(std::string const& action, std::string const& category) const {
        return actions_.count(action) != 0 && rules_.categories.count(category) != 0;
    }

    bool role_may(std::string const& role, std::string const& action, std::string const& category,
                  state const& known) const {
        return rules_.roles.count(role) != 0 && declares(action, category) &&
               decide(rules_, question_of({}, names{role}, action, category, known)).allow;
    }

    // By choosing any one of the roles that are assigned that day: more of them together are
    // given no more than one of them gives.
    bool user_may(std::string const& user, std::string const& action, std::string const& category,
                  state const& known) const {
        if (rules_.users.count(user) == 0 || !declares(action, category)) {
            return false;
        }
        auto const roles = held(user);
        return std::any_of(roles.begin(), roles.end(), [&](auto const& role) {
            return decide(rules_, question_of(user, names{role}, action, category, known)).allow;
        });
    }

private:
    name_set held(std::string const& user) const {
        name_set roles;
        for (auto const& given : rules_.users.at(user)) {
            if (!given.until || today <= *given.until) {
                roles.insert(given.roles.begin(), given.roles.end());
            }
        }
        return roles;
    }

    question question_of(std::optional<std::string> user, names roles, std::string const& action,
                         std::string const& category, state known) const {
        std::erase_if(known, [&](auto const& fact) { return rules_.facts.count(fact.first) == 0; });
        return {std::move(user), std::move(roles), action, category, std::move(known), today};
    }

    policy const& rules_;
    name_set actions_;
};

bool holds(rc::fact_state const& wanted, state const& known) {
    auto const all = [&](names const& facts, truth is) {
        return std::all_of(facts.begin(), facts.end(),
                           [&](auto const& fact) { return known.at(fact) == is; });
    };
    return all(wanted.is_true, truth::yes) && all(wanted.is_false, truth::no);
}

bool any_holds(std::vector<rc::fact_state> const& wanted, state const& known) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](rc::fact_state const& one) { return holds(one, known); });
}

state as_state(rc::fact_state const& from, state unknown) {
    for (auto const& fact : from.is_true) {
        unknown[fact] = truth::yes;
    }
    for (auto const& fact : from.is_false) {
        unknown[fact] = truth::no;
    }
    return unknown;
}

bool is_met(std::string const& condition, state known) {
    if (condition == "never" || condition == "always") {
        return condition == "always";
    }
    return value(parse_expression(condition), known) == truth::yes;
}

// Two policies, and everything that both have together.
class two_policies {
public:
    two_policies(trial const& by, policy const& old_rules, policy const& new_rules)
        : one(by), before(old_rules), after(new_rules) {
        for (judge const* each : {&before, &after}) {
            add(each->rules().roles, roles);
            add(each->rules().users, users);
            add(each->rules().categories, categories);
            add(each->rules().facts, facts);
            actions.insert(each->actions().begin(), each->actions().end());
        }
        states = states_of(model::names(facts.begin(), facts.end()));
    }

    void require(bool holds, std::string const& otherwise) const {
        if (!holds) {
            one.fail(otherwise, to_yaml(before.rules()) + "\n----\n" + to_yaml(after.rules()));
        }
    }

    trial const& one;
    judge before, after;
    name_set roles, users, categories, facts, actions;
    std::vector<state> states;

private:
    template <class entries>
    static void add(entries const& from, name_set& to) {
        for (auto const& [name, entry] : from) {
            to.insert(name);
        }
    }
};

struct tally {
    std::size_t unchanged = 0, gained = 0, lost = 0, both = 0, conditional = 0, without_lines = 0;
};

// One right, or that there is none, says of every state what both policies say of it.
template <class may>
void require_agreement(two_policies const& it, rc::right_change const* found, cell const& at,
                       may const& allowed, tally& seen) {
    auto const& [who, action, category] = at;
    std::string const about = who + ' ' + action + ' ' + category + ": ";
    bool gains = false;
    bool loses = false;
    for (auto const& known : it.states) {
        bool const was = allowed(it.before, action, category, known);
        bool const is = allowed(it.after, action, category, known);
        gains |= is && !was;
        loses |= was && !is;
        if (found == nullptr) {
            it.require(was == is, about + "it changed, and is not listed");
            continue;
        }
        it.require(is_met(found->before, known) == was, about + "before: " + found->before);
        it.require(is_met(found->after, known) == is, about + "after: " + found->after);
        it.require((is && !was) == (any_holds(found->gained, known) && !was),
                   about + "what is gained");
        it.require((was && !is) == (any_holds(found->lost, known) && !is), about + "what is lost");
    }
    if (found == nullptr) {
        ++seen.unchanged;
        return;
    }
    it.require(gains || loses, about + "it is listed, and did not change");
    it.require(found->gains() == gains && found->loses() == loses, about + "what kind of change");
    it.require(!found->inexact, about + "inexact");
    state unknown = it.states.front();
    for (auto const& gained : found->gained) {
        auto const known = as_state(gained, unknown);
        it.require(allowed(it.after, action, category, known) &&
                       !allowed(it.before, action, category, known),
                   about + "a state is gained that is not");
    }
    for (auto const& lost : found->lost) {
        auto const known = as_state(lost, unknown);
        it.require(allowed(it.before, action, category, known) &&
                       !allowed(it.after, action, category, known),
                   about + "a state is lost that is not");
    }
    ++(gains && loses ? seen.both : gains ? seen.gained : seen.lost);
    if (found->before != "never" && found->after != "never") ++seen.conditional;
    if (found->lines.empty()) ++seen.without_lines;
}

void require_level(two_policies const& it, rc::policy_diff const& diff,
                   rc::right_change const& right) {
    std::size_t rank = 0;
    for (judge const* each : {&it.before, &it.after}) {
        if (each->rules().categories.count(right.category) != 0) {
            rank = std::max(rank, diff.rank(level_of(each->rules(), right.category)));
        }
    }
    it.require(diff.rank(right.level) == rank, "the level of " + right.category);
}

template <class changes>
void require_ranking(two_policies const& it, rc::policy_diff const& diff, changes const& list) {
    auto const key = [&](rc::right_change const& c) {
        return std::tuple(diff.levels.size() - diff.rank(c.level), c.what, c.category);
    };
    for (std::size_t i = 1; i < list.size(); ++i) {
        it.require(key(list[i - 1]) <= key(list[i]), "the order");
    }
}

void require_agreement(two_policies const& it, rc::policy_diff const& diff, tally& seen) {
    std::map<cell, rc::right_change const*> of_roles;
    for (auto const& change : diff.roles) {
        require_level(it, diff, change);
        it.require(!change.lines.empty(), "no line bears on " + change.category);
        for (auto const& role : change.roles) {
            it.require(of_roles.emplace(cell{role, change.action, change.category}, &change).second,
                       "a right of " + role + " twice");
        }
    }
    require_ranking(it, diff, diff.roles);
    std::map<cell, rc::right_change const*> of_users;
    for (auto const& group : diff.users) {
        require_ranking(it, diff, group.rights);
        for (auto const& user : group.users) {
            for (auto const& change : group.rights) {
                it.require(
                    of_users.emplace(cell{user, change.action, change.category}, &change).second,
                    "a right of " + user + " twice");
            }
        }
    }
    auto const each = [&](name_set const& who, auto& listed, auto const& may) {
        for (auto const& name : who) {
            for (auto const& action : it.actions) {
                for (auto const& category : it.categories) {
                    cell const at{name, action, category};
                    auto const found = listed.find(at);
                    require_agreement(
                        it, found == listed.end() ? nullptr : found->second, at,
                        [&](judge const& by, auto const&... asked) {
                            return may(by, name, asked...);
                        },
                        seen);
                    listed.erase(at);
                }
            }
        }
        it.require(listed.empty(), "a change of something that there is not");
    };
    each(it.roles, of_roles,
         [](judge const& by, auto const&... asked) { return by.role_may(asked...); });
    each(it.users, of_users,
         [](judge const& by, auto const&... asked) { return by.user_may(asked...); });
}

bool small(policy const& rules) {
    return rules.roles.size() <= 5 && rules.facts.size() <= 4 && rules.categories.size() <= 7;
}

}  // namespace

TEST_CASE("a difference is exactly what the answers to all questions differ in") {
    tally seen;
    with_random_policies(300, [&](trial& one) {
        if (!small(one.rules)) {
            return;
        }
        auto const after = edited(one.rules, one.random.between(1, 5), one.random);
        if (after.facts.size() > 4) {
            return;
        }
        two_policies const it(one, one.rules, after);
        require_agreement(it, difference(loaded(one.rules), loaded(after)), seen);
        // And back again.
        two_policies const back(one, after, one.rules);
        require_agreement(back, difference(loaded(after), loaded(one.rules)), seen);
    });
    if (wanted_questions() >= 100000) {
        for (auto const count : {seen.unchanged, seen.gained, seen.lost, seen.conditional}) {
            CHECK(count > 50);
        }
    }
}

TEST_CASE("a difference is exact where two policies have little in common") {
    tally seen;
    with_random_policies(40, [&](trial& one) {
        auto const names = random_vocabulary(one.random, {1, 4, 5, 4});
        auto const before = random_policy(one.random, names);
        auto const after = random_policy(one.random, names);
        two_policies const it(one, before, after);
        require_agreement(it, difference(loaded(before), loaded(after)), seen);
    });
    if (wanted_questions() >= 100000) {
        CHECK(seen.both > 10);
    }
}

TEST_CASE("a difference is exact with six facts") {
    tally seen;
    with_random_policies(3, [&](trial& one) {
        auto const names = random_vocabulary(one.random, {0, 6, 3, 3});
        auto const before = random_policy(one.random, names);
        auto const after = edited(before, 3, one.random);
        if (after.facts.size() > 6) {
            return;
        }
        two_policies const it(one, before, after);
        require_agreement(it, difference(loaded(before), loaded(after)), seen);
    });
}

TEST_CASE("the same policy written differently has no difference") {
    with_random_policies(300, [](trial& one) {
        auto const plain = loaded(one.rules);
        std::vector<rc::source_file> files;
        for (auto const& file : to_yaml_files(one.rules, one.random)) {
            files.push_back({file.path, file.text});
        }
        auto const respelled = rc::yaml::load_texts(std::move(files)).value();
        auto const canonical = rc::yaml::load_text(rc::yaml::write(plain)).value();
        for (auto const* other : {&respelled, &canonical}) {
            auto const diff = difference(plain, *other);
            if (!diff.empty() || !diff.words.empty() || !diff.lines.empty()) {
                one.fail("a difference to itself", to_yaml(one.rules));
            }
        }
    });
}
