// A review of access on its way to a reader: what all its formats say alike.
#ifndef ROLECALL_CLI_REVIEW_REPORT_HPP
#define ROLECALL_CLI_REVIEW_REPORT_HPP

#include "cli/streams.hpp"
#include <rolecall/access_review.hpp>
#include <rolecall/period.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// Something that must not stay as it is, and whom it is about.
struct review_concern {
    enum class kind : std::uint8_t { separation, undeclared_role };

    kind what{};
    std::string name;                ///< of the separation, or of the role
    std::string text;                ///< a sentence without its full stop
    std::vector<std::size_t> users;  ///< of `access_review::users`
};

struct review_report {
    access_review review;
    std::string policy_path;
    std::optional<std::string> store_path;
    std::vector<std::string> actions;      ///< in the order of the matrix
    std::vector<review_concern> concerns;  ///< separations first, then by name and text
};

/// Without paths: those are the caller's to say.
[[nodiscard]] review_report make_review_report(access_review review, policy const& by);

/// The day by which the next review is due: six months after this one.
[[nodiscard]] inline date next_review(date day) noexcept { return day.plus_months(6); }

/// The policy's name, or else its path.
[[nodiscard]] std::string title_of(review_report const& report);

/// `through lead`, `through boss, lead`; nothing for a role that is assigned.
[[nodiscard]] std::string through_text(reviewed_role const& role);

/// `policy`, `store`, or both.
[[nodiscard]] std::string source_text(reviewed_role const& role);

/// `billing or support`, `caller if asked, or lead`
[[nodiscard]] std::string way_text(access_way const& way);

/// Actions on one category that the same users have in the same way.
struct access_row {
    std::vector<std::string> actions;  ///< in the order of the matrix
    access_way const* way = nullptr;
};

/// The access to one category.
struct access_table {
    reviewed_access const* category = nullptr;  ///< its name and labels
    std::vector<access_row> rows;               ///< by actions in that order, then by way
};

/// All access, by category. Views into the report.
[[nodiscard]] std::vector<access_table> access_tables(review_report const& report);

/// Users who have access in a way, by id, each with the last day.
[[nodiscard]] std::vector<std::pair<std::size_t, std::optional<date>>> users_of(
    access_review const& review, access_way const& way);

void write_review_text(review_report const& report, std::size_t width, output& to);
void write_review_csv(review_report const& report, output& to);
void write_review_html(review_report const& report, output& to);
void write_review_json(review_report const& report, output& to);

}  // namespace rolecall::inline v0_1::cli

#endif
