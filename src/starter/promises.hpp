// What a starter policy promises, and the exercises that it begins with.
#ifndef ROLECALL_SRC_STARTER_PROMISES_HPP
#define ROLECALL_SRC_STARTER_PROMISES_HPP

#include "starter/plan.hpp"
#include <rolecall/policy.hpp>

#include <string>

namespace rolecall::inline v0_1::starter {

/// The section `guarantees`; empty where there is nothing to promise.
[[nodiscard]] std::string guarantees(plan const& made);

/// The section `exercises`: of each role, what it can do while nothing special is known. Read from
/// the policy, so that they are true of it.
[[nodiscard]] std::string exercises(plan const& made, policy const& of);

}  // namespace rolecall::inline v0_1::starter

#endif
