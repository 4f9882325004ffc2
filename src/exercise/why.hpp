// Why a policy answers an exercise as it does, in sentences for its owner.
#ifndef ROLECALL_SRC_EXERCISE_WHY_HPP
#define ROLECALL_SRC_EXERCISE_WHY_HPP

#include "exercise/questions.hpp"
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::exercising {

struct reasons_given {
    std::vector<std::string> sentences;
    std::vector<location> decided_at;
};

/// Of an action on a category, as `answer_of` answers it.
[[nodiscard]] reasons_given why(policy const& of, asked_exercise const& asked, std::uint32_t action,
                                std::uint32_t category);

}  // namespace rolecall::inline v0_1::exercising

#endif
