#include "cli/validate/interpret.hpp"

#include "cli/commands.hpp"
#include "cli/validate/arguments.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

class validate_interpreter : option_reader {
public:
    explicit validate_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] validate_arguments arguments() const {
        if (line_.words.empty())
            fail_with_usage("which policy? `validate` needs a file or a directory");
        refuse_together("--settings", {"--no-settings", "--no-lint"});
        refuse_together("--no-lint", {"--fix", "--no-settings"});
        refuse_together("--baseline", {"--write-baseline"});
        if (line_.has("--dry-run") && !line_.has("--fix")) fail("`--dry-run` goes with `--fix`");

        validate_arguments result;
        for (std::string const& path : line_.words) result.policies.push_back(policy(path));
        result.format = choose<report_format>("--format", {{"text", report_format::text},
                                                           {"json", report_format::json},
                                                           {"sarif", report_format::sarif},
                                                           {"github", report_format::github},
                                                           {"junit", report_format::junit},
                                                           {"gitlab", report_format::gitlab}});
        result.output = new_file("--output");
        if (result.output == "-") result.output.reset();
        result.settings = given("--settings");
        result.no_settings = line_.has("--no-settings");
        result.no_lint = line_.has("--no-lint");
        result.on = day();
        result.strict = line_.has("--strict");
        result.all = line_.has("--all");
        result.baseline = given("--baseline");
        result.write_baseline = new_file("--write-baseline");
        result.fix = line_.has("--fix");
        result.dry_run = line_.has("--dry-run");
        return result;
    }

private:
    void refuse_together(std::string_view one,
                         std::initializer_list<std::string_view> others) const {
        for (std::string_view const other : others)
            if (line_.has(one) && line_.has(other))
                fail(detail::in_backticks(one) + " and " + detail::in_backticks(other) +
                     " don't go together");
    }

    [[nodiscard]] std::optional<std::string> given(std::string_view option) const {
        return line_.has(option) ? std::optional(line_.value(option)) : std::nullopt;
    }

    // A slip of the hand must not put a report in the place of a policy.
    [[nodiscard]] std::optional<std::string> new_file(std::string_view option) const {
        std::optional<std::string> path = given(option);
        for (std::string_view const ending : {".yaml", ".yml"})
            if (path && path->size() >= ending.size() &&
                std::string_view(*path).substr(path->size() - ending.size()) == ending)
                fail(detail::in_backticks(option) + " writes no policy: " +
                     detail::in_backticks(*path) + " would be taken for one");
        return path;
    }
};

}  // namespace

command_run interpret_validate(command_line const& line) {
    return bind(run_validate, validate_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
