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
#include <rolecall/detail/export.hpp>

#include <atomic>
#include <cstdint>

namespace rolecall::inline v0_1::detail {

struct pin_domain;
struct pin_slot;
struct pinning_thread;

struct alignas(64) pin_slot {
    std::atomic<std::uint64_t> epoch{0};
    pin_domain const* fast_for = nullptr;  // the domain, if its readers need no fence
    pinning_thread* of = nullptr;          // whose it is
    pin_slot** fast_of = nullptr;          // where its thread looks for a fast slot
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
[[gnu::visibility("default")]] inline constinit pin_slot no_slot{};

/// The slot of this thread, while it pins nothing and readers need no fence; else one that fits
/// nothing. Shown by shared libraries whatever they hide, so that a slot that one of them gave
/// out is found by the next check; where it is not, that check is slower, and right.
[[gnu::visibility("default")]] inline constinit thread_local pin_slot* fast_slot = &no_slot;

/// For a thread that pins its first time or pins no longer.
ROLECALL_COLD void end_use(pin_slot& slot) noexcept;

/// Whether this thread has pinned anything in the domain.
ROLECALL_COLD bool pinned_by_this_thread(pin_domain& domain) noexcept;

/// The domain of this program or shared library, ready to be used.
ROLECALL_COLD pin_domain& this_domain() noexcept;

/// Keeps everything that an authorizer of the domain points to alive, for a scope of one
/// thread. Pins of one thread may lie one inside the other, and end in any order.
class pin {
public:
    explicit pin(pin_domain& domain) noexcept
        : slot_(fast_slot->fast_for == &domain ? fast_slot : domain.slot_of_this_thread()) {
        if (slot_ == nullptr || slot_->depth++ > 0) return;
        std::uint64_t const now = domain.epoch.load(std::memory_order_acquire);
        if (slot_->fast_for != nullptr) {
            *slot_->fast_of = &no_slot;
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
            *slot_->fast_of = slot_;
        }
    }

    /// False where memory for a slot was lacking: nothing is kept alive.
    [[nodiscard]] bool holds() const noexcept { return slot_ != nullptr; }

    /// Whether this thread pinned it before, too.
    [[nodiscard]] bool again() const noexcept { return holds() && slot_->depth > 1; }

private:
    pin_slot* slot_;
};

/// The same for one check, of a few instructions: where the thread has a slot whose readers
/// need no fence, and pins nothing yet.
class quick_pin {
public:
    explicit quick_pin(pin_domain const& domain) noexcept : slot_(*fast_slot) {
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

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/slots.hpp>
#endif

#endif
