// What guardrails and requirements cost a check. They were subtracted when the policy was
// compiled, or the session opened: only those under a condition are looked at again.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/floors.hpp"
#include "support/policies.hpp"

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind guarded = policy_kind::guarded;

prepared ask_policy(policy_size const& size) {
    auto const& set = asked_of_roles(size, guarded, bench::answers::half_denied);
    policy const& p = policy_of(size, guarded);
    return {[&] {
                return bench::count(set.by_reference,
                                    [&](auto const& q) { return p.allows(q.role, q.what, q.on); });
            },
            set.size()};
}

prepared ask_table(policy_size const& size) {
    auto const& set = asked_of_roles(size, guarded, bench::answers::half_denied);
    auto const table = bench::bit_table::make(made(size, guarded), set).value();
    return {[&set, table] {
                return bench::count(set.bare, [&](auto const& q) { return table.allows(q); });
            },
            set.size()};
}

prepared ask_session(policy_size const& size) {
    auto const& set = asked_of_session(size, guarded, bench::answers::half_denied);
    session const& who = session_of(size, guarded);
    return {[&] {
                return bench::count(set.by_reference,
                                    [&](auto const& q) { return who.allows(q.what, q.on); });
            },
            set.size()};
}

prepared ask_row(policy_size const& size) {
    auto const& set = asked_of_session(size, guarded, bench::answers::half_denied);
    bench::bit_row const row(made(size, guarded), session_of(size, guarded));
    return {[&set, row] {
                return bench::count(set.bare, [&](auto const& q) { return row.allows(q); });
            },
            set.size()};
}

prepared ask_by_facts(policy_size const& size) {
    auto const& set = asked_of_roles(size, guarded, bench::answers::by_facts);
    policy const& p = policy_of(size, guarded);
    return {[&] {
                return bench::count(set.by_reference, set.known, [&](auto const& q, auto const& k) {
                    return p.allows(q.role, q.what, q.on, k);
                });
            },
            set.size()};
}

prepared ask_truths(policy_size const& size) {
    auto const& set = asked_of_roles(size, guarded, bench::answers::by_facts);
    truth_table const truths(made(size, guarded), guarded, set);
    return {[truths] {
                return bench::count(truths.questions(),
                                    [&](auto const& q) { return truths.allows(q); });
            },
            set.size()};
}

}  // namespace

void guardrails(suite& to) {
    to.begin("Guardrails",
             "A policy with a guardrail for every tenth role, and a requirement on every tenth "
             "category; the checks are those of before.");
    for (policy_size const* const size : {&middle, &large}) {
        policy_size const& of = *size;
        auto const add = [&](char const* variant, auto make) {
            return to.add({.name = contestant_name("guardrails", of, variant),
                           .prepare = [&of, make] { return make(of); },
                           .counted = true});
        };
        auto const label = std::string(of.label);
        to.compare({.text = label + ", by session",
                    .measured = add("session", ask_session),
                    .floor = add("bit-test-of-row", ask_row),
                    .floor_text = "bare bit test",
                    .reach = aim::in_instructions(1.25)});
        to.compare({.text = label + ", by reference",
                    .measured = add("reference", ask_policy),
                    .floor = add("bit-test-of-table", ask_table),
                    .floor_text = "bare bit test",
                    .reach = aim::in_instructions(2)});
        if (&of == &middle)
            to.compare({.text = label + ", by reference, depending on facts",
                        .measured = add("by-facts", ask_by_facts),
                        .floor = add("truths", ask_truths),
                        .floor_text = "bit of a truth table"});
    }
}

}  // namespace rolecall::benchmarks
