// The records that a caller of a chain writes, and what has to be found of them again.
#ifndef ROLECALL_TESTS_JOURNAL_CALLER_RECORDS_HPP
#define ROLECALL_TESTS_JOURNAL_CALLER_RECORDS_HPP

#include "journal/entry_reader.hpp"
#include "journal/trail_reading.hpp"
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::testing {

/// What a caller was told is on the disk.
struct acknowledged_trail {
    std::vector<std::string> records;  ///< the first is number 1
    std::uint64_t droppable = 0;       ///< records up to this number may be gone
    std::optional<trail::identity> journal;
};

/// The policy that decisions are by.
trail::policy_entry const& caller_policy();

/// Record `number` of the ring: in turn a decision of the policy, an event by names, and a note.
journal_record ring_record(std::uint64_t number, bool is_long);

/// The number of a record that came out of the ring, by its text; 0 for others.
std::uint64_t ring_number(std::string const& text);

/// All that is in a record, in a line.
std::string text_of(journal_record const& record);

/// Holds a trail against what was acknowledged: what is wrong.
std::vector<std::string> compare(trail_found const& trail, acknowledged_trail const& told);

/// A clock that goes on by a nanosecond with each look.
std::int64_t ticking() noexcept;

}  // namespace rolecall::testing

#endif
