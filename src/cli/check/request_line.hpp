// A line of JSON as an AuthZEN evaluation request.
#ifndef ROLECALL_CLI_CHECK_REQUEST_LINE_HPP
#define ROLECALL_CLI_CHECK_REQUEST_LINE_HPP

#include "cli/arguments.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// The longest line that is looked at.
inline constexpr std::size_t longest_request = std::size_t{1} << 20U;
/// How many objects and arrays may stand around a value.
inline constexpr std::size_t deepest_request = 32;

/// What a request says, copied out of its line.
struct evaluation_request {
    bool is_user = false;
    std::string id;                                 ///< of the user; or the role
    std::optional<std::vector<std::string>> roles;  ///< a user's chosen active ones
    std::string action;
    std::string category;
    std::vector<stated_fact> facts;
};

/// Reads requests, one after the other. One bad member makes the whole line malformed:
///
///   - required, and texts: subject.type (`role` or `user`), subject.id, action.name,
///     resource.type, resource.id
///   - optional: subject.properties.roles, a list of texts, for a `user`; context.facts, whose
///     members are true, false or null (unknown). `properties`, `context` and `facts` are
///     objects where they stand.
///   - any other member, a `role`'s properties too, is ignored, but must be JSON in UTF-8
///   - a member twice in one object is malformed, wherever it is
///
/// Reuses its memory, so one reader serves a long stream; not for concurrent use.
class request_reader {
public:
    request_reader();
    request_reader(request_reader const&) = delete;
    request_reader& operator=(request_reader const&) = delete;
    ~request_reader();

    /// Reads a line. Returns what is wrong with it, or an empty text, and then the request is
    /// complete. The problem is one line, fit for a terminal.
    std::string read(std::string_view line, evaluation_request& into);

private:
    class parser;
    std::unique_ptr<parser> parser_;
};

}  // namespace rolecall::inline v0_1::cli

#endif
