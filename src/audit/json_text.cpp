#include "audit/json_text.hpp"

#include <rolecall/date.hpp>
#include <rolecall/detail/text.hpp>

#include <cstddef>

namespace rolecall::inline v0_1::audit {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t day = 86'400 * second;
constexpr std::string_view form = "0000-00-00T00:00:00.000000000Z";

constexpr bool is_plain(char c) noexcept { return c >= ' ' && c <= '~'; }

void append_unit(std::string& to, std::uint32_t utf16) {
    constexpr std::string_view digits = "0123456789abcdef";
    to += "\\u";
    for (std::uint32_t shift = 16; shift > 0;) to += digits[utf16 >> (shift -= 4) & 0xFU];
}

void append_escape(std::string& to, char32_t c) {
    if (c > 0xFFFF) {
        append_unit(to, 0xD800U + ((c - 0x10000U) >> 10U));
        c = 0xDC00U + ((c - 0x10000U) & 0x3FFU);
    }
    append_unit(to, c);
}

// Calls `plain` with stretches of printable ASCII, and `other` with each other character.
template <class Plain, class Other>
void split(std::string_view text, Plain&& plain, Other&& other) {
    while (!text.empty()) {
        std::size_t length = 0;
        while (length < text.size() && is_plain(text[length])) ++length;
        plain(text.substr(0, length));
        text.remove_prefix(length);
        if (text.empty()) return;
        detail::code_point const c = detail::first_code_point(text);
        other(c, text.substr(0, c.size));
        text.remove_prefix(c.size);
    }
}

// Digits from the right, with zeros before them, at their place in the form.
void put(std::string& to, std::size_t at, std::size_t width, std::int64_t value) {
    for (std::size_t i = width; i-- > 0; value /= 10)
        to[at + i] = static_cast<char>('0' + value % 10);
}

// The number at its place in the form, up to a limit.
std::optional<std::int64_t> get(std::string_view text, std::size_t at, std::size_t width,
                                std::int64_t below) {
    std::int64_t value = 0;
    for (char const c : text.substr(at, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value < below ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    split(
        text, [&](std::string_view plain) { valid += plain; },
        [&](detail::code_point const& c, std::string_view bytes) {
            valid += c.valid ? bytes : "\xEF\xBF\xBD";
        });
    return valid;
}

void append_visible(std::string& to, std::string_view json) {
    split(
        json, [&](std::string_view plain) { to += plain; },
        [&](detail::code_point const& c, std::string_view bytes) {
            if (detail::is_control(c.value) || detail::is_hidden(c.value)) {
                append_escape(to, c.value);
            } else {
                to += bytes;
            }
        });
}

void append_time(std::string& to, std::int64_t nanoseconds) {
    std::int64_t const after = nanoseconds % day;
    std::int64_t const days = nanoseconds / day - (after < 0 ? 1 : 0);
    std::int64_t const rest = after < 0 ? after + day : after;
    std::size_t const at = to.size();
    to += date::from_days(static_cast<std::int32_t>(days)).to_string();
    to += form.substr(10);
    put(to, at + 11, 2, rest / (3'600 * second));
    put(to, at + 14, 2, rest / (60 * second) % 60);
    put(to, at + 17, 2, rest / second % 60);
    put(to, at + 20, 9, rest % second);
}

std::optional<std::int64_t> read_time(std::string_view text) {
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 10; i < form.size(); ++i)
        if (form[i] != '0' && text[i] != form[i]) return std::nullopt;
    auto const on = date::parse(text.substr(0, 10));
    auto const hours = get(text, 11, 2, 24);
    auto const minutes = get(text, 14, 2, 60);
    auto const seconds = get(text, 17, 2, 60);
    auto const fraction = get(text, 20, 9, second);
    if (!on || !hours || !minutes || !seconds || !fraction) return std::nullopt;

    std::int64_t const rest = ((*hours * 60 + *minutes) * 60 + *seconds) * second + *fraction;
    std::int64_t result = 0;
    // The first day is whole only together with its rest: count from the day after it.
    std::int64_t const days = on->days() + (on->days() < 0 ? 1 : 0);
    if (__builtin_mul_overflow(days, day, &result) ||
        __builtin_add_overflow(result, days == on->days() ? rest : rest - day, &result))
        return std::nullopt;
    return result;
}

}  // namespace rolecall::inline v0_1::audit
