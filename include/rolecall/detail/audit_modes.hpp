// How each decision of a policy has to be recorded.
//
// A row has sixteen modes, one for each action; categories that are alike share a row. Row 0 is
// that of a number which has no name: required.
#ifndef ROLECALL_DETAIL_AUDIT_MODES_HPP
#define ROLECALL_DETAIL_AUDIT_MODES_HPP

#include <rolecall/action.hpp>
#include <rolecall/audit_mode.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Packed modes, by the action's number.
using audit_row = std::array<std::uint16_t, max_actions>;

/// Every mode is `required`.
constexpr audit_row required_audit_row() noexcept {
    audit_row row{};
    for (std::uint16_t& word : row) word = packed(audit_mode{});
    return row;
}

/// What holds where the policy does not say otherwise.
inline constexpr audit_mode default_audit_mode{audit_demand::block, 100};
inline constexpr audit_mode default_denial_mode{audit_demand::required, 0};

/// The longest that a policy may say. INVARIANT: it fits a packed mode.
inline constexpr std::uint16_t longest_audit_wait_ms = 16'000;

/// Of two that wait, the shorter gives up first.
constexpr bool stricter(audit_mode a, audit_mode b) noexcept {
    return a.demand != b.demand ? a.demand > b.demand : a.wait_ms < b.wait_ms;
}

/// INVARIANT: `row_of_category` is as long as the policy is wide, and its numbers are of `rows`.
struct audit_modes {
    std::vector<audit_row> rows{required_audit_row()};
    std::vector<std::uint32_t> row_of_category;
    std::uint16_t denials = packed(audit_mode{});

    [[nodiscard]] audit_mode of_allow(std::uint32_t action, std::uint32_t category) const noexcept {
        return unpacked(rows[row_of_category[category]][action]);
    }
};

}  // namespace rolecall::inline v0_1::detail

#endif
