#include "yaml/spans.hpp"

#include "yaml/cursor.hpp"

namespace rolecall::inline v0_1::yaml {

namespace {

// A quote that is not closed reaches to the end of its line.
scalar_span single_quoted_at(std::string_view text, std::size_t begin) noexcept {
    std::size_t at = begin + 1;
    for (; !is_line_end(text, at); ++at) {
        if (text[at] != '\'') continue;
        if (text.substr(at, 2) != "''") return {begin, at + 1, scalar_style::quoted, true};
        ++at;
    }
    return {begin, at, scalar_style::quoted, false};
}

scalar_span double_quoted_at(std::string_view text, std::size_t begin) noexcept {
    std::size_t at = begin + 1;
    for (; !is_line_end(text, at); ++at) {
        if (text[at] == '"') return {begin, at + 1, scalar_style::quoted, true};
        if (text[at] == '\\' && !is_line_end(text, at + 1)) ++at;
    }
    return {begin, at, scalar_style::quoted, false};
}

// Blanks and lines end a word; between brackets, brackets and commas do so too.
bool ends_word(std::string_view text, std::size_t at, context in) noexcept {
    return is_blank_or_line_end(text, at) || (in == context::flow && is_flow_indicator(text[at]));
}

}  // namespace

bool can_begin_plain(std::string_view text, std::size_t at, context in) noexcept {
    constexpr std::string_view never = "?:,[]{}#&*!|>'\"%@`";
    if (is_line_end(text, at) || never.find(text[at]) != std::string_view::npos) return false;
    return text[at] != '-' || !ends_word(text, at + 1, in);
}

scalar_span plain_at(std::string_view text, std::size_t begin, context in) noexcept {
    std::size_t end = begin;
    for (std::size_t at = begin; !is_line_end(text, at); ++at) {
        if (is_blank(text[at])) continue;
        bool const is_comment = text[at] == '#' && (at == begin || is_blank(text[at - 1]));
        bool const is_colon = text[at] == ':' && ends_word(text, at + 1, in);
        if (is_comment || is_colon || ends_word(text, at, in)) break;
        end = at + 1;
    }
    return {begin, end, scalar_style::plain, true};
}

scalar_span scalar_at(std::string_view text, std::size_t begin, context in) noexcept {
    if (begin < text.size() && text[begin] == '"') return double_quoted_at(text, begin);
    if (begin < text.size() && text[begin] == '\'') return single_quoted_at(text, begin);
    return plain_at(text, begin, in);
}

std::size_t colon_behind(std::string_view text, scalar_span const& key, context in) noexcept {
    std::size_t const at = behind_blanks(text, key.end);
    bool const is_colon = at < text.size() && text[at] == ':';
    bool const as_in_json = in == context::flow && key.style == scalar_style::quoted;
    return is_colon && (as_in_json || ends_word(text, at + 1, in)) ? at : std::string_view::npos;
}

std::size_t property_end(std::string_view text, std::size_t begin, context in) noexcept {
    std::size_t end = begin;
    while (!ends_word(text, end, in)) ++end;
    return end;
}

}  // namespace rolecall::inline v0_1::yaml
