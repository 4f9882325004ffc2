#include "import/text_check.hpp"

#include <rolecall/detail/text.hpp>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::code_point;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::string_view blanks = " \t\r\n";

bool is_utf16(std::string_view text) noexcept {
    std::string_view const front = text.substr(0, 2);
    return front == "\xFF\xFE" || front == "\xFE\xFF";
}

// Why the character at the front of a text can't stand in a table; empty if it can.
std::string fault_at_front(std::string_view text, code_point c) {
    if (!c.valid)
        return "this byte is no UTF-8; save the table as CSV in UTF-8 (in Excel: `CSV UTF-8`)";
    if (c.value == U'\n' || c.value == U'\t') return {};
    if (c.value == U'\r')
        return text.substr(0, 2) == "\r\n"
                   ? std::string()
                   : "a carriage return without a line feed; save the table with the line "
                     "breaks of Windows or of Unix";
    if (c.value == 0)
        return "a NUL character; this is no text file, so save the table as CSV in UTF-8";
    if (detail::is_control(c.value))
        return "control character " + detail::code_point_name(c.value) + "; remove it";
    return {};
}

std::string_view without(std::string_view text, std::string_view front) noexcept {
    return text.substr(0, front.size()) == front ? text.substr(front.size()) : text;
}

}  // namespace

std::string_view without_byte_order_mark(std::string_view text) noexcept {
    return without(text, byte_order_mark);
}

bool check_text(source_file const& file, std::uint32_t number, problems& found) {
    if (is_utf16(file.text)) {
        found.add(diagnostic_code::csv_syntax, {number, 0, 0, 0},
                  "this file is UTF-16; save the table as CSV in UTF-8 (in Excel: `CSV UTF-8`)");
        return false;
    }
    std::string_view rest = file.text;
    place at{number, 1, 1, 1};
    while (!rest.empty()) {
        code_point const c = detail::first_code_point(rest);
        if (std::string fault = fault_at_front(rest, c); !fault.empty()) {
            found.add(diagnostic_code::csv_syntax, at, std::move(fault));
            return false;
        }
        rest.remove_prefix(c.size);
        ++at.column;
        if (c.value == U'\n') {
            ++at.line;
            at.column = 1;
        }
    }
    return true;
}

std::string_view trimmed(std::string_view text) noexcept {
    for (;;) {
        std::size_t const begin = text.find_first_not_of(blanks);
        if (begin == std::string_view::npos) return {};
        text = text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
        std::size_t const size = text.size();
        text = without(text, no_break_space);
        if (text.size() >= no_break_space.size() &&
            text.substr(text.size() - no_break_space.size()) == no_break_space)
            text.remove_suffix(no_break_space.size());
        if (text.size() == size) return text;
    }
}

std::optional<char32_t> hidden_character(std::string_view text) noexcept {
    while (!text.empty()) {
        code_point const c = detail::first_code_point(text);
        bool const is_no_character = (c.value & 0xFFFEU) == 0xFFFE;
        if (detail::is_hidden(c.value) || is_no_character) return c.value;
        text.remove_prefix(c.size);
    }
    return std::nullopt;
}

bool is_plain_line(std::string_view text) noexcept {
    if (text.empty() || hidden_character(text)) return false;
    while (!text.empty()) {
        code_point const c = detail::first_code_point(text);
        if (!c.valid || detail::is_control(c.value)) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

std::string in_one_line(std::string_view text) {
    std::string line;
    for (char const c : text) {
        bool const blank = blanks.find(c) != std::string_view::npos;
        if (!blank)
            line += c;
        else if (line.empty() || line.back() != ' ')
            line += ' ';
    }
    return line;
}

}  // namespace rolecall::inline v0_1::csv
