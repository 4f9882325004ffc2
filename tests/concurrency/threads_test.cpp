// Threads that come and go, and what they leave behind.
#include "concurrency/crowd.hpp"
#include "concurrency/numbered_policy.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <optional>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

struct slot_count {
    std::size_t all = 0;
    std::size_t taken = 0;
};

slot_count slots() {
    slot_count result;
    detail::pin_slot const* slot = detail::this_domain().slots.load();
    for (; slot != nullptr; slot = slot->next) {
        ++result.all;
        if (slot->taken.load()) ++result.taken;
    }
    return result;
}

template <class Work>
void in_thread(Work&& work) {
    std::thread(work).join();
}

}  // namespace

TEST_CASE("hundreds of short threads use a few slots, one after the other") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}};
    constexpr std::size_t at_once = 4;
    slot_count const before = slots();
    std::atomic<int> wrong{0};
    for (std::uint32_t round = 0; round < 100; ++round) {
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < at_once; ++t)
            threads.emplace_back([&] {
                if (!pdp.allows("reader", "view", "door")) ++wrong;
                if (!pdp.decide({subject::user("anyone"), "view", "door"})) ++wrong;
            });
        pdp.replace(policies[round % policy_count]);
        for (std::thread& t : threads) t.join();
    }
    CHECK(wrong == 0);
    CHECK(slots().all <= before.all + at_once + 1);
    CHECK(slots().taken <= before.taken + 1);  // this thread's own
}

TEST_CASE("a thread that ends while others replace is waited for no more") {
    std::vector<policy> const policies = numbered_policies();
    authorizer pdp{policies[0], no_records{}};
    crowd comers;
    for (int t = 0; t < 2; ++t)
        comers.add([&] {
            bool right = false;
            in_thread([&] {
                pinned_policy const now = pdp.pinned();
                right = now->allows("reader", "view", "door") &&
                        pdp.decide({subject::user("anyone"), "view", "door"});
            });
            return right;
        });
    comers.all_started();
    std::uint64_t incomplete = 0;
    for (std::uint32_t i = 0; i < 500; ++i) {
        bool const complete =
            pdp.replace(policies[i % policy_count], {.wait_for_readers = true}).complete;
        incomplete += complete ? 0 : 1;
    }
    comers.stop();
    CHECK(incomplete == 0);
    CHECK(comers.wrong() == 0);
}

namespace {

// What a thread does when its end has begun and its slot was given back.
struct last_words {
    authorizer* pdp = nullptr;
    std::atomic<int>* right = nullptr;
    live_session* session = nullptr;

    ~last_words() {
        if (pdp == nullptr) return;
        category_ref const door = *pdp->category("door");
        *right += pdp->allows("reader", "view", "door") ? 1 : 0;
        *right += pdp->allows(*pdp->role("reader"), modify, door) ? 0 : 1;
        *right += pdp->decide({subject::user("anyone"), "view", "door"}) ? 1 : 0;
        *right += pdp->decide(*session, view, door) ? 1 : 0;
        *right += pdp->wait_for_readers() ? 1 : 0;
        {
            pinned_policy const outer = pdp->pinned();
            pinned_policy const inner = pdp->pinned();
            *right += inner->allows("reader", "view", "door") ? 1 : 0;
            *right += outer.version() == inner.version() ? 1 : 0;
            // It would wait for itself, and knows it.
            *right += pdp->wait_for_readers() ? 0 : 1;
        }
        *right += pdp->wait_for_readers() ? 1 : 0;
    }
};

}  // namespace

TEST_CASE("a check from a destructor at the end of a thread is answered, and keeps no slot") {
    authorizer pdp{numbered_policy(0), no_records{}};
    live_session session = pdp.session("anyone").value();
    std::atomic<int> right{0};
    std::size_t const taken = slots().taken;
    SUBCASE("of a thread that asked before") {
        in_thread([&] {
            static thread_local last_words words;  // made before the slot, destroyed after it
            words.pdp = &pdp;
            words.right = &right;
            words.session = &session;
            CHECK(pdp.allows("reader", "view", "door"));
        });
    }
    SUBCASE("of a thread that asks for the first time") {
        in_thread([&] {
            static thread_local last_words words;
            words.pdp = &pdp;
            words.right = &right;
            words.session = &session;
        });
    }
    CHECK(right.load() == 9);
    CHECK(slots().taken == taken);
    CHECK(pdp.replace(numbered_policy(1), {.wait_for_readers = true}).complete);
}

TEST_CASE("a sink told at the end of a thread may replace, and does not wait for itself") {
    authorizer* pdp = nullptr;
    std::optional<replacement> done;
    auto sink = [&](audit_event const& event) {
        if (event.kind() == audit_kind::decision)
            done = pdp->replace(numbered_policy(1), {.wait_for_readers = true});
        return recorded::yes;
    };
    authorizer live{numbered_policy(0), sink};
    pdp = &live;
    in_thread([&] {
        struct decides_last {
            authorizer const* by = nullptr;
            ~decides_last() {
                if (by != nullptr) by->decide({subject::user("anyone"), "view", "door"});
            }
        };
        static thread_local decides_last last;
        last.by = &live;
        CHECK(live.allows("reader", "view", "door"));
    });
    REQUIRE(done);
    CHECK(done->version == 2);
    CHECK_FALSE(done->complete);
    CHECK(live.wait_for_readers());
}

TEST_CASE("a pin that outlasts its thread's slot keeps it, and ends for good") {
    authorizer pdp{numbered_policy(0), no_records{}, {.versions_kept = 0}};
    std::atomic<bool> right{false};
    struct keeps_a_pin {
        authorizer* by = nullptr;
        std::atomic<bool>* right = nullptr;
        std::optional<pinned_policy> held;

        ~keeps_a_pin() {
            if (!held) return;
            // The thread's slot would have been given back by now.
            bool const open = !by->replace(numbered_policy(1)).complete;
            bool other_complete = true;
            in_thread([&] { other_complete = by->replace(numbered_policy(2)).complete; });
            *right = open && !other_complete && held->version() == 1 &&
                     (*held)->allows("reader", "view", "door");
            held.reset();
            *right = *right && by->wait_for_readers();
        }
    };
    in_thread([&] {
        static thread_local keeps_a_pin mine;  // before the slot: so it ends after the slot
        mine.by = &pdp;
        mine.right = &right;
        struct pinner {
            explicit pinner(authorizer const& of) : of_(&of) {}
            operator pinned_policy() const { return of_->pinned(); }  // NOLINT: for emplace
            authorizer const* of_;
        };
        mine.held.emplace(pinner(pdp));
    });
    CHECK(right.load());
    CHECK(pdp.replace(numbered_policy(3), {.wait_for_readers = true}).complete);
    slot_count const before = slots();
    in_thread([&] { CHECK(pdp.allows("reader", "view", "door")); });
    CHECK(slots().all == before.all);
}
