// Who reads a trail is in it.
#ifndef ROLECALL_CLI_AUDIT_READING_HPP
#define ROLECALL_CLI_AUDIT_READING_HPP

#include "cli/audit/arguments.hpp"
#include "cli/streams.hpp"

namespace rolecall::inline v0_1::cli {

/// Records that the system's user reads the journal, if that is wanted. False, and it has
/// complained, where it can't be: then nothing is to be shown.
[[nodiscard]] bool record_reading(audit_reading const& reading, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
