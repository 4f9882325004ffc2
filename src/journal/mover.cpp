#include "journal/mover.hpp"

#include "journal/ring_file.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

// Larger batches cost fewer hashes and writes; smaller ones are read with less memory.
constexpr std::size_t batch_bytes = std::size_t{64} << 10U;

}  // namespace

std::vector<std::byte> built_note(journal_note what, std::int64_t time,
                                  std::vector<std::pair<std::string, std::string>> details) {
    journal_record record;
    record.note = what;
    record.event.time = time;
    record.details = std::move(details);
    entry_writer entry;
    entry.add(record);
    return {entry.payload().begin(), entry.payload().end()};
}

mover::mover(chain_writer& chain, std::uint64_t run, std::int64_t (*now)() noexcept)
    : chain_(chain), run_(run), now_(now) {}

void mover::add(ring of, drained_entry const& known) {
    std::uint64_t const tail = of.head->tail.load(std::memory_order_relaxed);
    source next{ring_drain(of, tail), of.head->index, tail, known.lost, known.allowed};
    if (distrusts_) {
        entry_writer policies;
        for (auto const& [slot, policy] : policies_) policies.add_built(policy.entry, 0);
        next.drain.distrust(policies.payload());
    }
    sources_.push_back(std::move(next));
}

void mover::add(policy_entry const& policy) {
    entry_writer entry;
    entry.add(policy);
    policies_[policy.slot] = {{entry.payload().begin(), entry.payload().end()}, 0};
}

void mover::add_note(journal_note what, std::vector<std::pair<std::string, std::string>> details) {
    notes_.push_back({built_note(what, now_(), std::move(details))});
}

std::uint64_t mover::waiting() const noexcept {
    std::uint64_t lines = 0;
    for (source const& s : sources_)
        lines += s.drain.of().head->head.load(std::memory_order_acquire) - s.moved;
    return lines;
}

bool mover::unsynced() const noexcept {
    return unsynced_ || std::any_of(sources_.begin(), sources_.end(), [](source const& s) {
               return s.drain.of().head->lost.load(std::memory_order_relaxed) != s.told_lost;
           });
}

bool mover::short_of_room() const noexcept {
    return std::any_of(sources_.begin(), sources_.end(), [](source const& s) {
        trail::ring const& of = s.drain.of();
        std::uint64_t const lines = of.head->head.load(std::memory_order_relaxed) -
                                    of.head->tail.load(std::memory_order_relaxed);
        return lines >= of.room() / 2;
    });
}

trouble mover::move() {
    if (chain_.failed())
        if (trouble why = begin_anew({})) return why;
    try {
        for (bool more = true; more;) {
            begin_batch();
            more = fill_batch();
            if (batch_.empty()) break;
            bool again = false;
            if (trouble why = append_batch(again)) return why;
            more = more || again;
        }
    } catch (...) {
        // The next time begins where this one did.
        put_back();
        throw;
    }
    if (distrusts_) return {};
    for (source const& s : sources_)
        if (s.drain.damaged())
            return {"the memory of " + ring_name(s.index) + " was written to by somebody else",
                    EBADMSG};
    return {};
}

// What could not be recorded since the last time, as notes; whether there is any.
bool mover::tell_gaps() {
    bool any = false;
    for (source& s : sources_) {
        ring_head& head = *s.drain.of().head;
        std::uint64_t const lost = head.lost.load(std::memory_order_acquire);
        if (lost == s.told_lost) continue;
        std::uint64_t const allowed =
            std::min(head.lost_allowed.load(std::memory_order_relaxed), lost);
        std::int64_t const last = head.lost_last.load(std::memory_order_relaxed);
        std::int64_t first = head.lost_first.exchange(0, std::memory_order_relaxed);
        // Of an event that was being counted when the gap before this was told.
        if (first == 0) first = last;
        add_note(journal_note::gap, {{"lost", std::to_string(lost - s.told_lost)},
                                     {"allowed", std::to_string(allowed - s.told_allowed)},
                                     {"first", std::to_string(first)},
                                     {"last", std::to_string(std::max(first, last))},
                                     {"why", "not recorded in time"}});
        s.told_lost = lost;
        s.told_allowed = allowed;
        drained_told_ = false;
        any = true;
    }
    return any;
}

// A new segment is told of everything that it will speak of.
void mover::begin_batch() {
    batch_.clear();
    notes_in_batch_ = 0;
    if (segment_ == chain_.segment()) return;
    segment_ = chain_.segment();
    ++epoch_;
    drained_told_ = false;
}

// Whether there is more to take.
bool mover::fill_batch() {
    for (auto& [slot, policy] : policies_) {
        if (policy.epoch == epoch_) continue;
        batch_.add_built(policy.entry, 0);
        policy.epoch = epoch_;
    }
    while (moved_notes_ + notes_in_batch_ < notes_.size()) {
        note const& next = notes_[moved_notes_ + notes_in_batch_++];
        batch_.add_built(next.entry, next.records);
    }
    bool more = false;
    for (source& s : sources_) {
        std::uint64_t const head = s.drain.of().head->head.load(std::memory_order_acquire);
        more = s.drain.take(batch_, head, batch_bytes, epoch_) || more;
    }
    if (batch_.empty() && drained_told_) return false;
    for (source& s : sources_)
        if (!drained_told_ || s.drain.position() != s.moved)
            batch_.add(
                drained_entry{run_, s.index, s.drain.position(), s.told_lost, s.told_allowed});
    drained_told_ = true;
    return more;
}

// A batch that this segment has no room for is put back, to be made anew for the next.
trouble mover::append_batch(bool& again) {
    again = false;
    if (!chain_.has_room_for(batch_.payload().size())) {
        std::uint64_t const before = chain_.segment();
        put_back();
        if (trouble why = roll()) return why;
        again = chain_.segment() != before;
        return {};
    }
    if (trouble why = chain_.append(batch_)) {
        put_back();
        return why;
    }
    unsynced_ = true;
    moved_records_ += batch_.records();
    moved_notes_ += notes_in_batch_;
    for (source& s : sources_) s.moved = s.drain.position();
    return {};
}

// As if the batch had never been filled.
void mover::put_back() noexcept {
    for (source& s : sources_)
        if (s.drain.position() != s.moved) s.drain.go_back(s.moved);
    ++epoch_;
    drained_told_ = false;
}

// What was moved is synced first, by itself: a roll that fails in its middle leaves no doubt of it.
trouble mover::roll() {
    if (trouble why = sync_moved()) return why;
    return chain_.roll();
}

// A ring that is full loses events one by one, and a gap takes more room than they would: so it is
// told when the ring is about to have room again.
trouble mover::sync() {
    if (tell_gaps())
        if (trouble why = move()) return why;
    return sync_moved();
}

trouble mover::sync_moved() {
    if (!unsynced_ && !chain_.failed()) return {};
    if (!chain_.failed()) {
        trouble const why = chain_.sync();
        if (!why) {
            is_synced();
            return {};
        }
        if (trouble still = begin_anew(why)) return still;
    }
    // Once more, and no oftener: a disk that refuses again refuses for longer.
    if (trouble why = move()) return why;
    if (trouble why = chain_.sync()) return why;
    is_synced();
    return {};
}

void mover::is_synced() noexcept {
    for (source& s : sources_) s.drain.of().head->tail.store(s.moved, std::memory_order_release);
    notes_.erase(notes_.begin(), notes_.begin() + static_cast<std::ptrdiff_t>(moved_notes_));
    moved_notes_ = 0;
    records_ += std::exchange(moved_records_, 0);
    unsynced_ = false;
}

// After the disk refused to sync: a new segment, into which everything goes once more.
trouble mover::begin_anew(trouble const& why) {
    std::uint64_t const failed = chain_.segment();
    if (trouble still = chain_.restart()) return still;
    moved_notes_ = 0;
    moved_records_ = 0;
    unsynced_ = false;
    for (source& s : sources_) {
        s.moved = s.drain.of().head->tail.load(std::memory_order_relaxed);
        s.drain.go_back(s.moved);
    }
    ++epoch_;
    drained_told_ = false;
    add_note(journal_note::failed,
             {{"why", why ? why.text() : "the disk refused"}, {"segment", std::to_string(failed)}});
    return {};
}

}  // namespace rolecall::inline v0_1::trail
