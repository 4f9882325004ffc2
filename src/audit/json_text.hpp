// Text and times as they stand in a line of JSON.
#ifndef ROLECALL_SRC_AUDIT_JSON_TEXT_HPP
#define ROLECALL_SRC_AUDIT_JSON_TEXT_HPP

#include <rolecall/detail/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::audit {

/// The text, with U+FFFD for each byte that is no UTF-8.
std::string valid_utf8(std::string_view text);

/// Appends JSON in which characters that are not seen, control a terminal, or change the order
/// in which others are seen become escapes, so that nobody who shows it is led astray. In JSON
/// they can only stand in a text.
ROLECALL_API void append_visible(std::string& to, std::string_view json);

/// `2026-11-22T07:00:00.123456789Z`, of nanoseconds since 1970-01-01 UTC: RFC 3339.
ROLECALL_API void append_time(std::string& to, std::int64_t nanoseconds);

/// Reads exactly what `append_time` writes.
std::optional<std::int64_t> read_time(std::string_view text);

}  // namespace rolecall::inline v0_1::audit

#endif
