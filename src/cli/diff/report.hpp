// A difference in the words that all formats share.
#ifndef ROLECALL_CLI_DIFF_REPORT_HPP
#define ROLECALL_CLI_DIFF_REPORT_HPP

#include "cli/streams.hpp"
#include <rolecall/date.hpp>
#include <rolecall/policy_diff.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

struct diff_report {
    policy_diff diff;
    std::string before_path, after_path;  ///< as given
    std::string title;                    ///< the name of the new policy; may be empty
    date on;
};

/// Actions on one category that changed in the same way for the same roles. Views into the report.
struct diff_row {
    std::vector<std::string> actions;
    right_change const* change = nullptr;             ///< of the first of them
    std::vector<std::size_t> lines;                   ///< of all of them, sorted
    std::vector<std::string> const* roles = nullptr;  ///< null in a group of users
};

[[nodiscard]] std::vector<diff_row> rows_of(policy_diff const& diff);
[[nodiscard]] std::vector<diff_row> rows_of(user_change const& group);

/// `+`, `-`, or `~` for what is gained and lost at once.
[[nodiscard]] char sign_of(right_change::kind what) noexcept;
[[nodiscard]] char sign_of(statement_change::kind what) noexcept;

/// `view and modify`
[[nodiscard]] std::string and_text(std::vector<std::string> const& words);

/// Names of roles or users, made printable: `dana, eve and 12 more`.
[[nodiscard]] std::string names_text(std::vector<std::string> const& names, std::size_t most);

/// ` if consent; before: always`, ` if open-ticket` (of what is gained, or gone), or nothing.
[[nodiscard]] std::string condition_text(right_change const& change);

/// Where it was allowed before and is still: under which facts more, or less, is allowed. Lines
/// such as `new: consent, not on-hold`.
[[nodiscard]] std::vector<std::string> state_texts(right_change const& change);

/// `guardrail`; of the header, `policy`.
[[nodiscard]] std::string_view section_word(statement_change::section of);

/// `category payment: level restricted, before confidential`
[[nodiscard]] std::string statement_text(statement_change const& change);

/// `roles/support.yaml:7`; empty for what was made in code.
[[nodiscard]] std::string place_text(location const& where);
/// Of the new policy, or else the old one.
[[nodiscard]] location const& place_of(statement_change const& change) noexcept;

/// `3 gains, 1 loss, at most restricted`, `no difference`
[[nodiscard]] std::string summary_text(policy_diff const& diff);

/// `digest a1b2c3d4e5f6 → c3d4e5f6a7b8`
[[nodiscard]] std::string digests_text(policy_diff const& diff);

/// `4 texts changed, which decide nothing: …`; empty where there are none.
[[nodiscard]] std::string words_text(policy_diff const& diff);

void write_diff_text(diff_report const& report, output& to);
void write_diff_markdown(diff_report const& report, output& to);
void write_diff_html(diff_report const& report, output& to);
void write_diff_json(diff_report const& report, output& to);

}  // namespace rolecall::inline v0_1::cli

#endif
