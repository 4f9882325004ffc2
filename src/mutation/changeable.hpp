// A compiled policy of which one grant can be changed, and changed back.
//
// It has the rows, conditions and numbers of the policy that it was made from, and behind them a
// row of grants of its own for each role. So whatever reads a compiled policy can be asked about
// the changed one, and to change a grant is to write the few cells of those who inherit it.
#ifndef ROLECALL_SRC_MUTATION_CHANGEABLE_HPP
#define ROLECALL_SRC_MUTATION_CHANGEABLE_HPP

#include "mutation/own_rights.hpp"
#include <rolecall/detail/policy_data.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rolecall::inline v0_1::mutating {

/// A change of what a role's own lines grant on some categories.
struct grant_change {
    std::uint32_t role = 0;
    std::span<std::uint32_t const> categories;
    std::uint32_t actions = 0;           ///< that it is about, a mask
    std::uint32_t given = 0;             ///< actions that are granted always
    std::uint32_t taken = 0;             ///< actions that no own line grants any more
    std::optional<std::uint32_t> right;  ///< the right whose condition becomes `when`
    review::alternatives when;           ///< empty: always
};

class changeable {
public:
    /// Keeps references to both.
    changeable(detail::policy_data const& base, own_rights const& rights);

    [[nodiscard]] detail::policy_data const& data() const noexcept { return p_; }

    /// Until `restore`. False where no cell of the role reads differently: then nothing is changed.
    bool apply(grant_change const& change);
    void restore() noexcept;

    /// The role, and all that inherit it.
    [[nodiscard]] std::vector<std::uint32_t> const& seniors(std::uint32_t role) const {
        return seniors_[role];
    }

private:
    struct saved_cell {
        std::size_t cell = 0;
        std::uint32_t word = 0;
        std::optional<std::size_t> slot;
        detail::slice items;
    };

    void copy_from(detail::policy_data const& base);
    void find_inheritance();
    void make_rows();
    /// The word and, into `gathered_`, the conditions of a role's cell.
    std::uint32_t gather(std::uint32_t role, std::uint32_t category, grant_change const* change);
    std::uint32_t number_of(review::alternatives const& when);
    [[nodiscard]] std::optional<std::size_t> slot_of(std::uint32_t row,
                                                     std::uint32_t category) const noexcept;
    [[nodiscard]] std::uint32_t row_of(std::uint32_t role) const noexcept {
        return p_.rows_of_role[role].grants;
    }

    own_rights const& rights_;
    detail::policy_data p_;
    std::vector<std::vector<std::uint32_t>> closure_, seniors_;  // by role, itself included
    std::vector<std::uint32_t> condition_of_right_;
    std::vector<detail::cell_item> gathered_;
    std::vector<saved_cell> saved_;
    std::size_t masks_ = 0, conditions_ = 0, items_ = 0;  // how many there are unchanged
};

}  // namespace rolecall::inline v0_1::mutating

#endif
