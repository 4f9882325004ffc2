#include "yaml/decode.hpp"
#include "yaml/tree_reader.hpp"
#include <rolecall/detail/text.hpp>

namespace rolecall::inline v0_1::yaml {

void tree_reader::lone_value(node& out, std::size_t least) {
    std::size_t const begin = cursor_.offset();
    switch (cursor_.peek()) {
        case '[':
        case '{':
            flow_collection(out, least);
            cursor_.skip_blanks();
            out.open = true;
            if (cursor_.peek() == ':') refuse_complex_key(begin);
            return finish_line(out);
        case '*': return lone_alias(out);
        case '|':
        case '>': return block_scalar(out, least);
        case '"':
        case '\'': return lone_quoted(out, least);
        default: return lone_plain(out, least);
    }
}

// A value with something behind it that does not belong there may be a part of what was meant.
void tree_reader::finish_line(node& value) {
    value.open = true;
    expect_line_end();
    value.open = false;
}

// What stands behind an alias, such as the value of one that is a key, needs no further finding.
void tree_reader::lone_alias(node& out) {
    take_alias(out, context::block);
    cursor_.skip_blanks();
    if (!line_is_over()) throw broken_off{};
}

// A quote that is not closed on its line may have been meant to run over the lines below,
// but never over those that are indented less: what they say is read.
void tree_reader::lone_quoted(node& out, std::size_t least) {
    scalar_span const word = scalar_at(text_, cursor_.offset(), context::block);
    if (word.closed) {
        take_value(out, word);
        return finish_line(out);
    }
    report_unclosed(word);
    if (least == 0) throw broken_off{};
    skip_deeper_lines(least);
}

void tree_reader::skip_deeper_lines(std::size_t least) {
    do {
        cursor_.skip_to_line_end();
        cursor_.next_line();
        cursor_.skip_blanks();
    } while (!cursor_.at_end() && (cursor_.at_line_end() || cursor_.column() >= least));
}

void tree_reader::lone_plain(node& out, std::size_t least) {
    expect_plain_begin(context::block);
    bool const below_key = cursor_.first_on_line();
    scalar_span const first = plain_at(text_, cursor_.offset(), context::block);
    take_value(out, first);
    finish_line(out);
    while (std::size_t const breaks = skip_to_continuation(least)) {
        out.open = true;
        if (below_key && at_key())
            fail(first.begin, first.end,
                 "expected `:` behind the key " + detail::in_backticks(out.text));
        continue_plain(out, breaks);
        finish_line(out);
    }
}

// To the next line of a plain scalar, if there is one: how many line breaks come before it.
std::size_t tree_reader::skip_to_continuation(std::size_t least) {
    cursor next = cursor_;
    std::size_t breaks = 0;
    for (; next.at_line_end() && !next.at_end(); ++breaks) {
        next.next_line();
        next.skip_blanks();
    }
    bool const is_marker = next.at_marker("---") || next.at_marker("...");
    if (next.at_end() || next.column() < least || next.at_comment() || is_marker) return 0;
    if (breaks > 0) cursor_ = next;
    return breaks;
}

void tree_reader::continue_plain(node& out, std::size_t breaks) {
    if (cursor_.at_indicator('-'))
        fail(cursor_.offset(), cursor_.offset() + 1,
             "a list item can't stand below a value; check its indentation");
    scalar_span const line = plain_at(text_, cursor_.offset(), context::block);
    if (colon_behind(text_, line, context::block) != std::string_view::npos)
        fail(line.begin, line.end,
             "a key can't stand below a value; check its indentation, or quote the text");
    out.text += folded_breaks(breaks);
    append_without_faults(out.text, line.inside(text_));
    cursor_.move_to(line.end);
    out.end = static_cast<std::uint32_t>(line.end);
}

}  // namespace rolecall::inline v0_1::yaml
