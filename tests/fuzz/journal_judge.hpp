// What has to hold of a check and of a reader whatever bytes stand in the files of a journal.
#ifndef ROLECALL_TESTS_FUZZ_JOURNAL_JUDGE_HPP
#define ROLECALL_TESTS_FUZZ_JOURNAL_JUDGE_HPP

#include "journal/check.hpp"
#include "journal/raw_journal.hpp"
#include "journal/record_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace rolecall::testing {

/// Gives every frame the hash of its bytes, and the hash of the one before it in the same writer:
/// so that what a frame holds is looked at, however strange it is.
inline void repair(memory_files& files) {
    std::string last(32, '\0');
    std::string writer;
    for (auto& [path, bytes] : files.contents) {
        if (!path.ends_with(".segment")) continue;
        std::string const of = path.substr(0, path.rfind('/'));
        if (of != writer) last.assign(32, '\0');
        writer = of;
        std::size_t at = 0;
        while (at + 96 <= bytes.size() && bytes.compare(at, 4, "RCJ1") == 0) {
            std::uint32_t payload = 0;
            std::memcpy(&payload, bytes.data() + at + 8, sizeof payload);
            if (payload > bytes.size() - at - 96) break;
            bytes.replace(at + 32, 32, last);
            last = raw_hash(std::string_view(bytes).substr(at, 64 + payload));
            bytes.replace(at + 64 + payload, 32, last);
            at += 96 + payload;
        }
    }
}

/// Checks and reads the journal in folder `j`; empty, or what does not hold.
inline std::string judge(memory_files& files) {
    std::uint64_t bytes = 0;
    for (auto const& [path, text] : files.contents) bytes += text.size();
    static trail::signing_key const key = known_key(1);
    journal_check_options options;
    options.keys = {public_of(key)};
    journal_report const report = trail::check(files, "j", options, false);
    if (report.findings.size() > 1000 + report.writers.size() * 700) return "too many findings";
    trail::record_reader reader(files, "j", {}, false);
    std::uint64_t records = 0;
    std::uint64_t checked = 0;
    while (reader.next() != nullptr)
        if (++records > bytes) return "more records than bytes";
    bool clean = true;
    for (journal_finding const& f : report.findings)
        clean = clean && f.verdict == journal_verdict::note;
    for (journal_writer_report const& w : report.writers)
        if (w.last != 0) checked += w.last - w.first + 1;
    if (clean && !reader.problems().empty())
        return "a check finds nothing where a reader does: " + reader.problems().front();
    if (reader.problems().empty() && records != checked)
        return "a check and a reader do not find as many records: " + std::to_string(checked) +
               " and " + std::to_string(records);
    return {};
}

}  // namespace rolecall::testing

#endif
