// A thread that falls asleep while it holds a policy.
#include "concurrency/crowd.hpp"
#include "concurrency/numbered_policy.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

// A thread that pins the policy of now until it is told to wake up.
class sleeper {
public:
    explicit sleeper(authorizer const& pdp)
        : thread_([this, &pdp] {
              pinned_policy const held = pdp.pinned();
              asleep_ = true;
              asleep_.notify_one();
              wake_.wait(false);
              right_ = held->allows("reader", "view", "door") && held.version() == 1;
          }) {
        asleep_.wait(false);
    }
    sleeper(sleeper const&) = delete;
    sleeper& operator=(sleeper const&) = delete;
    ~sleeper() {
        if (thread_.joinable()) wake();
    }

    /// Whether what it held was still whole.
    bool wake() {
        wake_ = true;
        wake_.notify_one();
        thread_.join();
        return right_.load();
    }

private:
    std::atomic<bool> asleep_{false};
    std::atomic<bool> wake_{false};
    std::atomic<bool> right_{false};
    std::thread thread_;
};

// How many handles of a policy there are: those of the test, and those of the authorizer.
std::uint32_t uses(policy const& of) { return detail::data_of(of).uses.load(); }

}  // namespace

TEST_CASE("a replacement waits for no sleeping reader unless it is told to, and then so long") {
    policy const first = numbered_policy(0);
    authorizer pdp{first, no_records{}, {.versions_kept = 0}};
    CHECK(uses(first) == 2);
    sleeper reader(pdp);

    CHECK_FALSE(pdp.replace(numbered_policy(1)).complete);
    replacement const waited =
        pdp.replace(numbered_policy(2), {.wait_for_readers = true, .wait_limit_ms = 30});
    CHECK_FALSE(waited.complete);
    CHECK(waited.version == 3);
    CHECK_FALSE(pdp.wait_for_readers(30));
    CHECK(uses(first) == 2);  // not freed while the reader sleeps

    CHECK(reader.wake());
    CHECK(pdp.wait_for_readers());
    CHECK(uses(first) == 1);
}

TEST_CASE("versions that came and went while a reader slept are freed once it wakes up") {
    policy const first = numbered_policy(0);
    authorizer pdp{first, no_records{}, {.versions_kept = 0}};
    std::vector<policy> versions;
    {
        sleeper reader(pdp);
        for (std::uint32_t i = 1; i < 20; ++i) {
            CHECK_FALSE(pdp.replace(numbered_policy(i)).complete);
            versions.push_back(pdp.current());
        }
        CHECK(uses(first) == 2);
        CHECK(reader.wake());
    }
    CHECK(pdp.replace(numbered_policy(0)).complete);
    CHECK(uses(first) == 1);
    for (policy const& one : versions) CHECK(uses(one) == 1);
}

TEST_CASE("a reader that fell asleep after a replacement does not hold back the version before") {
    policy const first = numbered_policy(0);
    policy const second = numbered_policy(1);
    authorizer pdp{first, no_records{}, {.versions_kept = 0}};
    CHECK(pdp.replace(second).complete);
    CHECK(uses(first) == 1);
    std::atomic<bool> asleep{false};
    std::atomic<bool> wake{false};
    std::thread reader([&] {
        pinned_policy const held = pdp.pinned();
        asleep = true;
        while (!wake.load()) std::this_thread::yield();
    });
    while (!asleep.load()) std::this_thread::yield();
    CHECK(pdp.version() == 2);
    CHECK_FALSE(pdp.replace(first).complete);
    CHECK(uses(first) == 2);
    wake = true;
    reader.join();
    CHECK(pdp.wait_for_readers());
}

TEST_CASE("readers go on while one sleeps, and each sees what decides now") {
    authorizer pdp{numbered_policy(0), no_records{}};
    sleeper reader(pdp);
    crowd others;
    for (int t = 0; t < 2; ++t)
        others.add([&] {
            response const answer = pdp.decide({subject::user("odd"), "view", "door"});
            return pdp.allows("reader", "view", "door") &&
                   bool{answer} == (number_of(answer.policy_version) % 2 == 1);
        });
    others.all_started();
    for (std::uint32_t version = 2; version < 200; ++version)
        CHECK_FALSE(pdp.replace(numbered_policy(number_of(version))).complete);
    others.stop();
    CHECK(others.wrong() == 0);
    CHECK(others.asked() > 0);
    CHECK(pdp.version() == 199);
    CHECK(reader.wake());
    CHECK(pdp.wait_for_readers());
}

TEST_CASE("who waits without limit returns when the sleeping reader wakes up") {
    authorizer pdp{numbered_policy(0), no_records{}};
    std::optional<sleeper> reader;
    reader.emplace(pdp);
    std::atomic<bool> returned{false};
    std::atomic<bool> complete{false};
    std::thread writer([&] {
        complete = pdp.replace(numbered_policy(1), {.wait_for_readers = true}).complete;
        returned = true;
    });
    while (pdp.version() == 1) std::this_thread::yield();
    CHECK_FALSE(pdp.wait_for_readers(20));
    CHECK_FALSE(returned.load());
    CHECK(reader->wake());
    writer.join();
    CHECK(complete.load());
}
