// The words of a command line, sorted into a command, its options and its arguments.
#ifndef ROLECALL_CLI_COMMAND_LINE_HPP
#define ROLECALL_CLI_COMMAND_LINE_HPP

#include "cli/command_specs.hpp"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A command line that can't be understood: why, in lower case and without a full stop.
class usage_error : public std::runtime_error {
public:
    enum class about : std::uint8_t { options, words };

    usage_error(std::string const& text, command_spec const* command, about what = about::options)
        : std::runtime_error(text), command_(command), what_(what) {}

    /// The command whose help would help; null: the program's.
    [[nodiscard]] command_spec const* command() const noexcept { return command_; }
    /// Whether it is about the words that are no options: how many, and in which order.
    [[nodiscard]] bool about_words() const noexcept { return what_ == about::words; }

private:
    command_spec const* command_;
    about what_;
};

/// What was written, not yet checked but for the names of commands and options.
struct command_line {
    command_spec const* command = nullptr;  ///< null: the program itself
    bool help = false;
    bool version = false;
    std::vector<std::string> words;  ///< what is not an option: the policy, the question
    std::map<std::string_view, std::vector<std::string>> options;  ///< values by option name

    [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
    /// The values of a repeatable option.
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const {
        auto const found = options.find(option);
        return found == options.end() ? std::vector<std::string>{} : found->second;
    }
    /// The value of an option, or empty.
    [[nodiscard]] std::string value(std::string_view option) const {
        auto const all = values(option);
        return all.empty() ? std::string{} : all.front();
    }
};

/// Reads the arguments that follow the program's name. Throws `usage_error`.
[[nodiscard]] command_line read_command_line(std::vector<std::string> arguments);

}  // namespace rolecall::inline v0_1::cli

#endif
