#include "watch/watcher_state.hpp"

#include "document/load_files.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/live_state.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <new>
#include <span>
#include <utility>

namespace rolecall::inline v0_1::detail {

namespace {

constexpr int settling_rounds = 10;

// Some changes leave no trace in a fingerprint, such as what is written through a mapping, or
// by another machine. So now and then the bytes are compared whatever it says.
constexpr std::int64_t trusted_for_ms = 60'000;

}  // namespace

watcher_state::watcher_state(authorizer& pdp, std::string path, watch_options const& options,
                             listener_handle listener)
    : pdp_(pdp),
      given_(std::move(path)),
      path_(watch::absolute(given_)),
      options_(options),
      listener_(std::move(listener)),
      process_(::getpid()),
      hints_(options.use_inotify && options.start_thread) {}

bool watcher_state::inherited() const noexcept { return ::getpid() != process_; }

watch_outcome watcher_state::look(bool read_anyway) noexcept {
    if (looker_.load(std::memory_order_relaxed) == std::this_thread::get_id())
        return watch_outcome::unchanged;
    locked const hold(looking_);
    looker_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    pdp_.tick();
    bool const was_refused = status_.refused;
    watch_outcome outcome = watch_outcome::unchanged;
    try {
        outcome = look_at_files(read_anyway);
    } catch (std::bad_alloc const&) {
        outcome = fail("memory ran out while the policy was loaded");
    } catch (std::exception const& problem) {
        outcome = fail(problem.what());
    }
    bool const complete = status_.complete || pdp_.wait_for_readers(1);
    {
        locked const writing(status_lock_);
        status_.complete = complete;
        status_.outcome = outcome;
        ++status_.looks;
        if (outcome == watch_outcome::activated) ++status_.activations;
        if (outcome == watch_outcome::refused) ++status_.refusals;
        looked_at_ = milliseconds();
    }
    if (outcome != watch_outcome::unchanged || status_.refused != was_refused) tell_listener();
    looker_.store({}, std::memory_order_relaxed);
    return outcome;
}

watch_outcome watcher_state::look_at_files(bool read_anyway) {
    watch::fingerprint now = watch::fingerprint_of(path_);
    if (!may_differ(now, read_anyway)) return watch_outcome::unchanged;
    seen_ = std::move(now);
    auto read = settled_files();
    if (!read) return watch_outcome::unchanged;
    return take(std::move(*read));
}

bool watcher_state::may_differ(watch::fingerprint const& now, bool read_anyway) {
    if (tried_.empty() || now.signs != seen_.signs) return true;
    bool const trusted = seen_.trusted() && milliseconds() - read_at_ < trusted_for_ms;
    if (trusted && !read_anyway) return false;
    if (read_files().identity != tried_) return true;
    seen_.taken = now.taken;
    return false;
}

watch::files_read watcher_state::read_files() {
    read_at_ = milliseconds();
    return watch::read_files(path_, given_, options_.load.max_file_bytes);
}

// Reads the files once they have stayed the same for a while, and did so while they were read.
// Nothing, where the watcher ends before.
std::optional<watch::files_read> watcher_state::settled_files() {
    for (int round = 0; round < settling_rounds; ++round) {
        if (stop_.wait(options_.settle_ms) == watch::woken::to_stop) return std::nullopt;
        watch::fingerprint before = watch::fingerprint_of(path_);
        bool const settled = before.signs == seen_.signs;
        seen_ = std::move(before);
        if (!settled) continue;
        watch::files_read read = read_files();
        watch::fingerprint after = watch::fingerprint_of(path_);
        if (after.signs == seen_.signs) return read;
        seen_ = std::move(after);
    }
    return watch::no_files(given_,
                           "kept changing while it was read; write the new policy somewhere "
                           "else, and rename it into place");
}

watch_outcome watcher_state::take(watch::files_read read) {
    policy const now = pdp_.current();
    bool const decides =
        deciding_.empty() ? is_made_from(now.source(), read) : read.identity == deciding_;
    if (decides || read.identity == tried_) {
        if (decides) {
            deciding_ = read.identity;
            clear_refusal();
        }
        tried_ = std::move(read.identity);
        failing_ = false;
        return watch_outcome::unchanged;
    }
    yaml::load_options options = options_.load;
    options.today = date::today();
    policy_result const loaded = yaml::load_files(std::move(read.files), options);
    std::vector<diagnostic> findings(loaded.findings().begin(), loaded.findings().end());
    std::string identity = read.identity;
    watch_outcome outcome = watch_outcome::refused;
    if (loaded) {
        outcome = activate(now, *loaded, std::move(findings));
        deciding_ = std::move(read.identity);
    } else {
        outcome = refuse(std::move(findings), std::move(read.digest));
    }
    tried_ = std::move(identity);
    failing_ = false;
    return outcome;
}

// Where memory runs out, nothing has changed.
watch_outcome watcher_state::activate(policy const& before, policy const& newer,
                                      std::vector<diagnostic> warnings) {
    replacement const done = pdp_.replace(newer);
    locked const writing(status_lock_);
    status_.refused = false;
    status_.problem.clear();
    status_.refused_digest.clear();
    status_.findings.clear();
    warnings_ = std::move(warnings);
    status_.same_rules =
        !newer.known_digest().empty() && newer.known_digest() == before.known_digest();
    status_.complete = done.complete;
    status_.told = done.told;
    return watch_outcome::activated;
}

watch_outcome watcher_state::refuse(std::vector<diagnostic> findings, std::string digest) {
    std::string problem = watch::first_error(findings);
    recorded const told = pdp_.tell_refused(problem, digest);
    locked const writing(status_lock_);
    status_.refused = true;
    status_.problem = std::move(problem);
    status_.refused_digest = std::move(digest);
    status_.findings = std::move(findings);
    status_.told = told;
    return watch_outcome::refused;
}

void watcher_state::clear_refusal() noexcept {
    locked const writing(status_lock_);
    status_.refused = false;
    status_.problem.clear();
    status_.refused_digest.clear();
    status_.findings.clear();
}

// The look came to no end: it is tried again each time, and told once.
watch_outcome watcher_state::fail(std::string_view why) noexcept {
    tried_.clear();
    if (std::exchange(failing_, true)) return watch_outcome::unchanged;
    recorded const told = pdp_.tell_refused(why);
    locked const writing(status_lock_);
    status_.refused = true;
    status_.problem.clear();
    static_cast<void>(no_throw(false, [&] {
        status_.problem = why;
        return true;
    }));
    status_.refused_digest.clear();
    status_.findings.clear();
    status_.told = told;
    return watch_outcome::refused;
}

void watcher_state::tell_listener() const noexcept {
    if (!listener_) return;
    static_cast<void>(no_throw(false, [&] {
        watch_status const now = status();
        listener_.tell(&now);
        return true;
    }));
}

watch_status watcher_state::status() const {
    watch_status result;
    if (!inherited()) {
        locked const reading(status_lock_);
        result = status_;
        if (!result.refused) result.findings = warnings_;
        if (looked_at_ >= 0) result.ms_since_look = milliseconds() - looked_at_;
        result.running = options_.start_thread;
    }
    pinned_policy const now = pdp_.pinned();
    result.version = now.version();
    result.digest = now->known_digest();
    return result;
}

}  // namespace rolecall::inline v0_1::detail
