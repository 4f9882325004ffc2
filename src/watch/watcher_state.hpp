// What a policy_watcher does at each look, and what it remembers of the one before.
//
//     look ─▶ fingerprint as it was, and old enough? ── yes ─▶ unchanged
//               │ no
//             wait until it stays as it is, read everything once
//               │
//             the bytes of the last look, or those that decide? ── yes ─▶ unchanged
//               │ no
//             load ─▶ policy: replace, activated ─▶ tell the listener
//                  └▶ errors: tell the sink, refused ─▶ tell the listener
//
// INVARIANT: what is loaded is what was read, once; nothing is opened again after it was
// compared, and the authorizer is told of a whole policy or of none.
#ifndef ROLECALL_SRC_WATCH_WATCHER_STATE_HPP
#define ROLECALL_SRC_WATCH_WATCHER_STATE_HPP

#include "watch/files_read.hpp"
#include "watch/fingerprint.hpp"
#include "watch/wake.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/control_lock.hpp>
#include <rolecall/detail/listener_handle.hpp>
#include <rolecall/policy_watcher.hpp>

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rolecall::inline v0_1::detail {

class watcher_state {
public:
    watcher_state(authorizer& pdp, std::string path, watch_options const& options,
                  listener_handle listener);
    watcher_state(watcher_state const&) = delete;
    watcher_state& operator=(watcher_state const&) = delete;
    ~watcher_state() = default;

    void start();
    void stop() noexcept;

    /// Looks once; see `policy_watcher::check_now`.
    watch_outcome look(bool read_anyway) noexcept;

    [[nodiscard]] watch_status status() const;

    /// Whether this process is a child of the one that the watcher was made in: then no lock
    /// may be taken, and the thread is not there.
    [[nodiscard]] bool inherited() const noexcept;

private:
    watch_outcome look_at_files(bool read_anyway);
    [[nodiscard]] bool may_differ(watch::fingerprint const& now, bool read_anyway);
    [[nodiscard]] std::optional<watch::files_read> settled_files();
    [[nodiscard]] watch::files_read read_files();

    watch_outcome take(watch::files_read read);
    watch_outcome activate(policy const& before, policy const& newer,
                           std::vector<diagnostic> warnings);
    watch_outcome refuse(std::vector<diagnostic> findings, std::string digest);
    watch_outcome fail(std::string_view why) noexcept;
    void clear_refusal() noexcept;
    void tell_listener() const noexcept;

    void run() noexcept;
    [[nodiscard]] bool follow_hints() noexcept;
    [[nodiscard]] bool wait_for_a_reason() noexcept;

    // Set once.
    authorizer& pdp_;
    std::string const given_, path_;  // as the user wrote it, and wherever the process goes
    watch_options const options_;
    listener_handle const listener_;
    pid_t const process_;
    watch::stop_signal stop_;
    std::thread thread_;

    // Of whoever looks.
    control_lock looking_;
    std::atomic<std::thread::id> looker_{};
    watch::change_hints hints_;  // of the thread alone
    watch::fingerprint seen_;    // before the files were read
    std::string tried_;          // the identity of what was read; empty: no look ended yet
    std::string deciding_;       // the identity of what decides; empty: it came otherwise
    std::int64_t read_at_ = 0;
    bool failing_ = false;  // the last look could not come to its end

    // What others may ask meanwhile.
    mutable control_lock status_lock_;
    watch_status status_;
    std::vector<diagnostic> warnings_;  // of the files that decide
    std::int64_t looked_at_ = -1;
};

}  // namespace rolecall::inline v0_1::detail

#endif
