// Reads the frames of a segment, one after the other, and says where it stops being whole.
//
// Memory: one frame at a time. Nothing in a file makes it throw, but want of memory.
#ifndef ROLECALL_SRC_JOURNAL_SEGMENT_READER_HPP
#define ROLECALL_SRC_JOURNAL_SEGMENT_READER_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include "journal/signing.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// A whole frame: its parts are well-formed and its hash is that of its bytes. That its `previous`
/// and its sequence fit what came before is for the caller to check.
struct frame {
    frame_head head;
    std::uint64_t offset = 0;  ///< in the file
    hash own{};                ///< its hash
    std::vector<std::byte> payload;
};

/// Why there is no further frame.
enum class frames_end : std::uint8_t {
    not_yet,     ///< there was one
    end,         ///< the file ends here, or only zeros follow
    not_whole,   ///< bytes that are no whole frame: `what` says why
    unreadable,  ///< the system could not read it: `error`
};

/// A frame that somebody is just writing is whole a moment later.
inline constexpr int tries = 3;
inline constexpr std::chrono::milliseconds moment{2};

class segment_reader {
public:
    explicit segment_reader(std::unique_ptr<file> of) : file_(std::move(of)) {}

    /// The next frame; nothing at the end, see `why`. The frame lives until the next call. Where
    /// the file has grown since `end`, it can be called again; after `not_whole` too, where a
    /// process may still be writing.
    frame const* next();

    /// Goes on reading at a place in the file.
    void skip_to(std::uint64_t offset) noexcept;

    [[nodiscard]] frames_end why() const noexcept { return why_; }
    /// In words, for `not_whole` and `unreadable`: `its hash is not that of its bytes`.
    [[nodiscard]] std::string const& what() const noexcept { return what_; }
    [[nodiscard]] int error() const noexcept { return error_; }
    /// Where the frame that `next` gave ends; at the end, where the frames stop.
    [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

private:
    frame const* refuse(char const* what);
    frame const* fail(int error);
    frame const* end_with_zeros(std::uint64_t from, bool at_end);

    std::unique_ptr<file> file_;
    hasher hash_;
    frame frame_;
    std::uint64_t offset_ = 0;
    std::uint64_t zeros_to_ = 0;
    frames_end why_ = frames_end::not_yet;
    std::string what_;
    int error_ = 0;
};

/// What an opening frame says; nothing where its payload is not one.
std::optional<opening> read_opening(bytes_view payload);

}  // namespace rolecall::inline v0_1::trail

#endif
