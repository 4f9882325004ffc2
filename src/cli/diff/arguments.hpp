// What the command line of `diff` said.
#ifndef ROLECALL_CLI_DIFF_ARGUMENTS_HPP
#define ROLECALL_CLI_DIFF_ARGUMENTS_HPP

#include "cli/arguments.hpp"
#include <rolecall/date.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {

/// What makes `diff` end with 1.
enum class fail_on : std::uint8_t {
    nothing,
    gains,     ///< somebody gains something
    gains_at,  ///< on a category of some level, or a stricter one
    any,       ///< anything but words is different
};

struct diff_arguments {
    policy_arguments before, after;  ///< each a path, or `REVISION:PATH` of git
    output_format format = output_format::text;
    std::optional<date> on;
    fail_on fails = fail_on::nothing;
    std::string level;  ///< of `gains_at`
};

}  // namespace rolecall::inline v0_1::cli

#endif
