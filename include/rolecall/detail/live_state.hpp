// What an authorizer shares with its sessions: the policy that decides now, and a generation
// that tells sessions when to be made anew.
//
//     authorizer ──▶ live_state ◀── live_session …
//                      data    ──▶ policy_data            for checks
//                      current ──▶ live_version           for decisions: policy and version
//                      retired ──▶ live_version ──▶ …     replaced, and perhaps still read
//
// INVARIANT: what `data` and `current` point to is read under a pin only.
// INVARIANT: a replacement stores `data` and `current` first and moves the generation on after
// that, and a session reads them the other way round: so a session may be stale, but never
// takes an older policy for the newer.
#ifndef ROLECALL_DETAIL_LIVE_STATE_HPP
#define ROLECALL_DETAIL_LIVE_STATE_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/adopt.hpp>
#include <rolecall/detail/live_words.hpp>
#include <rolecall/detail/no_throw.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/user_directory.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Computes the digest of a loaded policy, once. Without memory it stays unknown.
inline void find_digest(policy_data const& p) noexcept {
    if (p.compute_digest == nullptr || p.digest.load(std::memory_order_acquire) != nullptr) return;
    auto* const made = no_throw<std::string const*>(nullptr, [&] {
        // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): no_throw handles it
        return new std::string(p.compute_digest(p));
    });
    std::string const* none = nullptr;
    if (made != nullptr && !p.digest.compare_exchange_strong(none, made, std::memory_order_acq_rel))
        delete made;
}

/// By a clock that nobody sets.
inline std::int64_t milliseconds() noexcept {
    std::timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000;
}

/// Calls `done` until it says yes, for at most so many milliseconds; 0: without limit.
template <class Done>
bool wait_until(unsigned limit_ms, Done&& done) noexcept {
    constexpr long first_nap = 20'000;  // nanoseconds
    constexpr long longest_nap = 1'000'000;
    std::int64_t const start = milliseconds();
    for (long nap = first_nap; !done(); nap = nap < longest_nap ? nap * 2 : nap) {
        if (limit_ms != 0 && milliseconds() - start >= std::int64_t{limit_ms}) return false;
        std::timespec const pause{0, nap};
        ::nanosleep(&pause, nullptr);
    }
    return true;
}

class live_state : public live_words {
public:
    /// What replacing did; see `replacement`.
    struct swapped {
        policy activated;
        policy before;
        std::uint32_t version = 0;
        bool same_lineage = true;
        std::uint64_t last_epoch = 0;
    };

    live_state(policy const& first, date today, std::size_t versions_kept, users_view directory)
        : directory_(directory), versions_kept_(versions_kept) {
        find_digest(data_of(first));
        auto* const version = new live_version{first, 1, 0, nullptr};
        domain = &this_domain();
        day.store(today.days(), std::memory_order_relaxed);
        publish(*version);
    }
    live_state(live_state const&) = delete;
    live_state& operator=(live_state const&) = delete;

    /// Sessions deny from now on.
    void close() noexcept {
        closed_.store(true, std::memory_order_release);
        generation.fetch_add(1, std::memory_order_seq_cst);
    }
    [[nodiscard]] bool closed() const noexcept { return closed_.load(std::memory_order_acquire); }

    /// Where users are kept, beside those of the policy. Asked under a pin only: whoever closes
    /// waits for those who are asking.
    [[nodiscard]] users_view directory() const noexcept { return directory_; }

    [[nodiscard]] date today() const noexcept {
        return date::from_days(day.load(std::memory_order_relaxed));
    }

    /// From now on this policy decides. Where memory runs out, it throws and nothing changed.
    swapped replace(policy const& newer) {
        find_digest(data_of(newer));
        locked const hold(domain->lock);
        live_version const& old = *current.load(std::memory_order_relaxed);
        auto const adopted = adopt(newer, old.rules);
        swapped result{adopted ? *adopted : newer, old.rules, old.number + 1, adopted.has_value(),
                       0};
        if (kept_.size() < versions_kept_) kept_.reserve(kept_.size() + 1);
        auto const* const now = new live_version{result.activated, result.version, 0, nullptr};
        keep(old);  // nothing throws from here on
        publish(*now);
        generation.fetch_add(1, std::memory_order_seq_cst);
        result.last_epoch = domain->epoch.fetch_add(1, std::memory_order_seq_cst);
        retire(old, result.last_epoch);
        return result;
    }

    /// Whether no reader uses what was replaced at that epoch, or earlier. Frees what it can.
    bool unused(std::uint64_t last_epoch) noexcept {
        std::uint64_t const covered = domain->epoch.load(std::memory_order_seq_cst);
        if (!fence_everywhere(*domain)) return false;
        free_unused(covered);
        return unused_since(*domain, last_epoch);
    }

    /// Moves the calendar on, or back. Whether an assignment begins or ends to count by it; of
    /// those in a directory, any may.
    bool tick(date now) noexcept {
        locked const hold(domain->lock);
        std::int32_t const before = day.exchange(now.days(), std::memory_order_relaxed);
        std::int32_t const from = before < now.days() ? before : now.days();
        std::int32_t const to = before < now.days() ? now.days() : before;
        bool ends = bool{directory_} && from != to;
        auto const& p = static_cast<policy_data const&>(*data.load(std::memory_order_relaxed));
        for (role_assignment const& a : p.assignments) ends |= from <= a.until && a.until < to;
        if (ends) generation.fetch_add(1, std::memory_order_seq_cst);
        return ends;
    }

    /// The policy of a version, if it is current or still kept.
    [[nodiscard]] std::optional<policy> version(std::uint32_t number) const {
        locked const hold(domain->lock);
        live_version const& now = *current.load(std::memory_order_relaxed);
        if (now.number == number) return now.rules;
        for (auto const& [of, rules] : kept_)
            if (of == number) return rules;
        return std::nullopt;
    }

private:
    friend struct live_words;

    ~live_state() {
        delete current.load(std::memory_order_relaxed);
        while (retired_ != nullptr) delete std::exchange(retired_, retired_->next);
    }

    void publish(live_version const& version) noexcept {
        data.store(&data_of(version.rules), std::memory_order_seq_cst);
        current.store(&version, std::memory_order_seq_cst);
    }

    void keep(live_version const& version) noexcept {
        if (versions_kept_ == 0) return;
        if (kept_.size() == versions_kept_) kept_.erase(kept_.begin());
        kept_.emplace_back(version.number, version.rules);
    }

    void retire(live_version const& old, std::uint64_t last_epoch) noexcept {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): ours, and only the writer's now
        auto& version = const_cast<live_version&>(old);
        version.last_epoch = last_epoch;
        version.next = std::exchange(retired_, &version);
    }

    // Frees what was retired before the epoch `covered`, which was read before the fence: of
    // what is retired meanwhile, the fence says nothing.
    void free_unused(std::uint64_t covered) noexcept {
        live_version* unused = nullptr;
        {
            locked const hold(domain->lock);
            for (live_version** at = &retired_; *at != nullptr;) {
                live_version* const version = *at;
                if (version->last_epoch < covered && unused_since(*domain, version->last_epoch)) {
                    *at = version->next;
                    version->next = std::exchange(unused, version);
                } else {
                    at = &version->next;
                }
            }
        }
        while (unused != nullptr) delete std::exchange(unused, unused->next);
    }

    std::atomic<bool> closed_{false};
    users_view directory_;
    std::size_t versions_kept_;
    std::vector<std::pair<std::uint32_t, policy>> kept_;
    live_version* retired_ = nullptr;
};

inline live_state& whole(live_words& words) noexcept { return static_cast<live_state&>(words); }

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/live_words.hpp>
#endif

#endif
