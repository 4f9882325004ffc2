// How threads get their slots, and how a writer learns that a pin has ended.
#ifndef ROLECALL_DETAIL_SLOTS_HPP
#define ROLECALL_DETAIL_SLOTS_HPP

#include <rolecall/detail/pins.hpp>

#include <atomic>
#include <cstdint>
#include <new>

#if defined(__linux__)
#include <linux/membarrier.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#if defined(__linux__) && defined(SYS_membarrier)
#define ROLECALL_HAS_MEMBARRIER 1
#else
#define ROLECALL_HAS_MEMBARRIER 0
#endif

// Whether readers of this build may go without a fence. Only what makes a domain ready asks
// this; all else asks the domain, so that parts built with and without a sanitizer agree.
#if defined(__SANITIZE_THREAD__)
#define ROLECALL_ASYMMETRIC_FENCES 0
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ROLECALL_ASYMMETRIC_FENCES 0
#endif
#endif
#if !defined(ROLECALL_ASYMMETRIC_FENCES)
#define ROLECALL_ASYMMETRIC_FENCES ROLECALL_HAS_MEMBARRIER
#endif

namespace rolecall::inline v0_1::detail {

/// A thread, as the domain of the same program or library knows it.
struct pinning_thread {
    pin_slot* own = nullptr;
    bool ending = false;
};
inline constinit thread_local pinning_thread this_thread{};

inline pin_slot* claim_slot(pin_domain& domain) noexcept {
    for (pin_slot* s = domain.slots.load(std::memory_order_acquire); s != nullptr; s = s->next)
        if (!s->taken.exchange(true, std::memory_order_acq_rel)) return s;
    auto* const made = new (std::nothrow) pin_slot;
    if (made == nullptr) return nullptr;
    made->taken.store(true, std::memory_order_relaxed);
    made->next = domain.slots.load(std::memory_order_relaxed);
    while (!domain.slots.compare_exchange_weak(made->next, made, std::memory_order_seq_cst)) {}
    return made;
}

inline void give_back(pin_slot& slot) noexcept {
    slot.depth = 0;
    slot.until_idle = false;
    slot.epoch.store(0, std::memory_order_release);
    slot.taken.store(false, std::memory_order_release);
}

#if ROLECALL_HAS_MEMBARRIER
inline bool barrier_call(int command) noexcept {
    return ::syscall(SYS_membarrier, command, 0U, 0) == 0;
}
#endif

/// Makes all that other threads did before, and all that they do after, visible in that order.
/// False where that could not be done: then nothing may be freed yet.
inline bool fence_everywhere(pin_domain const& domain) noexcept {
#if ROLECALL_HAS_MEMBARRIER
    if (domain.asymmetric.load(std::memory_order_relaxed))
        return barrier_call(MEMBARRIER_CMD_PRIVATE_EXPEDITED) ||
               (barrier_call(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) &&
                barrier_call(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) ||
               barrier_call(MEMBARRIER_CMD_GLOBAL);
#endif
    // Each reader stored its epoch, and `current` was stored, sequentially consistent.
    static_cast<void>(domain);
    return true;
}

/// Whether nobody uses what was replaced before the epoch went on from `before`. Only after
/// fence_everywhere.
inline bool unused_since(pin_domain const& domain, std::uint64_t before) noexcept {
    for (pin_slot* s = domain.slots.load(std::memory_order_seq_cst); s != nullptr; s = s->next) {
        std::uint64_t const pinned = s->epoch.load(std::memory_order_seq_cst);
        if (pinned != 0 && pinned <= before) return false;
    }
    return true;
}

#if defined(__linux__)
// A child process has one thread, the one that forked; the slots of all others are idle.
inline void lock_for_fork() noexcept { this_domain().lock.lock(); }
inline void unlock_after_fork() noexcept { this_domain().lock.unlock(); }
inline void keep_own_slot_only() noexcept {
    pin_domain& domain = this_domain();
    for (pin_slot* s = domain.slots.load(std::memory_order_acquire); s != nullptr; s = s->next)
        if (s != this_thread.own) give_back(*s);
#if ROLECALL_HAS_MEMBARRIER
    if (domain.asymmetric.load(std::memory_order_relaxed))
        barrier_call(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
#endif
    domain.lock.unlock();
}
#endif

inline pin_slot* slot_of_this_thread() noexcept {
    if (this_thread.own != nullptr) return this_thread.own;
    pin_domain& domain = this_domain();
    pin_slot* const slot = claim_slot(domain);
    if (slot == nullptr) return nullptr;
    slot->of = &this_thread;
    slot->fast_of = &fast_slot;
    this_thread.own = slot;
    if (this_thread.ending) {  // nothing will tell when it has ended
        slot->fast_for = nullptr;
        slot->until_idle = true;
        return slot;
    }
    struct keeper {
        keeper() = default;
        keeper(keeper const&) = delete;
        keeper& operator=(keeper const&) = delete;
        ~keeper() {
            pin_slot& mine = *this_thread.own;
            if (fast_slot == &mine) fast_slot = &no_slot;
            this_thread.ending = true;
            mine.until_idle = true;
            if (mine.depth == 0) end_use(mine);
        }
        void touch() noexcept {}
    };
    static thread_local keeper until_end;
    until_end.touch();
    if (domain.asymmetric.load(std::memory_order_relaxed)) {
        slot->fast_for = &domain;
        fast_slot = slot;
    }
    return slot;
}

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/pins.hpp>
#endif

#endif
