// A check by three texts, beside three lookups in the fastest hash map at hand, with two hashes,
// and the std::set that one might write instead.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/policies.hpp"

#include <memory>
#include <utility>

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;

bench::question_set const& asked(policy_size const& size) {
    return asked_of_roles(size, plain, bench::answers::half_denied);
}

prepared ask_policy(policy_size const& size) {
    auto const& set = asked(size);
    policy const& p = policy_of(size, plain);
    return {[&] {
                return bench::count(set.by_name,
                                    [&](auto const& q) { return p.allows(q.role, q.what, q.on); });
            },
            set.size()};
}

prepared ask_authorizer(policy_size const& size) {
    auto const& set = asked(size);
    authorizer const& pdp = authorizer_of(size, plain);
    return {[&] {
                return bench::count(
                    set.by_name, [&](auto const& q) { return pdp.allows(q.role, q.what, q.on); });
            },
            set.size()};
}

template <class Hash>
prepared ask_maps(policy_size const& size) {
    auto const& set = asked(size);
    auto const table =
        std::make_shared<bench::bit_table const>(*bench::bit_table::make(made(size, plain), set));
    bench::basic_name_maps<Hash> const maps(made(size, plain), *table);
    return {[&set, table, maps] {
                return bench::count(set.by_name, [&](auto const& q) { return maps.allows(q); });
            },
            set.size()};
}

prepared ask_set(policy_size const& size) {
    auto const& set = asked(size);
    bench::text_set rights(made(size, plain), set);
    return {[&set, rights = std::move(rights)] {
                return bench::count(set.by_name, [&](auto const& q) {
                    return rights.allows(q.role, q.what, q.on);
                });
            },
            set.size()};
}

}  // namespace

void check_by_name(suite& to) {
    to.begin("Check by name",
             "Three texts that have just arrived: `policy.allows(\"support\", \"view\", "
             "\"payment\")`; half denied at random.");
    for (policy_size const& size : sizes) {
        auto const add = [&](char const* variant, auto make, bool counted = true) {
            return to.add({.name = contestant_name("check-by-name", size, variant),
                           .prepare = [&size, make] { return make(size); },
                           .counted = counted});
        };
        auto const label = std::string(size.label);
        auto const named = add("policy", ask_policy);
        auto const pinned = add("authorizer", ask_authorizer);
        auto const maps = add("flat-maps-fast-hash", ask_maps<bench::short_text_hash>);
        auto const maps_of_std = add("flat-maps-std-hash", ask_maps<bench::standard_hash>);
        auto const in_set = add("std-set", ask_set, false);
        to.compare({.text = label,
                    .measured = named,
                    .floor = maps,
                    .floor_text = "3 × unordered_flat_map, our hash",
                    .reach = aim::in_time(1)});
        to.compare({.text = label,
                    .measured = named,
                    .floor = maps_of_std,
                    .floor_text = "3 × unordered_flat_map, std::hash",
                    .reach = aim::in_time(1)});
        to.compare({.text = label + ", of an authorizer",
                    .measured = pinned,
                    .floor = maps,
                    .floor_text = "3 × unordered_flat_map, our hash"});
        to.compare(
            {.text = label, .measured = named, .floor = in_set, .floor_text = "std::set of texts"});
    }
}

}  // namespace rolecall::benchmarks
