// Which texts can be names.
#ifndef ROLECALL_DETAIL_COMPILE_NAME_RULES_HPP
#define ROLECALL_DETAIL_COMPILE_NAME_RULES_HPP

#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::detail {

inline constexpr std::size_t max_name_bytes = 128;
inline constexpr std::size_t max_category_depth = 8;
inline constexpr std::size_t max_user_id_bytes = 256;

constexpr bool is_name_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// `[a-z0-9]+([-_][a-z0-9]+)*`, at most 128 bytes.
constexpr bool is_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > max_name_bytes || !is_name_letter(text.back())) return false;
    bool after_letter = false;
    for (char const c : text) {
        bool const letter = is_name_letter(c);
        if (!letter && (!after_letter || (c != '-' && c != '_'))) return false;
        after_letter = letter;
    }
    return true;
}

constexpr bool is_reserved(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 4> words{"all", "any", "always", "everyone"};
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// Calls `each(segment)` for the names between the dots of a category.
template <class Each>
constexpr void for_each_segment(std::string_view category, Each&& each) {
    for (;;) {
        std::size_t const dot = category.find('.');
        each(category.substr(0, dot));
        if (dot == std::string_view::npos) return;
        category.remove_prefix(dot + 1);
    }
}

/// One to eight names joined by dots.
constexpr bool is_category(std::string_view text) noexcept {
    std::size_t depth = 0;
    bool ok = true;
    for_each_segment(text, [&](std::string_view segment) {
        ++depth;
        ok = ok && is_name(segment);
    });
    return ok && depth <= max_category_depth;
}

constexpr bool has_reserved_segment(std::string_view category) noexcept {
    bool found = false;
    for_each_segment(category,
                     [&](std::string_view segment) { found = found || is_reserved(segment); });
    return found;
}

/// 1 to 256 bytes of UTF-8 without control or hidden characters, joiners included.
constexpr bool is_user_id(std::string_view text) noexcept {
    if (text.empty() || text.size() > max_user_id_bytes) return false;
    while (!text.empty()) {
        code_point const c = first_code_point(text);
        if (!c.valid || is_control(c.value) || is_hidden(c.value) || is_joiner(c.value))
            return false;
        text.remove_prefix(c.size);
    }
    return true;
}

/// The order in which a category comes directly before all that lies below it: bytes, but
/// with the dot before everything else.
constexpr bool category_before(std::string_view a, std::string_view b) noexcept {
    auto const rank = [](char c) { return c == '.' ? 0 : static_cast<unsigned char>(c) + 1; };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return rank(x) < rank(y); });
}

/// Whether `category` lies below `above`, at any depth.
constexpr bool lies_below(std::string_view category, std::string_view above) noexcept {
    return category.size() > above.size() && category[above.size()] == '.' &&
           category.substr(0, above.size()) == above;
}

/// The name with `_` written as `-`: names that meet in it look alike.
inline std::string look_of(std::string_view name) {
    std::string look(name);
    std::replace(look.begin(), look.end(), '_', '-');
    return look;
}

}  // namespace rolecall::inline v0_1::detail

#endif
