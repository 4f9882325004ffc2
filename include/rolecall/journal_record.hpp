// A record of a journal, read back.
#ifndef ROLECALL_JOURNAL_RECORD_HPP
#define ROLECALL_JOURNAL_RECORD_HPP

#include <rolecall/audit.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// What a record is: something that an authorizer told (`event`), or what the journal says of
/// itself. The numbers are those of docs/journal-format.md.
enum class journal_note : std::uint8_t {
    event = 0,          ///< an authorizer told it: see `audit_record::kind`
    started = 1,        ///< a process began to record
    stopped = 2,        ///< it ended on purpose
    gap = 3,            ///< events are missing here: how many, and why
    recovered = 4,      ///< a process had ended without `stopped`
    clock_changed = 5,  ///< the system's clock was set
    key_changed = 6,    ///< from now on another key signs
    read = 7,           ///< somebody read the trail
    retained = 8,       ///< old segments were dropped
    imported = 9,       ///< the log of another application was taken over
    configured = 10,    ///< a setting changed
    failed = 11,        ///< the disk refused, and writing went on in a new segment
};

/// `key-changed`; `event` for a number that this version does not know.
constexpr std::string_view to_string(journal_note note) noexcept {
    constexpr std::string_view words[] = {"event",     "started",       "stopped",     "gap",
                                          "recovered", "clock-changed", "key-changed", "read",
                                          "retained",  "imported",      "configured",  "failed"};
    auto const index = static_cast<std::size_t>(note);
    return index < std::size(words) ? words[index] : words[0];
}

/// A record, whole in itself. Texts are as they were recorded: bytes of any value.
struct journal_record {
    std::uint32_t writer = 0;
    /// In `event.sequence` too: 1, 2, 3 … of this writer.
    std::uint64_t sequence = 0;
    journal_note note = journal_note::event;
    /// What an authorizer told. For a note of the journal only its sequence and time are set.
    audit_record event;
    /// What a note says, in its order.
    std::vector<std::pair<std::string, std::string>> details;
    bool imported = false;       ///< from the log of another application
    bool record_hashed = false;  ///< `event.record` is a hash, in hexadecimal

    /// `decision`, `policy-activated` …, or `started`, `gap` …
    [[nodiscard]] std::string_view kind() const noexcept {
        return note == journal_note::event ? to_string(event.kind) : to_string(note);
    }

    friend bool operator==(journal_record const&, journal_record const&) = default;
};

}  // namespace rolecall::inline v0_1

#endif
