// The barrier that makes pins cheap may be refused, by a sandbox, before or after its first
// use: then checks cost more or old policies stay, and nothing is wrong.
#include "concurrency/child.hpp"
#include "concurrency/numbered_policy.hpp"
#include "concurrency/sanitizers.hpp"
#include "support/skip.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#if defined(__linux__)

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr unsigned deadline = 100;  // seconds

bool membarrier_works() {
    return ::syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0U, 0) == 0;
}

// From now on, for this thread and those that it starts, membarrier(2) fails with EPERM.
bool refuse_membarrier() {
    std::array<sock_filter, 4> program{{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    sock_fprog const filter{program.size(), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0 && !membarrier_works();
}

// This program once more, with membarrier refused from the start.
child_end run_refused(char const* test_cases) {
    return in_child(deadline, [&] {
        if (!refuse_membarrier()) return 99;
        std::string const filter = std::string("--test-case=") + test_cases;
        ::execl("/proc/self/exe", "concurrency_tests", filter.c_str(), "--minimal",
                static_cast<char*>(nullptr));
        return 98;
    });
}

}  // namespace

TEST_CASE("readers need no fence where the system has the barrier, and only there") {
    authorizer const pdp{numbered_policy(0), no_records{}};
    CHECK(pdp.allows("reader", "view", "door"));
    bool const expected = !under_tsan && membarrier_works();
    CHECK(detail::this_domain().asymmetric.load() == expected);
    CHECK((detail::fast_slot->fast_for == &detail::this_domain()) == expected);
}

TEST_CASE("where the barrier is refused from the start, every reader fences for itself") {
    if (under_tsan) {
        skip("under ThreadSanitizer no barrier is used");
        return;
    }
    for (char const* name :
         {"readers need no fence where the system has the barrier*",
          "a pinned policy is one version*", "a check is right in every version*",
          "decide answers by the version that its response names*",
          "a live session answers by its own version*",
          "after a waiting replacement nobody gets or records*",
          "a thread that ends while others replace*", "a replacement waits for no sleeping reader*",
          "a child does not wait for a reader that slept in its parent"}) {
        INFO(name);
        child_end const end = run_refused(name);
        CHECK(end.signal == 0);
        CHECK(end.code == 0);
    }
}

TEST_CASE("where the barrier is refused after its first use, nothing is freed or called complete") {
    if (under_tsan) {
        skip("under ThreadSanitizer no barrier is used");
        return;
    }
    child_end const end = in_child(deadline, [] {
        policy const first = numbered_policy(0);
        authorizer pdp{first, no_records{}, {.versions_kept = 0}};
        auto const& uses = detail::data_of(first).uses;
        if (!pdp.allows("reader", "view", "door")) return 1;
        if (!detail::this_domain().asymmetric.load()) return 0;  // there was none to refuse
        std::atomic<bool> stop{false};
        std::atomic<int> wrong{0};
        std::vector<std::thread> readers;
        for (int t = 0; t < 2; ++t)
            readers.emplace_back([&] {
                while (!stop.load()) {
                    pinned_policy const now = pdp.pinned();
                    bool const odd = number_of(now.version()) % 2 == 1;
                    if (now->allows("reader", "view", "bit-0") != odd) ++wrong;
                    if (!pdp.decide({subject::user("anyone"), "view", "door"})) ++wrong;
                }
            });
        if (!refuse_membarrier()) return 99;

        for (std::uint32_t version = 2; version < 100; ++version) {
            replacement const done = pdp.replace(numbered_policy(number_of(version)));
            if (done.complete || done.version != version) return 2;
        }
        // It would never come true, so that nobody waits for it.
        if (pdp.replace(numbered_policy(number_of(100)), {.wait_for_readers = true}).complete)
            return 3;
        if (pdp.wait_for_readers()) return 4;
        if (pdp.wait_for_readers(10)) return 5;
        if (uses.load() != 2) return 6;
        stop = true;
        for (std::thread& t : readers) t.join();
        if (wrong.load() != 0) return 7;
        if (pdp.version() != 100) return 8;
        // A thread that asks for the first time now.
        std::thread([&] {
            if (!pdp.allows("reader", "view", "door")) ++wrong;
        }).join();
        return wrong.load() == 0 ? 0 : 9;
    });
    CHECK(end.signal == 0);
    CHECK(end.code == 0);
}

#endif
