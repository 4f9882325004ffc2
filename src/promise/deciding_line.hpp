// The line of a policy that lets an act happen, or stops it.
#ifndef ROLECALL_SRC_PROMISE_DECIDING_LINE_HPP
#define ROLECALL_SRC_PROMISE_DECIDING_LINE_HPP

#include "promise/checker.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::promising {

struct deciding_line {
    void const* statement = nullptr;  ///< of the document; to tell lines apart
    place at;
    std::string sentence;  ///< `billing may view payment.* if dispute`
};

/// A right of a role's line that grants an action on a category.
struct granting_right {
    written_right const* right = nullptr;
    written_role const* role = nullptr;
    review::alternatives when;  ///< empty: always
    deciding_line line;
};

/// All rights of a role, and of those that it inherits, on a cell: its own first, then by role and
/// place.
[[nodiscard]] std::vector<granting_right> granting_lines(detail::policy_data const& p,
                                                         std::uint32_t active, guaranteed_cell on);

/// The one that the act is by, or the first that allows it in its state.
[[nodiscard]] deciding_line granting_line(detail::policy_data const& p, found_act const& act);

/// Of an act that is refused: a guardrail of the roles held that fires, a requirement that is not
/// known to hold, or a grant whose condition is not. Nothing where no line grants it.
[[nodiscard]] std::optional<deciding_line> refusing_line(detail::policy_data const& p,
                                                         found_act const& act,
                                                         std::vector<std::uint32_t> const& held);

}  // namespace rolecall::inline v0_1::promising

#endif
