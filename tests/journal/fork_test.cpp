// A process that forks while it records: the journal stays the parent's.
#include "concurrency/child.hpp"
#include "concurrency/crowd.hpp"
#include "concurrency/sanitizers.hpp"
#include "journal/told_sink.hpp"
#include "support/skip.hpp"
#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("threads");

using namespace rolecall;
using namespace rolecall::testing;

namespace {

// What a child does with what it inherited, and with a journal of its own. Gives the number of the
// first step that failed.
int use_in_child(std::string const& folder, journal& inherited, authorizer const& pdp) {
    if (inherited) return 1;
    if (inherited.problem().empty()) return 2;
    request const question{subject::role("support"), "view", "account"};
    if (pdp.decide(question).reason != reason::unavailable) return 3;
    if (inherited.sync(10) || inherited.rotate() || inherited.retain(0) >= 0) return 4;
    if (inherited.note_configured("a", "b") || !inherited.head().head.empty()) return 5;
    journal own(folder);
    if (!own || own.status().writer == 1) return 6;
    authorizer const mine(tests::small_shop(), own);
    if (!mine.decide(question)) return 7;
    return own.sync() ? 0 : 8;
}

}  // namespace

TEST_CASE("a child can't record with the journal of its parent, and the parent goes on") {
    if (under_asan || under_tsan) {
        skip("sanitizers do not keep a child of a process with threads whole");
        return;
    }
    temporary_directory const here;
    std::string const folder = here.path("journal");
    told_in_all told;
    {
        journal trail(folder, {.ring_records = 16'384});
        REQUIRE_MESSAGE(trail, trail.problem());
        told_sink sink(trail);
        policy const shop = tests::small_shop();
        authorizer pdp(shop, sink);
        authorizer in_child_only(shop, trail);
        std::atomic<std::uint64_t> asked{0};
        crowd threads;
        for (int t = 0; t < 2; ++t)
            threads.add([&] {
                std::string const id = std::to_string(++asked);
                request question{subject::role("support"), "view", "account"};
                question.record = id;
                std::this_thread::sleep_for(std::chrono::microseconds(200));
                return static_cast<bool>(pdp.decide(question));
            });
        threads.all_started();
        for (int i = 0; i < 20; ++i) {
            child_end const end =
                in_child(60, [&] { return use_in_child(folder, trail, in_child_only); });
            CHECK(end.signal == 0);
            CHECK(end.code == 0);
        }
        threads.stop();
        CHECK(threads.wrong() == 0);
        CHECK(trail.status().writer == 1);
        told = sink.told();
    }
    CHECK(told.refused == 0);
    // The records of the children stand in the second writer.
    for (int i = 0; i < 20; ++i) told.yes.emplace_back(" allow");
    for (std::string const& wrong : told.compare(folder)) FAIL_CHECK(wrong);
}

TEST_CASE("a child that lives on does not keep the writer from the next process") {
    if (under_tsan) {
        skip("ThreadSanitizer does not start threads in a child of a process that had some");
        return;
    }
    temporary_directory const here;
    std::string const folder = here.path("journal");
    std::optional<journal> trail;
    trail.emplace(folder);
    REQUIRE_MESSAGE(*trail, trail->problem());
    pid_t const child = ::fork();
    if (child == 0) {
        ::alarm(120);
        for (;;) ::pause();
    }
    trail.reset();
    {
        journal const next(folder);
        REQUIRE_MESSAGE(next, next.problem());
        CHECK(next.status().writer == 1);
    }
    ::kill(child, SIGKILL);
    CHECK(end_of(child).signal == SIGKILL);
}

TEST_SUITE_END();
