#include "cli/diff/diff.hpp"

#include "cli/commands.hpp"
#include "cli/diff/git.hpp"
#include "cli/diff/report.hpp"
#include "cli/load_policy.hpp"
#include "document/load_files.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy_diff.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

bool exists(std::string const& path) {
    struct stat state {};
    return ::lstat(path.c_str(), &state) == 0;
}

// What is there wins over a revision of git.
loaded load_side(policy_arguments const& from, streams& to) {
    auto const revision = exists(from.path) ? std::nullopt : parse_git_path(from.path);
    if (!revision) return load_or_complain(from, to);
    yaml::load_options const options = options_of(from);
    git_reading read = read_from_git(*revision, from.path, options.max_file_bytes);
    if (!read.error.empty()) {
        to.complain(detail::printable(from.path) +
                    " can't be read: " + detail::printable(read.error));
        return {std::nullopt, exit_code::usage};
    }
    policy_result const result = yaml::load_files(std::move(read.files), options);
    if (result) return {*result, exit_code::fine};
    write_findings(result.findings(), to.err);
    int const code = exit_code_for(result.findings());
    to.complain(detail::printable(from.path) +
                (code == exit_code::usage ? " can't be read: " : " is refused: ") +
                counts_text(count_findings(result.findings())));
    return {std::nullopt, code};
}

void write(diff_report const& report, output_format format, output& to) {
    switch (format) {
        case output_format::markdown: write_diff_markdown(report, to); break;
        case output_format::html: write_diff_html(report, to); break;
        case output_format::json: write_diff_json(report, to); break;
        default: write_diff_text(report, to);
    }
}

// A level that neither policy has would never fail.
bool knows_level(diff_arguments const& arguments, policy_diff const& diff, streams& to) {
    if (arguments.fails != fail_on::gains_at || diff.rank(arguments.level) > 0) return true;
    std::vector<std::string_view> const known(diff.levels.begin(), diff.levels.end());
    std::string listed;
    for (std::string_view const level : known)
        listed += (listed.empty() ? "" : ", ") + std::string(level);
    auto const meant = detail::closest(arguments.level, known);
    to.complain("`--fail-on gains-at`: the policies have no level " +
                detail::in_backticks(arguments.level) +
                (meant ? detail::did_you_mean(meant) : "; they have " + listed));
    return false;
}

// Whether a rule that holds people back is gone, or another one: it may open something to who has
// several roles, or is known to an application alone, and then no role by itself gains. A guarantee
// opens nothing, but who takes one away wants to open what it kept shut, perhaps in the next
// change.
bool loosens(policy_diff const& diff) {
    return std::any_of(
        diff.statements.begin(), diff.statements.end(), [](statement_change const& c) {
            bool const rule = c.of == statement_change::section::guardrail ||
                              c.of == statement_change::section::separation ||
                              c.of == statement_change::section::guarantee;
            bool const vouching =
                c.of == statement_change::section::policy && c.property == "other-users";
            return (rule && c.what != statement_change::kind::added) || vouching;
        });
}

// Whether something may go unrecorded, or unnoticed for longer, that might not before.
bool records_less(policy_diff const& diff) {
    return std::any_of(diff.statements.begin(), diff.statements.end(),
                       [](statement_change const& c) { return c.loosens; });
}

int verdict(diff_arguments const& arguments, policy_diff const& diff, streams& to) {
    auto const fails = [&](bool does, std::string_view why) {
        if (does) to.complain(why);
        return does ? exit_code::no : exit_code::fine;
    };
    constexpr std::string_view loosened =
        "a guardrail, a separation, a guarantee or `other-users` changed, which may open something "
        "to who has several roles, or later, and `--fail-on` refuses it";
    constexpr std::string_view unrecorded =
        "less is demanded of the audit trail than before, and `--fail-on` refuses it";
    switch (arguments.fails) {
        case fail_on::nothing: break;
        case fail_on::gains:
            if (!diff.gains() && loosens(diff)) return fails(true, loosened);
            if (!diff.gains() && records_less(diff)) return fails(true, unrecorded);
            return fails(diff.gains(), "somebody may do more, and `--fail-on gains` refuses it");
        case fail_on::gains_at:
            if (!diff.gains(diff.rank(arguments.level)) && loosens(diff))
                return fails(true, loosened);
            if (!diff.gains(diff.rank(arguments.level)) && records_less(diff))
                return fails(true, unrecorded);
            return fails(diff.gains(diff.rank(arguments.level)),
                         "somebody may do more at level " + detail::in_backticks(arguments.level) +
                             " or above, and `--fail-on gains-at` refuses it");
        case fail_on::any:
            return fails(!diff.empty(), "there is a difference, and `--fail-on any` refuses it");
    }
    return exit_code::fine;
}

}  // namespace

int run_diff(diff_arguments const& arguments, streams& to) {
    loaded const before = load_side(arguments.before, to);
    loaded const after = load_side(arguments.after, to);
    if (!before.policy || !after.policy)
        return before.code == exit_code::usage || after.code == exit_code::usage
                   ? exit_code::usage
                   : exit_code::invalid_policy;
    diff_report report;
    report.on = arguments.on.value_or(date::today());
    report.diff = compare(*before.policy, *after.policy, {.on = report.on});
    if (!knows_level(arguments, report.diff, to)) return exit_code::usage;
    report.before_path = arguments.before.path;
    report.after_path = arguments.after.path;
    if (auto const& header = after.policy->source().header) report.title = header->name;
    write(report, arguments.format, to.out);
    return verdict(arguments, report.diff, to);
}

}  // namespace rolecall::inline v0_1::cli
