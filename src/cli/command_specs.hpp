// The commands as people meet them: names, options, and the words of the help.
#ifndef ROLECALL_CLI_COMMAND_SPECS_HPP
#define ROLECALL_CLI_COMMAND_SPECS_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

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

    /// `users` of `users list`; empty for a command of one word.
    [[nodiscard]] constexpr std::string_view group() const noexcept {
        std::size_t const space = name.find(' ');
        return name.substr(0, space == std::string_view::npos ? 0 : space);
    }
};

/// Every command, in the order of the list.
[[nodiscard]] std::span<command_spec const> command_specs() noexcept;

/// The command of that name, or null.
[[nodiscard]] command_spec const* find_command(std::string_view name) noexcept;

/// The commands of a group, in order; none where there is no such group.
[[nodiscard]] std::vector<command_spec const*> command_specs_of(std::string_view group);

/// What may stand first, or first and second, on a command line: commands and groups.
[[nodiscard]] std::vector<std::string_view> command_names();

}  // namespace rolecall::inline v0_1::cli

#endif
