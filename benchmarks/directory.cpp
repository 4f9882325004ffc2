// A directory of a million users in memory. It fits no cache, so the floor of a lookup is memory:
// the slot and then the text of the id, two reads at random of which the second needs the first.
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/floors.hpp"
#include "support/policies.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::benchmarks {

namespace {

constexpr std::size_t million = 1'000'000;
constexpr std::size_t role_count = 200;

std::string id_of(std::size_t n) { return "employee-" + std::to_string(n) + "@example.org"; }
std::string role_of(std::size_t n) { return "role-" + std::to_string(n % role_count); }

// Everyone has one role of many, and the one that all have.
std::vector<user_edit> make_edits() {
    std::vector<user_edit> edits;
    edits.reserve(3 * million);
    for (std::size_t n = 0; n < million; ++n) {
        std::string const id = id_of(n);
        edits.push_back(user_edit::add_user(id));
        edits.push_back(user_edit::assign(id, role_of(n)));
        edits.push_back(user_edit::assign(id, "employee"));
    }
    return edits;
}

std::vector<user_edit> const& edits_of_everybody() {
    static std::vector<user_edit> const edits = make_edits();
    return edits;
}

assignments const& everybody() {
    static assignments all;
    if (all.size() == 0) all.apply(edits_of_everybody());
    return all;
}

policy office() {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("employee");
    for (std::size_t n = 0; n < role_count; ++n)
        b.role(role_of(n)).may("account", {n % 2 == 0 ? "view" : "store"});
    return b.build().value();
}

// So many that what they need fits no near cache.
constexpr std::size_t lookups = std::size_t{1} << 19U;

std::vector<std::string> random_ids(std::size_t from = 0) {
    bench::random_source random(11);
    std::vector<std::string> ids;
    ids.reserve(lookups);
    for (std::size_t i = 0; i < lookups; ++i) ids.push_back(id_of(from + random.below(million)));
    return ids;
}

prepared look_up(std::size_t from) {
    assignments const& all = everybody();
    return {[&all, ids = random_ids(from)] {
                return bench::count(ids, [&](std::string const& id) {
                    std::size_t roles = 0;
                    auto one_more = [&](user_role const&) { ++roles; };
                    role_taker take(one_more);
                    return all.roles_of(id, take) == user_lookup::known && roles == 2;
                });
            },
            lookups};
}

prepared look_up_in_map() {
    using map = boost::unordered_flat_map<std::string, std::uint32_t, bench::short_text_hash,
                                          std::equal_to<>>;
    auto const all = std::make_shared<map>();
    for (std::size_t n = 0; n < million; ++n)
        all->emplace(id_of(n), static_cast<std::uint32_t>(n % role_count));
    return {[all, ids = random_ids()] {
                return bench::count(ids, [&](std::string const& id) {
                    auto const found = all->find(id);
                    return found != all->end() && found->second < role_count;
                });
            },
            lookups};
}

prepared read(unsigned times) {
    chained_reads const memory(everybody().memory_bytes(), lookups);
    return {[memory, times] {
                return bench::count(memory.places(),
                                    [&](std::uint32_t place) { return memory.read(place, times); });
            },
            lookups};
}

prepared open_session() {
    static authorizer const pdp{office(), no_records{}, const_cast<assignments&>(everybody())};
    category_ref const account = pdp.category("account").value();
    return {[account, ids = random_ids()] {
                return bench::count(ids, [&](std::string const& id) {
                    return pdp.session(id).value().allows(view, account);
                });
            },
            lookups};
}

prepared decide_for_user() {
    static authorizer const pdp{office(), no_records{}, const_cast<assignments&>(everybody())};
    date const today = date::today();
    return {[today, ids = random_ids()] {
                return bench::count(ids, [&](std::string const& id) {
                    return bool{pdp.decide({.subject = subject::user(id),
                                            .action = "view",
                                            .category = "account",
                                            .on = today})};
                });
            },
            lookups};
}

prepared import_everybody() {
    return {[edits = &edits_of_everybody()] {
                assignments fresh;
                fresh.apply(*edits);
                return std::uint64_t{fresh.size()};
            },
            million};
}

prepared import_into_map() {
    return {[edits = &edits_of_everybody()] {
                boost::unordered_flat_map<std::string, std::vector<std::uint32_t>,
                                          bench::short_text_hash, std::equal_to<>>
                    fresh;
                boost::unordered_flat_map<std::string, std::uint32_t, bench::short_text_hash,
                                          std::equal_to<>>
                    roles;
                for (user_edit const& edit : *edits) {
                    auto& mine = fresh[edit.id];
                    if (edit.what == user_edit::kind::assign)
                        mine.push_back(roles.emplace(edit.role, roles.size()).first->second);
                }
                return std::uint64_t{fresh.size()};
            },
            million};
}

}  // namespace

void directory(suite& to) {
    to.begin("A million users",
             "`assignments`, a directory of 1,000,000 users in memory, each with two of 201 "
             "roles; ids of 20 to 27 bytes.");
    auto const add = [&](char const* name, auto make, bool slow = false) {
        return to.add({.name = std::string("directory/") + name, .prepare = make, .slow = slow});
    };
    auto const known = add("known", [] { return look_up(0); });
    to.compare({.text = "the roles of a user",
                .measured = known,
                .floor = add("two-reads", [] { return read(2); }),
                .floor_text = "2 random reads of as much memory",
                .same_answers = false});
    to.compare({.text = "the roles of a user",
                .measured = known,
                .floor = add("flat-map", look_up_in_map),
                .floor_text = "unordered_flat_map of strings to a row"});
    to.compare({.text = "somebody who is not there",
                .measured = add("unknown", [] { return look_up(million); }),
                .floor = add("one-read", [] { return read(1); }),
                .floor_text = "1 random read of as much memory",
                .same_answers = false});
    to.compare({.text = "a session of a user, and one check",
                .measured = add("session", open_session),
                .floor = known,
                .floor_text = "the roles of a user",
                .same_answers = false});
    to.compare({.text = "a decision for a user, by names",
                .measured = add("decide", decide_for_user),
                .floor = known,
                .floor_text = "the roles of a user",
                .same_answers = false});
    to.compare({.text = "import, each user",
                .measured = add("import", import_everybody, true),
                .floor = add("import-map", import_into_map, true),
                .floor_text = "unordered_flat_map of vectors"});
}

}  // namespace rolecall::benchmarks
