#include "yaml/decode.hpp"

#include "yaml/character_check.hpp"
#include "yaml/cursor.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <optional>

namespace rolecall::inline v0_1::yaml {

namespace {

// YAML 1.2, 5.7, but for `\_`, which yaml-cpp 0.7 makes half a character of, and the escaped
// line break: a quoted scalar stays on its line.
struct short_escape {
    char letter;
    char32_t value;
};
constexpr short_escape short_escapes[] = {
    {'0', 0x00},  {'a', 0x07}, {'b', 0x08},   {'t', 0x09},   {'n', 0x0A}, {'v', 0x0B},
    {'f', 0x0C},  {'r', 0x0D}, {'e', 0x1B},   {' ', 0x20},   {'"', 0x22}, {'/', 0x2F},
    {'\\', 0x5C}, {'N', 0x85}, {'L', 0x2028}, {'P', 0x2029},
};

struct hex_escape {
    char letter;
    std::size_t digits;
};
constexpr hex_escape hex_escapes[] = {{'x', 2}, {'u', 4}, {'U', 8}};

std::optional<char32_t> hex_value(std::string_view digits) noexcept {
    char32_t value = 0;
    for (char const c : digits) {
        if (c >= '0' && c <= '9')
            value = value * 16 + static_cast<char32_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + static_cast<char32_t>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            value = value * 16 + static_cast<char32_t>(c - 'A' + 10);
        else
            return std::nullopt;
    }
    return value;
}

struct escape {
    std::size_t size = 0;           // the backslash included
    std::optional<char32_t> value;  // none: it stands for no character
};

// The escape at the front of a text. Something stands behind the backslash: else it would
// have escaped the closing quote.
escape escape_at(std::string_view text) noexcept {
    for (short_escape const& s : short_escapes)
        if (s.letter == text[1]) return {2, s.value};
    for (hex_escape const& h : hex_escapes) {
        if (h.letter != text[1] || text.size() < 2 + h.digits) continue;
        auto const value = hex_value(text.substr(2, h.digits));
        if (!value) break;
        bool const is_character = *value <= 0x10FFFF && (*value < 0xD800 || *value > 0xDFFF);
        return {2 + h.digits, is_character ? value : std::nullopt};
    }
    return {1U + detail::first_code_point(text.substr(1)).size, std::nullopt};
}

void append_code_point(std::string& to, char32_t c) {
    auto const byte = [&](char32_t bits) { to += static_cast<char>(bits); };
    auto const tail = [&](unsigned shift) { byte(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) {
        byte(0xC0U | (c >> 6U));
    } else if (c < 0x10000) {
        byte(0xE0U | (c >> 12U));
        tail(6);
    } else {
        byte(0xF0U | (c >> 18U));
        tail(12);
        tail(6);
    }
    tail(0);
}

}  // namespace

std::string decode_single_quoted(std::string_view inside) {
    std::string text;
    for (;;) {
        std::size_t const quote = inside.find('\'');
        append_without_faults(text, inside.substr(0, quote));
        if (quote == std::string_view::npos) return text;
        text += '\'';
        inside.remove_prefix(quote + 2);
    }
}

std::string decode_double_quoted(std::string_view inside, std::size_t begin, reporter& report) {
    std::string text;
    for (;;) {
        std::size_t const backslash = std::min(inside.find('\\'), inside.size());
        append_without_faults(text, inside.substr(0, backslash));
        inside.remove_prefix(backslash);
        begin += backslash;
        if (inside.empty()) return text;

        escape const found = escape_at(inside);
        std::size_t const end = begin + found.size;
        if (!found.value)
            report.add(diagnostic_code::yaml_syntax, begin, end,
                       "unknown escape " + detail::in_backticks(inside.substr(0, found.size)) +
                           "; write `\\\\` for a backslash, or use single quotes");
        else if (fault_of(*found.value) != character_fault::none)
            report_character(report, *found.value, begin, end);
        else
            append_code_point(text, *found.value);
        inside.remove_prefix(found.size);
        begin = end;
    }
}

std::string folded_breaks(std::size_t count) {
    return count == 1 ? " " : std::string(count - 1, '\n');
}

namespace {

// How many of the lines come before the empty ones at the end.
std::size_t count_without_trailing(std::vector<std::string_view> const& lines) noexcept {
    std::size_t count = lines.size();
    while (count > 0 && lines[count - 1].empty()) --count;
    return count;
}

}  // namespace

std::string join_literal(std::vector<std::string_view> const& lines, bool strip) {
    std::size_t const content = count_without_trailing(lines);
    std::string text;
    for (std::size_t i = 0; i < content; ++i) {
        if (i > 0) text += '\n';
        append_without_faults(text, lines[i]);
    }
    if (content > 0 && !strip) text += '\n';
    return text;
}

// Line breaks between two lines fold like those of a plain scalar, unless one of the two is
// indented more than the block.
std::string join_folded(std::vector<std::string_view> const& lines, bool strip) {
    std::size_t const content = count_without_trailing(lines);
    std::string text;
    std::size_t breaks = 0;
    bool keep_breaks = true;  // those before the first line
    for (std::size_t i = 0; i < content; ++i, ++breaks) {
        if (lines[i].empty()) continue;
        bool const indented = is_blank(lines[i].front());
        text += keep_breaks || indented ? std::string(breaks, '\n') : folded_breaks(breaks);
        append_without_faults(text, lines[i]);
        keep_breaks = indented;
        breaks = 0;
    }
    if (content > 0 && !strip) text += '\n';
    return text;
}

}  // namespace rolecall::inline v0_1::yaml
