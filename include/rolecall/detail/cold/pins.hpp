// The domain of a program or shared library, and the end of a slot's use.
#ifndef ROLECALL_DETAIL_COLD_PINS_HPP
#define ROLECALL_DETAIL_COLD_PINS_HPP

#include <rolecall/detail/pins.hpp>
#include <rolecall/detail/slots.hpp>

#include <atomic>

#if defined(__linux__)
#include <pthread.h>
#endif

namespace rolecall::inline v0_1::detail {

ROLECALL_COLD void end_use(pin_slot& slot) noexcept {
    slot.of->own = nullptr;
    give_back(slot);
}

ROLECALL_COLD pin_domain& this_domain() noexcept {
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

ROLECALL_COLD bool pinned_by_this_thread(pin_domain& domain) noexcept {
    return pin(domain).again();
}

}  // namespace rolecall::inline v0_1::detail

#endif
