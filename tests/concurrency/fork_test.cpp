// A process that forks while its threads are in the middle of everything.
#include "concurrency/child.hpp"
#include "concurrency/crowd.hpp"
#include "concurrency/numbered_policy.hpp"
#include "concurrency/sanitizers.hpp"
#include "support/skip.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr unsigned deadline = 30;  // seconds; far more than a child needs

// What a child does with what it inherited. Gives the number of the first step that failed.
int use_all(authorizer& pdp, live_session& session, recent_records const& last) {
    std::uint64_t const told = last.total();
    std::size_t const kept = last.records().size();
    if (kept == 0 || told < kept) return 1;
    if (!pdp.allows("reader", "view", "door")) return 2;
    if (!pdp.decide(session, view, *pdp.category("door"))) return 3;
    if (last.total() != told + 1) return 4;

    std::uint32_t const version = pdp.version();
    replacement const done = pdp.replace(numbered_policy(1), {.wait_for_readers = true});
    if (!done.complete || done.version != version + 1 || done.told != recorded::yes) return 5;
    if (session.refresh() != reason::granted || !session.allows(view, *pdp.category("bit-0")))
        return 6;
    if (!pdp.decide({subject::user("odd"), "view", "door"})) return 7;
    if (last.records().back().user != "odd") return 8;
    if (!pdp.wait_for_readers()) return 9;
    return 0;
}

void check_end(child_end const& end) {
    CHECK(end.signal == 0);
    CHECK(end.code == 0);
}

}  // namespace

TEST_CASE("a child of a process whose threads decide and replace goes on by itself") {
    if (under_asan) {
        skip("AddressSanitizer of clang 14 does not keep its allocator whole for a child");
        return;
    }
    std::vector<policy> const policies = numbered_policies();
    recent_records last(64);
    authorizer pdp{policies[0], last};
    live_session session = pdp.session("anyone").value();
    crowd others;
    for (int t = 0; t < 2; ++t)
        others.add([&] { return bool{pdp.decide({subject::user("anyone"), "view", "door"})}; });
    others.add([&] {
        pinned_policy const held = pdp.pinned();
        std::this_thread::yield();
        return held->allows("reader", "view", "door");
    });
    others.add([&] {
        bool const told = last.total() != 0;  // asked first: the first event may come right after
        return !told || !last.records().empty();
    });
    others.add([&, turn = 0U]() mutable {
        return pdp.replace(policies[++turn % policy_count]).version > 1;
    });
    others.all_started();
    while (last.total() == 0) std::this_thread::yield();

    int failed = 0;
    for (int i = 0; i < 200; ++i) {
        child_end const end = in_child(deadline, [&] { return use_all(pdp, session, last); });
        if (end.code != 0) {
            ++failed;
            check_end(end);
        }
    }
    CHECK(failed == 0);
    others.stop();
    CHECK(others.wrong() == 0);
    CHECK(pdp.wait_for_readers());
}

TEST_CASE("a child does not wait for a reader that slept in its parent") {
    recent_records last(4);
    authorizer pdp{numbered_policy(0), last};
    live_session session = pdp.session("anyone").value();
    pdp.decide(session, view, *pdp.category("door"));
    std::atomic<bool> asleep{false};
    std::atomic<bool> wake{false};
    std::thread reader([&] {
        pinned_policy const held = pdp.pinned();
        asleep = true;
        while (!wake.load()) std::this_thread::yield();
    });
    while (!asleep.load()) std::this_thread::yield();
    check_end(in_child(deadline, [&] { return use_all(pdp, session, last); }));
    CHECK_FALSE(pdp.replace(numbered_policy(1)).complete);  // in the parent it still sleeps
    wake = true;
    reader.join();
    CHECK(pdp.wait_for_readers());
}

TEST_CASE("a child keeps the pins of the thread that forked, and no others") {
    recent_records last(4);
    authorizer pdp{numbered_policy(0), last, {.versions_kept = 0}};
    live_session session = pdp.session("anyone").value();
    pdp.decide(session, view, *pdp.category("door"));
    std::optional<child_end> end;
    {
        pinned_policy const held = pdp.pinned();
        pid_t const child = ::fork();
        if (child == 0) {
            ::alarm(deadline);
            bool const open = !pdp.replace(numbered_policy(1), {.wait_for_readers = true}).complete;
            bool const whole = held.version() == 1 && held->allows("reader", "view", "door");
            ::_exit(open && whole ? 0 : 1);
        }
        end = end_of(child);
    }
    check_end(*end);

    // One that lets go of it after the fork.
    std::optional<detail::pin> hold;
    hold.emplace(detail::this_domain());
    check_end(in_child(deadline, [&] {
        hold.reset();
        return use_all(pdp, session, last);
    }));
    hold.reset();
    CHECK(pdp.wait_for_readers());
}

TEST_CASE("a sink may fork while it is told") {
    std::optional<child_end> end;
    authorizer* pdp = nullptr;
    auto sink = [&](audit_event const& event) {
        if (event.record() != "fork") return recorded::yes;
        end = in_child(deadline, [&] {
            if (!pdp->allows("reader", "view", "door")) return 1;
            if (pdp->replace(numbered_policy(1), {.wait_for_readers = true}).complete) return 2;
            return pdp->allows("reader", "view", "bit-0") ? 0 : 3;
        });
        return recorded::yes;
    };
    authorizer live{numbered_policy(0), sink};
    pdp = &live;
    CHECK(live.decide(live.session("anyone").value(), view, *live.category("door"),
                      {.record = "fork"}));
    REQUIRE(end);
    check_end(*end);
    CHECK(live.version() == 1);
}

TEST_CASE("a child of a child goes on too, and starts threads of its own") {
    if (under_tsan) {
        skip("ThreadSanitizer starts no threads in a child of a process with threads");
        return;
    }
    recent_records last(4);
    authorizer pdp{numbered_policy(0), last};
    live_session session = pdp.session("anyone").value();
    pdp.decide(session, view, *pdp.category("door"));
    std::thread([&] { CHECK(pdp.allows("reader", "view", "door")); }).join();
    check_end(in_child(deadline, [&] {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 100; ++i)
                    if (!pdp.decide({subject::user("anyone"), "view", "door"})) ++wrong;
            });
        for (std::uint32_t i = 0; i < 50; ++i)
            if (!pdp.replace(numbered_policy(i), {.wait_for_readers = true}).complete) ++wrong;
        for (std::thread& t : threads) t.join();
        if (wrong.load() != 0) return 20;
        return in_child(deadline, [&] { return use_all(pdp, session, last); }).code;
    }));
}
