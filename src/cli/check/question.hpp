// A question of the command line, as the library takes it, and the words of its answer.
#ifndef ROLECALL_CLI_CHECK_QUESTION_HPP
#define ROLECALL_CLI_CHECK_QUESTION_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"
#include <rolecall/decision.hpp>
#include <rolecall/request.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

/// The question. It views the arguments, which must live until it is answered.
[[nodiscard]] request to_request(question_arguments const& arguments);
request to_request(question_arguments const&& arguments) = delete;

/// `support and billing`, `dana`: who asks, fit for a terminal.
[[nodiscard]] std::string who_asks(question_arguments const& arguments);

/// `support may view account`; or `may not`.
[[nodiscard]] std::string sentence(question_arguments const& arguments, bool allowed);

/// `allow  ` or `deny   `, coloured: what an answer begins with.
[[nodiscard]] std::string verdict(bool allowed, colours const& colour);

/// `[not-granted]`, coloured: what an answer ends with.
[[nodiscard]] std::string verdict_code(reason why, colours const& colour);

}  // namespace rolecall::inline v0_1::cli

#endif
