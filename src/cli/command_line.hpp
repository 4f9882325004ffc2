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
        : std::runtime_error(text), command_(command), what_(what) {
        if (command != nullptr) topic_ = command->name;
    }

    /// About the commands of a group.
    usage_error(std::string const& text, std::string_view group)
        : std::runtime_error(text), topic_(group) {}

    /// The command that was meant, if it is known.
    [[nodiscard]] command_spec const* command() const noexcept { return command_; }
    /// What help would help: that of a command, or of a group; empty: the program's.
    [[nodiscard]] std::string const& topic() const noexcept { return topic_; }
    /// Whether it is about the words that are no options: how many, and in which order.
    [[nodiscard]] bool about_words() const noexcept { return what_ == about::words; }

private:
    command_spec const* command_ = nullptr;
    about what_ = about::options;
    std::string topic_;
};

/// What was written, not yet checked but for the names of commands and options.
struct command_line {
    command_spec const* command = nullptr;  ///< null: the program itself, or a group
    std::string_view group;                 ///< of which help is wanted
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
