// What the command line said to `exercise-report`.
#ifndef ROLECALL_CLI_EXERCISE_REPORT_ARGUMENTS_HPP
#define ROLECALL_CLI_EXERCISE_REPORT_ARGUMENTS_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

struct exercise_report_arguments {
    policy_arguments policy;
    std::vector<std::string> who;   ///< `--who`, each once: who took part
    std::vector<std::string> open;  ///< `--open`, each once: points that stay open
    std::vector<std::string> only;  ///< `--filter`
    std::optional<date> on;         ///< `--at`; none: today
    bool record = false;            ///< `--record`; never without `who`
    std::optional<std::string> output;
    output_format format = output_format::markdown;
};

int run_exercise_report(exercise_report_arguments const& arguments, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
