// `rolecall audit export`: records of a journal as JSON lines, CSV or an SQLite file.
#include "cli/audit/arguments.hpp"
#include "cli/audit/commands.hpp"
#include "cli/audit/reading.hpp"
#include "cli/audit/record_formats.hpp"
#include "cli/commands.hpp"
#include "cli/file_replacement.hpp"
#include "cli/progress.hpp"
#include "trail_store/store.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/journal_reader.hpp>
#include <rolecall/user_store.hpp>

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {
namespace {

// What came of it, in the words of whoever did it.
struct exported {
    std::uint64_t records = 0;
    std::vector<std::string> gaps{};
    std::optional<std::string> problem{};
};

exported write_lines(audit_export_arguments const& arguments, output& file, progress& shown) {
    exported is;
    journal_reader_options options;
    options.from = arguments.asked.from;
    journal_reader records(arguments.journal, options);
    if (!records) {
        is.problem = records.problem();
        return is;
    }
    bool const as_csv = arguments.format == export_format::csv;
    if (as_csv) file.line(csv_head());
    while (journal_record const* record = records.next()) {
        if (!trail::matches(arguments.asked, *record)) continue;
        file.line(as_csv ? to_csv_line(*record) : to_json_line(*record));
        if (file.failed()) break;
        shown.at(++is.records);
    }
    is.gaps = records.problems();
    return is;
}

// The file is there when it is whole. It has ids of people: a new one is its owner's alone.
exported write_file(audit_export_arguments const& arguments, progress& shown) {
    exported is;
    file_replacement file(arguments.output);
    if ((is.problem = file.begin(0600))) return is;
    if (arguments.format == export_format::sqlite) {
        auto const filled =
            trail::export_store(arguments.journal, file.temporary(), arguments.asked,
                                [&](std::uint64_t done) { shown.at(done); });
        is.records = filled.records;
        is.gaps = filled.gaps;
        if (!filled.problem.empty()) is.problem = filled.problem;
    } else {
        output lines(file.number(), false);
        is = write_lines(arguments, lines, shown);
        if (!lines.flush())
            is.problem = path_error_text(arguments.output, "can't be written", lines.error());
    }
    if (!is.problem) is.problem = file.finish();
    if (!is.problem) is.problem = file.commit();
    return is;
}

exported write(audit_export_arguments const& arguments, streams& to) {
    progress shown(to, "records", progress::results::at_the_end);
    if (arguments.output == "-") return write_lines(arguments, to.out, shown);
    try {
        return write_file(arguments, shown);
    } catch (user_store_error const& problem) {
        exported is;
        is.problem = problem.what();
        return is;
    }
}

}  // namespace

int run_audit_export(audit_export_arguments const& arguments, streams& to) {
    if (arguments.output == "-" && arguments.format == export_format::sqlite) {
        to.complain("an SQLite file can't go to standard output; name a file with `--output`");
        return exit_code::usage;
    }
    if (!record_reading(arguments.reading, to).may_read) return exit_code::usage;
    exported const is = write(arguments, to);
    if (is.problem) {
        to.complain(detail::printable(*is.problem));
        return exit_code::usage;
    }
    if (arguments.output != "-")
        to.out.line(detail::printable(arguments.output) + ": " + count_text(is.records, "record") +
                    " written");
    for (std::string const& gap : is.gaps) to.complain(detail::printable(gap));
    return is.gaps.empty() ? exit_code::fine : exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
