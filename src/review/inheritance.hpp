// Which roles somebody holds, directly or by inheritance, and by which way.
#ifndef ROLECALL_SRC_REVIEW_INHERITANCE_HPP
#define ROLECALL_SRC_REVIEW_INHERITANCE_HPP

#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace rolecall::inline v0_1::review {

/// A role that is among some given ones, or that one of these inherits.
struct reached_role {
    std::uint32_t role = 0;
    /// From one of the given roles down to this one: the shortest way, and of several the first
    /// by name. It alone, where it is given itself.
    std::vector<std::uint32_t> through;
    /// Those of the given roles that are or inherit it.
    std::vector<std::uint32_t> from;
};

/// All roles that these are or inherit, by name.
[[nodiscard]] std::vector<reached_role> reached_from(detail::policy_data const& p,
                                                     std::span<std::uint32_t const> given);

}  // namespace rolecall::inline v0_1::review

#endif
