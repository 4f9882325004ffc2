// Readers of every kind, while one policy replaces another thousands of times.
#include "concurrency/crowd.hpp"
#include "concurrency/numbered_policy.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr std::uint32_t replacements = 4'000;

// The version that replaced all before it. Newer ones may be on their way.
std::atomic<std::uint32_t> in_force{1};

// Puts the policies in, one after the other, so that version v is policy number_of(v). Gives
// how often that went otherwise than it should.
std::uint64_t replace_often(authorizer& pdp, std::vector<policy> const& policies) {
    std::uint64_t wrong = 0;
    for (std::uint32_t version = 2; version <= replacements; ++version) {
        bool const wait = version % 7 == 0;
        replacement const done =
            pdp.replace(policies[number_of(version)], {.wait_for_readers = wait});
        if (done.version != version || !done.same_lineage || (wait && !done.complete)) ++wrong;
        in_force.store(done.version);
    }
    return wrong;
}

// Starts the readers, replaces often, and checks that nobody was answered wrongly.
void replace_among(crowd& readers, authorizer& pdp, std::vector<policy> const& policies) {
    readers.all_started();
    CHECK(replace_often(pdp, policies) == 0);
    readers.stop();
    in_force = 1;  // for the next
    CHECK(readers.wrong() == 0);
    CHECK(readers.asked() > 0);
    CHECK(pdp.wait_for_readers());
}

// Whether an answer about viewing a bit is that of the version which it names.
bool right_answer(response const& answer, std::uint32_t bit) {
    bool const set = (number_of(answer.policy_version) >> bit & 1U) != 0;
    return bool{answer} == set && answer.reason == (set ? reason::granted : reason::not_granted);
}

}  // namespace

TEST_CASE("a pinned policy is one version, whatever replaces it meanwhile") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}, {.versions_kept = 0}};
    numbered_names const names(pdp);
    crowd readers;
    for (int t = 0; t < 2; ++t)
        readers.add([&] {
            pinned_policy const now = pdp.pinned();
            std::uint32_t const k = number_of(now.version());
            return answers_as(k, names, [&](action what, category_ref on, facts const& known) {
                return now->allows(names.reader, what, on, known);
            });
        });
    readers.add([&] {  // by names, with pins inside the pin
        pinned_policy const now = pdp.pinned();
        std::uint32_t const k = number_of(now.version());
        bool const nested = pdp.allows("reader", "view", "door");
        bool const newer = pdp.version() >= now.version();
        return nested && newer &&
               answers_as(k, names, [&](action what, category_ref on, facts const& known) {
                   return now->allows("reader", now->name(what), now->name(on), known);
               });
    });
    readers.add([&] {  // kept, rather than pinned
        policy const now = pdp.current();
        bool const odd = now.allows("reader", "view", bit_name(0));
        return now.allows("reader", "modify", bit_name(0)) != odd &&
               now.activate_user("odd").why() == (odd ? reason::granted : reason::unknown_name);
    });
    replace_among(readers, pdp, policies);
}

TEST_CASE("a check is right in every version that decides while it is asked") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}, {.versions_kept = 0}};
    numbered_names const names(pdp);
    crowd readers;
    for (int t = 0; t < 2; ++t)
        readers.add([&] {
            return pdp.allows(names.reader, view, names.door) &&
                   !pdp.allows(names.reader, modify, names.door) &&
                   pdp.allows(names.reader, view, names.door, names.known) &&
                   !pdp.allows(names.reader, store, names.bits[3]);
        });
    readers.add([&] {
        return pdp.allows("reader", "view", "door") && !pdp.allows("reader", "modify", "door") &&
               !pdp.allows("nobody", "view", "door") && !pdp.allows("reader", "store", "bit-3");
    });
    replace_among(readers, pdp, policies);
}

TEST_CASE("decide answers by the version that its response names, session fresh or stale") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}};
    numbered_names const names(pdp);
    crowd readers;
    for (unsigned t = 0; t < 2; ++t)
        readers.add([&, session = pdp.session("anyone").value(), turn = 0U, last = 0U]() mutable {
            std::uint32_t const bit = ++turn % number_bits;
            if (turn % 5 == 0 && session.refresh() != reason::granted) return false;
            response const answer = pdp.decide(session, view, names.bits[bit]);
            bool const forward = answer.policy_version >= last;  // time does not go back
            last = answer.policy_version;
            return forward && right_answer(answer, bit);
        });
    readers.add([&, turn = 0U]() mutable {
        std::uint32_t const bit = ++turn % number_bits;
        std::string const category = bit_name(bit);
        return right_answer(pdp.decide({subject::user("anyone"), "view", category}), bit) &&
               right_answer(pdp.decide({subject::role("reader"), "view", category}), bit);
    });
    readers.add([&] {
        // Of a user whom every second policy lists.
        response const answer = pdp.decide({subject::user("odd"), "view", "door"});
        bool const listed = number_of(answer.policy_version) % 2 == 1;
        return answer.reason == (listed ? reason::granted : reason::unknown_name);
    });
    replace_among(readers, pdp, policies);
}

TEST_CASE("a live session answers by its own version or not at all") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}};
    numbered_names const names(pdp);
    crowd readers;
    for (int t = 0; t < 2; ++t)
        readers.add([&, session = pdp.session("anyone").value()]() mutable {
            bool right = session.refresh() == reason::granted;
            // One that is not stale is not older than what was in force before.
            std::uint32_t const least = in_force.load();
            right &= session.stale() || session.policy_version() >= least;
            std::uint32_t const k = number_of(session.policy_version());
            // What it says yes to is so in its version, all at once.
            for (std::uint32_t bit = 0; bit < number_bits; ++bit) {
                bool const set = (k >> bit & 1U) != 0;
                right &= set || !session.allows(view, names.bits[bit]);
                right &= !set || !session.allows(modify, names.bits[bit]);
                right &= set || !session.allows(store, names.bits[bit], names.known);
            }
            auto const lists = [&](action what, category_ref on, facts const& known) {
                return session.snapshot().allows(what, on, known);
            };
            return right && answers_as(k, names, lists);
        });
    readers.add([&] {  // made anew each time
        live_activation const odd = pdp.session("odd");
        if (!odd) return odd.why() == reason::unknown_name;
        return number_of(odd->policy_version()) % 2 == 1;
    });
    // A session that is refreshed by nobody is asked by two threads.
    live_session const shared = pdp.session("anyone").value();
    for (int t = 0; t < 2; ++t)
        readers.add([&] {
            bool const replaced = in_force.load() > 1;
            bool const answer = shared.allows(view, names.door);
            return replaced ? !answer : answer || shared.stale();
        });
    replace_among(readers, pdp, policies);
    CHECK(shared.stale());
}

TEST_CASE("names resolved while policies alternate mean the same in all of them") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}};
    numbered_names const names(pdp);
    crowd readers;
    for (int t = 0; t < 2; ++t)
        readers.add([&] {
            return pdp.category("door") == names.door && pdp.role("reader") == names.reader &&
                   pdp.category("bit-2") == names.bits[2] && !pdp.category("nothing") &&
                   pdp.action("view") == view;
        });
    replace_among(readers, pdp, policies);
}

TEST_CASE("several writers replace one after the other, and every version is told of once") {
    std::vector<policy> const policies = numbered_policies();
    constexpr std::uint32_t each = 300;
    std::vector<std::atomic<int>> told(2 + 3 * each);
    auto sink = [&told](audit_event const& event) noexcept {
        if (event.kind() == audit_kind::policy_activated) ++told[event.policy_version()];
        return recorded::yes;
    };
    authorizer pdp{policies[0], sink};
    std::atomic<int> wrong{0};
    std::vector<std::thread> writers;
    for (std::uint32_t t = 0; t < 3; ++t)
        writers.emplace_back([&, t] {
            std::uint32_t last = 1;
            for (std::uint32_t i = 0; i < each; ++i) {
                replacement const done =
                    pdp.replace(policies[(i + t) % policy_count], {.wait_for_readers = true});
                if (done.version <= last || !done.complete) ++wrong;
                last = done.version;
            }
        });
    for (std::thread& t : writers) t.join();
    CHECK(wrong == 0);
    CHECK(pdp.version() == 1 + 3 * each);
    for (std::uint32_t version = 2; version <= 1 + 3 * each; ++version)
        CHECK(told[version].load() == 1);
}

TEST_CASE("time may be told while others decide") {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("support").may("account", {"view"});
    for (int day = 0; day < 60; ++day)
        b.user("user-" + std::to_string(day)).assign({"support"}, date::from_days(20'000 + day));
    authorizer pdp{b.build().value(), no_records{}, {.today = date::from_days(20'000)}};
    category_ref const account = *pdp.category("account");
    crowd readers;
    for (int t = 0; t < 2; ++t)
        readers.add([&, session = pdp.session("user-30").value()]() mutable {
            response const answer = pdp.decide(session, view, account);
            static_cast<void>(session.refresh());
            return bool{answer} || answer.reason == reason::expired;
        });
    readers.all_started();
    int stale = 0;
    for (int round = 0; round < 100; ++round)
        for (int day = 0; day < 60; ++day) stale += pdp.tick(date::from_days(20'000 + day)) ? 1 : 0;
    readers.stop();
    CHECK(readers.wrong() == 0);
    CHECK(stale == 100 * 59 + 99);  // each day one ends; and each round they come back
    CHECK(pdp.session("user-58").why() == reason::expired);
    CHECK(pdp.session("user-59"));
}
