// What may not stand anywhere in a policy file, whatever it means.
#ifndef ROLECALL_SRC_YAML_CHARACTER_CHECK_HPP
#define ROLECALL_SRC_YAML_CHARACTER_CHECK_HPP

#include "yaml/reporter.hpp"
#include <rolecall/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Why a character may not stand in a text. Line feed is the one control character that may.
enum class character_fault : std::uint8_t { none, control, hidden };

constexpr character_fault fault_of(char32_t c) noexcept {
    if (detail::is_hidden(c)) return character_fault::hidden;
    if (detail::is_control(c) && c != U'\n') return character_fault::control;
    return character_fault::none;
}

/// Reports a character with a fault, which stands from `begin` to `end`, perhaps as an escape.
void report_character(reporter& report, char32_t c, std::size_t begin, std::size_t end);

/// Appends a text, but not what is no UTF-8 or has a fault: it was reported where it stands,
/// and a word should not be wrong a second time because of it.
void append_without_faults(std::string& to, std::string_view text);

/// Walks over the raw bytes from front to back, in step with the reader, because a tab may
/// stand in a comment and nowhere else, and only the reader knows what is a comment.
class character_check {
public:
    character_check(std::string_view text, reporter& report) noexcept
        : text_(text), report_(&report) {}

    void text_until(std::size_t end) { check(end, true); }
    void comment_until(std::size_t end) { check(end, false); }

    /// What the reader did not come to read: no one knows what in it is a comment.
    void unread_until_end() { check(text_.size(), false); }

private:
    void check(std::size_t end, bool refuse_tabs);
    void check_code_point(bool refuse_tabs);

    std::string_view text_;
    reporter* report_;
    std::size_t offset_ = 0;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
