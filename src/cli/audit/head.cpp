// `rolecall audit head`: how far the chains of a journal go, to keep elsewhere.
#include "cli/audit/commands.hpp"
#include "cli/audit/findings.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "journal/signing.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/journal_check.hpp>

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {

// A head vouches for what is before it: so a journal in which something is wrong gets none.
int run_audit_head(audit_head_arguments const& arguments, streams& to) {
    if (is_no_journal(arguments.journal, to)) return exit_code::usage;
    std::optional<trail::signing_key> key;
    if (!arguments.key.empty()) {
        std::string problem;
        key = trail::signing_key::from_file(arguments.key, problem);
        if (!key) {
            to.complain(detail::printable(problem));
            return exit_code::usage;
        }
    }
    journal_report const report = check_journal(arguments.journal);
    for (journal_finding const& f : report.findings) {
        // What is behind the end of a chain is not vouched for, but who keeps the head has to know.
        if (f.verdict == journal_verdict::warning && f.segment != 0) to.complain(finding_text(f));
        if (f.verdict != journal_verdict::bad) continue;
        to.complain(finding_text(f) +
                    "; no head is given, for it would vouch for that: see "
                    "`rolecall audit verify`");
        return exit_code::no;
    }
    bool first = true;
    for (journal_writer_report const& w : report.writers) {
        if (w.head.head.empty()) continue;
        journal_head head = w.head;
        head.time = detail::unix_nanoseconds();
        if (key && !trail::sign(head, *key)) {
            to.complain("the head can't be signed");
            return exit_code::usage;
        }
        if (!first) to.out.line("");
        to.out.write(to_text(head));
        first = false;
    }
    if (!first) return exit_code::fine;
    to.complain(detail::in_backticks(arguments.journal) + " has no frame that a head could be of");
    return exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
