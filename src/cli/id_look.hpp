// How a user id looks to people.
#ifndef ROLECALL_CLI_ID_LOOK_HPP
#define ROLECALL_CLI_ID_LOOK_HPP

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// The skeleton of UTS 39 (Unicode Security Mechanisms, 4) of the id without regard to case: ids
/// with the same one are hard to tell apart. For `lint_options::look`; any number of threads.
[[nodiscard]] std::string id_look(std::string_view id);

}  // namespace rolecall::inline v0_1::cli

#endif
