// Reloading, with names put in another order, brought in, taken away and brought back: a reference
// of any age is answered as its name is by the policy that is asked, or denied.

#include "reloads.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace model;
namespace rc = rolecall;

namespace {

constexpr std::size_t questions_a_step = 600;

std::size_t any(reloads& all, trial& one) { return one.random.below(all.authorizers()); }

// Makes the role of a reference active: the role of that name, or none.
void activate_reference(reloads& all, version const& by, old_role_question const& q) {
    bool const ours = q.as.of == by.of;
    auto const made = by.live.activate({q.as.is});
    all.require(made.why() == (ours ? by.alone.activate({std::string_view(q.role)}).why()
                                    : rc::reason::unknown_name),
                by, "a reference of `" + q.role + "` is another's, or no one's");
    if (made) {
        all.require(reloads::verdict_of(by.live, made->evaluate(q.what.is, q.on.is, q.facts.is)),
                    all.expected(by, q), by, q, "a session of a reference of " + q.role);
    }
}

// By the authorizer, in every way in which it can be asked as a role.
void ask_authorizer(reloads& all, std::size_t at, old_role_question const& q, bool pinned) {
    rc::authorizer const& pdp = all.authorizer(at);
    version const& now = all.now(at);
    auto const wanted = all.expected(now, q);
    all.require(pdp.allows(q.as.is, q.what.is, q.on.is, q.facts.is), wanted, now, q,
                "the authorizer, as " + q.role + ",");
    if (pinned) {
        auto const hold = pdp.pinned();
        all.require(
            reloads::verdict_of(*hold, hold->evaluate(q.as.is, q.what.is, q.on.is, q.facts.is)),
            wanted, now, q, "the pinned policy, as " + q.role + ",");
        all.require(pdp.allows(q.as.is, q.what.is, q.on.is, q.facts.is), wanted, now, q,
                    "the authorizer, under a pin, as " + q.role + ",");
        all.require(pdp.allows(q.role, q.action, q.category, q.facts.is),
                    all.expected_by_name(now, q), now, q,
                    "the authorizer, by names and old facts, as " + q.role + ",");
        auto const session = pdp.session_of_roles({q.as.is});
        all.require(bool{session} == bool{hold->activate({q.as.is})}, now,
                    "a session of a reference of `" + q.role + "`");
        activate_reference(all, now, q);
        auto without = q;
        without.facts = {};
        all.require(pdp.allows(q.as.is, q.what.is, q.on.is), all.expected(now, without), now,
                    without, "the authorizer, without facts, as " + q.role + ",");
    }
    ++all.checked;
}

// By a handle that was kept, whether the references came before it or after.
void ask_version(reloads& all, version const& by, old_role_question const& q) {
    auto const wanted = all.expected(by, q);
    all.require(
        reloads::verdict_of(by.live, by.live.evaluate(q.as.is, q.what.is, q.on.is, q.facts.is)),
        wanted, by, q, "a policy that was kept, as " + q.role + ",");
    all.require(by.live.allows(q.as.is, q.what.is, q.on.is, q.facts.is), wanted, by, q,
                "a policy that was kept, as " + q.role + ",");
    activate_reference(all, by, q);
    ++all.checked;
}

rc::response decide(reloads& all, std::size_t at, kept_session const& s, old_question const& q) {
    return all.authorizer(at).decide(s.is, q.what.is, q.on.is, {.facts = q.facts.is});
}

// A session that was kept, stale or not, at its own authorizer or at another.
void ask_session(reloads& all, std::size_t at, kept_session const& s, old_question const& q) {
    version const& now = all.now(at);
    auto const wanted = s.authorizer == at ? all.expected(now, s.who, all.today(at), q) : verdict{};
    auto const given = decide(all, at, s, q);
    all.require(reloads::verdict_of(now.live, given), wanted, now, q, "decide of a session");
    all.require(given.policy_version == all.number(at), now, "an answer of another version");

    // Its snapshot is of the version and the day that it was made by.
    version const& then = all.versions()[s.made_by];
    rc::session const& snapshot = s.is.snapshot();
    all.require(
        reloads::verdict_of(snapshot.of(), snapshot.evaluate(q.what.is, q.on.is, q.facts.is)),
        all.expected(then, s.who, s.on, q), then, q, "the snapshot of a session");

    // While it is not stale, its own authorizer's policy is the one that it is of.
    auto const own = s.is.stale()
                         ? verdict{}
                         : all.expected(all.now(s.authorizer), s.who, all.today(s.authorizer), q);
    all.require(s.is.allows(q.what.is, q.on.is, q.facts.is), own, then, q, "a session");
    ++all.checked;
}

rc::reason why_not(version const& by, asker const& who, rc::date on) {
    if (!who.user) {
        return by.alone.activate(*who.roles).why();
    }
    return who.roles ? by.alone.activate_user(*who.user, *who.roles, on).why()
                     : by.alone.activate_user(*who.user, on).why();
}

void refresh(reloads& all, kept_session& s) {
    version const& now = all.now(s.authorizer);
    auto const today = all.today(s.authorizer);
    auto const told = s.is.refresh();
    all.require(told == why_not(now, s.who, today), now,
                "a session was refreshed, or refused, otherwise than a new one");
    all.require(s.is.stale() == (told != rc::reason::granted), now, "stale after a refresh");
    if (told == rc::reason::granted) {
        s.made_by = all.current(s.authorizer);
        s.on = today;
    }
}

}  // namespace

TEST_CASE("a million old references are answered as their names are, or denied") {
    std::size_t checked = 0;
    std::size_t lineages = 0;
    std::map<rc::reason, std::size_t> reasons;
    with_random_policies(60, [&](trial& one) {
        reloads all(one, one.seed % 3 != 0);
        for (auto left = one.random.between(10, 50); left > 0; --left) {
            auto const replaced = any(all, one);
            all.replace_somehow(replaced);
            for (std::size_t i = 0; i < questions_a_step; ++i) {
                auto const at = i % 4 != 0 ? replaced : any(all, one);
                auto const q = all.ask(all.now(at).of);
                ask_authorizer(all, at, q, i % 4 == 1);
                if (i % 4 == 2) {
                    version const& kept = one.random.pick(all.versions());
                    ask_version(all, kept, q);
                    ask_version(all, kept, all.ask(kept.of));
                }
                ++reasons[all.expected(all.now(at), q).why];
            }
            all.keep_everything(replaced);
        }
        checked += all.checked;
        lineages += all.begun;
    });

    if (wanted_questions() >= 100000) {
        CHECK(checked >= 1'000'000);
        CHECK(lineages >= 20);
        // They are worth asking only as long as they reach every reason that a role can have.
        for (auto const reason :
             {rc::reason::granted, rc::reason::unknown_name, rc::reason::forbidden,
              rc::reason::not_granted, rc::reason::undecided, rc::reason::unmet}) {
            CAPTURE(to_string(reason));
            CHECK(reasons[reason] > checked / 1000);
        }
    }
}

TEST_CASE("a session of any age is answered as its names are, or denied") {
    std::size_t checked = 0;
    std::map<rc::reason, std::size_t> reasons;
    with_random_policies(40, [&](trial& one) {
        static std::vector<model::date> const days{{2024, 2, 29},  {2026, 2, 28}, {2026, 3, 1},
                                                   {2026, 11, 30}, {2026, 12, 1}, {2026, 12, 31},
                                                   {2027, 1, 1},   {2027, 1, 2},  {2031, 1, 1}};
        reloads all(one, one.seed % 3 != 0);
        for (auto left = one.random.between(10, 40); left > 0; --left) {
            auto const replaced = any(all, one);
            all.replace_somehow(replaced);
            for (kept_session const& s : all.sessions()) {
                all.require(s.authorizer != replaced || s.is.stale(), all.now(replaced),
                            "a session is not stale after its policy was replaced");
            }
            if (one.random.chance(30)) {
                all.tick(replaced, as_date(one.random.pick(days)));
            }
            all.keep_everything(replaced);
            for (std::size_t i = 0; i < 150 && !all.sessions().empty(); ++i) {
                auto& s = all.sessions()[one.random.below(all.sessions().size())];
                auto const at = one.random.chance(85) ? s.authorizer : any(all, one);
                if (one.random.chance(25)) {
                    refresh(all, s);
                }
                auto const q = all.ask(all.now(at).of);
                ask_session(all, at, s, q);
                ++reasons[decide(all, at, s, q).reason];
            }
        }
        checked += all.checked;
    });

    if (wanted_questions() >= 100000) {
        CHECK(checked >= 100'000);
        for (auto const reason :
             {rc::reason::granted, rc::reason::unknown_name, rc::reason::expired,
              rc::reason::not_assigned, rc::reason::separation, rc::reason::forbidden,
              rc::reason::not_granted, rc::reason::undecided, rc::reason::unmet}) {
            CAPTURE(to_string(reason));
            CHECK(reasons[reason] > checked / 10'000);
        }
    }
}
