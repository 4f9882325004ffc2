// Conditions on facts, as masks.
//
// A condition is a list of alternatives, and an alternative a mask of facts that must all
// hold. Facts are known true, known false or unknown, so a condition is known to hold, could
// still hold, or can't. Nothing negates, so "could hold" is "holds if all that is unknown
// were true".
//
//     cell      (row, category) ──▶ items, each {actions, condition}
//     condition ──▶ masks of 64 facts
//
// A row's items say which condition belongs to which of its cells that depend on facts. In
// a row of grants one that holds is enough; in the row of requirements all must hold; in a
// row of guardrails each that is not known to fail fires.
#ifndef ROLECALL_DETAIL_CONDITIONS_HPP
#define ROLECALL_DETAIL_CONDITIONS_HPP

#include <rolecall/facts.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Part of a larger array.
struct slice {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// For some actions (a mask of 16), a condition (a number).
struct cell_item {
    std::uint32_t actions = 0;
    std::uint32_t condition = 0;

    friend bool operator==(cell_item const&, cell_item const&) = default;
    friend auto operator<=>(cell_item const&, cell_item const&) = default;
};

/// All conditions of a policy, and which cell has which. Immutable once compiled.
struct condition_table {
    static constexpr std::uint32_t empty_slot = 0xFFFFFFFF;

    struct slot {
        std::uint32_t row = empty_slot;
        std::uint32_t category = 0;
        slice items;
    };

    std::vector<std::uint64_t> masks;
    std::vector<slice> conditions;  // into masks
    std::vector<cell_item> items;
    std::vector<slot> slots;  // open addressing, a power of two, at most half full

    static std::size_t hash(std::uint32_t row, std::uint32_t category) noexcept {
        std::uint64_t const key = (std::uint64_t{row} << 32U) | category;
        return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 29U);
    }

    /// Puts in a cell that is not there yet; `slots` has room for twice as many.
    void insert(slot const& cell) noexcept {
        std::size_t const mask = slots.size() - 1;
        std::size_t i = hash(cell.row, cell.category) & mask;
        while (slots[i].row != empty_slot) i = (i + 1) & mask;
        slots[i] = cell;
    }

    [[nodiscard]] std::span<cell_item const> find(std::uint32_t row,
                                                  std::uint32_t category) const noexcept {
        if (slots.empty()) return {};
        std::size_t const mask = slots.size() - 1;
        for (std::size_t i = hash(row, category) & mask;; i = (i + 1) & mask) {
            slot const& s = slots[i];
            if (s.row == empty_slot) return {};
            if (s.row == row && s.category == category)
                return {items.data() + s.items.first, s.items.count};
        }
    }

    [[nodiscard]] std::span<std::uint64_t const> alternatives(
        std::uint32_t condition) const noexcept {
        slice const s = conditions[condition];
        return {masks.data() + s.first, s.count};
    }

    /// Known to hold: some alternative has all its facts known true.
    [[nodiscard]] bool holds(std::uint32_t condition, known_facts facts) const noexcept {
        for (std::uint64_t const mask : alternatives(condition))
            if ((mask & ~facts.is_true) == 0) return true;
        return false;
    }

    /// Could hold: some alternative has no fact known false.
    [[nodiscard]] bool could_hold(std::uint32_t condition, known_facts facts) const noexcept {
        for (std::uint64_t const mask : alternatives(condition))
            if ((mask & facts.is_false) == 0) return true;
        return false;
    }
};

}  // namespace rolecall::inline v0_1::detail

#endif
