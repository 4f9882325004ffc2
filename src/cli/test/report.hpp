// What `test` found, and the formats that it reports in, each in a file of its own.
#ifndef ROLECALL_CLI_TEST_REPORT_HPP
#define ROLECALL_CLI_TEST_REPORT_HPP

#include "cli/streams.hpp"
#include "cli/test/arguments.hpp"
#include <rolecall/date.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/exercise_coverage.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/policy_mutation.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A policy and its exercises.
struct tested_policy {
    std::string path;
    bool valid = false;
    std::vector<diagnostic> findings;  ///< of a policy that is refused: why
    exercise_run run;
    std::optional<exercise_coverage> coverage;
    std::optional<mutation_result> mutation;  ///< not where an exercise fails
    bool too_little = false;                  ///< less than `--fail-under`
    int code = 0;                             ///< the exit code, for this one alone

    [[nodiscard]] std::size_t count() const noexcept { return run.exercises.size(); }
};

struct test_report {
    test_arguments const* asked = nullptr;
    date on;
    std::vector<tested_policy> policies;
    int exit_code = 0;
};

/// `` `view` on `payment` is denied (undecided), and should be allowed ``
[[nodiscard]] std::string sentence_of(failed_expectation const& failed);

/// `dana's account, compromised, on 2026-12-24`: who asks, and in which situation.
[[nodiscard]] std::string situation_of(exercise_outcome const& exercise);

/// `14 exercises pass (98 answers)`
[[nodiscard]] std::string summary_of(exercise_run const& run);

/// Why `--fail-under` fails the policy.
[[nodiscard]] std::string too_little_text(tested_policy const& policy, test_arguments const& asked);

/// A failed exercise in full: its lines, and why the policy answers so.
[[nodiscard]] std::string failure_text(exercise_outcome const& exercise, bool all,
                                       colours const& colour);

/// For people.
[[nodiscard]] std::string test_text(tested_policy const& policy, test_arguments const& asked,
                                    colours const& colour);

/// One object on one line; docs/program.md describes it.
[[nodiscard]] std::string test_json(test_report const& report);

/// JUnit's XML: a test suite for each policy, a test case for each exercise.
[[nodiscard]] std::string test_junit(test_report const& report);

}  // namespace rolecall::inline v0_1::cli

#endif
