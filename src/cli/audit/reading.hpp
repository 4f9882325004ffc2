// Who reads a trail is in it.
#ifndef ROLECALL_CLI_AUDIT_READING_HPP
#define ROLECALL_CLI_AUDIT_READING_HPP

#include "cli/audit/arguments.hpp"
#include "cli/streams.hpp"
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <string>

namespace rolecall::inline v0_1::cli {

/// A reading that was recorded, or not.
struct recorded_reading {
    bool may_read = false;
    bool by_process = false;   ///< a process that writes to the journal recorded it
    std::uint32_t writer = 0;  ///< where it stands; 0: nowhere
    std::int64_t since = 0;
    std::string by, how;

    /// Whether a record is there only because of this reading.
    [[nodiscard]] bool made(journal_record const& record) const;
};

/// Records that the system's user reads the journal, if that is wanted. Where it can't be, it has
/// complained, and nothing is to be shown.
[[nodiscard]] recorded_reading record_reading(audit_reading const& reading, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
