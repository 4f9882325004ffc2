// A lock for what is done seldom: replacing a policy, numbering names. No check takes it.
#ifndef ROLECALL_DETAIL_CONTROL_LOCK_HPP
#define ROLECALL_DETAIL_CONTROL_LOCK_HPP

#include <atomic>
#include <cstdint>

namespace rolecall::inline v0_1::detail {

/// A mutex in one word, without the cost of including <mutex>. Not recursive.
class control_lock {
public:
    void lock() noexcept {
        std::uint32_t expected = open;
        if (word_.compare_exchange_strong(expected, held, std::memory_order_acquire)) return;
        while (word_.exchange(contended, std::memory_order_acquire) != open)
            word_.wait(contended, std::memory_order_relaxed);
    }

    void unlock() noexcept {
        if (word_.exchange(open, std::memory_order_release) == contended) word_.notify_one();
    }

private:
    static constexpr std::uint32_t open = 0;
    static constexpr std::uint32_t held = 1;
    static constexpr std::uint32_t contended = 2;  // held, and somebody may be waiting

    std::atomic<std::uint32_t> word_{open};
};

/// Holds a lock for a scope.
template <class Lock>
class locked {
public:
    explicit locked(Lock& lock) noexcept : lock_(lock) { lock_.lock(); }
    locked(locked const&) = delete;
    locked& operator=(locked const&) = delete;
    ~locked() { lock_.unlock(); }

private:
    Lock& lock_;
};

}  // namespace rolecall::inline v0_1::detail

#endif
