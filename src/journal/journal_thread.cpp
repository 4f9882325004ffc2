// What the journal's own thread does: rounds of moving, syncing, signing and looking around.
#include "journal/journal_state.hpp"
#include "journal/request_file.hpp"
#include "journal/retain.hpp"
#include "journal/run_notes.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::detail {

using std::chrono::milliseconds;
using trail::trouble;

namespace {

constexpr milliseconds between_rounds{1};
constexpr milliseconds between_naps{100};  // of a thread that has nothing to do
constexpr milliseconds idle_before_nap{50};
constexpr milliseconds between_looks{100};
constexpr milliseconds between_tries{100};                 // of a disk that refused
constexpr std::int64_t small_step = 100'000'000;           // of the clock, back
constexpr std::int64_t large_step = 60 * 1'000'000'000LL;  // and forward

// What a call throws becomes trouble: the thread goes on.
template <class Call>
trouble guarded(Call&& call) {
    try {
        return call();
    } catch (std::bad_alloc const&) {
        return {"lacks memory", ENOMEM};
    } catch (std::exception const& error) {
        return {error.what(), 0};
    }
}

}  // namespace

void journal_state::work() {
    for (bool stops = false; !stops;) {
        {
            std::lock_guard const hold(guard_);
            stops = stopping_;
            ticket_ = wanted_;
            woken_ = false;
        }
        work_once();
        if (!stops) rest();
    }
    static_cast<void>(guarded([&]() -> trouble {
        stop();
        return {};
    }));
}

void journal_state::work_once() {
    bool const may_try = !failing_ || clock::now() >= next_try_;
    trouble why = guarded([&]() -> trouble {
        take_inbox();
        look_at_clock();
        finish_tasks();
        return may_try ? write_all_of(ticket_) : trouble{};
    });
    if (why)
        is_failing(why, ticket_);
    else if (failing_ && !may_try)
        is_failing({}, ticket_);
    if (clock::now() - last_look_ >= between_looks) {
        last_look_ = clock::now();
        static_cast<void>(guarded([&]() -> trouble {
            look_for_request();
            return {};
        }));
    }
    publish_time();
}

// Where memory lacks in its middle, what was not taken is taken the next time, and nothing twice.
void journal_state::take_inbox() {
    for (trail::ring const& fresh : pool_->rings_from(mover_->rings())) mover_->add(fresh);
    std::lock_guard const hold(guard_);
    for (trail::policy_entry const& p : new_policies_) mover_->add(p);  // again says the same
    new_policies_.clear();
    for (; !new_notes_.empty(); new_notes_.pop_front())
        mover_->add_note(new_notes_.front().what, new_notes_.front().details);
}

trouble journal_state::write_all_of(std::uint64_t ticket) {
    std::uint64_t const before = writer_.chain->next_sequence();
    if (trouble why = mover_->move()) return why;
    auto const now = clock::now();
    if (writer_.chain->next_sequence() != before) {
        last_busy_ = now;
        checkpoint_due_ = true;
    }
    bool waited_for = false;
    {
        std::lock_guard const hold(guard_);
        waited_for = done_ < ticket;
    }
    bool const due = mover_->unsynced() && (now - last_sync_ >= milliseconds(options_.sync_ms) ||
                                            mover_->short_of_room());
    bool const sign =
        checkpoint_due_ && now - last_checkpoint_ >= milliseconds(options_.checkpoint_ms);
    if (sign)
        if (trouble why = checkpoint()) return why;
    if (!due && !waited_for && !sign && !failing_) return {};
    std::uint64_t const moved = writer_.chain->next_sequence();
    if (trouble why = mover_->sync()) return why;
    if (writer_.chain->next_sequence() != moved) checkpoint_due_ = true;  // it told of a gap
    last_sync_ = clock::now();
    is_well(ticket);
    return {};
}

trouble journal_state::move_and_sync() {
    if (trouble why = mover_->move()) return why;
    return mover_->sync();
}

// A signed head, at the end of what is there. Whoever calls it syncs.
trouble journal_state::checkpoint() {
    last_checkpoint_ = clock::now();
    checkpoint_due_ = false;
    if (!key_) return {};
    if (trouble why = mover_->sync()) return why;
    if (trouble why = writer_.chain->checkpoint(*key_)) return why;
    return writer_.chain->sync();
}

void journal_state::is_well(std::uint64_t ticket) {
    std::vector<std::uint16_t> gone;
    {
        std::lock_guard const hold(guard_);
        done_ = std::max(done_, ticket);
        gone = policies_.let_go(done_);
        tell_place();
        problem_.clear();
        failing_.store(false, std::memory_order_release);
    }
    for (std::uint16_t const slot : gone) mover_->forget_policy(slot);
    for_waiters_.notify_all();
}

void journal_state::is_failing(trouble const& why, std::uint64_t ticket) {
    {
        std::lock_guard const hold(guard_);
        refused_ = std::max(refused_, ticket);
        if (why) problem_ = no_throw(std::string("lacks memory"), [&] { return why.text(); });
        failing_.store(true, std::memory_order_release);
    }
    if (why) next_try_ = clock::now() + between_tries;
    for_waiters_.notify_all();
}

// Under the lock.
void journal_state::tell_place() {
    status_.segment = writer_.chain->segment();
    status_.on_disk = writer_.chain->synced_sequence();
}

void journal_state::finish_tasks() {
    std::vector<waiting_task> tasks;
    {
        std::lock_guard const hold(guard_);
        tasks.swap(tasks_);
    }
    for (waiting_task const& t : tasks) {
        trouble why = guarded(*t.what);
        std::lock_guard const hold(guard_);
        tell_place();
        *t.result = std::move(why);
        *t.is_done = true;
        for_waiters_.notify_all();
    }
}

// Times in the trail go on with the clock of the system; where somebody set that, the trail says
// so.
void journal_state::look_at_clock() {
    std::int64_t const now = unix_nanoseconds();
    auto const at = clock::now();
    std::int64_t const passed =
        std::chrono::duration_cast<std::chrono::nanoseconds>(at - last_time_at_).count();
    std::int64_t const step = now - last_time_ - passed;
    if (step < -small_step || step > large_step)
        mover_->add_note(
            journal_note::clock_changed,
            {{"from", std::to_string(last_time_ + passed)}, {"to", std::to_string(now)}});
    last_time_ = now;
    last_time_at_ = at;
}

void journal_state::publish_time() {
    words_.now.store(failing_ ? 0 : unix_nanoseconds(), std::memory_order_relaxed);
}

void journal_state::rest() {
    bool const idle = !failing_ && !mover_->unsynced() && !checkpoint_due_ &&
                      clock::now() - last_busy_ >= idle_before_nap;
    if (idle) {
        // From now on whoever records looks at the clock itself, and wakes this thread.
        words_.now.store(0, std::memory_order_seq_cst);
        if (mover_->waiting() > 0) return;
    }
    std::unique_lock hold(guard_);
    for_thread_.wait_for(hold, idle ? between_naps : between_rounds, [&] {
        return stopping_ || woken_.load(std::memory_order_relaxed) || wanted_ != ticket_ ||
               !tasks_.empty();
    });
}

void journal_state::stop() {
    words_.now.store(0, std::memory_order_relaxed);
    trouble why = move_and_sync();
    if (!why) {
        mover_->add_note(journal_note::stopped, trail::stopped_details(run_, mover_->records()));
        why = move_and_sync();
    }
    if (!why) why = checkpoint();
    if (!why) why = writer_.chain->finish();
    // What could not be written stays in the rings, for the next that opens the journal.
    if (!why && mover_->waiting() == 0) why = pool_->remove_files();
    if (why) is_failing(why, ticket_);
}

trouble journal_state::rotate_here() {
    std::optional<trail::signing_key> before = key_;
    if (trouble why = read_keys()) return why;
    if (before && trail::key_changes(before->fingerprint(), key_ ? &*key_ : nullptr))
        mover_->add_note(
            journal_note::key_changed,
            trail::key_changed_details(writer_.journal, before->fingerprint(), &*before, *key_));
    if (trouble why = move_and_sync()) return why;
    if (trouble why = checkpoint()) return why;
    return mover_->roll();
}

// What is old enough was found before, on another thread: that takes long, and this one has records
// to move.
trouble journal_state::retain_here(std::int64_t before, std::uint64_t through,
                                   std::int64_t& dropped) {
    trail::retained_segments which;
    if (trouble why = trail::segments_through(trail::real_files(), writer_.taken.folder,
                                              writer_.chain->segment(), through, which))
        return why;
    dropped = static_cast<std::int64_t>(which.count);
    if (which.count == 0) return {};
    mover_->add_note(journal_note::retained, which.details(before));
    if (trouble why = move_and_sync()) return why;
    if (trouble why = checkpoint()) return why;
    return writer_.chain->drop_through(which.through);
}

// Another process asks by a file, for it may not write to this chain.
void journal_state::look_for_request() {
    std::string const& folder = writer_.taken.folder;
    auto const asked = trail::read_request(folder);
    if (!asked) return;
    trail::written_answer answer;
    if (trouble const why = guarded([&] { return do_here(asked->wanted, answer.segments); }))
        answer.problem = why.text();
    {
        std::lock_guard const hold(guard_);
        tell_place();
    }
    trail::answer_request(folder, asked->id, answer);
}

trouble journal_state::do_here(trail::wish const& wanted, std::int64_t& segments) {
    if (failing_) return {problem(), 0};
    switch (wanted.what) {
        case trail::wish::kind::rotate: return rotate_here();
        case trail::wish::kind::retain: return retain_here(wanted.before, wanted.through, segments);
        case trail::wish::kind::read:
            mover_->add_note(journal_note::read,
                             trail::read_details(wanted.by, wanted.how, wanted.about));
    }
    if (trouble why = move_and_sync()) return why;
    return checkpoint();
}

}  // namespace rolecall::inline v0_1::detail
