// When the thread of a watcher looks, and how it begins and ends.
#include "core/all_signals_blocked.hpp"
#include "watch/watcher_state.hpp"
#include <rolecall/detail/live_state.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <pthread.h>

#include <algorithm>

namespace rolecall::inline v0_1::detail {

namespace {

constexpr unsigned shortest_pause_ms = 10;  // between two looks, however many hints come

}  // namespace

void watcher_state::start() {
    if (!options_.start_thread) return;
    all_signals_blocked const meanwhile;
    thread_ = std::thread([this] { run(); });
}

void watcher_state::stop() noexcept {
    stop_.send();
    if (thread_.joinable()) thread_.join();
}

void watcher_state::run() noexcept {
#if defined(__linux__)
    ::pthread_setname_np(::pthread_self(), "rolecall-watch");
#endif
    do {
        look(false);
        if (follow_hints()) look(false);
    } while (wait_for_a_reason());
}

// Whether changes may have been missed, because something was not followed before.
bool watcher_state::follow_hints() noexcept {
    return no_throw(false, [&] {
        locked const hold(looking_);
        return hints_.follow(path_, seen_.directories);
    });
}

// False to end.
bool watcher_state::wait_for_a_reason() noexcept {
    using watch::woken;
    std::int64_t const until = milliseconds() + std::max(options_.poll_ms, shortest_pause_ms);
    for (;;) {
        if (stop_.wait(shortest_pause_ms) == woken::to_stop) return false;
        switch (stop_.wait(until - milliseconds(), hints_.source())) {
            case woken::to_stop: return false;
            case woken::by_time: return true;
            case woken::by_hint:
                if (hints_.take()) return true;
        }
    }
}

}  // namespace rolecall::inline v0_1::detail
