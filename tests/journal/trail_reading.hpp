// What stands in the segments of a writer, by the letter of docs/journal-format.md: the judge of
// what a crash left. It reads through any `file_system`, and only what counts.
#ifndef ROLECALL_TESTS_JOURNAL_TRAIL_READING_HPP
#define ROLECALL_TESTS_JOURNAL_TRAIL_READING_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::testing {

struct segment_found {
    std::uint64_t number = 0;
    trail::hash last{};      ///< of its last frame that counts
    std::uint64_t next = 0;  ///< sequence of the record that comes after it
};

struct trail_found {
    std::vector<std::string> problems;    ///< what is not as the format wants it
    std::vector<segment_found> segments;  ///< that count, ascending
    std::vector<journal_record> records;  ///< in order
};

/// Reads all of it. The newest segment may be without a whole frame: then it has not begun.
trail_found read_trail(trail::file_system& files, std::string const& writer_folder,
                       trail::identity const& journal, std::uint32_t writer);

}  // namespace rolecall::testing

#endif
