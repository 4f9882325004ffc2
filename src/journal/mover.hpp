// Moves what threads recorded from their rings to the chain. It has no thread and no clock of its
// own: whoever has one calls it, and tests call it step by step.
#ifndef ROLECALL_SRC_JOURNAL_MOVER_HPP
#define ROLECALL_SRC_JOURNAL_MOVER_HPP

#include "journal/chain_writer.hpp"
#include "journal/entry_writer.hpp"
#include "journal/ring_drain.hpp"
#include "journal/ring_layout.hpp"
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// One thread. Throws std::bad_alloc; then, and after trouble, what was not moved is where it was,
/// and the next `move` tries again.
class mover {
public:
    mover(chain_writer& chain, std::uint64_t run, std::int64_t (*now)() noexcept);

    /// Rings that are added from now on are those of a process that is gone: what is in them may be
    /// torn, or anything. Decisions in them may speak of the policies that were added before.
    void distrust_rings() noexcept { distrusts_ = true; }

    /// Takes from this ring as well, beginning at its tail. Of its lost events those are in gap
    /// records already that are `known`.
    void add(ring of, drained_entry const& known = {});

    /// From now on segments say what this policy's numbers mean. Decisions may speak of it once
    /// that is in the chain.
    void add(policy_entry const& policy);
    /// No line speaks of it any more.
    void forget_policy(std::uint16_t slot) { policies_.erase(slot); }

    /// A record of the journal itself, in front of what is in the rings.
    void add_note(journal_note what, std::vector<std::pair<std::string, std::string>> details);

    /// Appends all that is published by now to the chain. Trouble with EBADMSG where a ring of this
    /// process holds lines that no thread of it wrote: what is behind them is not moved.
    [[nodiscard]] trouble move();

    /// All that was moved is on the disk, and its room in the rings is free; and what was lost up
    /// to now, as one gap of each ring. After the disk has refused, it is moved once more, into a
    /// new segment.
    [[nodiscard]] trouble sync();

    /// Ends the segment and begins another.
    [[nodiscard]] trouble roll();

    /// How many rings it takes from.
    [[nodiscard]] std::size_t rings() const noexcept { return sources_.size(); }
    /// Whether something was moved that is not on the disk, or lost and not told of.
    [[nodiscard]] bool unsynced() const noexcept;
    /// Whether half of what a ring has room for is not on the disk yet.
    [[nodiscard]] bool short_of_room() const noexcept;
    /// How many lines all rings have that are not moved yet.
    [[nodiscard]] std::uint64_t waiting() const noexcept;
    /// How many records were moved and are on the disk, since it was made.
    [[nodiscard]] std::uint64_t records() const noexcept { return records_; }

private:
    // A ring, how far it was moved, and how many of its lost events are told of.
    struct source {
        ring_drain drain;
        std::uint32_t index = 0;
        std::uint64_t moved = 0;
        std::uint64_t told_lost = 0, told_allowed = 0;
    };
    struct told_policy {
        std::vector<std::byte> entry;
        std::uint64_t epoch = 0;
    };
    struct note {
        std::vector<std::byte> entry;
        std::uint32_t records = 1;
    };

    [[nodiscard]] bool tell_gaps();
    [[nodiscard]] trouble sync_moved();
    void begin_batch();
    [[nodiscard]] bool fill_batch();
    [[nodiscard]] trouble append_batch(bool& again);
    void put_back() noexcept;
    void is_synced() noexcept;
    [[nodiscard]] trouble begin_anew(trouble const& why);

    chain_writer& chain_;
    std::uint64_t run_;
    std::int64_t (*now_)() noexcept;
    std::vector<source> sources_;
    std::map<std::uint16_t, told_policy> policies_;
    std::deque<note> notes_;  // until they are on the disk
    std::size_t moved_notes_ = 0, notes_in_batch_ = 0;
    std::uint64_t epoch_ = 1;    // goes on where what a segment was told has to be told again
    std::uint64_t segment_ = 0;  // that `epoch_` is of
    bool drained_told_ = false;  // in this segment
    bool distrusts_ = false;
    bool unsynced_ = false;
    std::uint64_t records_ = 0, moved_records_ = 0;
    entry_writer batch_;
};

/// An entry that a note makes, in bytes.
std::vector<std::byte> built_note(journal_note what, std::int64_t time,
                                  std::vector<std::pair<std::string, std::string>> details);

}  // namespace rolecall::inline v0_1::trail

#endif
