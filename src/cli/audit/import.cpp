// `rolecall audit import`: the log of another application, into a journal.
#include "cli/audit/arguments.hpp"
#include "cli/audit/commands.hpp"
#include "cli/audit/words.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "document/sha256.hpp"
#include "import/files.hpp"
#include "import/log_journal.hpp"
#include "import/text_check.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

using detail::in_backticks;
using detail::printable;

// A clock that is a little ahead is no reason to refuse a log.
constexpr std::int64_t an_hour = 3'600'000'000'000;

// What was said of the columns, as the note of the import keeps it.
std::string columns_text(audit_import_arguments const& arguments) {
    std::string text;
    auto const add = [&](std::string_view option, std::string const& value) {
        if (value.empty()) return;
        text += (text.empty() ? "" : " ") + std::string(option) + ' ' + value;
    };
    for (std::string const& map : arguments.maps) add("--map", map);
    for (std::string const& set : arguments.sets) add("--set", set);
    add("--time-format", arguments.time_format);
    add("--zone", arguments.zone);
    return text;
}

void show_problems(csv::problems const& found, source_file const& file, streams& to) {
    for (diagnostic const& problem : detail::to_diagnostics(found.kept(), {&file, 1}))
        to.err.line(to_text(problem, to.err.colour().diagnostics));
    if (found.left_out() > 0) to.err.line("and " + count_text(found.left_out(), "more problem"));
    to.complain(printable(file.path) +
                " is refused: " + count_text(found.kept().size() + found.left_out(), "problem") +
                "; nothing was imported");
}

// `8,577 records of 48 users, from 2010-10-02T07:20:39Z to …`
void show_table(csv::log_table const& table, source_file const& file, output& to) {
    std::set<std::uint32_t> users;
    for (csv::log_row const& row : table.rows) users.insert(row.user);
    to.line(printable(file.path) + ": " + with_commas(table.rows.size()) +
            (table.rows.size() == 1 ? " record of " : " records of ") +
            count_text(users.size(), "user") + ", from " + time_text(table.rows.front().time) +
            " to " + time_text(table.rows.back().time));
}

// The earlier import that this one goes on with, if there is one; or why it can't be done.
struct earlier {
    csv::past_import const* torn = nullptr;
    std::string problem{};
    int code = exit_code::no;
};

earlier look_back(std::vector<csv::past_import> const& imports, csv::log_import const& what) {
    for (csv::past_import const& past : imports) {
        bool const same = past.sha256 == what.sha256;
        if (same && !past.torn())
            return {nullptr, "the journal has " + printable(what.from) + " already (as " +
                                 in_backticks(past.from) + ", writer " +
                                 std::to_string(past.writer) + "); nothing was imported"};
        if (!past.torn()) continue;
        if (same && past.columns == what.columns) return {&past, {}};
        return {nullptr, "the import of " + in_backticks(past.from) + " came to " +
                             with_commas(past.found) + " of " + with_commas(past.records) +
                             " records, and was stopped or still goes on; finish it first, with "
                             "the same file and " +
                             in_backticks(past.columns)};
    }
    return {};
}

int import_into(audit_import_arguments const& arguments, csv::log_table const& table,
                csv::log_import what, streams& to) {
    std::vector<csv::past_import> imports;
    if (std::string const wrong = csv::find_imports(arguments.journal, imports); !wrong.empty()) {
        to.complain(printable(wrong));
        return exit_code::usage;
    }
    earlier const before = look_back(imports, what);
    if (!before.problem.empty()) {
        to.complain(before.problem);
        return before.code;
    }
    what.torn = before.torn;
    if (before.torn != nullptr)
        to.out.line("goes on with an import that was stopped after " +
                    count_text(before.torn->found, "record"));
    if (arguments.dry_run) {
        to.out.line("dry run: nothing was imported");
        return exit_code::fine;
    }
    csv::log_import_report report;
    {
        progress shown(to, "records", progress::results::at_the_end);
        report = csv::append_log(arguments.journal, table, what,
                                 [&](std::uint64_t done) { shown.at(done); });
    }
    if (!report.problem.empty()) {
        to.complain(printable(report.problem));
        return exit_code::usage;
    }
    if (report.made_journal) to.out.line("made the journal " + printable(arguments.journal));
    std::string text = with_commas(report.written) +
                       (report.written == 1 ? " record" : " records") + " imported as writer " +
                       std::to_string(report.writer);
    if (report.written > 0)
        text += ", numbers " + std::to_string(report.first) + " to " + std::to_string(report.last);
    to.out.line(text);
    to.out.line("sha256 of the file: " + what.sha256);
    return exit_code::fine;
}

}  // namespace

int run_audit_import(audit_import_arguments const& arguments, streams& to) {
    csv::log_source from;
    auto wrong = csv::read_log_source(arguments.maps, arguments.sets, from);
    if (!wrong) wrong = csv::log_times::make(arguments.time_format, arguments.zone, from.times);
    source_file file{arguments.file == "-" ? "standard input" : arguments.file, {}};
    if (!wrong) wrong = csv::read_table_file(arguments.file, file.text, csv::max_log_file_bytes);
    if (wrong) {
        to.complain(*wrong);
        return exit_code::usage;
    }
    from.latest = detail::unix_nanoseconds() + an_hour;
    csv::log_import what;
    what.from = file.path;
    what.sha256 = sha256(file.text);
    what.columns = columns_text(arguments);
    what.key = arguments.key;
    file.text.erase(0, file.text.size() - csv::without_byte_order_mark(file.text).size());

    csv::problems found;
    csv::log_table const table = csv::read_log(file, from, found);
    if (!found.none()) {
        show_problems(found, file, to);
        return exit_code::no;
    }
    if (table.rows.empty()) {
        to.complain(printable(file.path) + " has no rows; nothing was imported");
        return exit_code::no;
    }
    show_table(table, file, to.out);
    return import_into(arguments, table, std::move(what), to);
}

}  // namespace rolecall::inline v0_1::cli
