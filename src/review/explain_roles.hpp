// An answer explained for roles that are settled already.
#ifndef ROLECALL_SRC_REVIEW_EXPLAIN_ROLES_HPP
#define ROLECALL_SRC_REVIEW_EXPLAIN_ROLES_HPP

#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1::review {

/// Asks and explains, for roles of the policy that may be active together. `user` may be empty.
[[nodiscard]] explanation explain_roles(policy const& by, std::string_view user,
                                        detail::role_set const& roles, std::uint32_t action,
                                        std::uint32_t category, detail::known_facts facts);

}  // namespace rolecall::inline v0_1::review

#endif
