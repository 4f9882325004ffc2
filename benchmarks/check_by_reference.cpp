// A check as one role, by references: of a policy at hand, and of an authorizer's policy of the
// moment. Beside the bare bit test, and the std::set that one might write instead.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/policies.hpp"

#include <utility>

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;

prepared ask_policy(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_roles(size, plain, wanted);
    policy const& p = policy_of(size, plain);
    return {[&] {
                return bench::count(set.by_reference,
                                    [&](auto const& q) { return p.allows(q.role, q.what, q.on); });
            },
            set.size()};
}

prepared ask_authorizer(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_roles(size, plain, wanted);
    authorizer const& pdp = authorizer_of(size, plain);
    return {[&] {
                return bench::count(set.by_reference, [&](auto const& q) {
                    return pdp.allows(q.role, q.what, q.on);
                });
            },
            set.size()};
}

prepared ask_table(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_roles(size, plain, wanted);
    auto const table = bench::bit_table::make(made(size, plain), set).value();
    return {[&set, table] {
                std::uint32_t const* const words = table.data();
                std::size_t const width = table.width();
                return bench::count(set.bare, [words, width](auto const& q) {
                    return (words[q.role * width + q.on] >> q.what & 1U) != 0;
                });
            },
            set.size()};
}

prepared ask_set(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_roles(size, plain, wanted);
    bench::number_set rights(made(size, plain), set);
    return {[&set, rights = std::move(rights)] {
                return bench::count(
                    set.bare, [&](auto const& q) { return rights.allows(q.role, q.what, q.on); });
            },
            set.size()};
}

}  // namespace

void check_by_reference(suite& to) {
    using bench::answers;
    to.begin("Check by reference",
             "As one role, with references that were resolved once: `policy.allows(role, view, "
             "payment)`, and the same of an authorizer whose policy can be replaced at any time.");
    for (policy_size const& size : sizes) {
        auto const add = [&](char const* variant, auto make, answers wanted, bool counted = true) {
            return to.add({.name = contestant_name("check-by-reference", size, variant),
                           .prepare = [&size, make, wanted] { return make(size, wanted); },
                           .counted = counted});
        };
        auto const label = std::string(size.label);
        auto const floor = add("bit-test", ask_table, answers::half_denied);
        auto const half = add("half-denied", ask_policy, answers::half_denied);
        auto const allowed = add("all-allowed", ask_policy, answers::all_allowed);
        auto const pinned = add("authorizer", ask_authorizer, answers::half_denied);
        auto const in_set = add("std-set", ask_set, answers::half_denied, false);
        to.compare({.text = label + ", half denied at random",
                    .measured = half,
                    .floor = floor,
                    .floor_text = "bare bit test",
                    .reach = aim::in_instructions(2)});
        to.compare({.text = label + ", the same of an authorizer",
                    .measured = pinned,
                    .floor = floor,
                    .floor_text = "bare bit test"});
        to.compare({.text = label + ", half denied at random",
                    .measured = half,
                    .floor = allowed,
                    .floor_text = "the same, all allowed",
                    .reach = aim::in_time(1.3),
                    .same_answers = false});
        to.compare({.text = label + ", half denied at random",
                    .measured = half,
                    .floor = in_set,
                    .floor_text = "std::set of numbers"});
    }
}

}  // namespace rolecall::benchmarks
