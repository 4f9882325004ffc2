// `rolecall diff`: from the words of a command line to its exit code.
#ifndef ROLECALL_CLI_DIFF_DIFF_HPP
#define ROLECALL_CLI_DIFF_DIFF_HPP

#include "cli/command_line.hpp"
#include "cli/diff/arguments.hpp"
#include "cli/option_reader.hpp"
#include "cli/streams.hpp"

namespace rolecall::inline v0_1::cli {

/// What to do. Throws `usage_error`.
[[nodiscard]] command_run interpret_diff(command_line const& line);

int run_diff(diff_arguments const& arguments, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
