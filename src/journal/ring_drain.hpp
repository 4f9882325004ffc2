// Takes what a thread put into its ring, and makes entries of it.
#ifndef ROLECALL_SRC_JOURNAL_RING_DRAIN_HPP
#define ROLECALL_SRC_JOURNAL_RING_DRAIN_HPP

#include "journal/entry_reader.hpp"
#include "journal/entry_writer.hpp"
#include "journal/ring_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Reads one ring from a line on. Actors are written before the first decision that speaks of them
/// in a segment.
///
/// It reads the ring of a killed process, or of a machine that lost its power, as well: a line that
/// is not what it should be ends the reading.
class ring_drain {
public:
    /// Begins at a line; `stop` is where the lines end. Actors that were told of before are
    /// looked for in the history.
    ring_drain(ring of, std::uint64_t from);

    /// Appends entries of the lines below `head` until `enough` bytes are there; whether more are
    /// left. Actors that `epoch` has not heard of are told first.
    bool take(entry_writer& to, std::uint64_t head, std::size_t enough, std::uint64_t epoch);

    /// The next line that it will read.
    [[nodiscard]] std::uint64_t position() const noexcept { return at_; }
    /// Whether it met a line that is none: nothing is read from there on.
    [[nodiscard]] bool damaged() const noexcept { return damaged_; }

    /// From now on what a reader of the journal would refuse ends the reading, as a line does that
    /// is none: for the ring of a process that is gone. Decisions may speak of these policies,
    /// entries as a segment has them.
    void distrust(bytes_view policies);

    /// Goes back to a line that is not below the tail.
    void go_back(std::uint64_t to) noexcept;

    [[nodiscard]] ring const& of() const noexcept { return ring_; }

private:
    struct actor {
        std::vector<std::byte> entry;
        std::uint64_t epoch = 0;  // in which it was told last; 0: never
    };

    [[nodiscard]] bool is(std::uint64_t number, line_kind kind) const noexcept;
    bool take_decision(entry_writer& to, std::uint64_t head, std::uint64_t epoch);
    bool take_built(entry_writer& to, std::uint64_t head);
    bool take_line(entry_writer& to, std::uint64_t head, std::uint64_t epoch);
    bool fits(bytes_view entries, std::uint32_t records);
    bool gather(std::uint64_t from, std::uint64_t head, std::size_t bytes);
    void remember_actor();
    void look_back();

    ring ring_;
    std::uint64_t at_;
    bool damaged_ = false;
    bool looked_back_ = false;  // `actors_` are those before `at_`
    std::optional<entry_reader> judge_;
    std::vector<std::byte> policies_;
    std::vector<actor> actors_;
    std::vector<std::byte> text_;
};

/// The number of a ring's actor in the segments.
constexpr std::uint32_t actor_number(std::uint32_t ring, std::uint32_t actor) noexcept {
    return ring << 16U | actor;
}

}  // namespace rolecall::inline v0_1::trail

#endif
