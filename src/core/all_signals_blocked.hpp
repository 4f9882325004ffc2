// Threads of ours leave signals to the application.
#ifndef ROLECALL_SRC_CORE_ALL_SIGNALS_BLOCKED_HPP
#define ROLECALL_SRC_CORE_ALL_SIGNALS_BLOCKED_HPP

#include <pthread.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigset_t is POSIX

namespace rolecall::inline v0_1::detail {

/// A thread that is started while it lives is never interrupted by a signal.
class all_signals_blocked {
public:
    all_signals_blocked() noexcept {
        sigset_t all{};
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    all_signals_blocked(all_signals_blocked const&) = delete;
    all_signals_blocked& operator=(all_signals_blocked const&) = delete;
    ~all_signals_blocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace rolecall::inline v0_1::detail

#endif
