// Laws of live reload, each tried on chains of random policies.

#include "reloads.hpp"
#include <rolecall/matrix.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

using namespace model;
namespace rc = rolecall;

namespace {

void replace_a_few_times(reloads& all, trial& one, std::size_t least = 1, std::size_t most = 6) {
    for (auto left = one.random.between(least, most); left > 0; --left) {
        all.replace_somehow(0);
        all.keep_everything(0);
    }
}

verdict answer_of(rc::policy const& by, old_role_question const& q) {
    return reloads::verdict_of(by, by.evaluate(q.as.is, q.what.is, q.on.is, q.facts.is));
}

using right = std::array<std::string, 3>;  // role, action, category

void add_rights(rc::policy const& of, std::set<right>& to) {
    for (auto const& r : rc::effective_rights(of)) {
        to.insert({r.role, r.action, r.category});
    }
}

// Calls `each` with every role, action and category that was ever kept, of every lineage.
template <class check>
void with_every_reference(reloads const& all, check const& each) {
    for (auto const& [role, roles] : all.roles()) {
        for (auto const& [action, actions] : all.actions()) {
            for (auto const& [category, categories] : all.categories()) {
                for (auto const& as : roles) {
                    for (auto const& what : actions) {
                        for (auto const& on : categories) {
                            each(right{role, action, category}, as, what, on);
                        }
                    }
                }
            }
        }
    }
}

template <class references>
void require_meanings(reloads const& all, references const& kept,
                      bool (*declares)(policy const&, std::string const&)) {
    for (version const& by : all.versions()) {
        for (auto const& [name, of_lineages] : kept) {
            for (auto const& one : of_lineages) {
                bool const ours =
                    (one.of == every_lineage || one.of == by.of) && declares(by.rules, name);
                all.require(by.live.name(one.is) == (ours ? name : ""), by,
                            "the reference of `" + name + "` is named `" +
                                std::string(by.live.name(one.is)) + "`");
            }
        }
    }
}

}  // namespace

TEST_CASE("replacing a policy with itself changes no answer") {
    with_random_policies(150, [](trial& one) {
        reloads all(one, true, 1);
        replace_a_few_times(all, one);
        std::vector<std::pair<old_role_question, verdict>> before;
        for (int left = 60; left > 0; --left) {
            auto const q = all.ask(all.now(0).of);
            before.emplace_back(q, answer_of(all.now(0).live, q));
        }
        auto const require_unchanged = [&](std::string const& after) {
            for (auto const& [q, answer] : before) {
                all.require(answer_of(*all.authorizer(0).pinned(), q), answer, all.now(0), q,
                            after + " the authorizer, as " + q.role + ",");
            }
        };
        all.replace(0, all.current(0));
        require_unchanged("replaced by its own policy");
        all.replace(0, all.now(0).rules);
        require_unchanged("replaced by the same rules, compiled again,");
        auto const text = to_yaml(all.now(0).rules, one.random);
        REQUIRE(all.authorizer(0).replace(*rc::yaml::load_text(text)).same_lineage);
        require_unchanged("replaced by the same rules, read from a file,");
    });
}

TEST_CASE("what no version ever granted is never allowed") {
    with_random_policies(40, [](trial& one) {
        reloads all(one, one.random.chance(70), 1);
        std::set<right> ever;
        add_rights(all.now(0).alone, ever);
        for (int left = 6; left > 0; --left) {
            all.replace_somehow(0);
            all.keep_everything(0);
            add_rights(all.now(0).alone, ever);
            std::set<right> current;
            add_rights(all.now(0).alone, current);
            auto const facts = all.ask(all.now(0).of).facts;
            rc::authorizer const& pdp = all.authorizer(0);
            with_every_reference(
                all, [&](right const& name, auto const& as, auto const& what, auto const& on) {
                    bool const allowed = pdp.allows(as.is, what.is, on.is) ||
                                         pdp.allows(as.is, what.is, on.is, facts.is);
                    if (allowed && (ever.count(name) == 0 || current.count(name) == 0)) {
                        all.require(
                            false, all.now(0),
                            name[0] + " may " + name[1] + " " + name[2] + ": no one granted it");
                    }
                });
        }
    });
}

TEST_CASE("a reference never changes its meaning") {
    with_random_policies(60, [](trial& one) {
        reloads all(one, one.random.chance(60));
        for (auto left = one.random.between(5, 20); left > 0; --left) {
            auto const at = one.random.below(all.authorizers());
            all.replace_somehow(at);
            all.keep_everything(at);
        }
        require_meanings(all, all.roles(), [](policy const& rules, std::string const& name) {
            return rules.roles.count(name) != 0;
        });
        require_meanings(all, all.categories(), [](policy const& rules, std::string const& name) {
            return rules.categories.count(name) != 0;
        });
        require_meanings(all, all.facts(), [](policy const& rules, std::string const& name) {
            return rules.facts.count(name) != 0;
        });
        require_meanings(all, all.actions(), [](policy const& rules, std::string const& name) {
            return actions_of(rules).count(name) != 0;
        });
    });
}

TEST_CASE("more reloads never open more: only the last policy counts") {
    with_random_policies(150, [](trial& one) {
        reloads all(one, one.random.chance(60), 1);
        replace_a_few_times(all, one, 2, 12);
        version const& last = all.now(0);
        rc::authorizer const unreplaced{all.compiled(last.rules), rc::no_records{}};
        rc::authorizer const& replaced = all.authorizer(0);
        for (int left = 60; left > 0; --left) {
            auto const q = all.ask(last.of);
            bool const by_name = unreplaced.allows(q.role, q.action, q.category);
            all.require(!replaced.allows(q.as.is, q.what.is, q.on.is) || by_name, last,
                        q.role + " may " + q.action + " " + q.category + " by old references");
            // Asked by names, what came before can't be told.
            auto const asked = random_question(last.rules, one.random);
            auto const request = as_request(asked);
            auto const given = replaced.current().evaluate(request);
            one.require_same(as_answer(given), as_answer(unreplaced.current().evaluate(request)),
                             last.rules, asked, "after many reloads the authorizer");
        }
        CHECK(rc::effective_rights(replaced.current()) ==
              rc::effective_rights(unreplaced.current()));
    });
}

TEST_CASE("a name that vanished is unknown, and means the same once it returns") {
    with_random_policies(150, [](trial& one) {
        reloads all(one, true, 1);
        replace_a_few_times(all, one);
        auto const first = all.current(0);
        std::vector<std::pair<old_role_question, verdict>> before;
        for (int left = 60; left > 0; --left) {
            auto const q = all.ask(all.now(0).of);
            before.emplace_back(q, answer_of(all.now(0).live, q));
        }
        replace_a_few_times(all, one);
        version const& between = all.now(0);
        for (auto const& [q, answer] : before) {
            auto const& stated = q.facts.stated;
            bool const vanished = between.rules.roles.count(q.role) == 0 ||
                                  between.rules.categories.count(q.category) == 0 ||
                                  actions_of(between.rules).count(q.action) == 0 ||
                                  std::any_of(stated.begin(), stated.end(), [&](auto const& fact) {
                                      return between.rules.facts.count(fact.first) == 0;
                                  });
            auto const given = answer_of(between.live, q);
            all.require(!vanished || given == verdict{}, between,
                        q.role + " " + q.action + " " + q.category + ": a name vanished");
        }
        all.replace(0, all.versions()[first].rules);
        for (auto const& [q, answer] : before) {
            all.require(answer_of(all.now(0).live, q), answer, all.now(0), q,
                        "after its names returned the policy, as " + q.role + ",");
        }
    });
}

TEST_CASE("a replacement moves the version on by one, and the policy before is not changed") {
    with_random_policies(100, [](trial& one) {
        reloads all(one, one.random.chance(50), 1);
        std::vector<std::pair<old_role_question, verdict>> asked;
        auto const kept = all.authorizer(0).current();
        auto const of = all.now(0).of;
        for (int left = 40; left > 0; --left) {
            auto const q = all.ask(of);
            asked.emplace_back(q, answer_of(kept, q));
        }
        for (std::uint32_t version = 2; version < 12; ++version) {
            all.replace_somehow(0);  // which looks at the number that it gave
            all.require(all.authorizer(0).version() == version, all.now(0), "another number");
        }
        for (auto const& [q, answer] : asked) {
            all.require(answer_of(kept, q), answer, all.versions().front(), q,
                        "a policy that was replaced, as " + q.role + ",");
        }
    });
}

TEST_CASE("a pinned policy stays the one it is, whatever replaces it meanwhile") {
    with_random_policies(150, [](trial& one) {
        auto const names = random_vocabulary(one.random, {6, 10, 12, 8});
        auto const before = random_policy(one.random, names);
        auto const after = random_policy(one.random, names);
        auto const make = [&](policy const& rules) { return build_policy(rules).value(); };
        rc::authorizer pdp{make(before), rc::no_records{}};
        {
            auto const hold = pdp.pinned();
            auto const done = pdp.replace(make(after), {.wait_for_readers = true});
            one.require(
                !done.complete && done.version == 2 && hold.version() == 1 && pdp.version() == 2,
                before, {}, "a policy that is pinned counts as unused");
            for (int left = 20; left > 0; --left) {
                auto const asked =
                    random_question(one.random.chance(50) ? before : after, one.random);
                auto const request = as_request(asked);
                one.require_same(as_answer(hold->evaluate(request)), decide(before, asked), before,
                                 asked, "the pinned policy");
                one.require_same(as_answer(pdp.decide(request)), decide(after, asked), after, asked,
                                 "the authorizer, under a pin,");
            }
        }
        one.require(pdp.wait_for_readers(), after, {}, "a policy that nobody pins is in use");
    });
}
