// The terms of many rights, each different meaning once, by number.
#ifndef ROLECALL_SRC_LINT_TERM_POOL_HPP
#define ROLECALL_SRC_LINT_TERM_POOL_HPP

#include "meaning/formula.hpp"
#include "meaning/terms.hpp"
#include <rolecall/detail/policy_data.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace rolecall::inline v0_1::linting {

/// The conditions that meet in a cell, by number.
struct cell_conditions {
    bool always_granted = false;
    std::vector<std::uint32_t> granted, required, forbidden;  ///< sorted, each once

    friend auto operator<=>(cell_conditions const&, cell_conditions const&) = default;
};

class term_pool {
public:
    using number = std::uint32_t;
    static constexpr number never = 0;
    static constexpr number always = 1;

    explicit term_pool(detail::condition_table const& conditions);

    /// The number of what these conditions mean together. Equal numbers mean the same; different
    /// ones mean different things, unless one of them has no terms.
    [[nodiscard]] number of(cell_conditions const& met);

    /// Nothing where there would be too many.
    [[nodiscard]] review::terms const* terms(number of) const noexcept {
        return entries_[of].known ? &entries_[of].terms : nullptr;
    }
    /// All facts that count: known true, and known false. Without terms: all that are named.
    [[nodiscard]] review::term facts(number of) const noexcept { return entries_[of].facts; }

    /// Whether the first surely holds wherever the second does.
    [[nodiscard]] bool covers(number wide, number narrow) const;

    /// Conditions and their terms, as a formula.
    [[nodiscard]] review::formula formula(cell_conditions const& met) const;

private:
    struct entry {
        review::terms terms;
        review::term facts;
        bool known = true;
    };

    number add(review::terms terms);

    detail::condition_table const& conditions_;
    std::vector<entry> entries_;
    std::map<cell_conditions, number> numbers_;
    std::map<review::terms, number> meanings_;
};

/// The conditions on an action and a category, of rows of grants and rows of guardrails. Only
/// where it is granted at all, and not forbidden always.
[[nodiscard]] cell_conditions conditions_of(detail::policy_data const& p,
                                            std::span<std::uint32_t const> grant_rows,
                                            std::span<std::uint32_t const> guard_rows,
                                            std::uint32_t action, std::uint32_t category);

}  // namespace rolecall::inline v0_1::linting

#endif
