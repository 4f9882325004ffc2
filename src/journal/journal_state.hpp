// All of a journal that is open: its writer, its rings, its thread.
#ifndef ROLECALL_SRC_JOURNAL_JOURNAL_STATE_HPP
#define ROLECALL_SRC_JOURNAL_JOURNAL_STATE_HPP

#include "audit/forks.hpp"
#include "journal/mover.hpp"
#include "journal/open_writer.hpp"
#include "journal/policy_slots.hpp"
#include "journal/recorder_pool.hpp"
#include "journal/signing.hpp"
#include "journal/tend.hpp"
#include <rolecall/audit_mode.hpp>
#include <rolecall/journal.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Shared by the threads that record and the one that writes.
///
///     recording threads   rings, then `wanted_` where they wait for the disk
///     the journal's       inbox → mover → chain → disk, then `done_`
///
/// INVARIANT: `done_` is t only if everything that was in the rings and in the inbox when `wanted_`
/// became t is on the disk.
class journal_state {
public:
    journal_state(std::string const& folder, journal_options options,
                  trail::writer_wanted const& wanted = {});
    journal_state(journal_state const&) = delete;
    journal_state& operator=(journal_state const&) = delete;
    ~journal_state();

    [[nodiscard]] bool is_open() const noexcept;
    [[nodiscard]] std::string problem() const;
    /// Of a journal that is not open: errno, or 0.
    [[nodiscard]] int open_error() const noexcept { return open_error_; }
    [[nodiscard]] journal_status status() const;
    [[nodiscard]] std::uint64_t failures() const noexcept;

    [[nodiscard]] recorded record(audit_event const& event) noexcept;

    /// Everything so far is on the disk; false where the disk refused, or after the time.
    [[nodiscard]] bool sync(unsigned limit_ms);
    [[nodiscard]] bool note(journal_note what,
                            std::vector<std::pair<std::string, std::string>> details);
    [[nodiscard]] bool rotate();
    [[nodiscard]] std::int64_t retain(std::int64_t before);
    [[nodiscard]] journal_head head();

    /// Whether this process is a child of the one that opened it: then it may only be forgotten.
    [[nodiscard]] bool inherited() const noexcept { return forked_; }

private:
    using clock = std::chrono::steady_clock;
    using task = std::function<trail::trouble()>;

    [[nodiscard]] trail::trouble open(std::string const& folder,
                                      trail::writer_wanted const& wanted);
    [[nodiscard]] trail::trouble read_keys();

    [[nodiscard]] recorded record_slowly(trail::recorder* by, audit_event const& event,
                                         audit_mode mode);
    [[nodiscard]] trail::recorder::outcome try_to_record(trail::recorder& by,
                                                         audit_event const& event);
    [[nodiscard]] bool use_policy(trail::recorder& by, audit_event const& event);
    [[nodiscard]] bool wait_for_disk(clock::time_point until);
    recorded lose(trail::recorder* by, audit_event const& event, audit_mode mode) noexcept;
    void wake() noexcept;

    /// Has the journal's thread do it, between two rounds, and waits.
    [[nodiscard]] trail::trouble run(task const& what);

    // Of the journal's thread.
    void work();
    void work_once();
    [[nodiscard]] trail::trouble write_all_of(std::uint64_t ticket);
    [[nodiscard]] trail::trouble move_and_sync();
    [[nodiscard]] trail::trouble checkpoint();
    void take_inbox();
    void tell_place();
    void finish_tasks();
    void is_well(std::uint64_t ticket);
    void is_failing(trail::trouble const& why, std::uint64_t ticket);
    void look_at_clock();
    void look_for_request();
    [[nodiscard]] trail::trouble do_here(trail::wish const& wanted, std::int64_t& segments);
    void publish_time();
    void rest();
    void stop();
    [[nodiscard]] trail::trouble rotate_here();
    [[nodiscard]] trail::trouble retain_here(std::int64_t before, std::uint64_t through,
                                             std::int64_t& dropped);

    static void left_to_parent(void* of) noexcept;

    // Read by every event.
    trail::journal_words words_;
    std::uint64_t number_ = 0;  // of this journal, in this process
    bool forked_ = false;
    std::atomic<bool> failing_{false};
    std::shared_ptr<trail::recorder_pool> pool_;

    journal_options options_;
    std::string open_problem_ = "it was never opened";
    int open_error_ = 0;
    trail::open_writer writer_;
    std::optional<trail::mover> mover_;
    std::optional<trail::signing_key> key_;
    std::uint64_t run_ = 0;

    mutable std::mutex guard_;
    std::condition_variable for_thread_, for_waiters_;
    std::uint64_t wanted_ = 0, done_ = 0, refused_ = 0;  // tickets
    std::vector<trail::policy_entry> new_policies_;
    struct waiting_note {
        journal_note what;
        std::vector<std::pair<std::string, std::string>> details;
    };
    std::deque<waiting_note> new_notes_;
    struct waiting_task {
        task const* what;
        trail::trouble* result;
        bool* is_done;
    };
    std::vector<waiting_task> tasks_;
    trail::policy_slots policies_;
    std::string problem_;
    journal_status status_;
    bool stopping_ = false;
    std::atomic<bool> woken_{false};

    // Of the journal's thread.
    clock::time_point last_sync_, last_checkpoint_, last_look_, last_busy_, next_try_;
    std::int64_t last_time_ = 0;      // by the system's clock,
    clock::time_point last_time_at_;  // at this
    std::uint64_t ticket_ = 0;
    bool checkpoint_due_ = false;

    std::optional<audit::fork_watch> watch_;
    std::thread thread_;
};

}  // namespace rolecall::inline v0_1::detail

#endif
