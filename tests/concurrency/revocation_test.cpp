// Once a waiting replacement has returned, nobody decides by the policy before it.
#include "concurrency/crowd.hpp"
#include "concurrency/numbered_policy.hpp"
#include <rolecall/authorizer.hpp>

#include <doctest/doctest.h>
#include <time.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

void nap_microseconds(long count) {
    timespec const pause{0, count * 1'000};
    ::nanosleep(&pause, nullptr);
}

// Notices whoever decides by a version that had been replaced for good before.
struct watching_sink {
    std::atomic<std::uint32_t> complete{1};  // older versions decide no more
    std::atomic<std::uint64_t> late{0};
    std::atomic<std::uint64_t> decisions{0};
    long pause = 0;  // microseconds

    recorded operator()(audit_event const& event) noexcept {
        if (event.kind() != audit_kind::decision) return recorded::yes;
        if (pause > 0) nap_microseconds(pause);
        // Looked at last, and still under the decision's pin.
        if (event.policy_version() < complete.load()) ++late;
        ++decisions;
        return recorded::yes;
    }
};

// `odd` may do something by every second policy only: each other replacement revokes it.
void revoke_often(watching_sink& sink, std::uint32_t replacements) {
    std::vector<policy> const policies{numbered_policy(0), numbered_policy(1)};
    authorizer pdp{policies[0], sink};
    category_ref const door = *pdp.category("door");
    crowd readers;
    auto const in_time = [&](auto const& decide) {
        std::uint32_t const before = sink.complete.load();
        response const answer = decide();
        if (answer.policy_version < before) return false;
        bool const listed = answer.policy_version % 2 == 0;
        return bool{answer} == listed;
    };
    auto const by_names = [&] { return pdp.decide({subject::user("odd"), "view", "door"}); };
    readers.add([&] { return in_time(by_names); });
    readers.add([&, session = pdp.session("anyone").value()]() mutable {
        std::uint32_t const before = sink.complete.load();
        static_cast<void>(session.refresh());
        response const fresh = pdp.decide(session, view, door);
        response const later = pdp.decide(session, view, door);
        return fresh && later && fresh.policy_version >= before &&
               later.policy_version >= fresh.policy_version;
    });
    readers.add([&] {  // a session of the roles that every second policy takes away
        live_activation const made = pdp.session("odd");
        bool right = true;
        for (int i = 0; i < 3 && made; ++i)
            right &= in_time([&] { return pdp.decide(*made, view, door); });
        return right;
    });
    readers.all_started();
    std::uint64_t incomplete = 0;
    for (std::uint32_t version = 2; version <= replacements; ++version) {
        replacement const done =
            pdp.replace(policies[(version + 1) % 2], {.wait_for_readers = true});
        if (!done.complete || done.version != version) ++incomplete;
        sink.complete.store(done.version);
        if (version % 16 == 0) nap_microseconds(200);
    }
    readers.stop();
    CHECK(incomplete == 0);
    CHECK(sink.late.load() == 0);
    CHECK(readers.wrong() == 0);
    CHECK(sink.decisions.load() > 0);
}

}  // namespace

TEST_CASE("after a waiting replacement nobody gets or records an answer of an older version") {
    watching_sink sink;
    revoke_often(sink, 4'000);
}

TEST_CASE("a waiting replacement waits for decisions that a slow sink still records") {
    watching_sink sink;
    sink.pause = 300;
    revoke_often(sink, 400);
}

TEST_CASE("a replacement that does not wait is not held up by a sink, and says what is open") {
    std::atomic<bool> inside{false};
    std::atomic<bool> go_on{false};
    auto sink = [&](audit_event const& event) noexcept {
        if (event.kind() != audit_kind::decision) return recorded::yes;
        inside = true;
        while (!go_on.load()) nap_microseconds(100);
        return recorded::yes;
    };
    std::vector<policy> const policies{numbered_policy(0), numbered_policy(1)};
    authorizer pdp{policies[1], sink};
    response answer;
    std::thread decider([&] { answer = pdp.decide({subject::user("odd"), "view", "door"}); });
    while (!inside.load()) nap_microseconds(100);

    replacement const done = pdp.replace(policies[0]);
    CHECK_FALSE(done.complete);
    CHECK_FALSE(pdp.replace(policies[1], {.wait_for_readers = true, .wait_limit_ms = 20}).complete);
    CHECK_FALSE(pdp.wait_for_readers(20));
    CHECK(pdp.allows("reader", "view", "door"));  // others go on
    go_on = true;
    CHECK(pdp.wait_for_readers());
    decider.join();
    CHECK(answer);
    CHECK(answer.policy_version == 1);
}
