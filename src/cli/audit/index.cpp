// `rolecall audit index`: the records of a journal in an SQLite file, for questions.
#include "cli/audit/arguments.hpp"
#include "cli/audit/commands.hpp"
#include "cli/audit/reading.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "trail_store/store.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/user_store.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

int run_audit_index(audit_index_arguments const& arguments, streams& to) {
    if (!record_reading(arguments.reading, to).may_read) return exit_code::usage;
    trail::fill_report report;
    try {
        progress shown(to, "records", progress::results::at_the_end);
        report = trail::fill_index(arguments.journal, arguments.output,
                                   [&](std::uint64_t done) { shown.at(done); });
    } catch (user_store_error const& problem) {
        to.complain(detail::printable(problem.what()));
        return exit_code::usage;
    }
    if (!report.problem.empty()) {
        to.complain(detail::printable(report.problem));
        return exit_code::usage;
    }
    to.out.line(detail::printable(arguments.output) + ": " + count_text(report.added, "record") +
                " added, " + with_commas(report.records) + " in all");
    for (std::string const& gap : report.gaps) to.complain(detail::printable(gap));
    return report.gaps.empty() ? exit_code::fine : exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
