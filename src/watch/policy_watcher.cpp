#include "watch/watcher_state.hpp"
#include <rolecall/policy_watcher.hpp>

#include <memory>
#include <utility>

namespace rolecall::inline v0_1 {

policy_watcher::policy_watcher(authorizer& pdp, std::string path, watch_options const& options)
    : policy_watcher(pdp, std::move(path), options, detail::listener_handle()) {}

policy_watcher::policy_watcher(authorizer& pdp, std::string path, watch_options const& options,
                               detail::listener_handle listener) {
    auto made =
        std::make_unique<detail::watcher_state>(pdp, std::move(path), options, std::move(listener));
    made->start();
    state_ = made.release();
}

policy_watcher::~policy_watcher() {
    // In a child process, what the thread was in the middle of stays as it was: nothing of it
    // can be taken apart.
    if (state_->inherited()) return;
    state_->stop();
    delete state_;
}

watch_outcome policy_watcher::check_now() noexcept {
    return state_->inherited() ? watch_outcome::unchanged : state_->look(true);
}

watch_status policy_watcher::status() const { return state_->status(); }

}  // namespace rolecall::inline v0_1
