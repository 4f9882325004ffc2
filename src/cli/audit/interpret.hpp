// The commands of `audit`, from the words of a command line to their arguments.
#ifndef ROLECALL_CLI_AUDIT_INTERPRET_HPP
#define ROLECALL_CLI_AUDIT_INTERPRET_HPP

#include "cli/command_line.hpp"
#include "cli/option_reader.hpp"

namespace rolecall::inline v0_1::cli {

/// What to do for one of them. Throws `usage_error`.
[[nodiscard]] command_run interpret_audit(command_line const& line);

}  // namespace rolecall::inline v0_1::cli

#endif
