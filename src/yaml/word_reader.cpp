#include "yaml/word_reader.hpp"

#include "yaml/decode.hpp"
#include <rolecall/detail/text.hpp>

#include <utility>

namespace rolecall::inline v0_1::yaml {

using detail::in_backticks;

namespace {

// What to write instead of text that begins with this character.
std::string advice_for(char c, context in) {
    bool const flow = in == context::flow;
    switch (c) {
        case '-':
            return flow ? "between brackets, items are separated by `,` and have no `-`"
                        : "a list can't begin on the line of its key; begin it on the next line";
        case '#': return "put a space before `#` to begin a comment, or quote the text";
        case ']': return "this `]` closes nothing";
        case '}': return "this `}` closes nothing";
        case '|':
        case '>': return "a block of text can't stand between brackets; put the text in quotes";
        default: return "text can't begin with " + in_backticks({&c, 1}) + "; put it in quotes";
    }
}

}  // namespace

word_reader::word_reader(std::string_view text, std::uint32_t file, reporter& report)
    : text_(text),
      cursor_(text, text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0),
      places_(text, file),
      report_(report),
      characters_(text, report) {}

void word_reader::fail(std::string text) {
    std::size_t const begin = cursor_.offset();
    fail(begin, scalar_at(text_, begin, context::block).end, std::move(text));
}

void word_reader::fail(std::size_t begin, std::size_t end, std::string text) {
    refuse(diagnostic_code::yaml_syntax, begin, end, std::move(text));
}

void word_reader::refuse(diagnostic_code code, std::size_t begin, std::size_t end,
                         std::string text) {
    report_.add(code, begin, end, std::move(text));
    throw broken_off{};
}

bool word_reader::at_document_end() const noexcept {
    return cursor_.at_end() || cursor_.at_marker("---") || cursor_.at_marker("...");
}

bool word_reader::at_key() const noexcept {
    std::size_t const begin = cursor_.offset();
    scalar_span const word = scalar_at(text_, begin, context::block);
    if (word.style == scalar_style::plain && !can_begin_plain(text_, begin, context::block))
        return false;
    return word.closed && colon_behind(text_, word, context::block) != std::string_view::npos;
}

void word_reader::skip_comment() {
    characters_.text_until(cursor_.offset());
    cursor_.skip_to_line_end();
    characters_.comment_until(cursor_.offset());
}

void word_reader::skip_to_word() {
    for (;;) {
        cursor_.skip_blanks();
        if (cursor_.at_comment()) skip_comment();
        if (!cursor_.at_line_end() || cursor_.at_end()) return;
        cursor_.next_line();
    }
}

void word_reader::skip_properties(context in) {
    for (;; cursor_.skip_blanks()) {
        char const c = cursor_.peek();
        if (c != '&' && c != '!') return;
        std::size_t const begin = cursor_.offset();
        cursor_.move_to(property_end(text_, begin, in));
        if (c == '&')
            report_.add(diagnostic_code::yaml_anchor, begin, cursor_.offset(),
                        "anchors are not part of the format; write the value out where it is used");
        else
            report_.add(diagnostic_code::yaml_tag, begin, cursor_.offset(),
                        "tags are not part of the format; every value is text, so remove the tag");
    }
}

void word_reader::take_alias(node& out, context in) {
    std::size_t const begin = cursor_.offset();
    cursor_.move_to(property_end(text_, begin, in));
    report_.add(diagnostic_code::yaml_alias, begin, cursor_.offset(),
                "aliases are not part of the format; write the value out");
    out.at = places_.at(begin, cursor_.offset());
}

void word_reader::take_scalar(node& out, scalar_span const& span) {
    std::string_view const inside = span.inside(text_);
    out.kind = node_kind::scalar;
    out.style = span.style;
    out.at = places_.at(span.begin, span.end);
    out.begin = static_cast<std::uint32_t>(span.begin);
    out.end = static_cast<std::uint32_t>(span.end);
    if (span.style == scalar_style::plain)
        append_without_faults(out.text, inside);
    else if (text_[span.begin] == '"')
        out.text = decode_double_quoted(inside, span.begin + 1, report_);
    else
        out.text = decode_single_quoted(inside);
    cursor_.move_to(span.end);
}

void word_reader::take_value(node& out, scalar_span const& span) {
    take_scalar(out, span);
    refuse_null(out, span);
}

void word_reader::take_key(node& out, scalar_span const& span) {
    take_scalar(out, span);
    if (refuse_null(out, span) || out.style != scalar_style::plain || out.text != "<<") return;
    report_.add(diagnostic_code::merge_key, span.begin, span.end,
                "merge keys are not part of the format; write the keys out");
    out.kind = node_kind::nothing;
}

// Whether it was one of the words that YAML takes for "no value".
bool word_reader::refuse_null(node& out, scalar_span const& span) {
    bool const is_null =
        out.text == "null" || out.text == "Null" || out.text == "NULL" || out.text == "~";
    if (out.style != scalar_style::plain || !is_null) return false;
    report_.add(diagnostic_code::null_value, span.begin, span.end,
                in_backticks(out.text) +
                    " means no value; leave it out, or quote it if it is meant as text");
    out.kind = node_kind::nothing;
    return true;
}

scalar_span word_reader::expect_key_word(context in) {
    std::size_t const begin = cursor_.offset();
    char const c = cursor_.peek();
    if (c == '[' || c == '{') refuse_complex_key(begin);
    if (c == '*')
        refuse(diagnostic_code::yaml_alias, begin, property_end(text_, begin, in),
               "aliases are not part of the format; write the key out");
    return expect_word(in);
}

void word_reader::refuse_complex_key(std::size_t begin) {
    refuse(diagnostic_code::complex_key, begin, begin + 1,
           "a key must be a single name, with nothing but `:` behind it");
}

scalar_span word_reader::expect_word(context in) {
    scalar_span const word = scalar_at(text_, cursor_.offset(), in);
    if (!word.closed) {
        report_unclosed(word);
        throw broken_off{};
    }
    if (word.style != scalar_style::plain) return word;
    expect_plain_begin(in);
    // YAML 1.2 takes it for text, yaml-cpp for the beginning of a key.
    std::size_t const mark = word.inside(text_).find('?');
    if (in == context::flow && mark != std::string_view::npos)
        fail(word.begin + mark, word.begin + mark + 1,
             "between brackets, put text with a `?` in quotes");
    return word;
}

std::size_t word_reader::colon_of_key(scalar_span const& key, context in) {
    bool const is_plain = key.style == scalar_style::plain;
    std::size_t const colon = colon_behind(text_, key, in);
    if (colon == std::string_view::npos) {
        std::size_t const tight =
            text_.substr(0, key.end + 1).find(':', is_plain ? key.begin : key.end);
        if (tight != std::string_view::npos) fail_tight_colon(tight);
        return colon;
    }
    bool const opens = text_.substr(colon + 1, 1).find_first_of("[{") == 0;
    if (is_plain && opens) fail_tight_colon(colon);
    if (colon - key.begin > max_key_bytes)
        fail(key.begin, key.end, "this key is longer than 1024 bytes");
    return colon;
}

void word_reader::fail_tight_colon(std::size_t colon) {
    fail(colon, colon + 1, "put a space behind the `:` of a key");
}

void word_reader::expect_plain_begin(context in) {
    std::size_t const at = cursor_.offset();
    if (can_begin_plain(text_, at, in)) return;
    if (cursor_.at_indicator('?')) refuse_complex_key(at);
    if (cursor_.at_indicator(':')) fail(at, at + 1, "expected a key before this `:`");
    fail(at, at + 1, advice_for(cursor_.peek(), in));
}

void word_reader::expect_line_end() {
    char const last = text_[cursor_.offset() - 1];
    cursor_.skip_blanks();
    if (line_is_over()) return;
    if (cursor_.at_indicator(':'))
        fail(cursor_.offset(), cursor_.offset() + 1,
             "a second `: ` on one line; put the text in quotes, or begin a new line");
    if (cursor_.peek() == '#') fail("put a space before `#` to begin a comment");
    if (last == '\'')
        fail("unexpected text behind a closing quote; within single quotes, write `''` for `'`");
    if (last == '"')
        fail(R"(unexpected text behind a closing quote; within double quotes, write `\"` for `"`)");
    fail("unexpected text behind the value; put all of the value in quotes, or begin a new line");
}

void word_reader::report_unclosed(scalar_span const& word) {
    report_.add(diagnostic_code::unclosed_quote, word.begin, word.begin + 1,
                "this quote is not closed on its line; quoted text can't go on below");
}

void word_reader::report_empty(scalar_span const& key) {
    report_.add(
        diagnostic_code::empty_value, key.begin, key.end,
        in_backticks(key.inside(text_)) + " has no value; give it one, or leave the key out");
}

}  // namespace rolecall::inline v0_1::yaml
