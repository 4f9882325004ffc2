// Opening and closing, and what is asked of a journal besides recording. journal_recording.cpp has
// that, and journal_thread.cpp what its own thread does.
#include "journal/journal_state.hpp"

#include "journal/request_file.hpp"
#include "journal/retain.hpp"
#include "journal/run_notes.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <sys/stat.h>

#include <bit>
#include <cerrno>
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
