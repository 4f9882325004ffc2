// Rows of two policies side by side: where they differ at all, and what roles that are active
// together have there.
//
// Rows are shared by roles that are alike, so each two are compared once. A row is compared word
// by word; conditions go by numbers of their content. Where a row differs, rights may still be
// the same: that is for `meanings` to say.
#ifndef ROLECALL_SRC_DIFF_ROWS_HPP
#define ROLECALL_SRC_DIFF_ROWS_HPP

#include "diff/fact_masks.hpp"
#include "diff/joint_names.hpp"
#include "diff/meanings.hpp"
#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// Actions and categories by joint number, and how the right changed there.
struct changed_cell {
    std::uint32_t category = 0;
    std::uint32_t action = 0;
    std::uint32_t meaning = 0;
};

/// Roles that are active together in one policy, by its numbers, and the guardrails of all roles
/// held. Nobody at all has no right.
struct holders {
    std::span<std::uint32_t const> active{};
    std::span<std::uint32_t const> guard_rows{};
};

class row_comparison {
public:
    explicit row_comparison(vocabulary const& names);

    /// The categories, by joint number and sorted, in which a row of the old policy says anything
    /// else than one of the new. Row 0 says nothing.
    [[nodiscard]] std::vector<std::uint32_t> const& differing(std::uint32_t before,
                                                              std::uint32_t after);

    /// The same for the rows of requirements.
    [[nodiscard]] std::vector<std::uint32_t> const& differing_requirements();

    /// What changed in one category for those who ask.
    void compare(both<holders> const& who, std::uint32_t category, meanings& with,
                 std::vector<changed_cell>& to);

private:
    struct cell;

    /// A word of a row with joint actions: `always` below, `depends` above.
    [[nodiscard]] std::uint64_t joint_word(side s, std::uint32_t word) const noexcept;
    [[nodiscard]] std::uint32_t joint_actions(side s, std::uint32_t own) const noexcept;
    [[nodiscard]] bool same_items(std::uint32_t before, std::uint32_t before_category,
                                  std::uint32_t after, std::uint32_t after_category);
    [[nodiscard]] std::uint32_t list_number(side s, std::span<detail::cell_item const> items);
    [[nodiscard]] std::uint32_t condition_number(side s, std::uint32_t own);
    [[nodiscard]] std::vector<std::uint32_t> look(std::uint32_t before, std::uint32_t after);
    void read(side s, holders const& who, std::uint32_t category, cell& to) const;
    static void fill(cell const& from, std::uint32_t action, right_key& to);

    static constexpr std::uint32_t unseen = 0xFFFFFFFF;

    vocabulary const& names_;
    both<fact_mapper> mappers_;
    bool same_actions_ = true;                     // they have the same numbers
    both<std::uint32_t> declared_{0, 0};           // actions, by the policies' own numbers
    both<std::vector<std::uint32_t>> conditions_;  // own number → joint one
    std::map<joint_condition, std::uint32_t> condition_numbers_;
    both<std::unordered_map<std::uint32_t, std::uint32_t>> lists_;  // by the first item
    std::map<std::vector<std::pair<std::uint32_t, std::uint32_t>>, std::uint32_t> list_numbers_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> known_;
};

}  // namespace rolecall::inline v0_1::diff

#endif
