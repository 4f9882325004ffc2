#include "yaml/decode.hpp"
#include "yaml/tree_reader.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::yaml {

namespace {

std::size_t count_spaces(std::string_view text, std::size_t begin) noexcept {
    std::size_t const end = text.find_first_not_of(' ', begin);
    return std::min(end, text.size()) - begin;
}

}  // namespace

void tree_reader::block_scalar(node& out, std::size_t least) {
    std::size_t const begin = cursor_.offset();
    if (least == 0 || cursor_.first_on_line())
        fail(begin, begin + 1, "a block of text begins on the line of its key or `-`");
    bool const folded = cursor_.peek() == '>';
    bool strip = false;
    std::size_t digit = 0;
    for (cursor_.advance();; cursor_.advance()) {
        char const c = cursor_.peek();
        if (c == '-' && !strip)
            strip = true;
        else if (c >= '1' && c <= '9' && digit == 0)
            digit = static_cast<std::size_t>(c - '0');
        else
            break;
    }
    if (cursor_.peek() == '+')  // yaml-cpp 0.7 counts wrong behind `>+`
        fail(cursor_.offset(), cursor_.offset() + 1,
             "remove the `+`: blank lines at the end of a text mean nothing");

    out.kind = node_kind::scalar;
    out.style = scalar_style::block;
    out.at = places_.at(begin, cursor_.offset());
    finish_line(out);
    if (cursor_.at_comment()) skip_comment();
    out.open = true;
    std::size_t const indent = digit > 0 ? least - 1 + digit : block_indent(least);
    auto const lines = take_block_lines(indent);
    auto const join = folded ? join_folded : join_literal;
    out.text = join(lines, strip);
    out.begin = static_cast<std::uint32_t>(begin);
    out.end = static_cast<std::uint32_t>(cursor_.offset());
    out.open = false;
}

// The indentation of a block is that of its first line which is not blank.
std::size_t tree_reader::block_indent(std::size_t least) {
    std::size_t widest_blank = 0;
    for (cursor line = cursor_;;) {
        line.next_line();
        std::size_t const spaces = count_spaces(text_, line.offset());
        line.advance(spaces);
        bool const is_blank_line = line.at_line_end();
        if (line.at_end() || (!is_blank_line && spaces < least))
            return std::max(least, widest_blank);
        if (!is_blank_line && spaces < widest_blank)
            fail(line.offset() - spaces, line.offset(),
                 "a blank line above is indented deeper than the text; remove its spaces");
        if (!is_blank_line) return spaces;
        widest_blank = std::max(widest_blank, spaces);
    }
}

// The lines of a block, without their indentation: up to a line that is indented less.
std::vector<std::string_view> tree_reader::take_block_lines(std::size_t indent) {
    std::vector<std::string_view> lines;
    for (cursor line = cursor_;;) {
        line.next_line();
        if (line.at_end()) return lines;
        std::size_t const begin = line.offset();
        std::size_t const spaces = count_spaces(text_, begin);
        line.advance(spaces);
        if (!line.at_line_end() && spaces < indent) return lines;
        line.skip_to_line_end();
        std::size_t const content = begin + std::min(spaces, indent);
        lines.push_back(text_.substr(content, line.offset() - content));
        cursor_ = line;
    }
}

}  // namespace rolecall::inline v0_1::yaml
