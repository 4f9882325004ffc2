// Reads the entries of a payload, and makes records of them.
#ifndef ROLECALL_SRC_JOURNAL_ENTRY_READER_HPP
#define ROLECALL_SRC_JOURNAL_ENTRY_READER_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// A policy as a segment describes it.
struct policy_entry {
    std::uint16_t slot = 0;
    std::uint64_t run = 0;
    std::uint32_t version = 0;
    std::string digest;
    std::vector<std::string> roles, categories, facts, actions;
};

struct actor_entry {
    std::uint32_t number = 0;
    bool has_user = false;
    std::string user, origin;
    std::vector<std::string> active, held;
};

struct drained_entry {
    std::uint64_t run = 0;
    std::uint32_t ring = 0;
    std::uint64_t through = 0;
    std::uint64_t lost = 0;
    std::uint64_t allowed = 0;
};

class entry_body;

/// What a segment has said so far of its numbers; a new one for each segment.
///
/// A hostile payload makes it say what is wrong, and allocates no more than a small multiple of
/// the payload's size.
class entry_reader {
public:
    /// Called for each record, in order, with everything but `writer`. False stops the reading.
    using taker = std::function<bool(journal_record&&)>;

    /// Reads a payload of a batch. `first` is the sequence of its first record, `records` how many
    /// its frame says that there are. Empty, or what is wrong and at which byte of the payload;
    /// records before that were given.
    [[nodiscard]] std::string read(bytes_view payload, std::uint64_t first, std::uint32_t records,
                                   taker const& take);

    /// Whether decisions get the names that they speak of. A check needs but their times.
    enum class how_much : std::uint8_t { all, times };

    /// The same, one record at a time: begins a payload, which has to live until its last `next`.
    void begin(bytes_view payload, std::uint64_t first, std::uint32_t records,
               how_much names = how_much::all);
    /// The next record of it. False at its end, or where something is wrong: see `wrong`.
    [[nodiscard]] bool next(journal_record& to);
    [[nodiscard]] std::string const& wrong() const noexcept { return wrong_; }

    /// What it has seen: for recovery.
    [[nodiscard]] std::map<std::uint16_t, policy_entry> const& policies() const noexcept {
        return policies_;
    }
    [[nodiscard]] std::vector<drained_entry> const& drained() const noexcept { return drained_; }

private:
    bool read_entry(std::uint8_t type, bytes_view entry, journal_record& to);
    char const* read_policy(entry_body& from);
    char const* read_actor(entry_body& from);
    char const* read_drained(entry_body& from);
    char const* read_decision(entry_body& from, journal_record& to) const;
    static char const* read_general(entry_body& from, journal_record& to);
    static char const* read_note(entry_body& from, journal_record& to);
    bool refuse(char const* why, std::size_t at);

    std::map<std::uint16_t, policy_entry> policies_;
    std::unordered_map<std::uint32_t, actor_entry> actors_;
    std::vector<drained_entry> drained_;  // the last of each ring of a run
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::size_t> drained_at_;
    std::map<std::uint16_t, std::size_t> policy_bytes_;
    std::unordered_map<std::uint32_t, std::size_t> actor_bytes_;
    std::size_t memory_ = 0;  // about what the names in use take

    bytes_view payload_;
    how_much names_ = how_much::all;
    std::size_t at_ = 0;
    std::uint64_t sequence_ = 0;
    std::uint32_t left_ = 0;  // records that are still to come
    std::string wrong_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
