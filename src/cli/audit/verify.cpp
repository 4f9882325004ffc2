// `rolecall audit verify`: whether a journal is what was written.
#include "cli/audit/commands.hpp"
#include "cli/audit/findings.hpp"
#include "cli/audit/text_file.hpp"
#include "cli/commands.hpp"
#include "cli/json_values.hpp"
#include "cli/progress.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/journal_check.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

class shown_progress final : public journal_check_listener {
public:
    explicit shown_progress(streams& to) : shown_(to, "bytes", progress::results::at_the_end) {}
    void is_at(std::uint64_t done, std::uint64_t total) override { shown_.at(done, total); }

private:
    progress shown_;
};

// Whoever can sign can make a journal anew. Of a private key, checking needs the public part alone.
void warn_of_private(std::string const& path, std::string_view pem, streams& to) {
    if (pem.find("PRIVATE KEY-----") == std::string_view::npos) return;
    to.complain("warning: " + detail::in_backticks(path) +
                " is a private key: whoever has it can sign, so it does not belong where trails "
                "are checked; its public part is enough (openssl pkey -pubout)");
}

bool read_keys(audit_verify_arguments const& from, journal_check_options& to, streams& out) {
    for (std::string const& path : from.keys) {
        auto const text = text_of_file(path, out);
        if (!text) return false;
        std::string problem;
        auto const key = journal_public_key::from_pem(*text, problem);
        if (!key) {
            out.complain(detail::in_backticks(path) + ": " + problem);
            return false;
        }
        warn_of_private(path, *text, out);
        to.keys.push_back(*key);
    }
    return true;
}

bool read_heads(audit_verify_arguments const& from, journal_check_options& to, streams& out) {
    for (std::string const& path : from.heads) {
        auto const text = text_of_file(path, out);
        if (!text) return false;
        auto const heads = parse_journal_heads(*text);
        if (!heads || heads->empty()) {
            out.complain(detail::in_backticks(path) +
                         " holds something else than heads, as `rolecall audit head` prints them");
            return false;
        }
        to.heads.insert(to.heads.end(), heads->begin(), heads->end());
    }
    return true;
}

std::string_view word_of(journal_verdict verdict) {
    constexpr std::string_view words[] = {"note", "warning", "bad"};
    return words[static_cast<std::size_t>(verdict)];
}

void print_finding(journal_finding const& f, streams& to) {
    colours const& c = to.out.colour();
    std::string_view const colour = f.verdict == journal_verdict::bad       ? c.deny
                                    : f.verdict == journal_verdict::warning ? c.condition
                                                                            : c.faint;
    std::string line(colour);
    line += std::string(word_of(f.verdict)) + std::string(c.reset) + "  " + finding_text(f);
    if (f.verdict == journal_verdict::bad && f.segment != 0)
        line += f.sequence == 0 ? "; no record of it is good"
                                : "; records up to " + with_commas(f.sequence) + " are good";
    to.out.line(line);
}

// What it comes to, and what to do. Where something is doubtful it does not say that nothing was
// changed.
void print_conclusion(journal_report const& report, bool with_keys, streams& to) {
    colours const& c = to.out.colour();
    std::uint64_t bad = 0, doubtful = 0;
    for (journal_finding const& f : report.findings) {
        if (f.verdict == journal_verdict::bad) ++bad;
        if (f.verdict == journal_verdict::warning && f.segment != 0) ++doubtful;
    }
    std::string_view const colour = bad != 0 ? c.deny : doubtful != 0 ? c.condition : c.allow;
    std::string const what = bad != 0        ? "this is not what was written"
                             : doubtful != 0 ? count_text(doubtful, "place") + " in doubt"
                                             : "no change was found";
    to.out.line(std::string(colour) + what + std::string(c.reset) + ": " +
                count_text(report.signatures_checked, "signature") + " and " +
                count_text(report.heads_checked, "head") + " checked");
    std::string advice;
    if (bad != 0 || doubtful != 0)
        advice =
            "copy the folder before a process opens it again: what is in doubt is then given up";
    else if (report.heads_checked == 0)
        advice = with_keys ? "what was cut off at the end is seen only with `--heads`"
                           : "what was made anew is seen only with `--key` and `--heads`";
    if (!advice.empty()) to.out.line(std::string(c.faint) + advice + std::string(c.reset));
}

void print_text(journal_report const& report, bool with_keys, streams& to) {
    for (journal_writer_report const& w : report.writers) {
        std::string line = "writer " + std::to_string(w.writer) + "  ";
        line += w.last == 0 ? "no records"
                            : "records " + with_commas(w.first) + " to " + with_commas(w.last);
        line += ", " + count_text(w.segments, "segment") + ", " +
                count_text(w.checkpoints, "checkpoint");
        if (w.lost > 0) line += ", " + with_commas(w.lost) + " not recorded";
        to.out.line(line);
    }
    for (journal_finding const& f : report.findings) print_finding(f, to);
    print_conclusion(report, with_keys, to);
}

json::object json_of(journal_writer_report const& w) {
    json::object to;
    to["writer"] = w.writer;
    to["segments"] = w.segments;
    to["bytes"] = w.bytes;
    to["frames"] = w.frames;
    to["checkpoints"] = w.checkpoints;
    to["first"] = w.first;
    to["last"] = w.last;
    to["lost"] = w.lost;
    to["head"] = json_text_or_null(w.head.head);
    return to;
}

void print_json(journal_report const& report, streams& to) {
    json::object all;
    all["journal"] = json_text_or_null(report.journal);
    all["good"] = report.good();
    all["signatures_checked"] = report.signatures_checked;
    all["heads_checked"] = report.heads_checked;
    json::array writers;
    for (journal_writer_report const& w : report.writers) writers.emplace_back(json_of(w));
    all["writers"] = std::move(writers);
    json::array findings;
    for (journal_finding const& f : report.findings) {
        json::object one;
        one["verdict"] = json_text(word_of(f.verdict));
        one["writer"] = f.writer;
        one["segment"] = f.segment;
        one["offset"] = f.offset;
        one["sequence"] = f.sequence;
        one["text"] = json_text(f.text);
        findings.emplace_back(std::move(one));
    }
    all["findings"] = std::move(findings);
    to.out.line(json::serialize(all));
}

}  // namespace

int run_audit_verify(audit_verify_arguments const& arguments, streams& to) {
    if (is_no_journal(arguments.journal, to)) return exit_code::usage;
    journal_check_options options;
    if (!read_keys(arguments, options, to) || !read_heads(arguments, options, to))
        return exit_code::usage;
    journal_report report;
    {
        shown_progress shown(to);
        options.listener = &shown;
        report = check_journal(arguments.journal, options);
    }
    if (arguments.json)
        print_json(report, to);
    else
        print_text(report, !options.keys.empty(), to);
    return report.good() ? exit_code::fine : exit_code::no;
}

}  // namespace rolecall::inline v0_1::cli
