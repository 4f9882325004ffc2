// Pins: how a reader keeps what it reads from being freed, without waiting and without a lock.
//
//     thread ──▶ slot [ epoch at which it pinned; 0: idle ]      a cache line for each thread
//     domain     [ epoch now ]  ──▶ slot ──▶ slot ──▶ …          one for the process
//
//     reader                               writer
//       slot.epoch = domain.epoch            current = newer
//       fence                                epoch before = domain.epoch++
//       read what `current` points to        fence
//       slot.epoch = 0                       older is unused once each slot is idle, or
//                                            pinned after `before`
//
// Between the fences, either the reader sees the newer policy or the writer sees the slot.
//
// The reader's fence must cost nothing, so it only holds the compiler: the writer makes every
// core of the process pass a barrier instead, with membarrier(2) of Linux. Where that can't be
// had (another system, a sandbox that refuses it, ThreadSanitizer, which does not know it), no
// thread is given a fast slot, and each reader takes the slow path with a full fence of its own.
//
// INVARIANT: slots are never freed, only used again, so a walk over them needs no lock.
// INVARIANT: each store of an epoch is a release, so that whoever sees a pin, or an idle slot,
// sees the end of every pin of that slot before it.
#ifndef ROLECALL_DETAIL_PINS_HPP
#define ROLECALL_DETAIL_PINS_HPP

#include <rolecall/detail/control_lock.hpp>

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

namespace rolecall::detail {

struct pin_domain;
struct pinning_thread;

struct alignas(64) pin_slot {
    std::atomic<std::uint64_t> epoch{0};
    pin_domain const* fast_for = nullptr;  // the domain, if its readers need no fence
    pinning_thread* of = nullptr;          // whose it is
    std::uint32_t depth = 0;               // pins of its thread, one inside the other
    bool until_idle = false;               // of a thread whose end began: kept while it pins
    std::atomic<bool> taken{false};
    pin_slot* next = nullptr;
};

/// All slots of the process, or of one of its shared libraries where those hide their symbols.
/// A reader always uses the slots of the domain that the authorizer belongs to.
struct pin_domain {
    alignas(64) std::atomic<std::uint64_t> epoch{1};
    std::atomic<pin_slot*> slots{nullptr};
    std::atomic<bool> asymmetric{false};
    std::atomic<bool> ready{false};
    control_lock lock;  // of getting ready, and held while the process forks
    pin_slot* (*slot_of_this_thread)() noexcept = nullptr;
};

/// What a thread has before it pins for the first time, and after its end began.
inline constinit pin_slot no_slot{};

/// A thread, as the domain of the same program or library knows it.
struct pinning_thread {
    // Its slot, while it pins nothing and readers need no fence; else one that fits nothing.
    pin_slot* fast = &no_slot;
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

inline void end_use(pin_slot& slot) noexcept {
    slot.of->own = nullptr;
    give_back(slot);
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

inline pin_domain& this_domain() noexcept;

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
            this_thread = {&no_slot, &mine, true};
            mine.until_idle = true;
            if (mine.depth == 0) end_use(mine);
        }
        void touch() noexcept {}
    };
    static thread_local keeper until_end;
    until_end.touch();
    if (domain.asymmetric.load(std::memory_order_relaxed)) {
        slot->fast_for = &domain;
        this_thread.fast = slot;
    }
    return slot;
}

/// The domain of this program or shared library, ready to be used.
inline pin_domain& this_domain() noexcept {
    static constinit pin_domain domain{};
    if (domain.ready.load(std::memory_order_acquire)) return domain;
    locked const hold(domain.lock);
    if (domain.ready.load(std::memory_order_relaxed)) return domain;
    domain.slot_of_this_thread = slot_of_this_thread;
#if ROLECALL_ASYMMETRIC_FENCES
    domain.asymmetric.store(barrier_call(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) &&
                                barrier_call(MEMBARRIER_CMD_PRIVATE_EXPEDITED),
                            std::memory_order_relaxed);
#endif
#if defined(__linux__)
    ::pthread_atfork(lock_for_fork, unlock_after_fork, keep_own_slot_only);
#endif
    domain.ready.store(true, std::memory_order_release);
    return domain;
}

/// Keeps everything that an authorizer of the domain points to alive, for a scope of one
/// thread. Pins of one thread may lie one inside the other, and end in any order.
class pin {
public:
    explicit pin(pin_domain& domain) noexcept
        : slot_(this_thread.fast->fast_for == &domain ? this_thread.fast
                                                      : domain.slot_of_this_thread()) {
        if (slot_ == nullptr || slot_->depth++ > 0) return;
        std::uint64_t const now = domain.epoch.load(std::memory_order_acquire);
        if (slot_->fast_for != nullptr) {
            slot_->of->fast = &no_slot;
            slot_->epoch.store(now, std::memory_order_release);
            std::atomic_signal_fence(std::memory_order_seq_cst);
        } else {
            slot_->epoch.store(now, std::memory_order_seq_cst);
        }
    }
    pin(pin const&) = delete;
    pin& operator=(pin const&) = delete;
    ~pin() {
        if (slot_ == nullptr || --slot_->depth > 0) return;
        slot_->epoch.store(0, std::memory_order_release);
        if (slot_->until_idle) {
            end_use(*slot_);
        } else if (slot_->fast_for != nullptr) {
            slot_->of->fast = slot_;
        }
    }

    /// False where memory for a slot was lacking: nothing is kept alive.
    [[nodiscard]] bool holds() const noexcept { return slot_ != nullptr; }

    /// Whether this thread has pinned anything in the domain.
    [[nodiscard]] static bool held_in(pin_domain& domain) noexcept {
        pin const one_more(domain);
        return one_more.holds() && one_more.slot_->depth > 1;
    }

private:
    pin_slot* slot_;
};

/// The same for one check, of a few instructions: where the thread has a slot whose readers
/// need no fence, and pins nothing yet.
class quick_pin {
public:
    explicit quick_pin(pin_domain const& domain) noexcept : slot_(*this_thread.fast) {
        holds_ = slot_.fast_for == &domain;
        if (!holds_) return;
        slot_.epoch.store(domain.epoch.load(std::memory_order_acquire), std::memory_order_release);
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    quick_pin(quick_pin const&) = delete;
    quick_pin& operator=(quick_pin const&) = delete;
    ~quick_pin() {
        if (holds_) slot_.epoch.store(0, std::memory_order_release);
    }

    /// False where a `pin` is needed.
    [[nodiscard]] bool holds() const noexcept { return holds_; }

private:
    pin_slot& slot_;
    bool holds_;
};

}  // namespace rolecall::detail

#endif
