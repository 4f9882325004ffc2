// Walks along the chain of one writer, from segment to segment: gives the frames that count, in
// order, and says where they do not follow each other. Both the reader of records and the check
// stand on it.
//
// What counts of a segment ends where the opening of the next names it; so it looks one opening
// ahead. After a bad place it goes on with the next segment.
#ifndef ROLECALL_SRC_JOURNAL_CHAIN_WALK_HPP
#define ROLECALL_SRC_JOURNAL_CHAIN_WALK_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include "journal/segment_reader.hpp"
#include <rolecall/journal_check.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Segments that are not there.
struct missing_segments {
    std::uint64_t from = 0, to = 0;
    hash previous{};          ///< what the opening after them names
    std::uint64_t first = 0;  ///< the sequence number with which that goes on
    std::uint64_t last = 0;   ///< of the last record before them; 0 where nothing is before them
    bool linked = false;  ///< that opening names the last frame before them: none of them counts
};

class chain_walk {
public:
    chain_walk(file_system& files, std::string folder, identity const& journal,
               std::uint32_t writer);

    /// Begins behind all segments that can't hold what is asked for: records after a sequence
    /// number, or from a time on (or later than that by less than ten minutes, for clocks are set).
    void pass_over(std::uint64_t after, std::optional<std::int64_t> from);

    /// The next frame that counts; nothing where there is no more now. It lives until the next
    /// call. Called again later, it goes on with what was written meanwhile.
    frame const* next();

    /// The segment of the frame that `next` gave last.
    [[nodiscard]] std::uint64_t segment() const noexcept { return segment_; }
    /// The last record in or before that frame.
    [[nodiscard]] std::uint64_t sequence() const noexcept { return last_; }

    /// What was left open when there was no more: bytes behind the last frame of the newest
    /// segment that are no frame, or newest segments without an opening.
    struct loose_end {
        std::uint64_t segment = 0;
        std::uint64_t offset = 0;
        bool empty = false;    ///< there is but a file
        bool foreign = false;  ///< no crash leaves that: a whole frame that belongs elsewhere
        std::string what;
        hash tail{};  ///< of the last frame that counts
    };
    [[nodiscard]] std::vector<loose_end> loose_ends() const;

    /// Bytes behind what counts of a segment that is not the newest; the first 1,000 of them.
    struct given_up {
        std::uint64_t segment = 0;
        std::uint64_t offset = 0;
        hash tail{};
        std::uint64_t last = 0;  ///< the last record that counts
    };
    [[nodiscard]] std::vector<given_up> const& all_given_up() const noexcept { return given_up_; }

    /// How many bytes were dealt with.
    [[nodiscard]] std::uint64_t bytes_read() const noexcept {
        return bytes_done_ + (in_ ? in_->offset() : 0);
    }

    /// What was found since the last call, and segments that are missing. `writer` is set.
    std::vector<journal_finding> take_findings();
    std::vector<missing_segments> take_missing();

private:
    // A segment that was opened, with its opening; or why it has none.
    struct opened {
        std::uint64_t number = 0;
        std::unique_ptr<segment_reader> reader;
        frame const* opening = nullptr;  // of the reader; null where it has none that fits
        bool gone = false;               // somebody removed it since it was listed
        bool empty = false;              // nothing is in it, or zeros
        bool foreign = false;            // a whole frame begins it, which does not belong there
        std::uint64_t bytes = 0;
        std::string what;
    };

    void list();
    opened open(std::uint64_t number);
    bool look_ahead();
    bool enter_next();
    void judge_what_is_between(opened const& is);
    void enter(opened&& is);
    frame const* take(frame const& is);
    bool at_end_of_frames();
    bool step_back(hash const& to);
    void leave();
    void lose(std::uint64_t offset, std::string text);
    void add(journal_verdict verdict, std::uint64_t segment, std::uint64_t offset,
             std::string text);

    file_system& files_;
    std::string folder_;
    identity journal_;
    std::uint32_t writer_;

    std::vector<std::uint64_t> numbers_;  // of segments behind those that were looked at, upwards
    std::uint64_t before_ = 0;            // the last that was dealt with
    std::optional<opened> ahead_;         // the next with an opening
    std::vector<opened> holes_;           // what stands before it and has none

    std::unique_ptr<segment_reader> in_;  // null between segments
    std::uint64_t segment_ = 0;
    frame const* opening_ = nullptr;  // of this segment, while it was not given
    hash entered_at_{};               // the tail, and the last record, when it was entered
    std::uint64_t entered_last_ = 0;
    bool closed_ = false;  // its closing was given
    std::uint64_t bytes_ = 0;

    bool linked_ = true;  // the tail is of the frame before, which counts; or nothing is before
    hash tail_{};
    std::uint64_t last_ = 0;
    std::uint64_t bytes_done_ = 0;
    bool unlistable_ = false;
    std::vector<journal_finding> findings_;
    std::vector<missing_segments> missing_;
    std::vector<given_up> given_up_;
};

/// Whether a time is later than another, by more than so many nanoseconds.
constexpr bool is_later_by(std::int64_t step, std::int64_t time, std::int64_t than) noexcept {
    return time > than && static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(than) >
                              static_cast<std::uint64_t>(step);
}

}  // namespace rolecall::inline v0_1::trail

#endif
