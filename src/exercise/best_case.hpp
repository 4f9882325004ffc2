// The facts that speak for a role: those by which it can do most.
#ifndef ROLECALL_SRC_EXERCISE_BEST_CASE_HPP
#define ROLECALL_SRC_EXERCISE_BEST_CASE_HPP

#include <rolecall/document.hpp>

#include <string>
#include <vector>

namespace rolecall::inline v0_1::exercising {

/// Names of facts, sorted.
struct best_case {
    std::vector<std::string> is_true;   ///< that some right of the role, or a requirement, needs
    std::vector<std::string> is_false;  ///< on which only guardrails depend that mean the role
};

/// Of a role with all that it inherits. Where a right and a guardrail need the same fact, no case
/// is the best of all: then the right has it.
[[nodiscard]] best_case best_case_of(std::string const& role, document const& in);

}  // namespace rolecall::inline v0_1::exercising

#endif
