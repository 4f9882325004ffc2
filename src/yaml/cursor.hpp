// Moves over a text by characters, blanks and lines, and knows the column it is in.
#ifndef ROLECALL_SRC_YAML_CURSOR_HPP
#define ROLECALL_SRC_YAML_CURSOR_HPP

#include <cstddef>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// A tab counts as a blank, so that reading goes on behind the finding.
constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

constexpr bool is_flow_indicator(char c) noexcept {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/// Whether a line ends at the offset: LF, CR LF, or the end of the text.
constexpr bool is_line_end(std::string_view text, std::size_t offset) noexcept {
    return offset >= text.size() || text[offset] == '\n' || text.substr(offset, 2) == "\r\n";
}

constexpr bool is_blank_or_line_end(std::string_view text, std::size_t offset) noexcept {
    return is_line_end(text, offset) || is_blank(text[offset]);
}

/// The first offset from here on that is no blank.
constexpr std::size_t behind_blanks(std::string_view text, std::size_t offset) noexcept {
    while (offset < text.size() && is_blank(text[offset])) ++offset;
    return offset;
}

class cursor {
public:
    /// Begins at an offset that counts as the begin of a line. Keeps a view of the text.
    cursor(std::string_view text, std::size_t begin) noexcept
        : text_(text), offset_(begin), line_begin_(begin) {}

    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

    /// Bytes since the begin of the line. Only blanks and ASCII punctuation stand before
    /// what is compared by column, so these are characters as well.
    [[nodiscard]] std::size_t column() const noexcept { return offset_ - line_begin_; }
    [[nodiscard]] std::size_t line_begin() const noexcept { return line_begin_; }

    [[nodiscard]] bool at_end() const noexcept { return offset_ >= text_.size(); }
    [[nodiscard]] bool at_line_end() const noexcept { return is_line_end(text_, offset_); }

    /// The character here; a line feed at the end of the text.
    [[nodiscard]] char peek() const noexcept { return at_end() ? '\n' : text_[offset_]; }

    /// `-`, `?` or `:` as punctuation: with a blank or the end of the line behind it.
    [[nodiscard]] bool at_indicator(char c) const noexcept {
        return peek() == c && is_blank_or_line_end(text_, offset_ + 1);
    }

    /// `---` or `...` by itself at the begin of a line.
    [[nodiscard]] bool at_marker(std::string_view marker) const noexcept {
        return column() == 0 && text_.substr(offset_, marker.size()) == marker &&
               is_blank_or_line_end(text_, offset_ + marker.size());
    }

    /// The `#` of a comment: first on its line, or with a blank before it.
    [[nodiscard]] bool at_comment() const noexcept {
        return peek() == '#' && (column() == 0 || is_blank(text_[offset_ - 1]));
    }

    /// Whether nothing but indentation stands before it on its line.
    [[nodiscard]] bool first_on_line() const noexcept {
        return behind_blanks(text_, line_begin_) == offset_;
    }

    void advance(std::size_t count = 1) noexcept { offset_ += count; }
    void move_to(std::size_t offset) noexcept { offset_ = offset; }
    void skip_blanks() noexcept { offset_ = behind_blanks(text_, offset_); }

    void skip_to_line_end() noexcept {
        while (!at_line_end()) ++offset_;
    }

    /// From the end of a line to the begin of the next, or to the end of the text.
    void next_line() noexcept {
        if (peek() == '\r') ++offset_;
        if (!at_end()) ++offset_;
        line_begin_ = offset_;
    }

private:
    std::string_view text_;
    std::size_t offset_;
    std::size_t line_begin_;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
