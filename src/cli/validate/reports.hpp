// The formats that `validate` reports in, each in a file of its own: report_*.cpp.
#ifndef ROLECALL_CLI_VALIDATE_REPORTS_HPP
#define ROLECALL_CLI_VALIDATE_REPORTS_HPP

#include "cli/streams.hpp"
#include "cli/validate/validated_policy.hpp"

#include <cstddef>
#include <string>

namespace rolecall::inline v0_1::cli {

/// As text, of the findings of one kind so many are shown, unless all are wanted.
inline constexpr std::size_t most_of_one_kind = 20;

struct text_choices {
    bool strict = false;
    bool all = false;       ///< every finding of every kind
    bool tell_fix = false;  ///< how many findings `--fix` would mend
};

/// For people: each finding with its line, and a summary. What the baseline knows is counted.
[[nodiscard]] std::string text_report(validated_policy const& policy, text_choices const& choices,
                                      colours const& colour);

/// Workflow commands of GitHub Actions, and a summary: no path can make it a command of its own.
[[nodiscard]] std::string github_report(validated_policy const& policy, bool strict,
                                        colours const& colour);

/// One object on one line; docs/program.md describes it.
[[nodiscard]] std::string json_report(validation const& of);

/// A log of SARIF 2.1.0 (OASIS) with one run.
[[nodiscard]] std::string sarif_report(validation const& of);

/// JUnit's XML: a test suite for each policy, a test case for each of its files.
[[nodiscard]] std::string junit_report(validation const& of);

/// A Code Quality report of GitLab: a list of all that is found.
[[nodiscard]] std::string gitlab_report(validation const& of);

}  // namespace rolecall::inline v0_1::cli

#endif
