// A policy adopted into another's lineage has other numbers, and nothing else of it is new: it
// answers, explains and lists by name exactly as it did by itself.

#include "library_policy.hpp"
#include "trial.hpp"
#include <rolecall/detail/adopt.hpp>
#include <rolecall/rolecall.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace model;
namespace rc = rolecall;

namespace {

rc::policy compiled(trial const& one, policy const& rules) {
    auto const made = build_policy(rules);
    if (!made) {
        one.fail("the policy was refused when made in code", to_yaml(rules));
    }
    return *made;
}

// One policy by itself, and adopted into a lineage that other policies began: some of its names
// have numbers there, in another order, some are new, and some numbers are of names that it does
// not declare.
class adopted {
public:
    explicit adopted(trial& by)
        : one(by),
          names_(random_vocabulary(by.random, {12, 30, 18, 14})),
          rules(random_policy(by.random, names_)),
          itself(compiled(by, rules)),
          policy(adopt_somehow()) {}

    trial& one;

private:
    vocabulary names_;

public:
    model::policy rules;
    rc::policy itself;
    rc::policy policy;

    void require(bool holds, std::string const& otherwise) const {
        if (!holds) {
            one.fail(otherwise, to_yaml(rules));
        }
    }

    void require_same(std::string const& got, std::string const& wanted,
                      std::string const& of) const {
        if (got != wanted) {
            one.fail(of + ": adopted it is\n" + got + "\ninstead of\n" + wanted, to_yaml(rules));
        }
    }

    // The same facts for each of the two.
    rc::facts facts_of(rc::policy const& p, std::map<std::string, truth> const& known) const {
        rc::facts made;
        for (auto const& [name, is] : known) {
            made.add(p.fact(name).value(), as_value(is));
        }
        return made;
    }

private:
    rc::policy adopt_somehow() {
        auto elder = compiled(one, random_policy(one.random, names_));
        for (auto left = one.random.below(3); left > 0; --left) {
            elder = into(elder, compiled(one, random_policy(one.random, names_)));
        }
        auto fresh = itself;
        if (one.random.chance(30)) {  // from a lineage where it has others' numbers already
            auto const other = compiled(one, random_policy(one.random, names_));
            fresh = into(other, fresh);
        }
        return into(elder, fresh);
    }

    rc::policy into(rc::policy const& elder, rc::policy const& fresh) const {
        auto made = rc::detail::adopt(fresh, elder);
        require(made.has_value(), "the lineage has no room");
        return *made;
    }
};

std::string text(rc::policy const& by, rc::response const& given) {
    return std::string(to_string(given.decision)) + ' ' + std::string(to_string(given.reason)) +
           ' ' + std::string(by.name(given.granting_role));
}

std::string text(rc::policy_line const& line) {
    return std::to_string(static_cast<int>(line.what)) + ' ' + line.where.path + ':' +
           std::to_string(line.where.line) + ' ' + line.sentence + '\n';
}

std::string text(rc::policy const& by, rc::explanation const& e) {
    std::string all = text(by, e.answer) + '\n' + e.for_staff + '\n' + e.for_owner + "\nby\n";
    for (auto const& line : e.decided_by) all += text(line);
    all += "nearest\n";
    if (e.nearest) all += text(*e.nearest);
    for (auto const& missing : e.missing) all += missing + '\n';
    return all;
}

std::string text(rc::right_basis const& basis) {
    std::string all = basis.condition + (basis.apart ? " apart" : "");
    for (auto const& fact : basis.facts) all += ", " + fact;
    if (basis.until) all += " until " + basis.until->to_string();
    for (auto const& through : basis.through) {
        all += "; " + through.role + " if " + through.condition;
        if (through.until) all += " until " + through.until->to_string();
    }
    return all + '\n';
}

std::string text(rc::who_can_result const& found) {
    std::string all(to_string(found.why));
    for (auto const& h : found.holders)
        all += std::to_string(static_cast<int>(h.what)) + ' ' + h.name + ": " + text(h);
    return all;
}

std::string text(rc::what_can_result const& found) {
    std::string all = std::string(to_string(found.why)) + (found.apart ? " apart" : "");
    for (auto const& r : found.rights) all += r.action + ' ' + r.category + ": " + text(r);
    return all;
}

std::string text(rc::effective_right const& right) {
    return right.role + ' ' + right.action + ' ' + right.category + ' ' + right.condition + '\n';
}

// Every state of a few facts; of many, random ones.
std::vector<std::map<std::string, truth>> states(adopted const& of) {
    auto const facts = names_of(of.rules.facts);
    std::vector<std::map<std::string, truth>> all{{}};
    if (facts.size() <= 3) {
        for (auto const& name : facts) {
            auto const before = all;
            all.clear();
            for (auto state : before) {
                for (auto const is : {truth::yes, truth::no, truth::unknown}) {
                    state[name] = is;
                    all.push_back(state);
                }
            }
        }
    } else {
        for (int left = 20; left > 0; --left) {
            all.push_back(random_facts(facts, of.one.random));
        }
    }
    return all;
}

rc::activation activate(rc::policy const& in, question const& asked) {
    if (!asked.user) return in.activate(*asked.roles);
    if (!asked.roles) return in.activate_user(*asked.user, as_date(asked.on));
    return in.activate_user(*asked.user, *asked.roles, as_date(asked.on));
}

// A session, as far as it can be told in names.
std::string text(rc::policy const& in, rc::activation const& made, question const& asked,
                 rc::facts const& known) {
    std::string all(to_string(made.why()));
    if (!made) return all;
    for (auto const role : made->active_roles()) all += ' ' + std::string(in.name(role));
    all += ", held";
    for (auto const role : made->held_roles()) all += ' ' + std::string(in.name(role));
    auto const what = in.action(asked.action);
    auto const on = in.category(asked.category);
    if (!what || !on || !known.valid()) return all;
    all += '\n' + text(in, made->evaluate(*what, *on, known)) + '\n' +
           (made->allows(*what, *on) ? "yes " : "no ") +
           (made->allows(*what, *on, known) ? "yes" : "no");
    for (auto const category : made->allowed_categories(*what, known))
        all += ' ' + std::string(in.name(category));
    for (auto const action : made->allowed_actions(*on, known))
        all += ' ' + std::string(in.name(action));
    return all + '\n' + text(in, explain(*made, *what, *on, known));
}

rc::facts stated(rc::policy const& in, question const& asked) {
    rc::facts made;
    for (auto const& [name, is] : asked.facts)
        made.add(in.fact(name).value_or(rc::fact_ref{}), as_value(is));
    return made;
}

}  // namespace

TEST_CASE("adopted, a policy answers each role by every state of the facts as by itself") {
    with_random_policies(150, [](trial& one) {
        adopted const of(one);
        for (auto const& known : states(of)) {
            auto const own = of.facts_of(of.itself, known);
            auto const theirs = of.facts_of(of.policy, known);
            for (auto const& role : names_of(of.rules.roles)) {
                for (auto const& action : all_actions(of.rules)) {
                    for (auto const& category : names_of(of.rules.categories)) {
                        auto const as = of.policy.role(role).value();
                        auto const what = of.policy.action(action).value();
                        auto const on = of.policy.category(category).value();
                        auto const wanted = of.itself.evaluate(
                            of.itself.role(role).value(), of.itself.action(action).value(),
                            of.itself.category(category).value(), own);
                        auto const given = of.policy.evaluate(as, what, on, theirs);
                        bool const same =
                            given.reason == wanted.reason && given.decision == wanted.decision &&
                            of.policy.name(given.granting_role) ==
                                of.itself.name(wanted.granting_role) &&
                            of.policy.allows(as, what, on, theirs) == bool{wanted} &&
                            of.policy.allows(role, action, category, theirs) == bool{wanted};
                        of.require(same, role + " " + action + " " + category + ": " +
                                             text(of.policy, given) + " instead of " +
                                             text(of.itself, wanted));
                    }
                }
            }
        }
    });
}

TEST_CASE("adopted, a policy answers and explains every question as by itself") {
    with_random_policies(300, [](trial& one) {
        adopted const of(one);
        for (int left = 40; left > 0; --left) {
            auto asked = random_question(of.rules, one.random);
            if (one.random.chance(5)) {  // no role, and no one
                asked.user.reset();
                asked.roles = names{};
            }
            auto const request = as_request(asked);
            auto const given = of.policy.evaluate(request);
            one.require_same(as_answer(given), decide(of.rules, asked), of.rules, asked,
                             "adopted, the library");
            of.require_same(text(of.policy, explain(of.policy, request)),
                            text(of.itself, explain(of.itself, request)), model::text(asked));
            of.require_same(
                text(of.policy, activate(of.policy, asked), asked, stated(of.policy, asked)),
                text(of.itself, activate(of.itself, asked), asked, stated(of.itself, asked)),
                "a session for " + model::text(asked));
        }
    });
}

TEST_CASE("adopted, a policy has the same matrix, the same lists and the same text") {
    with_random_policies(150, [](trial& one) {
        adopted const of(one);
        auto const rights = effective_rights(of.policy);
        auto const own = effective_rights(of.itself);
        for (std::size_t i = 0; i < std::max(rights.size(), own.size()); ++i) {
            of.require_same(i < rights.size() ? text(rights[i]) : "nothing",
                            i < own.size() ? text(own[i]) : "nothing", "a line of the matrix");
        }
        of.require_same(rc::yaml::write(of.policy), rc::yaml::write(of.itself), "the text");
        of.require_same(rc::digest(of.policy), rc::digest(of.itself), "the digest");
        for (int left = 12; left > 0; --left) {
            auto const asked = random_question(of.rules, one.random);
            auto const own_facts = stated(of.itself, asked);
            auto const facts = stated(of.policy, asked);
            auto const on = as_date(asked.on);
            of.require_same(text(who_can(of.policy, asked.action, asked.category, on, facts)),
                            text(who_can(of.itself, asked.action, asked.category, on, own_facts)),
                            "who can " + model::text(asked));
            auto const roles = asked.roles.value_or(names{});
            of.require_same(text(what_can(of.policy, roles, facts)),
                            text(what_can(of.itself, roles, own_facts)),
                            "what can " + model::text(asked));
            auto const user = asked.user.value_or("nobody");
            of.require_same(text(what_can_user(of.policy, user, on, facts)),
                            text(what_can_user(of.itself, user, on, own_facts)),
                            "what can the user " + model::text(asked));
        }
    });
}

TEST_CASE("adopted, a policy does not know its own references any more") {
    with_random_policies(100, [](trial& one) {
        adopted const of(one);
        for (int left = 40; left > 0; --left) {
            auto const asked = random_question(of.rules, one.random);
            auto const as = of.itself.role(one.random.pick(names_of(of.rules.roles))).value();
            auto const on = of.itself.category(asked.category);
            auto const known = stated(of.itself, asked);
            of.require(of.policy.name(as).empty() && !of.policy.activate({as}), "a role");
            if (on) {
                of.require(!of.policy.allows(as, rc::view, *on, known) &&
                               of.policy.evaluate(as, rc::view, *on, known).reason ==
                                   rc::reason::unknown_name,
                           "references of the policy by itself are answered");
            }
        }
    });
}
