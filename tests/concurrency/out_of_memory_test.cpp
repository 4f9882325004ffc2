// Memory that runs out, at every place where some is asked for: what guards data denies.
#include "concurrency/sanitizers.hpp"

#if !ROLECALL_TESTS_UNDER_ASAN && !ROLECALL_TESTS_UNDER_TSAN

#include "concurrency/numbered_policy.hpp"
#include "concurrency/scarce_memory.hpp"
#include "support/recording_sink.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <new>
#include <thread>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

// Calls `attempt` with memory for no allocation, for one, for two, … until it succeeds. Gives
// how often it did not; the attempt must say what it did.
template <class Attempt>
int failures_of(Attempt&& attempt) {
    for (int left = 0; left < 100'000; ++left) {
        allocations_left = left;
        bool const done = attempt();
        allocations_left = unlimited;
        if (done) return left;
    }
    return 100'000;
}

// Runs `work` where memory is there, within a test of what happens where it is not.
template <class Work>
auto with_memory(Work&& work) {
    int const left = std::exchange(allocations_left, unlimited);
    auto result = work();
    allocations_left = left;
    return result;
}

// What a sink was last told, kept without asking for memory.
struct last_told {
    int calls = 0;
    reason why = reason::granted;
    bool user_is_anyone = false;

    recorded operator()(audit_event const& event) noexcept {
        ++calls;
        why = event.answer().reason;
        user_is_anyone = event.user() == "anyone";
        return recorded::yes;
    }
};

}  // namespace

TEST_CASE("decide by a stale session, out of memory, denies and tells the sink") {
    last_told sink;
    authorizer pdp{numbered_policy(0), sink};
    live_session const who = pdp.session("anyone", {"reader"}).value();
    category_ref const door = *pdp.category("door");
    pdp.replace(numbered_policy(1));
    REQUIRE(who.stale());
    int right = 0;
    int const failures = failures_of([&] {
        sink = {};
        response const answer = pdp.decide(who, view, door);
        bool const told = sink.calls == 1 && sink.why == answer.reason && sink.user_is_anyone;
        bool const sensible = answer || answer.reason == reason::unavailable;
        right += told && sensible && answer.policy_version == 2 ? 1 : 0;
        return bool{answer};
    });
    CHECK(failures > 0);
    CHECK(right == failures + 1);
}

TEST_CASE("decide by names, out of memory, denies and tells the sink") {
    last_told sink;
    authorizer const pdp{numbered_policy(0), sink};
    request const asked{subject::user("anyone", {"reader"}), "view", "door"};
    REQUIRE(pdp.decide(asked));  // a thread's first pin takes memory too, and can't tell
    int right = 0;
    int const failures = failures_of([&] {
        sink = {};
        response const answer = pdp.decide(asked);
        bool const told = sink.calls == 1 && sink.why == answer.reason && sink.user_is_anyone;
        bool const sensible = answer || answer.reason == reason::unavailable;
        right += told && sensible && answer.policy_version == 1 ? 1 : 0;
        return bool{answer};
    });
    CHECK(failures > 0);
    CHECK(right == failures + 1);
}

TEST_CASE("decide by a fresh session asks for no memory") {
    last_told sink;
    authorizer const pdp{numbered_policy(0), sink};
    live_session const who = pdp.session("anyone").value();
    category_ref const door = *pdp.category("door");
    CHECK(failures_of([&] { return bool{pdp.decide(who, view, door)}; }) == 0);
    CHECK(failures_of([&] { return pdp.allows("reader", "view", "door"); }) == 0);
}

TEST_CASE("a sink that runs out of memory did not record") {
    recent_records last(1'000);
    authorizer const pdp{numbered_policy(0), last};
    live_session const who = pdp.session("anyone").value();
    category_ref const door = *pdp.category("door");
    int recorded_allows = 0;
    int const failures = failures_of([&] {
        response const answer = pdp.decide(who, view, door, {.record = "a rather long record"});
        recorded_allows += answer ? 1 : 0;
        return bool{answer};
    });
    CHECK(failures > 0);
    CHECK(recorded_allows == 1);
    // What is kept is numbered without a gap, and ends with the allow.
    std::vector<audit_record> const kept = last.records();
    REQUIRE_FALSE(kept.empty());
    CHECK(kept.back().decision == decision::allow);
    CHECK(kept.back().sequence == kept.size());
    CHECK(last.total() == kept.size());
}

TEST_CASE("a thread for which there is no memory at all is denied everything, and nothing breaks") {
    last_told sink;
    authorizer pdp{numbered_policy(0), sink};
    live_session const who = pdp.session("anyone").value();
    category_ref const door = *pdp.category("door");
    request const asked{subject::role("reader"), "view", "door"};
    // Slots that threads gave back would serve it, so take them all.
    std::vector<detail::pin_slot*> taken;
    for (detail::pin_slot* s = detail::this_domain().slots.load(); s != nullptr; s = s->next)
        if (!s->taken.exchange(true)) taken.push_back(s);
    int wrong = 0;
    std::thread([&] {
        allocations_left = 0;
        wrong += pdp.allows("reader", "view", "door") ? 1 : 0;
        wrong += pdp.decide(who, view, door).reason == reason::unavailable ? 0 : 1;
        wrong += pdp.decide(asked).reason == reason::unavailable ? 0 : 1;
        wrong += pdp.tell_refused("broken") == recorded::no ? 0 : 1;
        wrong += pdp.wait_for_readers() ? 0 : 1;  // it reads nothing itself
        int thrown = 0;
        auto const throws = [&](auto&& work) {
            try {
                work();
            } catch (std::bad_alloc const&) {
                ++thrown;
            }
        };
        throws([&] { static_cast<void>(pdp.pinned()); });
        throws([&] { static_cast<void>(pdp.current()); });
        throws([&] { static_cast<void>(pdp.category("door")); });
        wrong += thrown == 3 ? 0 : 1;
        allocations_left = unlimited;
        wrong += pdp.allows("reader", "view", "door") ? 0 : 1;
        wrong += pdp.decide(who, view, door) ? 0 : 1;
    }).join();
    for (detail::pin_slot* s : taken) s->taken.store(false);
    CHECK(wrong == 0);
    CHECK(sink.calls == 1);  // the last question; before, there was no policy to name
}

TEST_CASE("replace, out of memory, throws and has changed nothing") {
    testing::recording_sink sink;
    authorizer pdp{numbered_policy(0), no_records{}, {.versions_kept = 3}};
    live_session const who = pdp.session("anyone").value();
    category_ref const door = *pdp.category("door");
    for (std::uint32_t k = 1; k < 5; ++k) pdp.replace(numbered_policy(k));
    policy const newer = numbered_policy(5);
    policy const now = pdp.current();
    int right = 0;
    int const failures = failures_of([&] {
        try {
            pdp.replace(newer);
            return true;
        } catch (std::bad_alloc const&) {
            right += with_memory([&] {
                bool const same = &detail::data_of(pdp.current()) == &detail::data_of(now);
                bool const version = pdp.version() == 5;
                // The versions before are kept as they were: 2, 3 and 4.
                bool kept = true;
                for (std::uint32_t v = 1; v <= 5; ++v) {
                    response answer = pdp.decide(who, view, door);
                    answer.policy_version = v;
                    bool const known = !pdp.explain(who, view, door, answer).decided_by.empty();
                    kept &= known == (v >= 2);
                }
                return same && version && kept;
            })
                         ? 1
                         : 0;
            return false;
        }
    });
    CHECK(failures > 0);
    CHECK(right == failures);
    CHECK(pdp.version() == 6);
    CHECK(pdp.allows("reader", "view", "bit-0"));
}

TEST_CASE("a session, out of memory, is not opened, and one that is refreshed goes on denying") {
    authorizer pdp{numbered_policy(0), no_records{}};
    category_ref const door = *pdp.category("door");
    auto const attempt = [&](auto&& open) {
        return failures_of([&] {
            try {
                return bool{open()};
            } catch (std::bad_alloc const&) {
                return false;
            }
        });
    };
    CHECK(attempt([&] { return pdp.session("anyone"); }) > 0);
    CHECK(attempt([&] { return pdp.session("anyone", {"reader"}); }) > 0);
    CHECK(attempt([&] { return pdp.session_of_roles({"reader"}); }) > 0);
    CHECK(attempt([&] { return pdp.session_from_claims("anyone", {"reader", "x"}); }) > 0);

    live_session who = pdp.session("anyone", {"reader"}).value();
    pdp.replace(numbered_policy(1));
    int denied = 0;
    int const failures = attempt([&] {
        bool refreshed = false;
        try {
            refreshed = who.refresh() == reason::granted;
        } catch (std::bad_alloc const&) {
            denied += !who.allows(view, door) && who.stale() ? 1 : 0;
            throw;
        }
        return refreshed;
    });
    CHECK(failures > 0);
    CHECK(denied == failures);
    CHECK(who.allows(view, door));
}

TEST_CASE("an authorizer that can't be made for want of memory leaves nothing behind") {
    policy const first = numbered_policy(0);
    struct counts_itself {
        explicit counts_itself(int& of) : living(&of) { ++*living; }
        counts_itself(counts_itself&& other) noexcept : living(other.living) { ++*living; }
        counts_itself(counts_itself const&) = delete;
        counts_itself& operator=(counts_itself const&) = delete;
        ~counts_itself() { --*living; }
        recorded operator()(audit_event const&) const noexcept { return recorded::yes; }
        int* living;
    };
    int living = 0;
    int const failures = failures_of([&] {
        try {
            authorizer const pdp{first, counts_itself(living)};
            return living == 1;
        } catch (std::bad_alloc const&) {
            return false;
        }
    });
    CHECK(failures > 0);
    CHECK(living == 0);
    CHECK(detail::data_of(first).uses.load() == 1);
}

#endif
