// Exercises as questions with numbers: who is active, what is known, and which cells are expected
// to be what. Running, covering, mutating and suggesting all begin here.
#ifndef ROLECALL_SRC_EXERCISE_QUESTIONS_HPP
#define ROLECALL_SRC_EXERCISE_QUESTIONS_HPP

#include <rolecall/decision.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/document.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace rolecall::inline v0_1::exercising {

/// What an exercise expects of one action on one category.
struct expected_cell {
    std::uint32_t category = 0;
    std::uint32_t action = 0;
    bool allowed = false;
    std::optional<reason> why;  ///< of a denial, where the exercise says one
    place at;
};

/// INVARIANT: `expects` is sorted by category and action, each once.
struct asked_exercise {
    written_exercise const* written = nullptr;
    date on;
    /// Settled, or why not. Of a compromised account: `active` is all that is held.
    detail::role_set who;
    detail::known_facts facts;
    /// Facts that an attacker can't bring about: those that are given, unknown ones as well.
    std::uint64_t fixed_facts = 0;
    bool compromised = false;
    std::vector<expected_cell> expects;
};

/// All exercises of the policy that the options ask for, by name.
[[nodiscard]] std::vector<asked_exercise> questions_of(policy const& of,
                                                       exercise_options const& options);

/// The exercise's who, by the same rules, of another policy of the same names: one that was
/// changed somewhere.
[[nodiscard]] detail::role_set who_asks(detail::policy_data const& p,
                                        written_exercise const& written, date on);

/// The policy's answer: as a check gives it, or of a compromised account as docs/exercises.md
/// says; then of a denial the reason is `not_granted`, or what refuses all.
[[nodiscard]] response answer_of(detail::policy_data const& p, asked_exercise const& asked,
                                 std::uint32_t action, std::uint32_t category);

/// Whether that is what is expected.
[[nodiscard]] inline bool meets(response const& answer, expected_cell const& expected) noexcept {
    if (bool{answer} != expected.allowed) return false;
    return expected.allowed || !expected.why || answer.reason == *expected.why;
}

}  // namespace rolecall::inline v0_1::exercising

#endif
