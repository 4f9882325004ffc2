// A ring: a file, mapped into memory, into which one thread puts records and from which the
// journal's thread takes them. What is in it outlives the process.
//
//     page 0          ring_head
//     then            lines of 64 bytes; line n lies at place n % lines, and n counts from 0
//
//         …  ──────── history ────────┊──── not on the disk yet ────┊  free  …
//                                     tail                          head
//
// INVARIANT: head - tail is at most half of the lines. What lies up to half of them before the
// tail is still whole: there are the actors that later lines speak of.
//
// INVARIANT: lines below the head were written whole before the head was stored. A line's stamp is
// stored last, so that a ring that a power cut left half on the disk gives itself away.
#ifndef ROLECALL_SRC_JOURNAL_RING_LAYOUT_HPP
#define ROLECALL_SRC_JOURNAL_RING_LAYOUT_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rolecall::inline v0_1::trail {

inline constexpr std::size_t ring_head_bytes = 4096;
inline constexpr std::size_t ring_line_bytes = 64;
inline constexpr char ring_magic[8] = {'R', 'C', 'R', 'I', 'N', 'G', '0', '1'};

enum class line_kind : std::uint8_t {
    decision = 1,  ///< decision_line; what its record id has no room for follows in `more` lines
    built = 2,     ///< built_line: entries as they will stand in a segment
    more = 3,      ///< 56 bytes of what began before
};

struct ring_head {
    char magic[8];
    std::uint32_t index;
    std::uint32_t lines;  ///< a power of two
    std::uint64_t run;
    char boot[40];  ///< which start of the machine it was; bytes of zero after it
    // Each on a line of its own: the first is written by the thread that records, the second by the
    // journal's.
    alignas(64) std::atomic<std::uint64_t> head;
    alignas(64) std::atomic<std::uint64_t> tail;
    // Events that could not be recorded, ever; and when, since the last gap record.
    alignas(64) std::atomic<std::uint64_t> lost;
    std::atomic<std::uint64_t> lost_allowed;
    std::atomic<std::int64_t> lost_first, lost_last;
};
static_assert(sizeof(ring_head) <= ring_head_bytes);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

/// A line with `rest` as its kind says.
struct alignas(ring_line_bytes) ring_line {
    std::uint64_t stamp;  ///< (number + 1) << 8 | kind
    std::byte rest[56];
};
static_assert(sizeof(ring_line) == ring_line_bytes);

/// What stands in `rest` of a decision.
struct decision_line {
    std::int64_t time;
    std::uint32_t actor;  ///< number of the ring's own
    std::uint32_t category, role;
    std::uint16_t slot;
    std::uint8_t action;
    std::uint8_t bits;  ///< low four: the reason; then flags
    std::uint16_t record_bytes;
    std::byte record[30];  ///< with facts: six bytes; then three masks
};
static_assert(sizeof(decision_line) == 56);

inline constexpr std::uint8_t bit_allow = 0x80;
inline constexpr std::uint8_t bit_facts = 0x40;
inline constexpr std::uint8_t bit_hashed = 0x20;
inline constexpr std::size_t record_room = sizeof(decision_line::record);
inline constexpr std::size_t record_room_with_facts = record_room - 24;

/// What stands in `rest` of a built line.
struct built_line {
    std::uint32_t bytes;    ///< of all entries
    std::uint32_t records;  ///< in them; 0: it defines an actor
    std::byte first[48];
};
static_assert(sizeof(built_line) == 56);

inline constexpr std::size_t more_room = 56;

/// How many further lines so many bytes take.
constexpr std::uint64_t more_lines(std::size_t bytes) noexcept {
    return (bytes + more_room - 1) / more_room;
}

/// A ring in memory, wherever that came from.
struct ring {
    ring_head* head = nullptr;
    ring_line* lines = nullptr;

    [[nodiscard]] std::uint64_t size() const noexcept { return head->lines; }
    /// How many lines may lie between tail and head.
    [[nodiscard]] std::uint64_t room() const noexcept { return head->lines / 2; }
    [[nodiscard]] ring_line& line(std::uint64_t number) const noexcept {
        return lines[number & (head->lines - 1)];
    }

    /// The last thing that is written of a line.
    static void stamp(ring_line& line, std::uint64_t number, line_kind kind) noexcept {
        std::atomic_ref<std::uint64_t>(line.stamp)
            .store((number + 1) << 8U | static_cast<std::uint64_t>(kind),
                   std::memory_order_release);
    }
};

}  // namespace rolecall::inline v0_1::trail

#endif
