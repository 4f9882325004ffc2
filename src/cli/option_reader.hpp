// What the words and options of a command line mean, one by one: what the commands'
// interpreters share.
#ifndef ROLECALL_CLI_OPTION_READER_HPP
#define ROLECALL_CLI_OPTION_READER_HPP

#include "cli/arguments.hpp"
#include "cli/command_line.hpp"
#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A command whose arguments are known.
using command_run = std::function<int(streams&)>;

template <class Arguments>
command_run bind(int (*run)(Arguments const&, streams&), Arguments arguments) {
    return [run, arguments = std::move(arguments)](streams& to) { return run(arguments, to); };
}

/// A word that an option takes, and what it stands for.
template <class Value>
struct choice {
    std::string_view word;
    Value value;
};

inline constexpr choice<output_format> text_format{"text", output_format::text};
inline constexpr choice<output_format> json_format{"json", output_format::json};
inline constexpr choice<output_format> csv_format{"csv", output_format::csv};
inline constexpr choice<output_format> markdown_format{"markdown", output_format::markdown};
inline constexpr choice<output_format> html_format{"html", output_format::html};

/// Every member throws `usage_error` where something is not as the command wants it. The line
/// must outlive the reader.
class option_reader {
public:
    explicit option_reader(command_line const& line) : line_(line) {}

    [[noreturn]] void fail(std::string const& text) const;
    /// The same, where showing the order of words helps.
    [[noreturn]] void fail_with_usage(std::string const& text) const;

    [[nodiscard]] policy_arguments policy(std::string const& path) const;
    /// The first word.
    [[nodiscard]] policy_arguments first_policy() const;
    /// The only one.
    [[nodiscard]] policy_arguments only_policy() const;
    void refuse_more_words(std::size_t expected) const;

    [[nodiscard]] std::vector<stated_fact> facts() const;

    /// `--at`, or another option that takes a day.
    [[nodiscard]] std::optional<date> day(std::string_view option = "--at") const;

    [[nodiscard]] output_format format(std::initializer_list<choice<output_format>> choices) const {
        return choose("--format", choices);
    }
    [[nodiscard]] output_format list_format() const {
        return format({text_format, csv_format, json_format});
    }

    /// One of some words; the first is the default.
    template <class Value>
    [[nodiscard]] Value choose(std::string_view option,
                               std::initializer_list<choice<Value>> choices) const {
        if (!line_.has(option)) return choices.begin()->value;
        std::string const written = line_.value(option);
        std::string listed;
        for (auto const& [word, value] : choices) {
            if (word == written) return value;
            listed += (listed.empty() ? "" : ", ") + std::string(word);
        }
        fail(detail::in_backticks(option) + " of " + detail::in_backticks(line_.command->name) +
             " can't be " + detail::in_backticks(written) + "; it takes " + listed);
    }

    [[nodiscard]] std::optional<std::size_t> number(std::string_view option, std::size_t most,
                                                    std::size_t least = 1) const;

    [[nodiscard]] std::optional<double> seconds() const;

protected:
    command_line const& line_;  // NOLINT(cppcoreguidelines-non-private-member-variables-in-classes)
};

/// `, not `a b``, or that there is none: for what stands where a question should.
[[nodiscard]] std::string written_instead(std::vector<std::string> const& words);

}  // namespace rolecall::inline v0_1::cli

#endif
