// Threads that do the same over and over until they are told to stop.
#ifndef ROLECALL_TESTS_CONCURRENCY_CROWD_HPP
#define ROLECALL_TESTS_CONCURRENCY_CROWD_HPP

#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

namespace rolecall::testing {

/// Each of its threads calls what it was given until the crowd is stopped. Wrong answers are
/// counted, because an assertion of doctest in such a loop takes a lock.
class crowd {
public:
    crowd() = default;
    crowd(crowd const&) = delete;
    crowd& operator=(crowd const&) = delete;
    ~crowd() { stop(); }

    /// Adds a thread that calls `right()` over and over. False counts as a wrong answer.
    template <class Right>
    void add(Right right) {
        threads_.emplace_back([this, right = std::move(right)]() mutable {
            ++started_;
            while (!stop_.load(std::memory_order_relaxed)) {
                if (!right()) ++wrong_;
                asked_.fetch_add(1, std::memory_order_relaxed);
            }
        });
    }

    /// Returns once every thread has begun.
    void all_started() const {
        while (started_.load() != threads_.size()) std::this_thread::yield();
    }

    void stop() {
        stop_ = true;
        for (std::thread& t : threads_) t.join();
        threads_.clear();
    }

    [[nodiscard]] std::uint64_t wrong() const { return wrong_.load(); }
    [[nodiscard]] std::uint64_t asked() const { return asked_.load(); }

private:
    std::atomic<bool> stop_{false};
    std::atomic<std::uint64_t> started_{0};
    std::atomic<std::uint64_t> wrong_{0};
    std::atomic<std::uint64_t> asked_{0};
    std::vector<std::thread> threads_;
};

}  // namespace rolecall::testing

#endif
