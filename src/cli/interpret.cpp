#include "cli/interpret.hpp"

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

template <class Value>
struct choice {
    std::string_view word;
    Value value;
};

constexpr choice<output_format> text_format{"text", output_format::text};
constexpr choice<output_format> json_format{"json", output_format::json};
constexpr choice<output_format> csv_format{"csv", output_format::csv};
constexpr choice<output_format> markdown_format{"markdown", output_format::markdown};
constexpr choice<output_format> github_format{"github", output_format::github};

class interpreter {
public:
    explicit interpreter(command_line const& line) : line_(line) {}

    [[nodiscard]] task run() const {
        task result;
        result.run = command();
        result.colour = choose("--color", {choice<colour_choice>{"auto", colour_choice::automatic},
                                           {"always", colour_choice::always},
                                           {"never", colour_choice::never}});
        return result;
    }

private:
    using command_run = std::function<int(streams&)>;

    [[noreturn]] void fail(std::string const& text) const {
        throw usage_error(text, line_.command);
    }

    // The same, where showing the order of words helps.
    [[noreturn]] void fail_with_usage(std::string const& text) const {
        throw usage_error(text, line_.command, usage_error::about::words);
    }

    [[nodiscard]] command_run command() const {
        std::string_view const name = line_.command->name;
        if (name == "validate") return bind(run_validate, validate());
        if (name == "check") return bind(run_check, check());
        if (name == "explain") return bind(run_explain, explain());
        if (name == "matrix") return bind(run_matrix, matrix());
        if (name == "who-can") return bind(run_who_can, who_can());
        if (name == "what-can") return bind(run_what_can, what_can());
        if (name == "digest") return bind(run_digest, digest());
        if (name == "bench") return bind(run_bench, bench());
        if (name == "import csv") return bind(run_import, import());
        return help();
    }

    template <class Arguments>
    static command_run bind(int (*run)(Arguments const&, streams&), Arguments arguments) {
        return [run, arguments = std::move(arguments)](streams& to) { return run(arguments, to); };
    }

    // ---- Each command --------------------------------------------------------------------

    [[nodiscard]] validate_arguments validate() const {
        if (line_.words.empty())
            fail_with_usage("which policy? `validate` needs a file or a directory");
        validate_arguments result;
        for (std::string const& path : line_.words) result.policies.push_back(policy(path));
        result.format = format({text_format, json_format, github_format});
        return result;
    }

    [[nodiscard]] check_arguments check() const {
        check_arguments result;
        result.policy = first_policy();
        result.format = format({text_format, json_format});
        if (!line_.has("--requests")) {
            result.question = question();
            return result;
        }
        result.requests = line_.value("--requests");
        if (line_.words.size() > 1)
            fail("with `--requests`, the questions are in the file: " +
                 detail::in_backticks(line_.words[1]) + " is one word too many");
        for (std::string_view const option : {"--role", "--user", "--no-roles", "--fact"})
            if (line_.has(option))
                fail("with `--requests`, each request says who asks and what is known: " +
                     detail::in_backticks(option) + " is one option too many");
        result.question.on = day();
        return result;
    }

    [[nodiscard]] explain_arguments explain() const {
        return {first_policy(), question(), format({text_format, json_format})};
    }

    [[nodiscard]] matrix_arguments matrix() const {
        return {only_policy(), format({text_format, csv_format, json_format, markdown_format}),
                number("--width", 10'000)};
    }

    [[nodiscard]] who_can_arguments who_can() const {
        who_can_arguments result{first_policy(), {}, list_format()};
        result.question.words.assign(line_.words.begin() + 1, line_.words.end());
        if (result.question.words.size() != 2)
            fail_with_usage("the question is an action and a category" +
                            written_instead(result.question.words));
        result.question.facts = facts();
        result.question.on = day();
        return result;
    }

    [[nodiscard]] what_can_arguments what_can() const {
        what_can_arguments result{first_policy(), {}, list_format()};
        question_arguments& who = result.question;
        who.roles = line_.values("--role");
        if (line_.has("--user")) who.user = line_.value("--user");
        bool const role_is_a_word = !who.user && who.roles.empty();
        if (role_is_a_word && line_.words.size() < 2)
            fail_with_usage("who? `what-can` needs a role or a user");
        refuse_more_words(role_is_a_word ? 2 : 1);
        if (role_is_a_word) who.roles.push_back(line_.words[1]);
        who.facts = facts();
        who.on = day();
        return result;
    }

    [[nodiscard]] digest_arguments digest() const {
        return {only_policy(), format({text_format, json_format})};
    }

    [[nodiscard]] bench_arguments bench() const {
        bench_arguments result;
        result.policy = only_policy();
        result.format = format({text_format, json_format});
        result.seconds = seconds().value_or(result.seconds);
        constexpr std::size_t most_questions = 1'000'000;
        result.questions = number("--questions", most_questions).value_or(result.questions);
        result.seed = number("--seed", std::numeric_limits<std::size_t>::max()).value_or(1);
        result.roles = line_.values("--role");
        if (line_.has("--user")) result.user = line_.value("--user");
        if (!line_.has("--requests")) return result;
        result.requests = line_.value("--requests");
        for (std::string_view const option : {"--role", "--user", "--questions"})
            if (line_.has(option))
                fail("with `--requests`, the questions and who asks are in the file: " +
                     detail::in_backticks(option) + " is one option too many");
        return result;
    }

    [[nodiscard]] import_arguments import() const {
        if (line_.words.empty()) fail_with_usage("which file? `import csv` needs a table");
        refuse_more_words(1);
        return {line_.words[0], line_.values("--columns"), line_.value("--hierarchy"),
                line_.value("--names"), line_.value("--output")};
    }

    [[nodiscard]] command_run help() const {
        std::string name;
        for (std::string const& word : line_.words) name += (name.empty() ? "" : " ") + word;
        command_spec const* const about =
            find_command(name == "import" ? std::string_view("import csv") : name);
        if (about == nullptr && !name.empty()) {
            std::vector<std::string_view> names;
            for (command_spec const& spec : command_specs()) names.push_back(spec.name);
            fail("there is no command " + detail::in_backticks(name) +
                 detail::did_you_mean(detail::closest(name, names)));
        }
        return [about](streams& to) {
            to.out.write(about == nullptr ? program_help(to.out.colour())
                                          : command_help(*about, to.out.colour()));
            return exit_code::fine;
        };
    }

    // ---- Parts of them -------------------------------------------------------------------

    [[nodiscard]] policy_arguments policy(std::string const& path) const {
        constexpr std::size_t most = std::numeric_limits<std::size_t>::max() >> 20U;
        return {path, number("--max-table-mib", most), line_.has("--demand-end-marker")};
    }

    [[nodiscard]] policy_arguments first_policy() const {
        if (line_.words.empty())
            fail_with_usage("which policy? " + detail::in_backticks(line_.command->name) +
                            " needs a file or a directory");
        return policy(line_.words[0]);
    }

    [[nodiscard]] policy_arguments only_policy() const {
        policy_arguments result = first_policy();
        refuse_more_words(1);
        return result;
    }

    void refuse_more_words(std::size_t expected) const {
        if (line_.words.size() > expected)
            fail_with_usage(detail::in_backticks(line_.words[expected]) + " is one word too many");
    }

    [[nodiscard]] question_arguments question() const {
        question_arguments result;
        result.words.assign(line_.words.begin() + 1, line_.words.end());
        result.roles = line_.values("--role");
        result.no_roles = line_.has("--no-roles");
        if (line_.has("--user")) result.user = line_.value("--user");
        if (result.no_roles && (!result.user || !result.roles.empty()))
            fail("`--no-roles` goes with `--user`, and without `--role`");

        bool const role_is_a_word = !result.user && result.roles.empty();
        std::string const wanted =
            role_is_a_word ? "a role, an action and a category" : "an action and a category";
        if (result.words.size() != (role_is_a_word ? 3U : 2U))
            fail_with_usage("the question is " + wanted + written_instead(result.words));
        result.facts = facts();
        result.on = day();
        return result;
    }

    static std::string written_instead(std::vector<std::string> const& words) {
        std::string all;
        for (std::string const& word : words) all += (all.empty() ? "" : " ") + word;
        return words.empty() ? ", and there is none" : ", not " + detail::in_backticks(all);
    }

    [[nodiscard]] std::vector<stated_fact> facts() const {
        std::vector<stated_fact> result;
        for (std::string const& written : line_.values("--fact")) {
            std::size_t const equals = written.rfind('=');
            std::string_view const value = equals == std::string::npos
                                               ? std::string_view{}
                                               : std::string_view(written).substr(equals + 1);
            bool const known = value == "true" || value == "false";
            if (!known && value != "unknown")
                fail("`--fact` takes `NAME=true`, `NAME=false` or `NAME=unknown`, not " +
                     detail::in_backticks(written));
            std::string name = written.substr(0, equals);
            for (stated_fact const& other : result)
                if (other.name == name)
                    fail("the fact " + detail::in_backticks(name) + " is given twice");
            result.push_back(
                {std::move(name), known ? std::optional<bool>(value == "true") : std::nullopt});
        }
        return result;
    }

    [[nodiscard]] std::optional<date> day() const {
        if (!line_.has("--at")) return std::nullopt;
        std::string const written = line_.value("--at");
        auto const parsed = date::parse(written);
        if (!parsed)
            fail("`--at` takes a day such as 2027-03-31, not " + detail::in_backticks(written));
        return parsed;
    }

    [[nodiscard]] output_format format(std::initializer_list<choice<output_format>> choices) const {
        return choose("--format", choices);
    }

    [[nodiscard]] output_format list_format() const {
        return format({text_format, csv_format, json_format});
    }

    // One of some words; the first is the default.
    template <class Value>
    [[nodiscard]] Value choose(std::string_view option,
                               std::initializer_list<choice<Value>> choices) const {
        if (!line_.has(option)) return choices.begin()->value;
        std::string const written = line_.value(option);
        std::string listed;
        std::vector<std::string_view> words;
        for (auto const& [word, value] : choices) {
            if (word == written) return value;
            listed += (listed.empty() ? "" : ", ") + std::string(word);
            words.push_back(word);
        }
        fail(detail::in_backticks(option) + " of " + detail::in_backticks(line_.command->name) +
             " can't be " + detail::in_backticks(written) + "; it takes " + listed);
    }

    [[nodiscard]] std::optional<std::size_t> number(std::string_view option,
                                                    std::size_t most) const {
        if (!line_.has(option)) return std::nullopt;
        std::string const written = line_.value(option);
        std::size_t value = 0;
        char const* const end = written.data() + written.size();
        auto const [stopped, error] = std::from_chars(written.data(), end, value);
        if (error != std::errc{} || stopped != end || value == 0 || value > most)
            fail(detail::in_backticks(option) + " takes a whole number from 1 to " +
                 std::to_string(most) + ", not " + detail::in_backticks(written));
        return value;
    }

    [[nodiscard]] std::optional<double> seconds() const {
        if (!line_.has("--seconds")) return std::nullopt;
        constexpr double fewest = 0.01;
        constexpr double most = 3600;
        std::string const written = line_.value("--seconds");
        double value = 0;
        char const* const end = written.data() + written.size();
        auto const [stopped, error] =
            std::from_chars(written.data(), end, value, std::chars_format::fixed);
        if (error != std::errc{} || stopped != end || !(value >= fewest && value <= most))
            fail("`--seconds` takes a number from 0.01 to 3600, not " +
                 detail::in_backticks(written));
        return value;
    }

    command_line const& line_;
};

}  // namespace

task interpret(command_line const& line) { return interpreter(line).run(); }

}  // namespace rolecall::inline v0_1::cli
