// Laws of the policy format, each tried on random policies. They ask the library alone, so that
// they hold or fail whatever the reference model says.

#include "trial.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace model;

namespace {

std::map<std::string, truth> every_fact_true(policy const& rules) {
    std::map<std::string, truth> made;
    for (auto const& [name, text] : rules.facts) {
        made[name] = truth::yes;
    }
    return made;
}

// Whether some grant of these roles, or of what they inherit, names the permission.
bool named_by_a_grant(policy const& rules, names const& roles, std::string const& action,
                      std::string const& category) {
    for (auto const& role : with_inherited(rules, roles)) {
        for (auto const& given : rules.roles.at(role).may) {
            bool const there =
                given.below ? lies_below(category, given.category) : category == given.category;
            bool const that = given.rights.count(action) != 0 ||
                              (given.rights.count("all") != 0 && is_built_in(action));
            if (there && that) {
                return true;
            }
        }
    }
    return false;
}

// Asks each role alone, with every fact true, for every permission in `actions` x `categories`.
template <class check>
void ask_every_role(policy const& rules, engine& asked_one, names const& actions,
                    names const& categories, check const& each) {
    question asked{.user = std::nullopt,
                   .roles = std::nullopt,
                   .action = "",
                   .category = "",
                   .facts = every_fact_true(rules),
                   .on = {2026, 6, 15}};
    for (auto const& [role, entry] : rules.roles) {
        asked.roles = names{role};
        for (auto const& action : actions) {
            asked.action = action;
            for (auto const& category : categories) {
                asked.category = category;
                each(asked, asked_one.decide(asked));
            }
        }
    }
}

}  // namespace

TEST_CASE("default deny: a right that was never granted is denied") {
    with_random_policies(300, [](trial& one) {
        auto const asked_one = one.built();
        ask_every_role(
            one.rules, *asked_one, all_actions(one.rules), names_of(one.rules.categories),
            [&](question const& asked, answer const& given) {
                bool const named =
                    named_by_a_grant(one.rules, *asked.roles, asked.action, asked.category);
                one.require(named || (!given.allow && (given.reason == "not-granted" ||
                                                       given.reason == "forbidden")),
                            one.rules, asked, "no grant names it: " + text(given));
            });
    });
}

TEST_CASE("default deny: without grants everything is denied") {
    with_random_policies(600, [](trial& one) {
        auto bare = one.rules;
        for (auto& [name, role] : bare.roles) {
            role.may.clear();
            role.about = "May do nothing";
        }
        auto const asked_one = one.built(bare);
        for (int left = 40; left > 0; --left) {
            auto const asked = one.ask();
            auto const given = asked_one->decide(asked);
            one.require(!given.allow, bare, asked, "no role may do anything: " + text(given));
        }
    });
}

TEST_CASE("a guardrail beats every grant, of every role held") {
    with_random_policies(600, [](trial& one) {
        auto rules = one.rules;
        rules.users.clear();
        auto const master = add_master(rules, one.random);
        auto const asked_one = one.built(rules);
        for (auto const& [name, rail] : rules.never) {
            for (int left = 20; left > 0; --left) {
                auto asked = aimed_at(rail, rules, one.random);
                asked.roles = names{master};
                if (!rail.roles.empty()) {
                    asked.roles->push_back(one.random.pick(rail.roles));
                    one.random.shuffle(*asked.roles);
                }
                one.require_same(asked_one->decide(asked), {false, "forbidden"}, rules, asked,
                                 "with guardrail `" + name + "` the engine");
            }
        }
    });
}

TEST_CASE("more roles never fewer rights, without guardrails and separation") {
    with_random_policies(800, [](trial& one) {
        auto rules = one.rules;
        rules.never.clear();
        rules.separations.clear();
        auto const asked_one = one.built(rules);
        for (int left = 40; left > 0; --left) {
            auto asked = random_question(rules, one.random);
            asked.user.reset();
            asked.roles = one.random.some(names_of(rules.roles), 1, 3);
            auto const before = asked_one->decide(asked);
            asked.roles->push_back(one.random.pick(names_of(rules.roles)));
            auto const after = asked_one->decide(asked);
            one.require(after.allow || !before.allow, rules, asked, "the last role took it away");
        }
    });
}

TEST_CASE("a forgotten fact never opens") {
    with_random_policies(800, [](trial& one) {
        auto const asked_one = one.built();
        for (int left = 30; left > 0; --left) {
            auto const asked = one.ask();
            auto const before = asked_one->decide(asked);
            for (auto const& [fact, state] : asked.facts) {
                if (one.rules.facts.count(fact) == 0) {
                    continue;  // not a fact, but a reason to deny
                }
                auto unknown = asked;
                unknown.facts[fact] = truth::unknown;
                auto left_out = asked;
                left_out.facts.erase(fact);
                auto const after = asked_one->decide(unknown);
                one.require(before.allow || !after.allow, one.rules, asked,
                            "allowed without `" + fact + "`, but not with it");
                one.require_same(asked_one->decide(left_out), after, one.rules, left_out,
                                 "with `" + fact + "` left out the engine");
            }
        }
    });
}

TEST_CASE("adding a category never adds a right that no grant names") {
    with_random_policies(800, [](trial& one) {
        auto larger = one.rules;
        auto name = fresh_name(names_of(one.rules.facts), one.random);
        auto const place = one.random.pick(names_of(one.rules.categories));
        switch (one.random.below(3)) {
            case 0: name = place + "." + name; break;
            case 1:  // what was only a prefix so far, as far as it was one
                name =
                    place.find('.') == std::string::npos ? name : place.substr(0, place.rfind('.'));
                break;
            default: break;
        }
        bool const named_only = one.random.chance(30);
        category const added{.about = "New",
                             .title = "",
                             .level = "",
                             .laws = {},
                             .named_only = named_only,
                             .required = {}};
        if (std::count(name.begin(), name.end(), '.') > 7 ||
            !larger.categories.emplace(name, added).second || !problems(larger).empty()) {
            return;
        }
        auto const before = one.built();
        auto const after = one.built(larger);
        for (int left = 30; left > 0; --left) {
            auto const asked = one.ask();
            if (asked.category == name) {
                continue;
            }
            auto const was = before->decide(asked);
            auto const is = after->decide(asked);
            one.require(was.allow || !is.allow, larger, asked, "`" + name + "` opened it");
            one.require(named_only || was == is, larger, asked, "`" + name + "` changed it");
        }
        ask_every_role(
            larger, *after, all_actions(larger), {name},
            [&](question const& asked, answer const& given) {
                bool const named =
                    !named_only && named_by_a_grant(larger, *asked.roles, asked.action, name);
                one.require(named || !given.allow, larger, asked, "the new category is open");
            });
    });
}

TEST_CASE("adding an action never adds a right") {
    with_random_policies(600, [](trial& one) {
        auto larger = one.rules;
        auto const name = fresh_name(all_actions(larger), one.random);
        larger.actions[name] = {"New", ""};
        if (larger.actions.size() > 12) {
            return;
        }
        auto const before = one.built();
        auto const after = one.built(larger);
        for (int left = 30; left > 0; --left) {
            auto const asked = one.ask();
            if (asked.action != name) {
                one.require_same(after->decide(asked), before->decide(asked), larger, asked,
                                 "with the action `" + name + "` the engine");
            }
        }
        ask_every_role(larger, *after, {name}, names_of(larger.categories),
                       [&](question const& asked, answer const& given) {
                           one.require(!given.allow, larger, asked, "the new action is allowed");
                       });
    });
}

TEST_CASE("adding a level never adds a right") {
    with_random_policies(600, [](trial& one) {
        auto larger = one.rules;
        if (larger.levels.empty()) {
            larger.levels = {"public", "internal", "confidential", "restricted"};
        }
        auto const name = fresh_name(larger.levels, one.random);
        larger.levels.insert(larger.levels.begin() + static_cast<std::ptrdiff_t>(one.random.below(
                                                         larger.levels.size() + 1)),
                             name);
        auto const before = one.built();
        auto const after = one.built(larger);
        for (int left = 30; left > 0; --left) {
            auto const asked = one.ask();
            one.require_same(after->decide(asked), before->decide(asked), larger, asked,
                             "with the level `" + name + "` the engine");
        }
    });
}

TEST_CASE("adding a fact never adds a right") {
    with_random_policies(600, [](trial& one) {
        auto larger = one.rules;
        auto const name = fresh_name(names_of(larger.facts), one.random);
        larger.facts[name] = {"New", ""};
        if (larger.facts.size() > 64) {
            return;
        }
        auto const before = one.built();
        auto const after = one.built(larger);
        for (int left = 30; left > 0; --left) {
            auto asked = one.ask();
            if (asked.facts.count(name) != 0) {
                continue;
            }
            auto const wanted = before->decide(asked);
            one.require_same(after->decide(asked), wanted, larger, asked,
                             "with the fact `" + name + "` declared the engine");
            asked.facts = random_facts(names_of(larger.facts), one.random);
            auto older = asked;
            older.facts.erase(name);
            one.require_same(after->decide(asked), before->decide(older), larger, asked,
                             "with the fact `" + name + "` the engine");
        }
    });
}
