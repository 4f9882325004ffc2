// Laws of sessions of an authorizer: stale after a change, and as good as new once refreshed.

#include "reloads.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

using namespace model;
namespace rc = rolecall;

namespace {

using authorizer = rc::authorizer;

std::unique_ptr<authorizer> authorizer_of(rc::policy const& first, rc::date today) {
    return std::make_unique<authorizer>(first, rc::no_records{},
                                        rc::authorizer_options{.today = today});
}

rc::policy compiled(trial const& one, policy const& rules) {
    auto const made = build_policy(rules);
    if (!made) {
        one.fail("the policy was refused when made in code", to_yaml(rules));
    }
    return *made;
}

// The days on which some assignment ends, those before and those after, and two far away.
std::vector<rc::date> every_day(rc::policy const& p) {
    std::set<rc::date> days{rc::date::from_days(0), rc::date::from_days(40'000)};
    for (auto const& assignment : rc::detail::data_of(p).assignments) {
        if (assignment.until == rc::detail::no_end) continue;
        for (int const off : {-1, 0, 1}) days.insert(rc::date::from_days(assignment.until + off));
    }
    return {days.begin(), days.end()};
}

// Whether the same assignments count on both days.
bool same_assignments(rc::policy const& p, rc::date one, rc::date other) {
    auto const& all = rc::detail::data_of(p).assignments;
    return std::all_of(all.begin(), all.end(), [&](auto const& a) {
        return (one.days() <= a.until) == (other.days() <= a.until);
    });
}

// All that a session allows without facts, by name.
std::string rights_of(rc::live_session const& of) {
    rc::policy const& by = of.snapshot().of();
    std::string all;
    for (auto const& name : {"view", "modify", "store", "delete"}) {
        for (auto const on : of.allowed_categories(*by.action(name)))
            all += std::string(name) + ' ' + std::string(by.name(on)) + '\n';
    }
    return all;
}

rc::live_activation open(authorizer const& at, asker const& who) {
    if (!who.user) return at.session_of_roles(*who.roles);
    return who.roles ? at.session(*who.user, *who.roles) : at.session(*who.user);
}

}  // namespace

TEST_CASE("a stale session allows nothing, and refreshed it is as a new one") {
    with_random_policies(100, [](trial& one) {
        reloads all(one, true, 1);
        for (int left = 6; left > 0; --left) {
            all.keep_everything(0);
            all.replace_somehow(0);
            version const& now = all.now(0);
            for (auto& s : all.sessions()) {
                all.require(s.is.stale(), now, "a session is not stale");
                for (int questions = 5; questions > 0; --questions) {
                    auto const q = all.ask(now.of);
                    all.require(!s.is.allows(q.what.is, q.on.is) &&
                                    !s.is.allows(q.what.is, q.on.is, q.facts.is) &&
                                    s.is.allowed_categories(q.what.is, q.facts.is).empty() &&
                                    s.is.allowed_actions(q.on.is, q.facts.is).empty(),
                                now, "a stale session allows something");
                }
                auto fresh = open(all.authorizer(0), s.who);
                auto const told = s.is.refresh();
                all.require(told == fresh.why(), now, "refreshed otherwise than a new one");
                all.require(s.is.stale() == !fresh, now, "stale, or not, after a refresh");
                if (!fresh) {
                    continue;
                }
                all.require(
                    rights_of(s.is) == rights_of(*fresh) &&
                        s.is.policy_version() == fresh->policy_version() &&
                        s.is.snapshot().active_roles() == fresh->snapshot().active_roles() &&
                        s.is.snapshot().held_roles() == fresh->snapshot().held_roles(),
                    now, "refreshed, a session is not as a new one");
                for (int questions = 5; questions > 0; --questions) {
                    auto const q = all.ask(now.of);
                    all.require(s.is.allows(q.what.is, q.on.is, q.facts.is),
                                all.expected(now, s.who, all.today(0), q), now, q,
                                "a session that was refreshed");
                }
            }
        }
    });
}

TEST_CASE("a session of another authorizer is denied, even where they share a policy") {
    with_random_policies(100, [](trial& one) {
        auto const p = compiled(one, one.rules);
        auto const day = as_date({2026, 11, 30});
        auto const own = authorizer_of(p, day);
        auto const other = authorizer_of(p, day);
        for (int left = 20; left > 0; --left) {
            auto const asked = one.ask();
            auto const s = open(*own, {asked.user, asked.roles});
            auto const on = p.category(asked.category);
            auto const what = p.action(asked.action);
            if (!s || !on || !what) continue;
            auto const given = other->decide(*s, *what, *on);
            one.require(!given && given.reason == rc::reason::unknown_name, one.rules, asked,
                        "a session of another authorizer: " + text(as_answer(given)));
            one.require(s->allows(*what, *on) == bool{own->decide(*s, *what, *on)}, one.rules,
                        asked, "and of its own it is answered in two ways");
        }
    });
}

TEST_CASE("a session that was moved from denies, and can not be brought back") {
    with_random_policies(100, [](trial& one) {
        auto rules = one.rules;
        auto const master = add_master(rules, one.random);
        rules.never.clear();
        for (auto& [name, category] : rules.categories) category.required.clear();
        auto const p = compiled(one, rules);
        auto const at = authorizer_of(p, as_date({2026, 11, 30}));
        auto const on = p.category(one.random.pick(names_of(rules.categories))).value();

        auto first = at->session_of_roles({std::string_view(master)}).value();
        REQUIRE(first.allows(rc::store, on));
        auto second = std::move(first);
        CHECK(second.allows(rc::store, on));
        CHECK(first.stale());  // NOLINT(bugprone-use-after-move)
        CHECK_FALSE(first.allows(rc::store, on));
        CHECK_FALSE(first.allows(rc::store, on, {}));
        CHECK(first.allowed_categories(rc::store).empty());
        CHECK_FALSE(first.snapshot().allows(rc::store, on));
        CHECK_FALSE(at->decide(first, rc::store, on));
        static_cast<void>(first.refresh());
        CHECK_FALSE(first.allows(rc::store, on));
        CHECK_FALSE(at->decide(first, rc::store, on));

        first = std::move(second);
        CHECK(first.allows(rc::store, on));
        CHECK_FALSE(second.allows(rc::store, on));  // NOLINT(bugprone-use-after-move)
    });
}

TEST_CASE("a session that is moved to itself stays as it was") {
    with_random_policies(100, [](trial& one) {
        auto const p = compiled(one, one.rules);
        auto const at = authorizer_of(p, as_date({2026, 11, 30}));
        for (int left = 10; left > 0; --left) {
            auto const asked = one.ask();
            auto made = open(*at, {asked.user, asked.roles});
            auto const what = p.action(asked.action);
            auto const on = p.category(asked.category);
            if (!made || !what || !on) continue;
            auto s = std::move(made).value();
            auto const before = rights_of(s);
            auto const given = at->decide(s, *what, *on);
            auto& itself = s;
            s = std::move(itself);
            one.require(!s.stale() && rights_of(s) == before && at->decide(s, *what, *on) == given,
                        one.rules, asked, "moved to itself, a session is another");
        }
    });
}

TEST_CASE("a session that outlives its authorizer denies, and is not refreshed") {
    with_random_policies(100, [](trial& one) {
        auto const p = compiled(one, one.rules);
        auto at = authorizer_of(p, as_date({2026, 11, 30}));
        std::vector<rc::live_session> left;
        for (auto const& [role, entry] : one.rules.roles) {
            left.push_back(at->session_of_roles({std::string_view(role)}).value());
        }
        if (one.random.chance(50)) at->replace(compiled(one, one.rules));
        at.reset();
        for (auto& s : left) {
            for (auto const& [name, category] : one.rules.categories) {
                CHECK_FALSE(s.allows(rc::view, p.category(name).value()));
            }
            CHECK(s.stale());
            CHECK(s.refresh() == rc::reason::unavailable);
            CHECK(s.allowed_categories(rc::view).empty());
            auto const later = authorizer_of(p, as_date({2026, 11, 30}));
            CHECK_FALSE(later->decide(s, rc::view,
                                      p.category(one.rules.categories.begin()->first).value()));
        }
    });
}

TEST_CASE("sessions become stale exactly when an assignment begins or ends to count") {
    with_random_policies(400, [](trial& one) {
        auto const p = compiled(one, one.rules);
        auto const days = every_day(p);
        for (auto const from : days) {
            auto const at = authorizer_of(p, from);
            for (auto const to : days) {
                auto const user = one.rules.users.empty()
                                      ? std::string("somebody")
                                      : one.random.pick(names_of(one.rules.users));
                auto const role = one.rules.roles.begin()->first;
                at->tick(from);
                std::vector<rc::live_session> sessions;
                sessions.push_back(at->session_of_roles({std::string_view(role)}).value());
                if (auto s = at->session(user)) sessions.push_back(std::move(s).value());
                bool const same = same_assignments(p, from, to);
                bool const told = at->tick(to);
                bool holds = told == !same;
                for (auto const& s : sessions) holds &= s.stale() == !same;
                if (!holds) {
                    one.fail("from " + from.to_string() + " to " + to.to_string() +
                                 (same ? ": stale, though nothing ends"
                                       : ": not stale, though something ends"),
                             to_yaml(one.rules));
                }
            }
        }
    });
}

TEST_CASE("a session that is not stale answers as the day of now does") {
    with_random_policies(300, [](trial& one) {
        auto const p = compiled(one, one.rules);
        auto const days = every_day(p);
        auto const at = authorizer_of(p, one.random.pick(days));
        for (auto const& [user, assignments] : one.rules.users) {
            auto made = at->session(user);
            if (!made) continue;
            auto s = std::move(made).value();
            for (int left = 30; left > 0; --left) {
                auto const today = one.random.pick(days);
                at->tick(today);
                auto asked = one.ask();
                asked.user = user;
                asked.roles.reset();
                asked.facts.clear();
                auto const what = p.action(asked.action);
                auto const on = p.category(asked.category);
                if (!what || !on) continue;
                auto request = as_request(asked);
                request.on = today;
                auto const wanted = p.evaluate(request);
                auto const given = at->decide(s, *what, *on);
                one.require_same(as_answer(given), as_answer(wanted), one.rules, asked,
                                 "decide, on " + today.to_string() + ",");
                one.require(s.allows(*what, *on) == (bool{wanted} && !s.stale()), one.rules, asked,
                            "the session answers as another day, on " + today.to_string());
                if (one.random.chance(30)) {
                    auto const told = s.refresh();
                    one.require(told == p.activate_user(user, today).why() &&
                                    (told == rc::reason::granted) == !s.stale(),
                                one.rules, asked, "refreshed on " + today.to_string());
                }
            }
        }
    });
}

TEST_CASE("every answer carries the version that gave it, and is that version's") {
    with_random_policies(60, [](trial& one) {
        struct given_answer {
            std::uint32_t version;
            asker who;
            rc::date on;
            old_role_question q;
            verdict said;
        };
        reloads all(one, true, 1);
        std::map<std::uint32_t, std::size_t> by_number{{1, all.current(0)}};
        std::vector<given_answer> answers;
        for (int left = 8; left > 0; --left) {
            all.replace_somehow(0);
            all.keep_everything(0);
            by_number[all.number(0)] = all.current(0);
            for (int questions = 60; questions > 0; --questions) {
                auto const& s = all.sessions()[one.random.below(all.sessions().size())];
                auto const q = all.ask(all.now(0).of);
                auto const given =
                    all.authorizer(0).decide(s.is, q.what.is, q.on.is, {.facts = q.facts.is});
                answers.push_back({given.policy_version, s.who, all.today(0), q,
                                   reloads::verdict_of(all.now(0).live, given)});
                rc::request asked{
                    as_subject(s.who.user, s.who.roles), q.action, q.category, {}, all.today(0)};
                auto const by_name = all.authorizer(0).decide(asked);
                all.require(by_name.policy_version == all.number(0), all.now(0),
                            "an answer by names of another version");
                all.require(s.is.policy_version() == all.number(0) || s.is.stale(), all.now(0),
                            "a session of an older version is not stale");
            }
        }
        for (auto const& a : answers) {
            version const& by = all.versions()[by_number.at(a.version)];
            all.require(a.said, all.expected(by, a.who, a.on, a.q), by, a.q,
                        "version " + std::to_string(a.version));
        }
    });
}

TEST_CASE("a question that demands a version is never answered by an older one") {
    with_random_policies(100, [](trial& one) {
        reloads all(one, true, 1);
        for (int left = 5; left > 0; --left) {
            all.keep_everything(0);
            auto const n = all.number(0);
            rc::authorizer const& pdp = all.authorizer(0);
            for (std::uint32_t const demanded :
                 {std::uint32_t{0}, std::uint32_t{1}, n - 1, n, n + 1, n + 7,
                  std::numeric_limits<std::uint32_t>::max()}) {
                auto const q = all.ask(all.now(0).of);
                auto const& s = all.sessions()[one.random.below(all.sessions().size())];
                rc::context const with{.facts = q.facts.is, .at_least_version = demanded};
                auto const given = pdp.decide(s.is, q.what.is, q.on.is, with);
                auto const wanted = demanded > n ? verdict{false, rc::reason::unavailable, ""}
                                                 : all.expected(all.now(0), s.who, all.today(0), q);
                all.require(reloads::verdict_of(all.now(0).live, given), wanted, all.now(0), q,
                            "with version " + std::to_string(demanded) + " demanded, decide");
                all.require(given.policy_version == n, all.now(0), "an answer without version");

                rc::request asked{
                    as_subject(s.who.user, s.who.roles), q.action, q.category, {}, all.today(0)};
                auto const plain = pdp.decide(asked);
                asked.at_least_version = demanded;
                auto const by_name = pdp.decide(asked);
                all.require(demanded > n ? by_name.reason == rc::reason::unavailable && !by_name
                                         : by_name == plain,
                            all.now(0), "by names, a demanded version changes the answer");
                all.require((demanded == 0) == (all.now(0).alone.evaluate(asked).reason !=
                                                rc::reason::unavailable),
                            all.now(0), "a policy by itself has a version");
            }
            all.replace_somehow(0);
        }
    });
}

TEST_CASE("an explanation is of the answer that was given, by the version that gave it") {
    with_random_policies(60, [](trial& one) {
        reloads all(one, true, 1);
        rc::authorizer const& pdp = all.authorizer(0);
        for (int left = 6; left > 0; --left) {
            all.keep_everything(0);
            version const now = all.now(0);
            std::vector<std::pair<old_role_question, std::pair<std::size_t, rc::response>>> asked;
            for (int questions = 30; questions > 0; --questions) {
                auto const at = one.random.below(all.sessions().size());
                auto const q = all.ask(now.of);
                asked.push_back({q,
                                 {at, pdp.decide(all.sessions()[at].is, q.what.is, q.on.is,
                                                 {.facts = q.facts.is})}});
            }
            all.replace_somehow(0);  // and still it is explained by the version before
            for (auto const& [q, answer] : asked) {
                auto const& [at, given] = answer;
                auto const e = pdp.explain(all.sessions()[at].is, q.what.is, q.on.is, given,
                                           {.facts = q.facts.is});
                all.require(e.answer == given, now, "explained as another answer");
                all.require(e.for_owner.find("not the question") == std::string::npos &&
                                e.for_owner.find("no longer kept") == std::string::npos,
                            now, e.for_owner);
                all.require(!given || !e.decided_by.empty(), now, "allowed by no line");
            }
        }
    });
}
