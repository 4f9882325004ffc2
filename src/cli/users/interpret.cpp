#include "cli/users/interpret.hpp"

#include "cli/commands.hpp"
#include <rolecall/user_edits.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_days = 36'500;  // a century

class users_interpreter : option_reader {
public:
    explicit users_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] command_run command() const {
        std::string_view const name = line_.command->name;
        if (name == "users create") return bind(run_users_create, create());
        if (name == "users list") return bind(run_users_list, list());
        if (name == "users add") return bind(run_users_add, of_users());
        if (name == "users remove") return bind(run_users_remove, of_users());
        if (name == "users assign") return bind(run_users_assign, assign());
        if (name == "users deassign") return bind(run_users_deassign, of_roles());
        if (name == "users import") return bind(run_users_import, import());
        if (name == "users export") return bind(run_users_export, export_());
        return bind(run_users_review, review());
    }

private:
    [[nodiscard]] users_create_arguments create() const {
        users_create_arguments result{store()};
        refuse_more_words(1);
        return result;
    }

    [[nodiscard]] users_list_arguments list() const {
        users_list_arguments result;
        result.store = store();
        refuse_more_words(1);
        if (line_.has("--role")) result.role = line_.value("--role");
        if (line_.has("--user")) result.user = id(line_.value("--user"));
        if (auto const days = number("--ending-within", most_days, 0))
            result.ending_within_days = static_cast<int>(*days);
        if (line_.has("--policy")) result.policy = policy(line_.value("--policy"));
        refuse_policy_options_alone();
        result.on = day();
        result.format = list_format();
        return result;
    }

    // STORE ID...
    [[nodiscard]] users_edit_arguments of_users() const {
        users_edit_arguments result;
        result.store = store();
        if (line_.words.size() < 2)
            fail_with_usage("which users? " + detail::in_backticks(line_.command->name) +
                            " needs at least one id");
        for (std::size_t i = 1; i < line_.words.size(); ++i)
            result.ids.push_back(id(line_.words[i]));
        result.dry_run = line_.has("--dry-run");
        return result;
    }

    // STORE ID ROLE...
    [[nodiscard]] users_edit_arguments of_roles() const {
        users_edit_arguments result;
        result.store = store();
        if (line_.words.size() < 3)
            fail_with_usage((line_.words.size() < 2 ? "which user? " : "which roles? ") +
                            detail::in_backticks(line_.command->name) +
                            " needs an id and at least one role");
        result.ids.push_back(id(line_.words[1]));
        result.roles.assign(line_.words.begin() + 2, line_.words.end());
        result.dry_run = line_.has("--dry-run");
        return result;
    }

    [[nodiscard]] users_edit_arguments assign() const {
        users_edit_arguments result = of_roles();
        result.policy = demanded_policy("it declares the roles, and which may not meet");
        result.until = day("--until");
        return result;
    }

    [[nodiscard]] users_import_arguments import() const {
        users_import_arguments result;
        result.store = store();
        if (line_.words.size() < 2)
            fail_with_usage("which file? `users import` needs a table; `-` reads standard input");
        refuse_more_words(2);
        result.file = line_.words[1];
        result.policy = demanded_policy("it declares the roles, and which may not meet");
        result.replace = line_.has("--replace");
        result.dry_run = line_.has("--dry-run");
        return result;
    }

    [[nodiscard]] users_export_arguments export_() const {
        users_export_arguments result{store(), format({csv_format, json_format})};
        refuse_more_words(1);
        return result;
    }

    [[nodiscard]] users_review_arguments review() const {
        users_review_arguments result;
        refuse_more_words(1);
        if (!line_.words.empty()) result.store = line_.words[0];
        result.policy = demanded_policy("it says what the roles may do");
        result.on = day();
        if (auto const days = number("--ending-within", most_days, 0))
            result.ending_within_days = static_cast<int>(*days);
        result.format = format({text_format, csv_format, json_format, html_format});
        return result;
    }

    // ---- Parts of them -------------------------------------------------------------------

    [[nodiscard]] std::string store() const {
        if (line_.words.empty() || line_.words[0].empty())
            fail_with_usage("which store? " + detail::in_backticks(line_.command->name) +
                            " needs the file of a store of users");
        return line_.words[0];
    }

    [[nodiscard]] policy_arguments demanded_policy(std::string const& why) const {
        if (!line_.has("--policy"))
            fail("which policy? " + detail::in_backticks(line_.command->name) +
                 " needs `--policy POLICY`: " + why);
        return policy(line_.value("--policy"));
    }

    void refuse_policy_options_alone() const {
        for (std::string_view const option : {"--max-table-mib", "--demand-end-marker"})
            if (line_.has(option) && !line_.has("--policy"))
                fail(detail::in_backticks(option) + " goes with `--policy`");
    }

    [[nodiscard]] std::string id(std::string const& written) const {
        if (!valid_user_id(written))
            fail(detail::in_backticks(written) +
                 " can't be the id of a user: it has 1 to 256 bytes of UTF-8, and no characters "
                 "that nobody sees");
        return written;
    }
};

}  // namespace

command_run interpret_users(command_line const& line) { return users_interpreter(line).command(); }

}  // namespace rolecall::inline v0_1::cli
