// Opening and closing, and what threads ask of a journal. journal_thread.cpp has what its own does.
#include "journal/journal_state.hpp"

#include "journal/recorder.hpp"
#include "journal/request_file.hpp"
#include "journal/retain.hpp"
#include "journal/run_notes.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::detail {

using trail::trouble;

namespace {

constexpr std::size_t shortest_secret = 16;
constexpr std::size_t longest_secret = 4096;
constexpr std::size_t most_waiting_notes = 1024;

// No journal of this process has the number of another, nor of one that a child left behind.
std::uint64_t next_number() noexcept {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

trouble wrong_option(journal_options const& o) {
    if (o.ring_records < 64 || o.ring_records > 1'048'576 || !std::has_single_bit(o.ring_records))
        return {"the option ring_records is no power of two from 64 to 1048576", 0};
    if (o.segment_bytes < (64U << 10U) || o.segment_bytes > (std::uint64_t{4} << 30U))
        return {"the option segment_bytes is not from 64 KiB to 4 GiB", 0};
    if (o.sync_ms == 0 || o.checkpoint_ms == 0)
        return {"the options sync_ms and checkpoint_ms must be at least 1", 0};
    if (o.origin.size() > trail::longest_text)
        return {"the option origin is longer than 4096 bytes", 0};
    return {};
}

trouble read_secret(std::string const& path, std::string& secret) {
    struct stat is {};
    if (::stat(path.c_str(), &is) != 0) return {'`' + path + "` can't be read", errno};
    if ((is.st_mode & 077U) != 0)
        return {'`' + path + "` can be read by others than its owner: chmod 600", 0};
    std::ifstream in(path, std::ios::binary);
    secret.assign(std::istreambuf_iterator<char>(in), {});
    if (!in.eof() && in.fail()) return {'`' + path + "` can't be read", errno};
    if (secret.size() < shortest_secret || secret.size() > longest_secret)
        return {'`' + path + "` has " + std::to_string(secret.size()) +
                    " bytes: a key for record ids has 16 to 4096",
                0};
    return {};
}

}  // namespace

journal_state::journal_state(std::string const& folder, journal_options options,
                             trail::writer_wanted const& wanted)
    : number_(next_number()), options_(std::move(options)) {
    try {
        if (trouble const why = open(folder, wanted)) {
            open_problem_ = why.text();
            open_error_ = why.error;
            return;
        }
    } catch (std::runtime_error const& error) {
        open_problem_ = error.what();
        return;
    }
    watch_.emplace(&left_to_parent, this);
    last_sync_ = last_checkpoint_ = last_look_ = last_busy_ = last_time_at_ = clock::now();
    last_time_ = unix_nanoseconds();
    publish_time();
    try {
        thread_ = std::thread([this] { work(); });
    } catch (std::system_error const& error) {
        open_problem_ = error.what();
        return;
    }
    open_problem_.clear();
}

trouble journal_state::open(std::string const& folder, trail::writer_wanted const& wanted) {
    if (trouble why = wrong_option(options_)) return why;
    std::string secret;
    if (!options_.record_key.empty())
        if (trouble why = read_secret(options_.record_key, secret)) return why;
    if (trouble why = read_keys()) return why;
    trail::chain_options chain;
    chain.segment_bytes = options_.segment_bytes;
    chain.now = &unix_nanoseconds;
    if (trouble why = trail::open_a_writer(folder, options_.create, wanted, chain, writer_))
        return why;
    trail::tidy_requests(writer_.taken.folder);

    run_ = trail::new_run();
    mover_.emplace(*writer_.chain, run_, &unix_nanoseconds);
    trail::signing_key const* const key = key_ ? &*key_ : nullptr;
    mover_->add_note(journal_note::started, trail::started_details(run_, options_.origin, key));
    if (key != nullptr && trail::key_changes(writer_.found.last_key, key))
        mover_->add_note(
            journal_note::key_changed,
            trail::key_changed_details(writer_.journal, writer_.found.last_key, nullptr, *key));
    if (trouble why = mover_->move()) return why;
    if (trouble why = mover_->sync()) return why;
    // From the first record on, somebody who has the key answers for this run.
    if (key_) {
        if (trouble why = writer_.chain->checkpoint(*key_)) return why;
        if (trouble why = writer_.chain->sync()) return why;
    }

    pool_ = std::make_shared<trail::recorder_pool>(
        trail::ring_options{writer_.taken.folder, options_.ring_records, run_, std::move(secret)});
    if (trouble why = pool_->begin()) return why;
    status_.writing = true;
    status_.writer = writer_.taken.number;
    tell_place();
    return {};
}

trouble journal_state::read_keys() {
    if (options_.key.empty()) return {};
    std::string problem;
    auto read = trail::signing_key::from_file(options_.key, problem);
    if (!read) return {problem, 0};
    key_ = std::move(read);
    return {};
}

journal_state::~journal_state() {
    if (!thread_.joinable()) return;
    {
        std::lock_guard const hold(guard_);
        stopping_ = true;
    }
    for_thread_.notify_all();
    thread_.join();
}

// The child has the thread that forked, and none of the journal's. Nothing here may allocate or
// lock. The parent's lock stays the parent's alone.
void journal_state::left_to_parent(void* of) noexcept {
    auto& left = *static_cast<journal_state*>(of);
    left.forked_ = true;
    left.number_ = 0;
    left.pool_->leave();
    left.writer_.taken.lock.reset();
}

bool journal_state::is_open() const noexcept { return !forked_ && open_problem_.empty(); }

std::string journal_state::problem() const {
    if (forked_) return "the journal belongs to the process that this one was forked from";
    if (!open_problem_.empty()) return open_problem_;
    std::lock_guard const hold(guard_);
    return problem_;
}

journal_status journal_state::status() const {
    journal_status now;
    if (is_open()) {
        std::lock_guard const hold(guard_);
        now = status_;
        now.writing = !failing_.load(std::memory_order_relaxed);
    }
    now.problem = problem();
    if (is_open()) {
        now.unrecorded = pool_->lost();
        now.rings = pool_->size();
    }
    return now;
}

std::uint64_t journal_state::failures() const noexcept { return is_open() ? pool_->lost() : 0; }

recorded journal_state::record(audit_event const& event) noexcept {
    trail::recorder* const by =
        trail::at_hand.journal == number_ && number_ != 0 ? trail::at_hand.mine : nullptr;
    audit_mode const mode = event.mode();
    std::int64_t const now = words_.now.load(std::memory_order_relaxed);
    trail::numbered_question asked;
    if (by != nullptr && now > 0 && mode.demand != audit_demand::durable &&
        trail::number(access::told_of(event), asked)) [[likely]] {
        using outcome = trail::recorder::outcome;
        outcome const so =
            no_throw(outcome::no_room, [&] { return by->record(event, asked, now); });
        if (so == outcome::recorded) {
            // The journal's thread may have gone to sleep since.
            if (by->fills() || words_.now.load(std::memory_order_relaxed) == 0) [[unlikely]]
                wake();
            return recorded::yes;
        }
    }
    return no_throw(recorded::no, [&] { return record_slowly(by, event, mode); });
}

recorded journal_state::record_slowly(trail::recorder* by, audit_event const& event,
                                      audit_mode mode) {
    using outcome = trail::recorder::outcome;
    if (!is_open()) return recorded::no;
    if (by == nullptr) by = trail::recorder_of_this_thread(number_, *pool_);
    if (by == nullptr) return lose(nullptr, event, mode);
    bool const waits = mode.demand == audit_demand::block || mode.demand == audit_demand::durable;
    auto const until = clock::now() + std::chrono::milliseconds(waits ? mode.wait_ms : 0);
    for (;;) {
        wake();
        bool const writes = !failing_.load(std::memory_order_acquire);
        // What is best effort may wait in the ring for better times.
        outcome so = outcome::no_room;
        if (writes || mode.demand == audit_demand::best_effort) so = try_to_record(*by, event);
        if (so == outcome::recorded) {
            wake();  // it may have looked before this was there, and sleep again
            // In the trail it is. Where it is not on the disk in time, a denial will follow it
            // there.
            bool const in_time = mode.demand != audit_demand::durable || wait_for_disk(until);
            return in_time ? recorded::yes : recorded::no;
        }
        if (so == outcome::too_long || !waits || clock::now() >= until)
            return lose(by, event, mode);
        std::unique_lock hold(guard_);
        for_waiters_.wait_until(hold, std::min(until, clock::now() + std::chrono::milliseconds(2)));
    }
}

trail::recorder::outcome journal_state::try_to_record(trail::recorder& by,
                                                      audit_event const& event) {
    using outcome = trail::recorder::outcome;
    trail::numbered_question asked;
    std::int64_t const time = unix_nanoseconds();
    if (!trail::number(access::told_of(event), asked)) return by.record_by_names(event, time);
    outcome const so = by.record(event, asked, time);
    if (so != outcome::unknown_policy) return so;
    return use_policy(by, event) ? by.record(event, asked, time) : outcome::no_room;
}

// From now on this recorder speaks of this policy, whose names are on the disk before.
bool journal_state::use_policy(trail::recorder& by, audit_event const& event) {
    std::unique_lock hold(guard_);
    trail::policy_slots::slot* slot = policies_.of(event.by(), event.policy_version());
    if (slot == nullptr) return false;
    std::uint16_t const number = slot->number;
    ++slot->users;
    if (!slot->known && slot->ticket == 0) {
        new_policies_.push_back(trail::names_of(slot->rules, number, run_, event.policy_version()));
        slot->ticket = ++wanted_;
    }
    std::uint64_t const ticket = slot->ticket;
    woken_ = true;
    for_thread_.notify_one();
    if (!slot->known)
        for_waiters_.wait_for(hold, std::chrono::seconds(2),
                              [&] { return done_ >= ticket || refused_ >= ticket || stopping_; });
    slot = policies_.find(number);
    // One that was known and let lie has the ticket of that: its names are there all the same.
    if (!slot->known && done_ < ticket) {
        --slot->users;
        return false;
    }
    slot->known = true;
    if (by.uses_any()) {
        trail::policy_slots::slot& before = *policies_.find(by.slot());
        if (--before.users == 0) before.ticket = wanted_ + 1;
    }
    by.use(&access::head(event.by()), event.policy_version(), number);
    return true;
}

recorded journal_state::lose(trail::recorder* by, audit_event const& event,
                             audit_mode mode) noexcept {
    bool const allowed =
        mode.demand == audit_demand::best_effort && static_cast<bool>(event.answer());
    std::int64_t const time = unix_nanoseconds();
    if (by != nullptr)
        by->lose(allowed, time);
    else
        pool_->lose(allowed, time);
    wake();
    return recorded::no;
}

bool journal_state::wait_for_disk(clock::time_point until) {
    std::unique_lock hold(guard_);
    std::uint64_t const ticket = ++wanted_;
    woken_ = true;
    for_thread_.notify_one();
    auto const over = [&] { return done_ >= ticket || refused_ >= ticket; };
    if (until == clock::time_point::max())
        for_waiters_.wait(hold, over);
    else
        for_waiters_.wait_until(hold, until, over);
    return done_ >= ticket;
}

void journal_state::wake() noexcept {
    if (woken_.exchange(true, std::memory_order_acq_rel)) return;
    no_throw(false, [&] {
        std::lock_guard const hold(guard_);
        for_thread_.notify_one();
        return true;
    });
}

bool journal_state::sync(unsigned limit_ms) {
    if (!is_open()) return false;
    return wait_for_disk(limit_ms == 0 ? clock::time_point::max()
                                       : clock::now() + std::chrono::milliseconds(limit_ms));
}

bool journal_state::note(journal_note what,
                         std::vector<std::pair<std::string, std::string>> details) {
    if (!is_open()) return false;
    {
        std::lock_guard const hold(guard_);
        // While the disk refuses, nothing is kept for later: who asks is told no.
        if (failing_.load(std::memory_order_relaxed) || new_notes_.size() >= most_waiting_notes)
            return false;
        new_notes_.push_back({what, std::move(details)});
    }
    return sync(10'000);
}

trouble journal_state::run(task const& what) {
    trouble result;
    bool is_done = false;
    std::unique_lock hold(guard_);
    tasks_.push_back({&what, &result, &is_done});
    woken_ = true;
    for_thread_.notify_one();
    for_waiters_.wait(hold, [&] { return is_done; });
    return result;
}

bool journal_state::rotate() {
    return is_open() && !run([this] { return rotate_here(); });
}

std::int64_t journal_state::retain(std::int64_t before) {
    if (!is_open()) return -1;
    trail::retained_segments old;
    if (trail::find_old_segments(trail::real_files(), writer_.taken.folder, status().segment,
                                 before, old))
        return -1;
    std::int64_t dropped = 0;
    if (old.count == 0) return dropped;
    return run([&] { return retain_here(before, old.through, dropped); }) ? -1 : dropped;
}

journal_head journal_state::head() {
    journal_head result;
    if (!is_open()) return result;
    static_cast<void>(run([&]() -> trouble {
        if (trouble why = move_and_sync()) return why;
        result = writer_.chain->head();
        if (key_ && !trail::sign(result, *key_)) return {"the head can't be signed", 0};
        return {};
    }));
    return result;
}

}  // namespace rolecall::inline v0_1::detail
