// The thread of a user_store, which looks for changes of other processes.
#include "core/all_signals_blocked.hpp"
#include "store/store_state.hpp"

#include <pthread.h>

#include <chrono>
#include <csignal>
#include <system_error>

namespace rolecall::inline v0_1::detail {

void store_state::start() {
    if (!options_.start_thread) return;
    all_signals_blocked const meanwhile;
    try {
        thread_ = std::thread([this] { run(); });
    } catch (std::system_error const& problem) {
        throw user_store_error(user_store_error::kind::io,
                               path_ + ": no thread can be started to look after it (" +
                                   problem.code().message() + ')');
    }
}

void store_state::stop() noexcept {
    {
        std::scoped_lock const hold(sleep_lock_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void store_state::run() noexcept {
#if defined(__linux__)
    ::pthread_setname_np(::pthread_self(), "rolecall-users");
#endif
    std::chrono::milliseconds const pause(options_.poll_ms);
    bool answered = true;
    std::unique_lock sleeping(sleep_lock_);
    while (!wake_.wait_for(sleeping, pause, [this] { return stopping_; })) {
        sleeping.unlock();
        try {
            std::scoped_lock const hold(file_lock_);
            look(0);
        } catch (...) {  // NOLINT(bugprone-empty-catch): look() has noted it, and is tried again
        }
        // Sessions go by what they were told: that nobody is answered any more, or is again, is
        // a change.
        bool const answers = available();
        if (answers != answered) tell_all();
        answered = answers;
        sleeping.lock();
    }
}

}  // namespace rolecall::inline v0_1::detail
