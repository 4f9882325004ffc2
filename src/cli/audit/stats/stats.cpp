// `rolecall audit stats`: how much of what is in a journal.
#include "cli/audit/commands.hpp"
#include "cli/audit/reading.hpp"
#include "cli/audit/stats/counts.hpp"
#include "cli/audit/stats/report.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "journal/frame.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/journal_reader.hpp>

#include <filesystem>
#include <string>
#include <system_error>

namespace rolecall::inline v0_1::cli {
namespace {

// What is there now: a process may be writing or dropping segments meanwhile.
void look_at_files(std::string const& journal, std::uint32_t number, trail_counts::writer& is) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::directory_iterator files(fs::path(journal) / trail::writer_name(number), error);
    for (; !error && files != fs::directory_iterator(); files.increment(error)) {
        if (files->path().extension() != ".segment") continue;
        std::error_code gone;
        auto const bytes = files->file_size(gone);
        if (gone) continue;
        ++is.segments;
        is.bytes += bytes;
    }
}

}  // namespace

int run_audit_stats(audit_stats_arguments const& arguments, streams& to) {
    recorded_reading const own = record_reading(arguments.reading, to);
    if (!own.may_read) return exit_code::usage;
    journal_reader_options options;
    options.writer = arguments.writer;
    options.from = arguments.asked.from;
    journal_reader records(arguments.journal, options);
    if (!records) {
        to.complain(detail::printable(records.problem()));
        return exit_code::usage;
    }
    trail_counts found;
    {
        progress shown(to, "records", progress::results::at_the_end);
        std::uint64_t looked = 0;
        while (journal_record const* record = records.next()) {
            shown.at(++looked);
            if (trail::matches(arguments.asked, *record) && !own.made(*record)) found.add(*record);
        }
    }
    for (auto& [number, writer] : found.writers) look_at_files(arguments.journal, number, writer);
    if (arguments.json)
        write_stats_json(arguments, found, to.out);
    else
        write_stats_text(arguments, found, to.out);
    for (std::string const& problem : records.problems()) to.complain(detail::printable(problem));
    return found.all.records > 0 && records.problems().empty() ? exit_code::fine : exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
