// Text, numbers and times as they stand in a line of JSON.
#ifndef ROLECALL_SRC_AUDIT_JSON_TEXT_HPP
#define ROLECALL_SRC_AUDIT_JSON_TEXT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::audit {

/// Appends the text in quotes. Control characters, and those that are not seen or change the
/// order in which others are seen, become escapes, so that a terminal or an editor which
/// shows the line is not led astray. A byte that is no UTF-8 becomes U+FFFD.
void append_quoted(std::string& to, std::string_view text);

void append_number(std::string& to, std::uint64_t number);

/// `2026-11-22T07:00:00.123456789Z`, of nanoseconds since 1970-01-01 UTC: RFC 3339.
void append_time(std::string& to, std::int64_t nanoseconds);

/// Reads exactly what `append_time` writes.
std::optional<std::int64_t> read_time(std::string_view text);

}  // namespace rolecall::audit

#endif
