// How a user_store makes changes.
#include "store/clock.hpp"
#include "store/edit_run.hpp"
#include "store/store_state.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace rolecall::inline v0_1::detail {

using kind = user_store_error::kind;
using sqlite::transaction;

/// While this process holds the file's write lock, nobody can change the file: a copy that was
/// made under it stays true, however long the edits take.
class store_state::fresh_while_locked {
public:
    explicit fresh_while_locked(store_state& of) noexcept : of_(of) {
        of_.fresh_until_.store(always, std::memory_order_release);
    }
    fresh_while_locked(fresh_while_locked const&) = delete;
    fresh_while_locked& operator=(fresh_while_locked const&) = delete;
    ~fresh_while_locked() { of_.seen_at(user_file::now_ms()); }

private:
    store_state& of_;
};

edit_report store_state::apply(std::span<user_edit const> edits, edit_options const& options) {
    must_be_here();
    if (options_.read_only)
        throw user_store_error(kind::read_only, path_ + ": it was opened to be read only");
    std::unique_lock hold(file_lock_, std::defer_lock);
    std::optional<transaction> writing;
    begin_writing(hold, writing);
    bool changed = false;
    edit_report report;
    try {
        file_.must_lie_at_its_path();
        catch_up(0);
        fresh_while_locked const fresh(*this);
        user_file::edit_run run(tables_, edits, options);
        report = run.run();
        report.committed = report.accepted && !options.trial;
        changed = report.committed && run.changed();
        if (changed) {
            log_->add(run.users(), run.too_many());
            file_.must_lie_at_its_path();
            writing->commit();
        }
        writing.reset();  // before `fresh`: until here, nobody else could write
    } catch (user_store_error const& problem) {
        if (problem.why() == kind::corrupt || problem.why() == kind::not_ours ||
            problem.why() == kind::newer || problem.why() == kind::gone)
            note(problem);
        throw;
    }
    if (changed) show_what_was_committed();
    return report;
}

// Takes the locks of this process and of the file. The lock of this process is not held while
// another process has that of the file: until then, looks go on.
void store_state::begin_writing(std::unique_lock<std::mutex>& hold,
                                std::optional<transaction>& writing) {
    using std::chrono::milliseconds;
    using std::chrono::steady_clock;
    constexpr milliseconds longest_nap{4};
    auto const until = steady_clock::now() + milliseconds(options_.busy_ms);
    sqlite::database& file = file_.connection();
    for (milliseconds nap{1};; nap = std::min(nap * 2, longest_nap)) {
        hold.lock();
        file.wait_for_locks(0);
        try {
            writing.emplace(file, transaction::kind::write);
        } catch (user_store_error const& problem) {
            if (problem.why() != kind::busy || steady_clock::now() >= until) {
                file.wait_for_locks(user_file::open_file::question_waits_ms);
                throw;
            }
        }
        file.wait_for_locks(user_file::open_file::question_waits_ms);
        if (writing) return;
        hold.unlock();
        std::this_thread::sleep_for(nap);
    }
}

// It is on disk and can't be taken back. Where it can't be shown now, nobody is answered from
// the copy until it is.
void store_state::show_what_was_committed() noexcept {
    try {
        look(1);
    } catch (...) {
        data_version_ = -1;
        fresh_until_.store(never, std::memory_order_release);
    }
}

}  // namespace rolecall::inline v0_1::detail
