// Laws on who asks: users, their assignments, the roles they choose, and roles kept apart.

#include "trial.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace model;

namespace {

bool holds(assignment const& one, date const& on) { return !one.until || on <= *one.until; }

// The roles of a listed user's assignments that have not passed.
names assigned(policy const& rules, std::string const& user, date const& on) {
    names found;
    for (auto const& one : rules.users.at(user)) {
        if (holds(one, on)) {
            found.insert(found.end(), one.roles.begin(), one.roles.end());
        }
    }
    return found;
}

// Random questions by users whom the policy lists and who have at least one assignment left.
template <class check>
void ask_as_listed(trial& one, check const& each) {
    for (int left = one.rules.users.empty() ? 0 : 40; left > 0; --left) {
        auto asked = one.ask();
        asked.user = one.random.pick(names_of(one.rules.users));
        auto const held = assigned(one.rules, *asked.user, asked.on);
        if (!held.empty()) {
            each(asked, held);
        }
    }
}

}  // namespace

TEST_CASE("activating roles in another order gives the same answers") {
    with_random_policies(600, [](trial& one) {
        auto const asked_one = one.built();
        for (int left = 40; left > 0; --left) {
            auto const asked = one.ask();
            auto other = asked;
            if (other.roles && !other.roles->empty()) {
                one.random.shuffle(*other.roles);
                other.roles->push_back(other.roles->front());  // said twice
                one.require_same(asked_one->decide(other), asked_one->decide(asked), one.rules,
                                 asked, "in another order the engine");
                one.require_same(asked_one->decide_by_reference(other),
                                 asked_one->decide_by_reference(asked), one.rules, asked,
                                 "in another order, by references, the engine");
            }
        }
    });
}

TEST_CASE("a guardrail of a role that is held but not active still fires") {
    with_random_policies(600, [](trial& one) {
        auto rules = one.rules;
        auto const master = add_master(rules, one.random);
        for (auto const& [name, rail] : one.rules.never) {
            auto const role =
                one.random.pick(rail.roles.empty() ? names_of(one.rules.roles) : rail.roles);
            rules.users = {{"tester",
                            {{.roles = {master}, .until = {}},
                             {.roles = {role}, .until = date{2026, 6, 15}}}}};
            auto const asked_one = one.built(rules);
            for (int left = 15; left > 0; --left) {
                auto asked = aimed_at(rail, rules, one.random);
                asked.user = "tester";
                asked.roles = names{master};
                for (auto const& given :
                     {asked_one->decide(asked), asked_one->decide_by_reference(asked)}) {
                    one.require_same(given, {false, "forbidden"}, rules, asked,
                                     "while `" + role + "` is not active the engine");
                }
                // Without an end to wait for, the same user is free of the role's guardrails.
                asked.on = {2026, 6, 16};
                auto const as_role = question{.user = std::nullopt,
                                              .roles = names{master},
                                              .action = asked.action,
                                              .category = asked.category,
                                              .facts = asked.facts,
                                              .on = asked.on};
                one.require_same(asked_one->decide(asked), asked_one->decide(as_role), rules, asked,
                                 "after the end of `" + role + "` the engine");
            }
        }
    });
}

TEST_CASE("choosing no role grants nothing") {
    with_random_policies(600, [](trial& one) {
        auto const asked_one = one.built();
        ask_as_listed(one, [&](question& asked, names const&) {
            asked.roles = names{};
            auto const given = asked_one->decide(asked);
            one.require(!given.allow, one.rules, asked, "no role is active: " + text(given));
        });
    });
}

TEST_CASE("choosing fewer roles never grants more, but for separation") {
    with_random_policies(800, [](trial& one) {
        auto const asked_one = one.built();
        ask_as_listed(one, [&](question& asked, names const& held) {
            asked.roles.reset();
            auto const all = asked_one->decide(asked);
            auto const available = with_inherited(one.rules, held);
            asked.roles = one.random.some(names{available.begin(), available.end()}, 1, 2);
            auto const fewer = asked_one->decide(asked);
            one.require(all.allow || !fewer.allow || all.reason == "separation", one.rules, asked,
                        "denied with all roles: " + text(all));
        });
    });
}

TEST_CASE("a user may choose what is held, directly or by inheritance, and nothing else") {
    with_random_policies(600, [](trial& one) {
        auto const asked_one = one.built();
        ask_as_listed(one, [&](question& asked, names const& held) {
            asked.action = "view";
            asked.category = one.rules.categories.begin()->first;
            asked.facts.clear();
            auto const available = with_inherited(one.rules, held);
            for (auto const& [role, entry] : one.rules.roles) {
                asked.roles = names{role};
                auto const given = asked_one->decide(asked);
                bool const refused = given.reason == "not-assigned";
                one.require(refused == (available.count(role) == 0), one.rules, asked, text(given));
            }
        });
    });
}

TEST_CASE("a user without a choice is asked about as the roles that are assigned") {
    with_random_policies(600, [](trial& one) {
        auto const asked_one = one.built();
        ask_as_listed(one, [&](question& asked, names const& held) {
            asked.roles.reset();
            auto as_roles = asked;
            as_roles.user.reset();
            as_roles.roles = held;
            one.require_same(asked_one->decide(asked), asked_one->decide(as_roles), one.rules,
                             asked, "asked about the user the engine");
        });
    });
}

TEST_CASE("a user for whom the application vouches is asked about as those roles") {
    with_random_policies(600, [](trial& one) {
        auto rules = one.rules;
        if (!rules.users.empty()) {
            rules.name = "Vouched";
            rules.other_users = true;
        }
        auto const asked_one = one.built(rules);
        for (int left = 30; left > 0; --left) {
            auto asked = random_question(rules, one.random);
            asked.user = "nobody on the list";
            asked.roles = one.random.some(names_of(rules.roles), 1, 3);
            auto as_roles = asked;
            as_roles.user.reset();
            one.require_same(asked_one->decide(asked), asked_one->decide(as_roles), rules, asked,
                             "asked about the user the engine");
        }
    });
}

TEST_CASE("an assignment that has passed is as if it were not there") {
    with_random_policies(800, [](trial& one) {
        auto const asked_one = one.built();
        auto shorter = one.rules;
        date const on{2026, 12, 1};
        for (auto& [user, assignments] : shorter.users) {
            std::erase_if(assignments, [&](auto const& given) { return !holds(given, on); });
        }
        std::erase_if(shorter.users, [](auto const& entry) { return entry.second.empty(); });
        auto const other_one = one.built(shorter);
        ask_as_listed(one, [&](question& asked, names const&) {
            asked.on = on;
            auto const given = asked_one->decide(asked);
            if (shorter.users.count(*asked.user) == 0) {
                one.require(!given.allow, one.rules, asked,
                            "everything has passed: " + text(given));
            } else {
                one.require_same(given, other_one->decide(asked), one.rules, asked, "the engine");
            }
        });
    });
}

TEST_CASE("an assignment holds through its last day and not longer") {
    with_random_policies(400, [](trial& one) {
        auto rules = one.rules;
        auto const master = add_master(rules, one.random);
        rules.never.clear();
        for (auto& [name, declared] : rules.categories) {
            declared.required.clear();
        }
        rules.users = {{"tester", {{.roles = {master}, .until = date{2028, 2, 29}}}}};
        auto const asked_one = one.built(rules);
        question asked{.user = "tester",
                       .roles = std::nullopt,
                       .action = "store",
                       .category = one.random.pick(names_of(rules.categories)),
                       .facts = {},
                       .on = {2028, 2, 29}};
        one.require_same(asked_one->decide(asked), {true, "granted"}, rules, asked, "the engine");
        asked.on = {2028, 3, 1};
        one.require_same(asked_one->decide(asked), {false, "expired"}, rules, asked, "the engine");
        asked.on = {2027, 12, 31};
        one.require_same(asked_one->decide(asked), {true, "granted"}, rules, asked, "the engine");
    });
}

TEST_CASE("roles that are kept apart are refused together") {
    with_random_policies(800, [](trial& one) {
        auto const asked_one = one.built();
        for (auto const& [name, rule] : one.rules.separations) {
            for (int left = 10; left > 0; --left) {
                auto asked = one.ask();
                asked.user.reset();
                asked.facts.clear();
                asked.action = "view";
                asked.category = one.random.pick(names_of(one.rules.categories));
                asked.roles = one.random.some(rule.roles, rule.roles.size(), rule.roles.size());
                asked.roles->resize(static_cast<std::size_t>(rule.at_most) + 1);
                one.require_same(asked_one->decide(asked), {false, "separation"}, one.rules, asked,
                                 "with `" + name + "` the engine");
            }
        }
    });
}
