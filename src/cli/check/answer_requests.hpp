// `rolecall check --requests`: a stream of questions in, a stream of answers out.
#ifndef ROLECALL_CLI_CHECK_ANSWER_REQUESTS_HPP
#define ROLECALL_CLI_CHECK_ANSWER_REQUESTS_HPP

#include "cli/streams.hpp"
#include <rolecall/date.hpp>
#include <rolecall/policy.hpp>

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {

/// Answers each line of a file, or of standard input for `-`, with a line of JSON, in order
/// and in constant memory. Blank lines are skipped, but counted. Whenever the input pauses,
/// what was answered has been written. Decides on that day, or else on the UTC day of each
/// decision, never on one from a request.
///
/// Returns 0 whatever the answers; 2 after a line that was no request, which is answered with
/// a denial, `malformed-request`, or when reading or writing failed.
int answer_requests(policy const& by, std::string const& path, std::optional<date> on, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
