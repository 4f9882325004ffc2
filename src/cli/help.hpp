// Help, and how to find it.
#ifndef ROLECALL_CLI_HELP_HPP
#define ROLECALL_CLI_HELP_HPP

#include "cli/command_specs.hpp"
#include "cli/streams.hpp"

#include <string>

namespace rolecall::inline v0_1::cli {

/// What `rolecall --help` prints: every command in a line.
[[nodiscard]] std::string program_help(colours const& colour);

/// What `rolecall COMMAND --help` prints, with examples.
[[nodiscard]] std::string command_help(command_spec const& command, colours const& colour);

/// `usage: rolecall digest POLICY [options]`, for a complaint.
[[nodiscard]] std::string usage_text(command_spec const& command);

/// Where to read more, for the end of a complaint. Null: about the program.
[[nodiscard]] std::string more_help(command_spec const* command);

}  // namespace rolecall::inline v0_1::cli

#endif
