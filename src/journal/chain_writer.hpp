// Appends frames to the chain of one writer: segments, hashes, syncs, checkpoints.
//
// What it promises, on any disk that keeps what it synced:
//   - Frames that `sync` said yes to are there after a crash, in order, each once.
//   - It never writes over a byte that counted, and after a failed sync never syncs the same pages
//     again: it goes on in a new segment, into which its caller writes once more what was not
//     synced.
// It assumes that a write damages nothing outside its range (what SQLite calls powersafe
// overwrite).
//
// One thread. Throws std::bad_alloc.
#ifndef ROLECALL_SRC_JOURNAL_CHAIN_WRITER_HPP
#define ROLECALL_SRC_JOURNAL_CHAIN_WRITER_HPP

#include "journal/entry_writer.hpp"
#include "journal/files.hpp"
#include "journal/frame.hpp"
#include "journal/signing.hpp"
#include <rolecall/detail/export.hpp>
#include <rolecall/journal_head.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// What went wrong, with which file. Empty: nothing.
struct ROLECALL_API trouble {
    std::string what;  ///< `can't be written`, with the path
    int error = 0;     ///< errno, or 0

    [[nodiscard]] explicit operator bool() const noexcept { return !what.empty(); }
    [[nodiscard]] std::string text() const;  ///< with the system's words for the error
};

struct chain_options {
    /// A segment that would pass this is closed before. It is allocated to this size when it is
    /// begun, and cut to what is in it when it is closed.
    std::uint64_t segment_bytes = std::uint64_t{16} << 20U;
    std::int64_t (*now)() noexcept = nullptr;  ///< never null when opened
};

/// What an earlier process left, found when a chain is opened.
struct left_behind {
    bool clean = true;           ///< it ended with `stopped`, or there was nothing
    std::uint64_t run = 0;       ///< of the last `started`, or 0
    std::uint64_t given_up = 0;  ///< bytes at the end that do not count any more
    std::string last_key;  ///< fingerprint of the last `started` or `key-changed`; may be empty
    std::int64_t last_time = 0;                      ///< of the last frame
    std::map<std::uint16_t, policy_entry> policies;  ///< of that run, as its chain describes them
    std::vector<drained_entry> drained;              ///< of that run
};

class ROLECALL_API chain_writer {
public:
    chain_writer(file_system& files, std::string folder, identity journal, std::uint32_t writer,
                 chain_options const& options);

    /// Finds the end of the chain in the folder, and makes it ready to be appended to: in its last
    /// segment, if that ends with a whole frame at its very end and has less than half its size;
    /// else in a new one, whose opening names the last whole frame. Changes nothing that counts.
    /// Segments that a check would find bad (other than an unfinished end) are trouble: the journal
    /// is damaged, and this writer stays as it is.
    [[nodiscard]] trouble open(left_behind& found);

    /// Whether a payload of this size still fits into this segment; a new segment takes any.
    [[nodiscard]] bool has_room_for(std::size_t payload) const noexcept;

    /// Appends a batch frame, by one write. On trouble nothing of it counts, and it may be tried
    /// again (the disk was full).
    [[nodiscard]] trouble append(entry_writer const& batch);

    /// All that was appended is on the disk. After trouble the segment has failed: see `restart`.
    [[nodiscard]] trouble sync();

    /// Appends a checkpoint of the last frame; the caller syncs. Nothing where that is one already.
    [[nodiscard]] trouble checkpoint(signing_key const& by);

    /// Ends this segment with a closing frame, synced and cut to its size, and begins the next.
    [[nodiscard]] trouble roll();

    /// After a failed sync: begins a new segment behind the last frame that was synced.
    /// `next_sequence` goes back to that place; what was appended since has to be appended again.
    [[nodiscard]] trouble restart();

    /// Cuts the file to what is in it, synced: the end of a process.
    [[nodiscard]] trouble finish();

    /// Removes whole segments before this one, oldest first, through the given number; the caller
    /// has written and synced the `retained` note.
    [[nodiscard]] trouble drop_through(std::uint64_t segment);

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] std::uint64_t segment() const noexcept { return segment_; }
    [[nodiscard]] std::uint64_t next_sequence() const noexcept { return next_; }
    [[nodiscard]] std::uint64_t synced_sequence() const noexcept { return synced_next_ - 1; }
    [[nodiscard]] std::uint64_t bytes() const noexcept { return end_; }
    /// The end of the chain, unsigned.
    [[nodiscard]] journal_head head() const;

private:
    [[nodiscard]] std::string path_of(std::uint64_t segment) const;
    [[nodiscard]] trouble begin_segment(std::uint64_t number);
    hash build_frame(frame_kind kind, bytes_view payload, std::uint32_t records);
    [[nodiscard]] trouble append_frame(frame_kind kind, bytes_view payload, std::uint32_t records);

    file_system& files_;
    std::string folder_;
    identity journal_;
    std::uint32_t writer_;
    chain_options options_;
    std::unique_ptr<file> file_;
    std::uint64_t segment_ = 0;
    std::uint64_t tried_ = 0;                   // the segment that was begun last, or tried to
    std::uint64_t end_ = 0, synced_end_ = 0;    // bytes in the segment
    std::uint64_t next_ = 1, synced_next_ = 1;  // sequence
    hash last_{}, synced_last_{};               // of the last frame
    bool checkpointed_ = false, failed_ = false;
    bool closed_ = false;  // ended: what comes goes into the next segment, whose file may be there
    bool spoilt_ = false;  // a write failed: something may stand behind the end
    hasher hasher_;
    std::vector<std::byte> frame_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
