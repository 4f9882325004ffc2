// `rolecall audit rotate`: new segments, and keys read anew.
#include "cli/audit/commands.hpp"
#include "cli/audit/writers.hpp"
#include "cli/commands.hpp"
#include <rolecall/detail/text.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

int run_audit_rotate(audit_rotate_arguments const& arguments, streams& to) {
    auto const writers = chosen_writers(arguments.journal, arguments.writer, to);
    if (!writers) return exit_code::usage;
    trail::wish wanted;
    wanted.what = trail::wish::kind::rotate;
    bool asked = false, failed = false;
    for (trail::writer_state const& writer : *writers) {
        // Where no process has it nothing is signed with its key: the next reads that anyway.
        if (!writer.runs && arguments.writer == 0) continue;
        asked = true;
        trail::tended done;
        if (trail::trouble const why =
                trail::tend_writer(arguments.journal, writer.number, arguments.key, wanted, done)) {
            complain_of_writer(writer.number, why, to);
            failed = true;
            continue;
        }
        to.out.line("writer " + std::to_string(writer.number) +
                    (done.by_process ? ": its process began a new segment, and read its key anew"
                                     : ": began a new segment; no process has this writer"));
    }
    if (failed) return exit_code::usage;
    if (asked) return exit_code::fine;
    to.out.line("no process writes to " + detail::in_backticks(arguments.journal) +
                " now: the next that starts uses the key that it is given");
    return exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
