// What stands in a segment behind the place where its chain ends: frames that do not count.
#ifndef ROLECALL_SRC_JOURNAL_FRAMES_BEHIND_HPP
#define ROLECALL_SRC_JOURNAL_FRAMES_BEHIND_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include <rolecall/journal_head.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

struct frames_behind {
    std::uint64_t frames = 0, records = 0;  ///< that are whole
    bool begins_whole = false;  ///< at the place itself: what was broken was just being written
    /// Signed heads of frames behind that place, in order; 100 at most.
    ///
    /// INVARIANT: a checkpoint is written when the frame that it names is on the disk. So no crash
    /// leaves a checkpoint whole, and breaks what it names.
    std::vector<journal_head> checkpoints;
};

/// Looks from a place of a segment on. What is broken there is passed over where it still says how
/// long it is. `end` is the hash of the last frame that counts: a head of that vouches for nothing
/// that is behind it.
[[nodiscard]] frames_behind look_behind(file_system& files, std::string const& path,
                                        std::uint64_t offset, hash const& end);

}  // namespace rolecall::inline v0_1::trail

#endif
