// A lock that a child process never inherits in the middle of something.
#ifndef ROLECALL_DETAIL_FORK_SAFE_LOCK_HPP
#define ROLECALL_DETAIL_FORK_SAFE_LOCK_HPP

#include <rolecall/detail/control_lock.hpp>

#if defined(__unix__)
#include <pthread.h>
#endif

namespace rolecall::inline v0_1::detail {

/// A control_lock that whoever forks holds meanwhile: the child, which has only the thread
/// that forked, finds it open and what it guards whole. For sinks. Don't make or destroy one
/// while holding one, and call nobody else's code while holding one.
class fork_safe_lock {
public:
    fork_safe_lock() {
        all_locks& all = registry();
        locked const hold(all.guard);
#if defined(__unix__)
        if (!all.installed) ::pthread_atfork(lock_all, unlock_all, unlock_all);
#endif
        all.installed = true;
        next_ = all.first;
        if (next_ != nullptr) next_->previous_ = this;
        all.first = this;
    }
    fork_safe_lock(fork_safe_lock const&) = delete;
    fork_safe_lock& operator=(fork_safe_lock const&) = delete;
    ~fork_safe_lock() {
        all_locks& all = registry();
        locked const hold(all.guard);
        (previous_ != nullptr ? previous_->next_ : all.first) = next_;
        if (next_ != nullptr) next_->previous_ = previous_;
    }

    void lock() noexcept { lock_.lock(); }
    void unlock() noexcept { lock_.unlock(); }

private:
    struct all_locks {
        control_lock guard;
        fork_safe_lock* first = nullptr;
        bool installed = false;
    };

    static all_locks& registry() noexcept {
        static constinit all_locks all{};
        return all;
    }

    static void lock_all() noexcept {
        registry().guard.lock();
        for (fork_safe_lock* l = registry().first; l != nullptr; l = l->next_) l->lock();
    }
    static void unlock_all() noexcept {
        for (fork_safe_lock* l = registry().first; l != nullptr; l = l->next_) l->unlock();
        registry().guard.unlock();
    }

    control_lock lock_;
    fork_safe_lock* previous_ = nullptr;
    fork_safe_lock* next_ = nullptr;
};

}  // namespace rolecall::inline v0_1::detail

#endif
