// What threads do that record: the quick way, and the way of those that have to wait.
#include "journal/journal_state.hpp"
#include "journal/recorder.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <algorithm>
#include <mutex>

namespace rolecall::inline v0_1::detail {

recorded journal_state::record(audit_event const& event) noexcept {
    trail::recorder* const by =
        trail::at_hand.journal == number_ && number_ != 0 ? trail::at_hand.mine : nullptr;
    audit_mode const mode = event.mode();
    std::int64_t const now = words_.now.load(std::memory_order_relaxed);
    if (by != nullptr && now > 0 && mode.demand != audit_demand::durable) [[likely]] {
        using outcome = trail::recorder::outcome;
        outcome const so = no_throw(outcome::no_room, [&] { return by->record(event, now); });
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
    std::int64_t const time = unix_nanoseconds();
    outcome const so = by.record(event, time);
    if (so == outcome::no_numbers) return by.record_by_names(event, time);
    if (so != outcome::unknown_policy) return so;
    return use_policy(by, event) ? by.record(event, time) : outcome::no_room;
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

}  // namespace rolecall::inline v0_1::detail
