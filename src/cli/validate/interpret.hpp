// The command line of `validate`, as arguments of its command.
#ifndef ROLECALL_CLI_VALIDATE_INTERPRET_HPP
#define ROLECALL_CLI_VALIDATE_INTERPRET_HPP

#include "cli/command_line.hpp"
#include "cli/option_reader.hpp"

namespace rolecall::inline v0_1::cli {

/// Throws `usage_error`.
[[nodiscard]] command_run interpret_validate(command_line const& line);

}  // namespace rolecall::inline v0_1::cli

#endif
