// A check that is given facts: where the answer depends on them, and where it doesn't. The floor
// of the former is a table that holds the answer for every state of six facts.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/floors.hpp"
#include "support/policies.hpp"

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;
constexpr policy_kind by_facts = policy_kind::by_facts;

prepared ask_session(policy_size const& size, policy_kind kind, bench::answers wanted) {
    auto const& set = asked_of_session(size, kind, wanted);
    session const& who = session_of(size, kind);
    return {[&] {
                return bench::count(set.by_reference, set.known, [&](auto const& q, auto const& k) {
                    return who.allows(q.what, q.on, k);
                });
            },
            set.size()};
}

prepared ask_row(policy_size const& size) {
    auto const& set = asked_of_session(size, plain, bench::answers::half_denied);
    bench::bit_row const row(made(size, plain), session_of(size, plain));
    return {[&set, row] {
                return bench::count(set.bare, [&](auto const& q) { return row.allows(q); });
            },
            set.size()};
}

prepared ask_truths_of_session(policy_size const& size) {
    auto const& set = asked_of_session(size, by_facts, bench::answers::by_facts);
    truth_table const truths(made(size, by_facts), by_facts, set, session_of(size, by_facts));
    return {[truths] {
                return bench::count(truths.questions(),
                                    [&](auto const& q) { return truths.allows(q); });
            },
            set.size()};
}

prepared ask_policy(policy_size const& size) {
    auto const& set = asked_of_roles(size, by_facts, bench::answers::by_facts);
    policy const& p = policy_of(size, by_facts);
    return {[&] {
                return bench::count(set.by_reference, set.known, [&](auto const& q, auto const& k) {
                    return p.allows(q.role, q.what, q.on, k);
                });
            },
            set.size()};
}

prepared ask_authorizer(policy_size const& size) {
    auto const& set = asked_of_roles(size, by_facts, bench::answers::by_facts);
    authorizer const& pdp = authorizer_of(size, by_facts);
    return {[&] {
                return bench::count(set.by_reference, set.known, [&](auto const& q, auto const& k) {
                    return pdp.allows(q.role, q.what, q.on, k);
                });
            },
            set.size()};
}

prepared ask_truths_of_roles(policy_size const& size) {
    auto const& set = asked_of_roles(size, by_facts, bench::answers::by_facts);
    truth_table const truths(made(size, by_facts), by_facts, set);
    return {[truths] {
                return bench::count(truths.questions(),
                                    [&](auto const& q) { return truths.allows(q); });
            },
            set.size()};
}

}  // namespace

void check_with_facts(suite& to) {
    to.begin("Check with facts",
             "The same with what is known of the customer, of six facts; where the grant is "
             "under a condition, half of the answers are denials.");
    constexpr char const* floor_text = "bit of a truth table";
    for (policy_size const& size : sizes) {
        auto const add = [&](char const* variant, auto make) {
            return to.add({.name = contestant_name("check-with-facts", size, variant),
                           .prepare = [&size, make] { return make(size); },
                           .counted = true});
        };
        auto const label = std::string(size.label);
        auto const ignored = add("session-not-depending", [](policy_size const& of) {
            return ask_session(of, plain, bench::answers::half_denied);
        });
        auto const asked = add("session", [](policy_size const& of) {
            return ask_session(of, by_facts, bench::answers::by_facts);
        });
        to.compare({.text = label + ", by session, not depending on them",
                    .measured = ignored,
                    .floor = add("bit-test", ask_row),
                    .floor_text = "bare bit test"});
        to.compare({.text = label + ", by session, depending on them",
                    .measured = asked,
                    .floor = add("truths-of-session", ask_truths_of_session),
                    .floor_text = floor_text});
        // Of the largest policy a truth table of every role would be 32 MB.
        if (&size == &large) continue;
        auto const truths = add("truths-of-roles", ask_truths_of_roles);
        to.compare({.text = label + ", by reference, depending on them",
                    .measured = add("reference", ask_policy),
                    .floor = truths,
                    .floor_text = floor_text});
        to.compare({.text = label + ", the same of an authorizer",
                    .measured = add("authorizer", ask_authorizer),
                    .floor = truths,
                    .floor_text = floor_text});
    }
}

}  // namespace rolecall::benchmarks
