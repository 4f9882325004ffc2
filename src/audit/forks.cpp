#include "audit/forks.hpp"

#include <rolecall/detail/control_lock.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <pthread.h>

namespace rolecall::inline v0_1::audit {

using detail::locked;

struct fork_watch::all_watches {
    detail::control_lock guard;
    fork_watch* first = nullptr;
    bool installed = false;
};

fork_watch::all_watches& fork_watch::all() noexcept {
    static constinit all_watches watches{};
    return watches;
}

fork_watch::fork_watch(callback called, void* of) : callback_(called), of_(of) {
    locked const hold(all().guard);
    if (!all().installed && ::pthread_atfork(&before, &in_parent, &in_child) != 0)
        detail::out_of_memory();
    all().installed = true;
    next_ = all().first;
    if (next_ != nullptr) next_->previous_ = this;
    all().first = this;
}

fork_watch::~fork_watch() {
    locked const hold(all().guard);
    (previous_ != nullptr ? previous_->next_ : all().first) = next_;
    if (next_ != nullptr) next_->previous_ = previous_;
}

void fork_watch::before() noexcept { all().guard.lock(); }

void fork_watch::in_parent() noexcept { all().guard.unlock(); }

void fork_watch::in_child() noexcept {
    for (fork_watch* w = all().first; w != nullptr; w = w->next_) w->callback_(w->of_);
    all().guard.unlock();
}

}  // namespace rolecall::inline v0_1::audit
