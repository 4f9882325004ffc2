// From the words of a command line to the arguments of a command.
#ifndef ROLECALL_CLI_INTERPRET_HPP
#define ROLECALL_CLI_INTERPRET_HPP

#include "cli/command_line.hpp"
#include "cli/streams.hpp"

#include <functional>

namespace rolecall::inline v0_1::cli {

/// What to do, and how colourfully.
struct task {
    std::function<int(streams&)> run;
    colour_choice colour = colour_choice::automatic;
};

/// Checks every word that needs no policy to be checked. Throws `usage_error`.
[[nodiscard]] task interpret(command_line const& line);

}  // namespace rolecall::inline v0_1::cli

#endif
