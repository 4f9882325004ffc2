// Options that several commands have.
#ifndef ROLECALL_CLI_SHARED_OPTIONS_HPP
#define ROLECALL_CLI_SHARED_OPTIONS_HPP

#include "cli/command_specs.hpp"

namespace rolecall::inline v0_1::cli {

inline constexpr option_spec help_option{"--help", "", "show this (-h for short)"};
inline constexpr option_spec colour_option{
    "--color", "WHEN",
    "auto (the default: on a terminal, unless NO_COLOR is set),\n"
    "always or never"};
inline constexpr option_spec text_or_json{"--format", "FORMAT", "text (the default) or json"};
inline constexpr option_spec table_limit{
    "--max-table-mib", "N", "refuse a policy whose table would take more (default: 256)"};
inline constexpr option_spec end_marker{"--demand-end-marker", "",
                                        "refuse files that do not end with the line `...`"};
inline constexpr option_spec list_format{"--format", "FORMAT", "text (the default), csv or json"};

}  // namespace rolecall::inline v0_1::cli

#endif
