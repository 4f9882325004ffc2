// Which segments are old enough to be dropped, and what the trail says of them.
#ifndef ROLECALL_SRC_JOURNAL_RETAIN_HPP
#define ROLECALL_SRC_JOURNAL_RETAIN_HPP

#include "journal/chain_writer.hpp"
#include "journal/files.hpp"
#include "journal/frame.hpp"
#include <rolecall/detail/export.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Segments from the oldest on.
struct retained_segments {
    std::uint64_t count = 0;     ///< 0: none
    std::uint64_t through = 0;   ///< number of the last of them
    std::uint64_t sequence = 0;  ///< of the last record in it
    hash last{};                 ///< of its last frame that counts
    std::uint64_t bytes = 0;     ///< of their files

    /// Of the note `retained`.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> details(
        std::int64_t before) const;
};

/// Finds the segments below `newest` whose frames were all written before a time (nanoseconds since
/// 1970-01-01 UTC), and so all records in them. The newest stays in any case.
[[nodiscard]] ROLECALL_API trouble find_old_segments(file_system& files,
                                                     std::string const& writer_folder,
                                                     std::uint64_t newest, std::int64_t before,
                                                     retained_segments& found);

/// The same of all segments through one that somebody has found, below `newest`. Quick: reads where
/// the next begins, and nothing else.
[[nodiscard]] trouble segments_through(file_system& files, std::string const& writer_folder,
                                       std::uint64_t newest, std::uint64_t through,
                                       retained_segments& found);

}  // namespace rolecall::inline v0_1::trail

#endif
