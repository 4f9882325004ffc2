// Roles that were given, as a review tells of them.
#ifndef ROLECALL_SRC_REVIEW_REVIEWED_ROLES_HPP
#define ROLECALL_SRC_REVIEW_REVIEWED_ROLES_HPP

#include "review/inheritance.hpp"
#include "review/people.hpp"
#include <rolecall/access_review.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::review {

/// Those that hold on a day, and those that have passed by it.
[[nodiscard]] std::pair<given_roles, given_roles> apart(given_roles const& given, date on);

/// The roles of the policy among them, by number, each once.
[[nodiscard]] std::vector<std::uint32_t> held_of(given_roles const& now,
                                                 role_numbers const& numbers);

/// A role that is held, of those given now.
[[nodiscard]] reviewed_role describe(detail::policy_data const& p, given_roles const& now,
                                     reached_role const& reached);

/// Assignments that have passed, by name; not of roles that another assignment still gives.
[[nodiscard]] std::vector<reviewed_role> passed_of(given_roles const& now,
                                                   given_roles const& passed,
                                                   role_numbers const& numbers);

}  // namespace rolecall::inline v0_1::review

#endif
