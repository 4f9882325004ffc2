// `rolecall audit retain`: what is older than it has to be kept, dropped.
#include "journal/retain.hpp"

#include "cli/audit/commands.hpp"
#include "cli/audit/words.hpp"
#include "cli/audit/writers.hpp"
#include "cli/commands.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/period.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

namespace rolecall::inline v0_1::cli {
namespace {

// PCI DSS 10.5.1, for whom it binds.
void warn_of_rules(std::int64_t before, streams& to) {
    std::int64_t const twelve_months_ago =
        date::today().plus_months(-12).days() * nanoseconds_of_a_day;
    if (before <= twelve_months_ago) return;
    to.complain(
        "warning: PCI DSS 10.5.1 asks for an audit trail of at least twelve months; this keeps "
        "less");
}

class retain_run {
public:
    retain_run(audit_retain_arguments const& arguments, streams& to)
        : arguments_(arguments), to_(to) {
        wanted_.what = trail::wish::kind::retain;
        wanted_.before = arguments.before;
        wanted_.patience = std::chrono::minutes(1);  // it reads what it drops
    }

    int run() {
        auto const writers = chosen_writers(arguments_.journal, arguments_.writer, to_);
        if (!writers) return exit_code::usage;
        warn_of_rules(arguments_.before, to_);
        for (trail::writer_state const& writer : *writers) {
            trail::trouble const why =
                arguments_.dry_run ? look_at(writer.number) : drop_from(writer);
            if (!why) continue;
            complain_of_writer(writer.number, why, to_);
            failed_ = true;
        }
        if (writers->empty()) to_.out.line("nothing to drop: no writer has written anything");
        if (arguments_.dry_run) to_.out.line("dry run: nothing was changed");
        return failed_ ? exit_code::usage : exit_code::fine;
    }

private:
    // The newest segment that is there stays in any case.
    [[nodiscard]] trail::trouble find(std::uint32_t writer, trail::retained_segments& found) const {
        constexpr std::uint64_t newest = std::numeric_limits<std::uint64_t>::max();
        std::string const folder = arguments_.journal + '/' + trail::writer_name(writer);
        return trail::find_old_segments(trail::real_files(), folder, newest, arguments_.before,
                                        found);
    }

    trail::trouble look_at(std::uint32_t writer) {
        trail::retained_segments found;
        if (trail::trouble why = find(writer, found)) return why;
        say(writer, found.count == 0
                        ? "nothing is so old that a whole segment would go"
                        : count_text(found.count, "segment") + " would go, of " +
                              count_text(found.bytes, "byte") + ", with its records up to " +
                              with_commas(found.sequence));
        return {};
    }

    trail::trouble drop_from(trail::writer_state const& writer) {
        // Where nothing will go, nobody needs to write that they were here.
        trail::retained_segments found;
        bool const idle = !writer.runs && !find(writer.number, found) && found.count == 0;
        trail::tended done;
        if (!idle)
            if (trail::trouble why = trail::tend_writer(arguments_.journal, writer.number,
                                                        arguments_.key, wanted_, done))
                return why;
        if (done.segments == 0)
            say(writer.number, "nothing is so old that a whole segment could go");
        else
            say(writer.number, count_text(static_cast<std::size_t>(done.segments), "segment") +
                                   " dropped" + (done.by_process ? " by its process" : ""));
        return {};
    }

    void say(std::uint32_t writer, std::string const& what) {
        to_.out.line("writer " + std::to_string(writer) + ": " + what);
    }

    audit_retain_arguments const& arguments_;
    streams& to_;
    trail::wish wanted_;
    bool failed_ = false;
};

}  // namespace

int run_audit_retain(audit_retain_arguments const& arguments, streams& to) {
    return retain_run(arguments, to).run();
}

}  // namespace rolecall::inline v0_1::cli
