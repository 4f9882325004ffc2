// Where the chain of a writer ends, and what the process that wrote it left behind.
#ifndef ROLECALL_SRC_JOURNAL_CHAIN_END_HPP
#define ROLECALL_SRC_JOURNAL_CHAIN_END_HPP

#include "journal/chain_writer.hpp"

#include <cstdint>
#include <string>

namespace rolecall::inline v0_1::trail {

/// The last frame that is whole, and the segment that it stands in.
struct chain_end {
    std::uint64_t segment = 0;  ///< 0: there is no chain yet
    std::uint64_t bytes = 0;    ///< where it ends
    std::uint64_t next = 1;     ///< sequence of the record that comes
    hash last{};
    bool closed = false;      ///< it closes its segment
    bool checkpoint = false;  ///< it is a checkpoint
    bool at_end = false;      ///< nothing follows in the file, not even zeros
};

/// Reads the newest segments of a writer. A newest one without a whole opening has nothing that
/// counts: it is removed. Anything else that does not fit is trouble.
[[nodiscard]] trouble find_end(file_system& files, std::string const& folder,
                               identity const& journal, std::uint32_t writer, chain_end& end,
                               left_behind& found);

/// Writes the bytes of a segment once more, and syncs them: after a process that did not end well
/// nobody knows whether what can be read is on the disk, and a sync alone may pass over what an
/// earlier one dropped.
[[nodiscard]] trouble write_again(file_system& files, std::string const& path, std::uint64_t bytes);

}  // namespace rolecall::inline v0_1::trail

#endif
