// Text of unknown origin, made fit for a message: one line, no control characters, nothing
// that a terminal or a reader could mistake.
#ifndef ROLECALL_DETAIL_TEXT_HPP
#define ROLECALL_DETAIL_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::detail {

/// A code point read from UTF-8, and how many bytes it took. For bytes that are no UTF-8:
/// size 1 and `valid` false.
struct code_point {
    char32_t value = 0;
    std::uint8_t size = 1;
    bool valid = false;
};

/// Reads the code point at the front of a text that is not empty. Overlong forms,
/// surrogates and values past U+10FFFF are invalid (RFC 3629).
constexpr code_point first_code_point(std::string_view text) noexcept {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char const lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    std::uint8_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {lead, 1, false};
    char32_t value = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {lead, 1, false};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest[size] || surrogate || value > 0x10FFFF) return {lead, 1, false};
    return {value, size, true};
}

constexpr bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// U+200C and U+200D, which join letters in some scripts.
constexpr bool is_joiner(char32_t c) noexcept { return c == 0x200C || c == 0x200D; }

/// The 66 code points that Unicode keeps out of all text, such as U+FFFE and U+FDD0.
constexpr bool is_noncharacter(char32_t c) noexcept {
    return (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/// Characters that are not seen, or that change the order in which others are seen: line and
/// paragraph separators, bidirectional controls, zero-width space, word joiner, byte order
/// mark, and what is no character at all.
constexpr bool is_hidden(char32_t c) noexcept {
    return is_noncharacter(c) || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0x200E ||
           c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

/// How many code points a text has; a byte that is no UTF-8 counts as one.
constexpr std::size_t count_code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).size);
    return count;
}

/// `U+202E`
inline std::string code_point_name(char32_t c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    do {
        text.insert(text.begin(), digits[c % 16]);
        c /= 16;
    } while (c != 0 || text.size() < 4);
    return "U+" + text;
}

/// The text with everything unprintable written as `<U+202E>`, and bytes that are no UTF-8
/// as `<FF>`; shortened to `limit` code points with an ellipsis.
inline std::string printable(std::string_view text, std::size_t limit = 100'000) {
    std::string result;
    for (std::size_t count = 0; !text.empty(); ++count) {
        if (count == limit) return result + "…";
        code_point const c = first_code_point(text);
        if (!c.valid) {
            result += '<' + code_point_name(c.value).substr(4) + '>';
        } else if (is_control(c.value) || is_hidden(c.value) || is_joiner(c.value)) {
            result += '<' + code_point_name(c.value) + '>';
        } else {
            result += text.substr(0, c.size);
        }
        text.remove_prefix(c.size);
    }
    return result;
}

/// What the user wrote, for a message: in backticks, on one line, at most 60 characters.
inline std::string in_backticks(std::string_view text) { return '`' + printable(text, 60) + '`'; }

}  // namespace rolecall::inline v0_1::detail

#endif
