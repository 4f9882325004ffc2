// Whether bytes are a text that a table can be read from.
#ifndef ROLECALL_IMPORT_TEXT_CHECK_HPP
#define ROLECALL_IMPORT_TEXT_CHECK_HPP

#include "import/problems.hpp"
#include <rolecall/document.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::csv {

/// The text without the byte order mark that spreadsheets put in front of it.
std::string_view without_byte_order_mark(std::string_view text) noexcept;

/// Whether the whole text is UTF-8 without control characters but tabs and line breaks, LF or
/// CR LF. Reports (csv-syntax) the first thing that is not: a file in another encoding is
/// wrong in most of its lines, for one reason.
bool check_text(source_file const& file, std::uint32_t number, problems& found);

/// The text without blanks, line breaks and no-break spaces around it.
std::string_view trimmed(std::string_view text) noexcept;

/// The first character that can't stand in a policy because nobody sees it, such as U+200B.
std::optional<char32_t> hidden_character(std::string_view text) noexcept;

/// Whether a text from elsewhere can stand in a policy as it is: one line of UTF-8, not empty,
/// without control and hidden characters.
bool is_plain_line(std::string_view text) noexcept;

/// The text of a cell as free text of a policy: in one line.
std::string in_one_line(std::string_view text);

}  // namespace rolecall::inline v0_1::csv

#endif
