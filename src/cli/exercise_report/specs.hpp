// The command `exercise-report`, as people meet it.
#ifndef ROLECALL_CLI_EXERCISE_REPORT_SPECS_HPP
#define ROLECALL_CLI_EXERCISE_REPORT_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array exercise_report_options{
    option_spec{"--who", "NAME", "who took part; once for each", true},
    option_spec{"--at", "DATE",
                "the day on which they were held, as 2027-03-31 (default: today,\n"
                "UTC); also of exercises that give no date"},
    option_spec{"--open", "TEXT", "a point that stays open; once for each", true},
    option_spec{"--filter", "TEXT",
                "only exercises whose name, title, role or user contains this;\n"
                "several: one of them",
                true},
    option_spec{"--record", "",
                "write into the file beside the policy that they were held, so\n"
                "that `validate` knows. With --who"},
    option_spec{"--format", "FORMAT", "markdown (the default), html or json"},
    option_spec{"--output", "FILE", "write the page there (default: standard output)"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array exercise_report_specs{command_spec{
    "exercise-report", "write the page after an exercise, and record that it was held",
    "exercise-report POLICY [--who NAME]... [options]",
    "Runs the policy's exercises, and writes the page that stays of the hour around the\n"
    "table: what happens in each, who asks, what was expected and answered, what is exposed\n"
    "by level and category, which points are open, and room for decisions and signatures.\n"
    "With --record, adds the day, who took part and the policy's fingerprint to\n"
    "`.rolecall-exercises.yaml` in the policy's directory; `validate` warns when the last\n"
    "record is older than the policy's `exercise-every`. Ends with 1 when an exercise fails.",
    exercise_report_options,
    "rolecall exercise-report shop/ --who 'Dana Reed' --who 'Bo Lind' > exercise.md\n"
    "rolecall exercise-report shop/ --format html --output exercise.html\n"
    "rolecall exercise-report shop/ --who 'Dana Reed' --record \\\n"
    "    --open 'Who calls the bank at night?' --output exercise.md"}};

}  // namespace rolecall::inline v0_1::cli

#endif
