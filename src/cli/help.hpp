// Help, and how to find it.
#ifndef ROLECALL_CLI_HELP_HPP
#define ROLECALL_CLI_HELP_HPP

#include "cli/command_specs.hpp"
#include "cli/streams.hpp"

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// What `rolecall --help` prints: every command in a line.
[[nodiscard]] std::string program_help(colours const& colour);

/// What `rolecall COMMAND --help` prints, with examples.
[[nodiscard]] std::string command_help(command_spec const& command, colours const& colour);

/// What `rolecall users --help` prints: every command of the group in a line; of a group of one,
/// the help of that.
[[nodiscard]] std::string group_help(std::string_view group, colours const& colour);

/// `usage: rolecall digest POLICY [options]`, for a complaint.
[[nodiscard]] std::string usage_text(command_spec const& command);

/// Where to read more about a command or a group, for the end of a complaint. Empty: about the
/// program.
[[nodiscard]] std::string more_help(std::string_view topic);

}  // namespace rolecall::inline v0_1::cli

#endif
