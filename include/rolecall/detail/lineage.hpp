// Stamps: how a reference remembers which policy its number belongs to.
//
// A reference is a number and a stamp. A check compares the stamps of all its references
// with the policy's own in one step:
//
//     (action.stamp | category.stamp | facts.stamp) == policy.stamp
//
// INVARIANT: the stamp of a policy has exactly 16 of its 32 bits set. The bitwise or of two
// different such words has more than 16, so the comparison holds only if every stamp is the
// policy's, or zero. Zero is for what belongs to every policy: the four actions that always
// exist, and a set of no facts. All bits set is for what belongs to none.
#ifndef ROLECALL_DETAIL_LINEAGE_HPP
#define ROLECALL_DETAIL_LINEAGE_HPP

#include <atomic>
#include <bit>
#include <cstdint>

namespace rolecall::inline v0_1::detail {

using stamp = std::uint32_t;

inline constexpr stamp every_policy = 0;
inline constexpr stamp no_policy = 0xFFFFFFFF;

/// The next larger word with as many bits set, or `no_policy` after the last (Gosper's hack).
constexpr stamp next_stamp(stamp previous) noexcept {
    std::uint64_t const word = previous;
    std::uint64_t const lowest = word & (~word + 1);
    std::uint64_t const ripple = word + lowest;
    std::uint64_t const next = (((ripple ^ word) >> 2U) / lowest) | ripple;
    return next > 0xFFFFFFFF ? no_policy : static_cast<stamp>(next);
}

/// A stamp that no policy of this process has had. After 601,080,390 of them: `no_policy`.
/// Shown by shared libraries whatever they hide, so that a process counts once.
[[gnu::visibility("default")]] inline stamp new_lineage() noexcept {
    static std::atomic<stamp> next{0x0000FFFF};
    stamp mine = next.load(std::memory_order_relaxed);
    while (mine != no_policy &&
           !next.compare_exchange_weak(mine, next_stamp(mine), std::memory_order_relaxed)) {}
    return mine;
}

/// A number and its stamp.
class stamped_number {
public:
    constexpr stamped_number(std::uint32_t number, stamp lineage) noexcept
        : number_(number), lineage_(lineage) {}

    [[nodiscard]] constexpr std::uint32_t number() const noexcept { return number_; }
    [[nodiscard]] constexpr stamp lineage() const noexcept { return lineage_; }

    /// The stamps of several, put together.
    template <class... Others>
    [[nodiscard]] constexpr stamp stamps_with(Others... others) const noexcept {
        return (lineage_ | ... | others.lineage_);
    }

    friend constexpr bool operator==(stamped_number, stamped_number) noexcept = default;

private:
    std::uint32_t number_;
    stamp lineage_;
};

static_assert(std::popcount(next_stamp(0x0000FFFF)) == 16);
static_assert(next_stamp(0xFFFF0000) == no_policy);

}  // namespace rolecall::inline v0_1::detail

#endif
