// A journal that a test writes frame by frame, and what its check says.
#ifndef ROLECALL_TESTS_JOURNAL_CHECK_DESK_HPP
#define ROLECALL_TESTS_JOURNAL_CHECK_DESK_HPP

#include "journal/check.hpp"
#include "journal/raw_journal.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing::checking {

inline constexpr std::int64_t begin = 1'700'000'000'000'000'000;
inline std::string const id = "0123456789abcdef";

// A journal with one writer that a test writes frame by frame.
struct desk {
    desk() {
        files.contents["j/journal"] = "rolecall-journal 1 30313233343536373839616263646566\n";
    }

    void note(std::uint8_t what, std::vector<std::pair<std::string, std::string>> const& details) {
        chain.time += 1000;
        chain.batch(raw_note(what, chain.time, details), 1);
    }
    journal_report check(std::vector<journal_head> heads = {}, int key_number = 1) {
        journal_check_options options;
        if (key_number != 0) options.keys = {public_of(known_key(key_number))};
        options.heads = std::move(heads);
        return trail::check(files, "j", options, false);
    }

    memory_files files;
    raw_chain chain{files, "j", id, 1, begin};
    trail::signing_key key = known_key(1);
};

inline std::string shown(journal_report const& report) {
    std::string text;
    for (journal_finding const& f : report.findings)
        text += std::to_string(static_cast<int>(f.verdict)) + ' ' + std::to_string(f.writer) + '/' +
                std::to_string(f.segment) + '@' + std::to_string(f.offset) + '#' +
                std::to_string(f.sequence) + ' ' + f.text + '\n';
    return text;
}

inline bool says(journal_report const& report, journal_verdict verdict, std::string_view text) {
    for (journal_finding const& f : report.findings)
        if (f.verdict == verdict && f.text.find(text) != std::string::npos) return true;
    MESSAGE(shown(report));
    return false;
}

inline bool has_only_notes(journal_report const& report) {
    for (journal_finding const& f : report.findings)
        if (f.verdict != journal_verdict::note) {
            MESSAGE(shown(report));
            return false;
        }
    return true;
}

}  // namespace rolecall::testing::checking

#endif
