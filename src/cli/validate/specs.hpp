// The command `validate`, as people meet it.
#ifndef ROLECALL_CLI_VALIDATE_SPECS_HPP
#define ROLECALL_CLI_VALIDATE_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array validate_options{
    option_spec{"--strict", "", "warnings fail, too"},
    option_spec{"--format", "FORMAT",
                "text (the default), json, sarif, junit, gitlab (Code Quality), or\n"
                "github: annotations on the lines of a pull request, when run by\n"
                "GitHub Actions"},
    option_spec{"--output", "FILE",
                "write the report there; text then goes to standard output beside\n"
                "it"},
    option_spec{"--baseline", "FILE", "what is known and listed there neither shows nor fails"},
    option_spec{"--write-baseline", "FILE", "list all that is found today there"},
    option_spec{"--settings", "FILE", "instead of the `.rolecall.yaml` of each policy"},
    option_spec{"--no-settings", "", "without any settings"},
    option_spec{"--no-lint", "", "only what would refuse the policy, and its day of review"},
    option_spec{"--at", "DATE",
                "the day for reviews and assignments, as 2027-03-31 (default:\n"
                "today, UTC)"},
    option_spec{"--all", "", "as text: also what comes after the first 20 findings of one kind"},
    option_spec{"--fix", "",
                "first take out of the files what can go without changing any\n"
                "decision, and show it as a difference"},
    option_spec{"--dry-run", "", "with --fix: only show what would change"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array validate_specs{command_spec{
    "validate", "report every problem of a policy, each at its line",
    "validate POLICY... [options]",
    "Reads policies, each a YAML file or a directory of them, and reports every problem\n"
    "of every file in one run: first what refuses a policy, and where nothing does, what\n"
    "it says in vain, opens too wide, or forgets. `.rolecall.yaml` beside a policy says what\n"
    "each kind counts for.\n"
    "\n"
    "Ends with 0 when all is fine. Warnings don't refuse a policy: with --strict they end\n"
    "with 1, and so does what the settings call an error. Ends with 3 when a policy is\n"
    "refused, or its settings are broken, and with 2 when a path can't be read.",
    validate_options,
    "rolecall validate shop/\n"
    "rolecall validate policies/* --strict --format github\n"
    "rolecall validate shop/ --format sarif --output rolecall.sarif\n"
    "rolecall validate shop/ --strict --baseline known.json\n"
    "rolecall validate shop/ --fix --dry-run"}};

}  // namespace rolecall::inline v0_1::cli

#endif
