// A diagnostic as people read it: the place, what to do, the line itself, a caret under
// the word.
//
//     roles/support.yaml:7:17: error: unknown action `veiw`; did you mean `view`? [unknown-action]
//        7 |       account: [veiw, modify]
//          |                 ^~~~
#ifndef ROLECALL_DIAGNOSTIC_TEXT_HPP
#define ROLECALL_DIAGNOSTIC_TEXT_HPP

#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1 {

/// What to write around the parts of a diagnostic; all empty is plain text, and escape
/// sequences make colours.
struct text_style {
    std::string_view place, error, warning, note, code, caret, reset;
};

namespace detail {

/// Columns on a terminal: 2 for the wide characters of East Asian scripts and for emoji.
constexpr std::size_t display_width(char32_t c) noexcept {
    bool const wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                      (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                      (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                      (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
    bool const combining = c >= 0x300 && c <= 0x36F;
    return wide ? 2 : combining ? 0 : 1;
}

inline std::size_t display_width(std::string_view text) noexcept {
    std::size_t width = 0;
    while (!text.empty()) {
        code_point const c = first_code_point(text);
        width += display_width(c.value);
        text.remove_prefix(c.size);
    }
    return width;
}

/// `count` code points of a text from the `from`th, made printable.
inline std::string printable_part(std::string_view text, std::size_t from, std::size_t count) {
    std::size_t begin = 0;
    auto const skip = [&](std::size_t at, std::size_t n) {
        for (; n > 0 && at < text.size(); --n) at += first_code_point(text.substr(at)).size;
        return at;
    };
    begin = skip(0, from);
    return printable(text.substr(begin, skip(begin, count) - begin));
}

/// The line of a location with a caret under its word. Of a long line, the part around it.
inline std::string marked_line(location const& at, text_style const& style) {
    constexpr std::size_t most_before = 90;
    constexpr std::size_t most_shown = 120;
    std::size_t const column = at.column > 0 ? at.column - 1 : 0;
    std::size_t const first = column > most_before ? column - most_before / 2 : 0;
    std::size_t const total = count_code_points(at.text);
    std::string const lead = first > 0 ? "…" : "";
    std::string const before = lead + printable_part(at.text, first, column - first);
    std::string const word = printable_part(at.text, column, std::max(at.length, 1U));
    std::string const tail = total > first + most_shown ? "…" : "";

    std::string number = std::to_string(at.line);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
    std::string text =
        "\n" + number + " | " + lead + printable_part(at.text, first, most_shown) + tail;
    std::size_t const room = most_shown - std::min(most_shown, display_width(before));
    std::size_t const width = std::clamp<std::size_t>(display_width(word), 1, room + 1);
    text +=
        '\n' + std::string(number.size(), ' ') + " | " + std::string(display_width(before), ' ');
    text += std::string(style.caret) + '^' + std::string(width - 1, '~') + std::string(style.reset);
    return text;
}

inline std::string place_text(location const& at) {
    std::string text = printable(at.path.empty() ? "policy" : std::string_view(at.path));
    if (at.line > 0) text += ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
    return text;
}

}  // namespace detail

/// The diagnostic in several lines, without a line break at the end. Whatever the file
/// holds, the text has no control or hidden characters but line feeds and the style's own.
inline std::string to_text(diagnostic const& d, text_style const& style = {}) {
    std::string_view const level_style = d.level() == severity::error     ? style.error
                                         : d.level() == severity::warning ? style.warning
                                                                          : style.note;
    std::string const reset(style.reset);
    std::string text = std::string(style.place) + detail::place_text(d.where) + ": " + reset;
    text += std::string(level_style) + std::string(to_string(d.level())) + ": " + reset + d.text;
    text += ' ' + std::string(style.code) + '[' + std::string(to_string(d.code)) + ']' + reset;
    if (!d.where.text.empty()) text += detail::marked_line(d.where, style);
    for (related_location const& r : d.related) {
        text += '\n' + std::string(style.place) + detail::place_text(r.where) + ": " + reset;
        text += std::string(style.note) + "note: " + reset + r.text;
        if (!r.where.text.empty()) text += detail::marked_line(r.where, style);
    }
    return text;
}

}  // namespace rolecall::inline v0_1

#endif
