#include "cli/command_line.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

// CLI11 splits the words; what they mean, and every message, is ours. It is included here
// and nowhere else: it takes longer to compile than the rest of the program.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <map>
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
        std::string_view const group = spec.group();
        CLI::App* app = nullptr;
        if (group.empty())
            app = &add_subcommand(program_, std::string(spec.name));
        else
            app = &add_subcommand(group_of(group), std::string(spec.name.substr(group.size() + 1)));
        offered_command offered{&spec, app, offer_words(*app), {}};
        for (option_spec const& option : spec.options)
            offered.options.emplace_back(&option, offer(*app, option));
        commands_.push_back(std::move(offered));
    }

    CLI::App& group_of(std::string_view name) {
        auto const [found, is_new] = groups_.try_emplace(name, nullptr);
        if (is_new) {
            found->second = &add_subcommand(program_, std::string(name));
            found->second->require_subcommand(0, 1);
            found->second->add_flag("-h,--help");
        }
        return *found->second;
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
            if (auto const group = groups_.find(offered.spec->group()); group != groups_.end())
                refuse_misplaced(group->second->remaining(), offered);
            refuse_unknown(offered.app->remaining(), known, offered.spec);
        }
        line.words = offered.words->results();
        return line;
    }

    command_line read_program() {
        command_line line;
        line.help = program_.count("--help") > 0;
        line.version = program_.count("--version") > 0;
        auto const group = std::find_if(groups_.begin(), groups_.end(),
                                        [](auto const& each) { return each.second->parsed(); });
        if (group != groups_.end() && (line.help || group->second->count("--help") > 0)) {
            line.group = group->first;
            line.help = true;
        }
        if (line.help || line.version) return line;
        if (group != groups_.end()) refuse_unknown_in(group->first, *group->second);
        refuse_unknown(program_.remaining(), {"--help", "--version"}, nullptr);
        return line;
    }

    [[noreturn]] static void refuse_unknown_in(std::string_view group, CLI::App const& app) {
        auto const words = app.remaining();
        std::string written(group);
        if (!words.empty()) written += ' ' + words.front();
        std::vector<std::string_view> names;
        std::string listed;
        for (command_spec const* command : command_specs_of(group)) {
            names.push_back(command->name);
            listed +=
                (listed.empty() ? "" : ", ") + std::string(command->name.substr(group.size() + 1));
        }
        bool const only = names.size() == 1;
        auto const meant = only ? std::optional(names.front()) : closest(written, names);
        throw usage_error(
            "there is no command " + detail::in_backticks(written) +
                (meant && (only || !words.empty()) ? detail::did_you_mean(meant)
                                                   : "; behind it stands one of " + listed),
            only ? names.front() : group);
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
        if (!option) candidates = command_names();
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
    std::map<std::string_view, CLI::App*> groups_;  // commands that have commands of their own
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
