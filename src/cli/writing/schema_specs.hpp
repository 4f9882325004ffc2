// The command `schema`, as people meet it.
#ifndef ROLECALL_CLI_WRITING_SCHEMA_SPECS_HPP
#define ROLECALL_CLI_WRITING_SCHEMA_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array schema_options{
    option_spec{"--for", "POLICY",
                "with the names that this policy declares, so that an editor\n"
                "completes them, and marks all others"},
    option_spec{"--settings", "", "of the settings, `.rolecall.yaml`, instead"},
    option_spec{"--output", "FILE",
                "write it there (default: standard output); a file that says the\n"
                "same already is left alone"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array schema_specs{command_spec{
    "schema", "print the JSON Schema of policy files, for editors",
    "schema [--for POLICY] [options]",
    "Prints the JSON Schema (draft 7) of a policy file, with which an editor completes keys,\n"
    "shows what they mean, and marks mistakes while you type. With --for, of the files of one\n"
    "policy: names of its roles, categories, actions, facts and levels are completed too, and\n"
    "all others are marked. What a schema can't see, `validate` does. Ends with 3 when that\n"
    "policy is invalid.",
    schema_options,
    "rolecall schema > rolecall.schema.json\n"
    "rolecall schema --for shop/ --output shop/.names.schema.json\n"
    "rolecall schema --settings > settings.schema.json"}};

}  // namespace rolecall::inline v0_1::cli

#endif
