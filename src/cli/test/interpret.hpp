// The command `test`, from the words of a command line to its arguments.
#ifndef ROLECALL_CLI_TEST_INTERPRET_HPP
#define ROLECALL_CLI_TEST_INTERPRET_HPP

#include "cli/command_line.hpp"
#include "cli/option_reader.hpp"

namespace rolecall::inline v0_1::cli {

/// What to do. Throws `usage_error`.
[[nodiscard]] command_run interpret_test(command_line const& line);

}  // namespace rolecall::inline v0_1::cli

#endif
