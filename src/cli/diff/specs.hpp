// The command `diff`, as people meet it.
#ifndef ROLECALL_CLI_DIFF_SPECS_HPP
#define ROLECALL_CLI_DIFF_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

inline constexpr std::array diff_options{
    option_spec{"--format", "FORMAT",
                "text (the default), markdown for a pull request, json, or html:\n"
                "one page without anything from outside"},
    option_spec{"--fail-on", "WHAT",
                "end with 1 on gains: a role or a user may do more; on\n"
                "gains-at LEVEL: so strict, or stricter; or on any: anything\n"
                "but words is different"},
    option_spec{"--at", "DATE",
                "the day that assignments to users must not have passed, as\n"
                "2027-03-31 (default: today, UTC)"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array diff_specs{
    command_spec{
        "diff", "show who may do more, and who less, after a change", "diff OLD NEW [options]",
        "Compares two policies: which role and which listed user gains or loses which action\n"
        "on which category of customer data, under which facts, and by which lines; the\n"
        "strictest level first. Each is a file, a directory, or REVISION:PATH of the git\n"
        "repository around here. Other order, layout or spelling is no difference, and what\n"
        "says by `was` that it has another name is the same. Ends with 0, unless --fail-on\n"
        "says otherwise, and with 3 when one of the policies is invalid.",
        diff_options,
        "rolecall diff main:policies/shop policies/shop\n"
        "rolecall diff HEAD~1:policy.yaml policy.yaml --fail-on gains\n"
        "rolecall diff old/ new/ --format markdown > comment.md\n"
        "rolecall diff old/ new/ --fail-on gains-at restricted"},
};

}  // namespace rolecall::inline v0_1::cli

#endif
