// Every right of every role, as it takes effect.
#ifndef ROLECALL_MATRIX_HPP
#define ROLECALL_MATRIX_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/policy.hpp>

#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// What a role may do by itself: with what it inherits, the category tree, guardrails and
/// requirements put together. Always, or under a condition on facts.
struct effective_right {
    std::string role;
    std::string category;
    std::string action;
    /// Empty: always. Otherwise what must be known, such as
    /// `(a and b or c) and d and not (x and y)`: grants, then requirements, then one
    /// `and not` for each guardrail's condition, which must be known not to hold.
    std::string condition;

    friend bool operator==(effective_right const&, effective_right const&) = default;
};

/// Every right of every role, sorted by role, category and action. What is not listed is
/// denied to that role whatever the facts. Agrees with `policy::allows` in every case.
[[nodiscard]] ROLECALL_API std::vector<effective_right> effective_rights(policy const& of);

}  // namespace rolecall::inline v0_1

#endif
