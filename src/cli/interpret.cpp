#include "cli/interpret.hpp"

#include "cli/audit/interpret.hpp"
#include "cli/blast_radius/interpret.hpp"
#include "cli/commands.hpp"
#include "cli/diff/diff.hpp"
#include "cli/exercise_report/interpret.hpp"
#include "cli/help.hpp"
#include "cli/option_reader.hpp"
#include "cli/test/interpret.hpp"
#include "cli/users/interpret.hpp"
#include "cli/validate/interpret.hpp"
#include "cli/writing/interpret_init.hpp"
#include "cli/writing/interpret_schema.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

class interpreter : option_reader {
public:
    explicit interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] task run() const {
        task result;
        result.run = command();
        result.colour = choose("--color", {choice<colour_choice>{"auto", colour_choice::automatic},
                                           {"always", colour_choice::always},
                                           {"never", colour_choice::never}});
        return result;
    }

private:
    [[nodiscard]] command_run command() const {
        std::string_view const name = line_.command->name;
        if (name == "validate") return interpret_validate(line_);
        if (name == "check") return bind(run_check, check());
        if (name == "explain") return bind(run_explain, explain());
        if (name == "matrix") return bind(run_matrix, matrix());
        if (name == "who-can") return bind(run_who_can, who_can());
        if (name == "what-can") return bind(run_what_can, what_can());
        if (name == "diff") return interpret_diff(line_);
        if (name == "blast-radius") return interpret_blast_radius(line_);
        if (name == "test") return interpret_test(line_);
        if (name == "exercise-report") return interpret_exercise_report(line_);
        if (name == "digest") return bind(run_digest, digest());
        if (name == "bench") return bind(run_bench, bench());
        if (name == "import csv") return bind(run_import, import());
        if (name == "init") return interpret_init(line_);
        if (name == "schema") return interpret_schema(line_);
        if (line_.command->group() == "users") return interpret_users(line_);
        if (line_.command->group() == "audit") return interpret_audit(line_);
        return help();
    }

    // ---- Each command --------------------------------------------------------------------

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
        for (std::string_view const option :
             {"--role", "--user", "--no-roles", "--users", "--fact"})
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
        if (line_.has("--users")) result.question.users = line_.value("--users");
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
        who.users = store_of_user();
        if (who.users && !who.roles.empty())
            fail("`--users` goes with `--user` alone, without `--role`");
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
        if (name.empty())
            return [](streams& to) {
                to.out.write(program_help(to.out.colour()));
                return exit_code::fine;
            };
        if (command_specs_of(name).size() == 1) name = command_specs_of(name).front()->name;
        command_spec const* const about = find_command(name);
        if (about == nullptr && command_specs_of(name).empty())
            fail("there is no command " + detail::in_backticks(name) +
                 detail::did_you_mean(detail::closest(name, command_names())));
        return [about, name](streams& to) {
            to.out.write(about == nullptr ? group_help(name, to.out.colour())
                                          : command_help(*about, to.out.colour()));
            return exit_code::fine;
        };
    }

    // ---- Parts of them -------------------------------------------------------------------

    // A store knows users: roles ask without it.
    [[nodiscard]] std::optional<std::string> store_of_user() const {
        if (!line_.has("--users")) return std::nullopt;
        if (!line_.has("--user")) fail("`--users` goes with `--user`");
        return line_.value("--users");
    }

    [[nodiscard]] question_arguments question() const {
        question_arguments result;
        result.words.assign(line_.words.begin() + 1, line_.words.end());
        result.roles = line_.values("--role");
        result.no_roles = line_.has("--no-roles");
        if (line_.has("--user")) result.user = line_.value("--user");
        result.users = store_of_user();
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
};

}  // namespace

task interpret(command_line const& line) { return interpreter(line).run(); }

}  // namespace rolecall::inline v0_1::cli
