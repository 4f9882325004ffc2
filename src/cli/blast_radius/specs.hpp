// The command `blast-radius`, as people meet it.
#ifndef ROLECALL_CLI_BLAST_RADIUS_SPECS_HPP
#define ROLECALL_CLI_BLAST_RADIUS_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array blast_radius_options{
    option_spec{"--user", "ID", "what is exposed if this user's account is taken over"},
    option_spec{"--role", "ROLE",
                "what is exposed if this role is; several: an application that\n"
                "asks as any of them",
                true},
    option_spec{"--category", "CATEGORY", "the reverse: who can reach this category"},
    option_spec{"--below", "", "with --category: also what lies below it"},
    option_spec{"--level", "LEVEL", "the reverse: who can reach anything of this level"},
    option_spec{"--users", "STORE",
                "also the users of this store (`users create`), beside those of\n"
                "the policy"},
    option_spec{"--fact", "NAME=VALUE",
                "what is so, and can't be changed by whoever attacks: true, false\n"
                "or unknown. Any other fact may become true or false",
                true},
    option_spec{"--at", "DATE",
                "the day that assignments to users must not have passed, as\n"
                "2027-03-31 (default: today, UTC)"},
    option_spec{"--all", "", "more than the first 20 of each kind"},
    option_spec{"--format", "FORMAT", "text (the default), json, csv, markdown or html"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array blast_radius_specs{command_spec{
    "blast-radius", "show what is exposed if a user or a role is taken over",
    "blast-radius POLICY ROLE [options]\n"
    "blast-radius POLICY --user ID | --role ROLE... [options]\n"
    "blast-radius POLICY --category CATEGORY | --level LEVEL [options]\n"
    "blast-radius POLICY [options]",
    "Shows what an attacker reaches who has an account, a role or an application, strictest\n"
    "level first: what is open for certain, and what is possible once they wait for facts\n"
    "or bring them about. The counts stand beside the least, the median and the most of all\n"
    "others of the same kind. With --category or --level, the reverse: who can reach it.\n"
    "With none of these, everybody, ranked by what they expose. Ends with 0 when something\n"
    "is exposed, else with 1.",
    blast_radius_options,
    "rolecall blast-radius shop/\n"
    "rolecall blast-radius shop/ --user dana\n"
    "rolecall blast-radius shop/ --role support --role billing\n"
    "rolecall blast-radius shop/ --category payment --below --users staff.db\n"
    "rolecall blast-radius shop/ --level restricted --format html > restricted.html"}};

}  // namespace rolecall::inline v0_1::cli

#endif
