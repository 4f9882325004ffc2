// `init` on a terminal: it asks, shows what it would take, and asks again where an answer is none.
#ifndef ROLECALL_CLI_WRITING_INIT_INTERVIEW_HPP
#define ROLECALL_CLI_WRITING_INIT_INTERVIEW_HPP

#include "cli/streams.hpp"
#include "cli/writing/init_arguments.hpp"

#include <optional>

namespace rolecall::inline v0_1::cli {

/// The answers of whoever sits there; nothing where they went away (the end of the input).
[[nodiscard]] std::optional<init_arguments> interview(init_arguments said, streams& to);

/// Where the policy goes if nobody says.
[[nodiscard]] std::string usual_path(bool directory);

}  // namespace rolecall::inline v0_1::cli

#endif
