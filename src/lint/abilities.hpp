// What each role can do, asking alone: the cells that a check reads, with their conditions told
// apart by meaning. Roles whose rows are equal share one answer.
#ifndef ROLECALL_SRC_LINT_ABILITIES_HPP
#define ROLECALL_SRC_LINT_ABILITIES_HPP

#include "lint/term_pool.hpp"
#include <rolecall/action.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::linting {

/// A cell that somebody can do under a condition.
struct conditional_cell {
    std::uint32_t category = 0;
    std::uint32_t action = 0;
    term_pool::number when = term_pool::never;

    friend bool operator==(conditional_cell const&, conditional_cell const&) = default;
};

/// INVARIANT: `conditional` has a cell for each "depends" bit of `cells`, by category and action,
/// and none that never or always holds.
struct ability {
    std::vector<std::uint32_t> cells;  ///< by category: 16 bits "always", 16 bits "depends"
    std::vector<conditional_cell> conditional;
    std::size_t count = 0;  ///< cells of any kind

    [[nodiscard]] bool nothing() const noexcept { return count == 0; }
    /// A mask of actions: always, or in some state of the facts.
    [[nodiscard]] std::uint32_t actions(std::uint32_t category) const noexcept {
        return (cells[category] | cells[category] >> 16U) & detail::always_bits;
    }
    [[nodiscard]] bool can(std::uint32_t action, std::uint32_t category) const noexcept {
        return (actions(category) >> action & 1U) != 0;
    }
    [[nodiscard]] term_pool::number when(std::uint32_t action, std::uint32_t category) const;

    friend bool operator==(ability const& a, ability const& b) noexcept {
        return a.cells == b.cells && a.conditional == b.conditional;
    }
};

class abilities {
public:
    explicit abilities(detail::policy_data const& p);

    [[nodiscard]] ability const& of(std::uint32_t role) const noexcept {
        return kinds_[kind_of_[role]];
    }

    /// Roles of one kind can do the same; of different kinds, not the same.
    [[nodiscard]] std::size_t kind(std::uint32_t role) const noexcept { return kind_of_[role]; }
    [[nodiscard]] std::vector<ability> const& kinds() const noexcept { return kinds_; }

    /// Whether the second can do all that the first can.
    [[nodiscard]] bool within(std::size_t narrow, std::size_t wide) const;

    [[nodiscard]] term_pool& pool() noexcept { return pool_; }
    [[nodiscard]] term_pool const& pool() const noexcept { return pool_; }

private:
    [[nodiscard]] ability look(detail::role_rows const& rows);

    detail::policy_data const& p_;
    term_pool pool_;
    std::vector<ability> kinds_;
    std::vector<std::size_t> kind_of_;
};

}  // namespace rolecall::inline v0_1::linting

#endif
