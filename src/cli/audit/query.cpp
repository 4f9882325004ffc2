// `rolecall audit query` and `rolecall audit show`: records of a journal, or of an index of it.
#include "cli/audit/arguments.hpp"
#include "cli/audit/commands.hpp"
#include "cli/audit/reading.hpp"
#include "cli/audit/record_formats.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "trail_store/store.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/journal_reader.hpp>
#include <rolecall/user_store.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::chrono::milliseconds between_looks{200};

class query_run {
public:
    query_run(audit_query_arguments const& arguments, recorded_reading const& own, streams& to)
        : arguments_(arguments), own_(own), to_(to), progress_(to, "records read") {}

    int run() {
        if (arguments_.format == output_format::csv && !arguments_.count) to_.out.line(csv_head());
        bool const whole = arguments_.index.empty() ? read_journal() : ask_index();
        if (failed_) return exit_code::usage;
        if (arguments_.count) to_.out.line(std::to_string(found_));
        return whole && found_ > 0 ? exit_code::fine : exit_code::no;
    }

private:
    // False: a part is missing, and it has complained.
    bool read_journal() {
        journal_reader_options options;
        options.writer = arguments_.writer;
        options.from = arguments_.asked.from;
        journal_reader records(arguments_.journal, options);
        if (!records) return fail(records.problem());
        read(records);
        keep_last_ = false;
        for (journal_record const& record : last_) write(record);
        last_.clear();
        while (arguments_.follow && to_.out.flush()) {
            std::this_thread::sleep_for(between_looks);
            read(records);
        }
        for (std::string const& problem : records.problems())
            to_.complain(detail::printable(problem));
        return records.problems().empty();
    }

    void read(journal_reader& records) {
        while (journal_record const* record = records.next()) {
            progress_.at(++looked_);
            if (matches(arguments_.asked, *record) && !own_.made(*record)) take(*record);
            if (to_.out.failed()) return;
        }
    }

    bool ask_index() {
        try {
            if (arguments_.count)
                found_ = trail::count_index(arguments_.index, arguments_.asked);
            else
                trail::query_index(arguments_.index, arguments_.asked,
                                   [&](journal_record const& record) {
                                       write(record);
                                       return !to_.out.failed();
                                   });
            return true;
        } catch (user_store_error const& problem) {
            return fail(problem.what());
        }
    }

    void take(journal_record const& record) {
        if (!arguments_.last || !keep_last_) {
            write(record);
            return;
        }
        last_.push_back(record);
        if (last_.size() > *arguments_.last) last_.pop_front();
    }

    void write(journal_record const& record) {
        ++found_;
        if (arguments_.count) return;
        switch (arguments_.format) {
            case output_format::json: to_.out.line(to_json_line(record)); return;
            case output_format::csv: to_.out.line(to_csv_line(record)); return;
            default: to_.out.line(to_text_line(record, to_.out.colour()));
        }
    }

    bool fail(std::string const& why) {
        to_.complain(detail::printable(why));
        failed_ = true;
        return false;
    }

    audit_query_arguments const& arguments_;
    recorded_reading const& own_;  // what it shows is what was there before
    streams& to_;
    progress progress_;
    std::deque<journal_record> last_;
    std::uint64_t looked_ = 0, found_ = 0;
    bool keep_last_ = true, failed_ = false;
};

}  // namespace

int run_audit_query(audit_query_arguments const& arguments, streams& to) {
    recorded_reading const own = record_reading(arguments.reading, to);
    return own.may_read ? query_run(arguments, own, to).run() : exit_code::usage;
}

}  // namespace rolecall::inline v0_1::cli
