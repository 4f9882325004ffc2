// What the command line said to `validate`.
#ifndef ROLECALL_CLI_VALIDATE_ARGUMENTS_HPP
#define ROLECALL_CLI_VALIDATE_ARGUMENTS_HPP

#include "cli/arguments.hpp"
#include <rolecall/date.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// How `validate` reports.
enum class report_format : std::uint8_t { text, json, sarif, github, junit, gitlab };

struct validate_arguments {
    std::vector<policy_arguments> policies;
    report_format format = report_format::text;
    std::optional<std::string> output;          ///< the file of the report; none: standard output
    std::optional<std::string> settings;        ///< instead of each policy's own `.rolecall.yaml`
    bool no_settings = false;                   ///< `--no-settings`
    bool no_lint = false;                       ///< only what loading finds
    std::optional<date> on;                     ///< `--at`
    bool strict = false;                        ///< warnings fail
    bool all = false;                           ///< as text, every finding of every kind
    std::optional<std::string> baseline;        ///< the file of findings that are known
    std::optional<std::string> write_baseline;  ///< the file to make of today's findings
    bool fix = false;                           ///< `--fix`
    bool dry_run = false;                       ///< of `--fix`: only show what would change
};

}  // namespace rolecall::inline v0_1::cli

#endif
