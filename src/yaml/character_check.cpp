#include "yaml/character_check.hpp"

namespace rolecall::inline v0_1::yaml {

namespace {

constexpr bool is_printable_ascii(char c) noexcept { return c >= ' ' && c <= '~'; }

constexpr bool is_line_break(std::string_view text, std::size_t offset) noexcept {
    return text[offset] == '\n' || text.substr(offset, 2) == "\r\n";
}

}  // namespace

void report_character(reporter& report, char32_t c, std::size_t begin, std::size_t end) {
    std::string const name = detail::code_point_name(c);
    if (fault_of(c) == character_fault::hidden)
        report.add(diagnostic_code::hidden_character, begin, end,
                   name + " can't be seen, or hides the order of other characters; remove it");
    else if (c == U'\t')
        report.add(diagnostic_code::control_character, begin, end,
                   "a tab may stand in comments only; indent and align with spaces");
    else if (c == U'\r')
        report.add(diagnostic_code::control_character, begin, end,
                   "a carriage return may stand at the end of a line only, before a line feed");
    else
        report.add(diagnostic_code::control_character, begin, end,
                   name + " is not a printable character; remove it");
}

void append_without_faults(std::string& to, std::string_view text) {
    while (!text.empty()) {
        detail::code_point const c = detail::first_code_point(text);
        if (c.valid && fault_of(c.value) == character_fault::none) to += text.substr(0, c.size);
        text.remove_prefix(c.size);
    }
}

void character_check::check(std::size_t end, bool refuse_tabs) {
    while (offset_ < end) {
        if (is_printable_ascii(text_[offset_]) || is_line_break(text_, offset_))
            ++offset_;
        else
            check_code_point(refuse_tabs);
    }
}

void character_check::check_code_point(bool refuse_tabs) {
    detail::code_point const c = detail::first_code_point(text_.substr(offset_));
    std::size_t const end = offset_ + c.size;
    if (offset_ == 0 && text_.starts_with(byte_order_mark))
        report_->add(diagnostic_code::byte_order_mark, offset_, end,
                     "the file begins with a byte order mark; save it as UTF-8 without one");
    else if (!c.valid)
        report_->add(diagnostic_code::invalid_utf8, offset_, end,
                     "this byte is not UTF-8; save the file as UTF-8");
    else if (fault_of(c.value) != character_fault::none && (c.value != U'\t' || refuse_tabs))
        report_character(*report_, c.value, offset_, end);
    offset_ = end;
}

}  // namespace rolecall::inline v0_1::yaml
