// The commands as people meet them: names, options, and the words of the help.
#ifndef ROLECALL_CLI_COMMAND_SPECS_HPP
#define ROLECALL_CLI_COMMAND_SPECS_HPP

#include <span>
#include <string_view>

namespace rolecall::inline v0_1::cli {

struct option_spec {
    std::string_view name;    ///< `--role`
    std::string_view value;   ///< `ROLE`; empty for a flag
    std::string_view help;    ///< lines, without a full stop
    bool repeatable = false;  ///< each time adds a value
};

struct command_spec {
    std::string_view name;     ///< `check`, `import csv`
    std::string_view summary;  ///< for the list of commands
    std::string_view usage;    ///< lines of what follows `rolecall `
    std::string_view about;    ///< paragraphs
    std::span<option_spec const> options;
    std::string_view examples;  ///< lines
};

/// Every command, in the order of the list.
[[nodiscard]] std::span<command_spec const> command_specs() noexcept;

/// The command of that name, or null.
[[nodiscard]] command_spec const* find_command(std::string_view name) noexcept;

}  // namespace rolecall::inline v0_1::cli

#endif
