// The command `init`, as people meet it.
#ifndef ROLECALL_CLI_WRITING_INIT_SPECS_HPP
#define ROLECALL_CLI_WRITING_INIT_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array init_options{
    option_spec{"--name", "NAME", "the name of the business"},
    option_spec{"--owner", "TEXT", "who answers for its customer data: a person, an address"},
    option_spec{"--roles", "ROLE,...",
                "kinds of work: marketing, sales, support, billing, refunds,\n"
                "shipping, care; or all (default: marketing,support,billing)"},
    option_spec{"--data", "KIND,...",
                "kinds of data: contact, orders, payment, health, photos,\n"
                "newsletter, messages, feedback; or all (default:\n"
                "contact,orders,payment,newsletter)"},
    option_spec{"--user", "ROLE=ID,...",
                "list in the policy who is in a role; once for each role, the\n"
                "office too (default: people are listed elsewhere)",
                true},
    option_spec{"--directory", "", "make a directory of several files instead of one"},
    option_spec{"--yes", "", "ask nothing, and take the defaults for what is not said"},
    colour_option,
    help_option};

inline constexpr std::array init_specs{command_spec{
    "init", "write a first policy from a few questions", "init [PATH] [options]",
    "Writes a policy to begin with, from a few answers: which kinds of work there are, and\n"
    "which data is kept. It is sound, and has comments to be read by whoever owns it. On a\n"
    "terminal it asks; with any option but --color it does not. It never overwrites anything:\n"
    "where PATH exists already it ends with 2. Without PATH it makes `policy.yaml`, or the\n"
    "directory `policy`.",
    init_options,
    "rolecall init\n"
    "rolecall init shop.yaml --yes\n"
    "rolecall init policies/shop --directory --name \"Corner Shop\" --owner ada@shop.example\n"
    "rolecall init --roles support,billing,refunds --data contact,payment\n"
    "rolecall init --roles support --data contact --user support=dana,bo --user office=ada"}};

}  // namespace rolecall::inline v0_1::cli

#endif
