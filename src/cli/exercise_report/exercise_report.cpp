// `rolecall exercise-report`: what stays of an hour around the table.
#include "cli/commands.hpp"
#include "cli/exercise_report/arguments.hpp"
#include "cli/exercise_report/record.hpp"
#include "cli/exercise_report/report.hpp"
#include "cli/load_policy.hpp"
#include "import/files.hpp"
#include <rolecall/detail/text.hpp>

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {
namespace {

held_exercise held_of(exercise_report const& report, exercise_report_arguments const& asked) {
    held_exercise result{.on = report.on,
                         .who = report.who,
                         .digest = report.digest,
                         .exercises = report.scenarios.size(),
                         .failed = {},
                         .open = asked.open};
    for (scenario const& one : report.scenarios)
        if (!one.outcome.passed()) result.failed.push_back(one.outcome.name);
    return result;
}

std::string text_of(exercise_report const& report, output_format format) {
    if (format == output_format::html) return exercise_report_html(report);
    if (format == output_format::json) return exercise_report_json(report);
    return exercise_report_markdown(report);
}

bool write(std::string const& text, exercise_report_arguments const& asked, streams& to) {
    if (!asked.output) {
        to.out.write(text);
        return to.out.flush();
    }
    auto const problem = csv::write_whole_file(*asked.output, text);
    if (problem) to.complain(*problem);
    return !problem;
}

int refuse(exercise_report const& report, streams& to) {
    to.complain(report.left_out > 0
                    ? "no exercise has that in its name, title, role or user; there are " +
                          with_commas(report.left_out)
                    : detail::in_backticks(report.policy_path) +
                          " has no exercises: write some down, in its section `exercises`");
    return exit_code::usage;
}

}  // namespace

int run_exercise_report(exercise_report_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    exercise_report const report = make_exercise_report(*policy.policy, arguments);
    if (report.scenarios.empty()) return refuse(report, to);

    std::optional<exercise_recording> recording;
    if (arguments.record) {
        recording.emplace(arguments.policy.path);
        if (int const code = recording->prepare(held_of(report, arguments), to); code != 0)
            return code;
    }
    if (!write(text_of(report, arguments.format), arguments, to)) return exit_code::usage;
    if (recording) {
        if (int const code = recording->commit(to); code != 0) return code;
        // The page may be what standard output gets.
        (arguments.output ? to.out : to.err)
            .line("recorded in " + detail::printable(recording->path()) + ": " +
                  count_text(report.scenarios.size(), "exercise") + ", held on " +
                  report.on.to_string() + " by " +
                  count_text(report.who.size(), "person", "people"));
    }
    return report.failed == 0 ? exit_code::fine : exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
