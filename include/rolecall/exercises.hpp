// Runs a policy's exercises: tabletop tests that say who can do what in a situation.
//
//     rolecall::exercise_run const run = rolecall::run_exercises(shop);
//     for (rolecall::exercise_outcome const& one : run.exercises)
//         for (rolecall::failed_expectation const& failed : one.failures) show(failed);
//
// docs/exercises.md says what an exercise means. For tools and tests, not for hot loops. Any
// number of threads may call at once.
#ifndef ROLECALL_EXERCISES_HPP
#define ROLECALL_EXERCISES_HPP

#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// So many failures of one exercise are explained.
inline constexpr std::size_t most_explained = 20;

/// An action on a category that the policy does not answer as an exercise expects.
struct failed_expectation {
    std::string action, category;
    bool expected = false;                  ///< to be allowed
    std::optional<reason> expected_reason;  ///< of a denial, where the exercise says one
    bool allowed = false;                   ///< what it is
    reason why = reason::unavailable;       ///< and why
    location where;                         ///< the word that expects it; of `exactly` its key
    /// Why the policy answers so, in a few sentences: the line that decides, and for a denial
    /// the nearest grant and what is missing. Of an exercise with many failures only the first
    /// `most_explained` have it, and of a run the first thousand.
    std::vector<std::string> explanation;
    /// The lines of the policy that decided.
    std::vector<location> decided_at;
};

/// What somebody in the situation of an exercise can do.
struct open_right {
    std::string action, category;
    bool certain = false;  ///< with the facts given alone; else only if others become known
};

struct exercise_outcome {
    std::string name, title, about, note;
    location where;   ///< of its name
    std::string who;  ///< `support`, `billing and refunds`, `dana`, `dana as support`
    std::string
        situation;  ///< `on 2026-12-24, open-ticket is true, dispute is false`; may be empty
    date on;
    bool compromised = false;
    std::size_t expectations = 0;              ///< actions on categories that were asked about
    std::vector<failed_expectation> failures;  ///< by place
    /// What is allowed with these facts, and what could be if others become known; by category and
    /// action. Of a compromised account: what whoever has it can bring about.
    std::vector<open_right> open;

    /// Whether every answer is as expected.
    [[nodiscard]] bool passed() const noexcept { return failures.empty(); }
};

struct exercise_run {
    date on;                                  ///< of exercises that give no date
    std::vector<exercise_outcome> exercises;  ///< by name
    std::size_t left_out = 0;                 ///< by the filter
    std::size_t expectations = 0;
    std::size_t failed = 0;  ///< exercises

    /// Whether every exercise did.
    [[nodiscard]] bool passed() const noexcept { return failed == 0; }
};

struct exercise_options {
    date on = date::today();  ///< the day of exercises that give none
    /// Only exercises whose name, title, role, user or file contains one of these; none: all.
    std::vector<std::string> only{};
};

/// Runs them. Nothing is recorded, and no sink is told. A policy compiled from a document that
/// nobody checked (`yaml::load` and `yaml::compile` do) may have an exercise with a name that it
/// does not declare: throws std::invalid_argument.
[[nodiscard]] ROLECALL_API exercise_run run_exercises(policy const& of,
                                                      exercise_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
