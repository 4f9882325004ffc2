// Exercises that would notice what no exercise of a policy notices yet.
#ifndef ROLECALL_EXERCISE_SUGGESTIONS_HPP
#define ROLECALL_EXERCISE_SUGGESTIONS_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_mutation.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

struct exercise_suggestions {
    std::vector<written_exercise> exercises;  ///< with names that the policy does not have yet
    std::size_t notice = 0;                   ///< how many of the survivors they notice
    std::string yaml;  ///< a policy file with these, ready to be put beside the others; or empty
};

/// Few exercises that notice these survivors of `mutate`: one for each who and situation, together
/// with what is so today. Somebody who knows the business has to read them: they say what the
/// policy does, not what it should do.
///
/// The options are those with which the survivors were found: the policy may be changed once more,
/// to see what some of the exercises leave over.
[[nodiscard]] ROLECALL_API exercise_suggestions suggest_exercises(
    policy const& of, mutation_result const& found, mutation_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
