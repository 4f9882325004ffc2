#include "cli/command_line.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

// CLI11 splits the words; what they mean, and every message, is ours. It is included here
// and nowhere else: it takes longer to compile than the rest of the program.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// A command as CLI11 sees it, with the options to ask for their values afterwards.
struct offered_command {
    command_spec const* spec = nullptr;
    CLI::App* app = nullptr;
    CLI::Option* words = nullptr;
    std::vector<std::pair<option_spec const*, CLI::Option*>> options;
};

// The values are asked for at the end.
CLI::callback_t keep() {
    return [](CLI::results_t const&) { return true; };
}

CLI::Option* offer(CLI::App& app, option_spec const& spec) {
    std::string const name(spec.name);
    if (spec.value.empty())
        return app.add_flag(name == "--help" ? "-h,--help" : name)->disable_flag_override();
    return app.add_option(name, keep())->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// CLI11 hands words to an argument as long as it lacks some, so ours lacks a million. With
// allow_extra_args it would take `[a,b]` for a list.
CLI::Option* offer_words(CLI::App& app) {
    constexpr int many = 1'000'000;
    return app.add_option("words", keep())
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->expected(many)
        ->allow_extra_args(false);
}

CLI::App& add_subcommand(CLI::App& to, std::string const& name) {
    CLI::App& added = *to.add_subcommand(name);
    added.set_help_flag();
    added.allow_extras();
    return added;
}

class offer_of_commands {
public:
    offer_of_commands() {
        program_.set_help_flag();
        program_.allow_extras();
        // At most one: otherwise a role that is called like a command would be one.
        program_.require_subcommand(0, 1);
        program_.add_flag("-h,--help");
        program_.add_flag("--version");
        for (command_spec const& spec : command_specs()) add(spec);
    }

    command_line read(std::vector<std::string> words) {
        std::reverse(words.begin(), words.end());
        try {
            program_.parse(std::move(words));
        } catch (CLI::ParseError const& error) {
            refuse(error);
        }
        for (offered_command const& offered : commands_)
            if (offered.app->parsed()) return read(offered);
        return read_program();
    }

private:
    void add(command_spec const& spec) {
        std::size_t const space = spec.name.find(' ');
        CLI::App* app = nullptr;
        if (space == std::string_view::npos) {
            app = &add_subcommand(program_, std::string(spec.name));
        } else {
            group_ = &add_subcommand(program_, std::string(spec.name.substr(0, space)));
            group_->require_subcommand(0, 1);
            group_->add_flag("-h,--help");
            app = &add_subcommand(*group_, std::string(spec.name.substr(space + 1)));
        }
        offered_command offered{&spec, app, offer_words(*app), {}};
        for (option_spec const& option : spec.options)
            offered.options.emplace_back(&option, offer(*app, option));
        commands_.push_back(std::move(offered));
    }

    [[nodiscard]] command_line read(offered_command const& offered) const {
        std::vector<std::string> known{"-h"};
        command_line line;
        line.command = offered.spec;
        for (auto const& [spec, option] : offered.options) {
            known.emplace_back(spec->name);
            if (option->count() == 0) continue;
            if (option->count() > 1 && !spec->repeatable && !spec->value.empty())
                throw usage_error(detail::in_backticks(spec->name) + " is given more than once",
                                  offered.spec);
            line.options[spec->name] = option->results();
        }
        line.help = line.has("--help") || program_.count("--help") > 0;
        line.version = program_.count("--version") > 0;
        if (!line.help && !line.version) {
            refuse_misplaced(program_.remaining(), offered);
            if (offered.app->get_parent() == group_) refuse_misplaced(group_->remaining(), offered);
            refuse_unknown(offered.app->remaining(), known, offered.spec);
        }
        line.words = offered.words->results();
        return line;
    }

    command_line read_program() {
        command_line line;
        line.help = program_.count("--help") > 0;
        line.version = program_.count("--version") > 0;
        bool const in_group = group_ != nullptr && group_->parsed();
        if (in_group && group_->count("--help") > 0) {
            line.command = commands_in_group().front();
            line.help = true;
        }
        if (line.help || line.version) return line;
        if (in_group) refuse_unknown_in_group();
        refuse_unknown(program_.remaining(), {"--help", "--version"}, nullptr);
        return line;
    }

    [[nodiscard]] std::vector<command_spec const*> commands_in_group() const {
        std::vector<command_spec const*> found;
        for (offered_command const& offered : commands_)
            if (offered.app->get_parent() == group_) found.push_back(offered.spec);
        return found;
    }

    [[noreturn]] void refuse_unknown_in_group() const {
        auto const* const only = commands_in_group().front();
        auto const words = group_->remaining();
        std::string const written =
            words.empty() ? group_->get_name() : group_->get_name() + ' ' + words.front();
        throw usage_error("there is no command " + detail::in_backticks(written) +
                              "; did you mean " + detail::in_backticks(only->name) + '?',
                          only);
    }

    // Before a command, only the program's own options may stand.
    static void refuse_misplaced(std::vector<std::string> const& words,
                                 offered_command const& offered) {
        if (words.empty()) return;
        throw usage_error(detail::in_backticks(words.front()) + " stands before the command; put " +
                              "it behind " + detail::in_backticks(offered.spec->name),
                          offered.spec);
    }

    // The first word that CLI11 could not place is an option that does not exist, or in the
    // place of a command, a command that does not.
    static void refuse_unknown(std::vector<std::string> const& words,
                               std::vector<std::string> const& known, command_spec const* command) {
        auto const first = std::find_if(words.begin(), words.end(),
                                        [](std::string const& word) { return word != "--"; });
        if (first == words.end()) return;
        bool const option = first->size() > 1 && first->front() == '-';
        std::string const word = option ? first->substr(0, first->find('=')) : *first;
        std::vector<std::string_view> candidates(known.begin(), known.end());
        if (!option) {
            candidates.clear();
            for (command_spec const& spec : command_specs()) candidates.push_back(spec.name);
        }
        throw usage_error(std::string("there is no ") + (option ? "option " : "command ") +
                              detail::in_backticks(word) +
                              detail::did_you_mean(closest(word, candidates)),
                          command);
    }

    static std::optional<std::string_view> closest(
        std::string_view word, std::vector<std::string_view> const& candidates) {
        return detail::closest(word, candidates);
    }

    // What CLI11 itself finds wrong: an option without its value, or a flag with one. Its text
    // names the option, with or without dashes; of two that fit, the longer one.
    [[noreturn]] void refuse(CLI::ParseError const& error) const {
        std::string_view const what = error.what();
        offered_command const* command = nullptr;
        option_spec const* option = nullptr;
        for (offered_command const& offered : commands_) {
            if (!offered.app->parsed()) continue;
            command = &offered;
            for (auto const& [spec, unused] : offered.options) {
                bool const named = what.find(spec->name.substr(2)) != std::string_view::npos;
                if (named && (option == nullptr || option->name.size() < spec->name.size()))
                    option = spec;
            }
        }
        if (option == nullptr)
            throw usage_error(error.what(), command == nullptr ? nullptr : command->spec);
        std::string const problem = option->value.empty()
                                        ? " takes no value"
                                        : " needs a value: " + std::string(option->value);
        throw usage_error(detail::in_backticks(option->name) + problem, command->spec);
    }

    CLI::App program_;
    CLI::App* group_ = nullptr;  // the one command that has commands of its own
    std::vector<offered_command> commands_;
};

// CLI11 takes the next word for the value of `--user=`; its value is empty.
std::vector<std::string> split_empty_values(std::vector<std::string> words) {
    std::vector<std::string> result;
    bool options = true;
    for (std::string& word : words) {
        options = options && word != "--";
        bool const empty = options && word.size() > 3 && word.rfind("--", 0) == 0 &&
                           word.find('=') == word.size() - 1;
        if (empty) word.pop_back();
        result.push_back(std::move(word));
        if (empty) result.emplace_back();
    }
    return result;
}

}  // namespace

command_line read_command_line(std::vector<std::string> arguments) {
    return offer_of_commands().read(split_empty_values(std::move(arguments)));
}

}  // namespace rolecall::inline v0_1::cli
