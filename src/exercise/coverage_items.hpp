// The items that coverage counts, on their way into its answer.
#ifndef ROLECALL_SRC_EXERCISE_COVERAGE_ITEMS_HPP
#define ROLECALL_SRC_EXERCISE_COVERAGE_ITEMS_HPP

#include "exercise/coverage_touches.hpp"
#include <rolecall/document.hpp>
#include <rolecall/exercise_coverage.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::exercising {

/// An item whose place is still a number.
struct found_item {
    covered_item item;
    place at;
};

/// How far the exercises go with one item.
struct seen {
    std::size_t exercises = 0;
    bool holds = false;
    bool fails = false;
};

/// With `both` it has to fail as well as to hold.
[[nodiscard]] found_item item_of(covered_item::kind what, place const& at, std::string sentence,
                                 seen const& by, bool both);

/// The actions that a word of the policy means: of `any` all there may be.
[[nodiscard]] std::uint32_t mask_of(detail::policy_data const& p, std::string_view action);

/// Every action of every role on every category, role by role as the policy has them. They are
/// counted from the exercises: there are as many as roles, actions and categories make together.
[[nodiscard]] std::vector<found_item> cells_of(policy const& of, category_tree const& tree,
                                               std::vector<touches> const& asked);

}  // namespace rolecall::inline v0_1::exercising

#endif
