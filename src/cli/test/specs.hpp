// The command `test`, as people meet it.
#ifndef ROLECALL_CLI_TEST_SPECS_HPP
#define ROLECALL_CLI_TEST_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array test_options{
    option_spec{"--format", "FORMAT", "text (the default), json or junit"},
    option_spec{"--output", "FILE",
                "write the report there; text then goes to standard output beside\n"
                "it"},
    option_spec{"--filter", "TEXT",
                "only exercises whose name, title, role, user or file contains\n"
                "this; several: one of them",
                true},
    option_spec{"--at", "DATE",
                "the day of exercises that give none, as 2027-03-31 (default:\n"
                "today, UTC)"},
    option_spec{"--coverage", "", "count what the exercises touch, and list what they don't"},
    option_spec{"--mutate", "",
                "change the policy in one place at a time, and list the changes\n"
                "that nobody notices"},
    option_spec{"--suggest", "", "write exercises that would notice those, as a policy file"},
    option_spec{"--fail-under", "PERCENT",
                "end with 1 where --coverage or --mutate finds less: a whole number"},
    option_spec{"--all", "", "every exercise, with its note, and every item of the other reports"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array test_specs{command_spec{
    "test", "run the exercises of a policy: situations, and who can do what in them",
    "test POLICY... [options]",
    "Runs the exercises that policies hold in their sections `exercises`: who asks, in which\n"
    "situation, and what must be allowed or denied then. An exercise that fails is shown at\n"
    "the line that expects something else, with the reason of the policy's answer.\n"
    "\n"
    "Ends with 0 when all pass, with 1 when one fails or when there is less than --fail-under,\n"
    "with 2 when something can't be read or no exercise fits --filter, and with 3 when a\n"
    "policy is refused.",
    test_options,
    "rolecall test shop/\n"
    "rolecall test policies/* --format junit --output exercises.xml\n"
    "rolecall test shop/ --filter stolen --all\n"
    "rolecall test shop/ --coverage --mutate --fail-under 90\n"
    "rolecall test shop/ --suggest > suggested.yaml"}};

}  // namespace rolecall::inline v0_1::cli

#endif
