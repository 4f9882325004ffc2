// Text in a table that a spreadsheet would take for a formula.
//
// A cell that begins with = + - or @ is computed when a spreadsheet opens the table, and may
// run what somebody chose for a name. An apostrophe in front prevents it. So that the text can
// be read back, a text that has apostrophes before such a character gets one more:
//
//     =1+2  ⇄  '=1+2        '=1+2  ⇄  ''=1+2        'abc  ⇄  'abc
#ifndef ROLECALL_IMPORT_FORMULA_GUARD_HPP
#define ROLECALL_IMPORT_FORMULA_GUARD_HPP

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::csv {

/// Whether a text, without apostrophes at its front, begins as a formula does; also in the wide
/// characters of East Asian keyboards.
inline bool begins_as_formula(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 8> signs{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    return std::any_of(signs.begin(), signs.end(),
                       [&](std::string_view sign) { return text.substr(0, sign.size()) == sign; });
}

/// The text as a cell that is no formula.
inline std::string guarded(std::string_view text) {
    return (begins_as_formula(text) ? "'" : "") + std::string(text);
}

/// What `guarded` was given. Any other text stays as it is.
inline std::string_view unguarded(std::string_view cell) noexcept {
    bool const has_guard = cell.substr(0, 1) == "'" && begins_as_formula(cell);
    return cell.substr(has_guard ? 1 : 0);
}

}  // namespace rolecall::inline v0_1::csv

#endif
