// What whoever has somebody's account can bring about.
#ifndef ROLECALL_SRC_EXERCISE_ATTACK_HPP
#define ROLECALL_SRC_EXERCISE_ATTACK_HPP

#include "exercise/questions.hpp"
#include "meaning/formula.hpp"
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <optional>

namespace rolecall::inline v0_1::exercising {

/// Facts, besides those that are given, with which a right is there: as few as were found.
struct reached_state {
    std::uint64_t is_true = 0;
    std::uint64_t is_false = 0;
    /// Nobody looked through to the end: the right is taken to be within reach.
    bool unsure = false;
};

/// A state of the facts in which those of `fixed` are as in `given` (unknown, where it says
/// nothing of them), and in which whoever has these roles active may do this. It is looked for
/// until it is found, or it is certain that there is none; after a million steps, which it takes
/// conditions made for that, it is taken to be there.
[[nodiscard]] std::optional<reached_state> reach(detail::policy_data const& p,
                                                 detail::active_roles who, std::uint32_t action,
                                                 std::uint32_t category, detail::known_facts given,
                                                 std::uint64_t fixed);

/// Which role to make active, and what to wait for.
struct way_in {
    std::uint32_t role = 0;
    reached_state state;
};

/// How whoever has the account of an exercise can do this, or nothing. The first role by name.
[[nodiscard]] std::optional<way_in> way_in_of(detail::policy_data const& p,
                                              asked_exercise const& asked, std::uint32_t action,
                                              std::uint32_t category);

}  // namespace rolecall::inline v0_1::exercising

#endif
