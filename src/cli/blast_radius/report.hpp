// The reports of `blast-radius`: what was asked, the answer, and each of its formats.
#ifndef ROLECALL_CLI_BLAST_RADIUS_REPORT_HPP
#define ROLECALL_CLI_BLAST_RADIUS_REPORT_HPP

#include "cli/blast_radius/arguments.hpp"
#include "cli/blast_radius/page.hpp"
#include "cli/lists/list_reports.hpp"
#include <rolecall/blast_radius.hpp>
#include <rolecall/policy.hpp>

#include <string>
#include <variant>

namespace rolecall::inline v0_1::cli {

struct exposure_report {
    blast_radius_arguments const* asked = nullptr;
    policy const* of = nullptr;
    date on;
    std::variant<blast_radius, exposure_ranking, reach> answer;
    list_refusal refused;

    /// Whether anything is exposed, or anybody reaches it.
    [[nodiscard]] bool found() const;
};

/// A report that is no refusal, in tables.
[[nodiscard]] page radius_page(exposure_report const& report, blast_radius const& of);
[[nodiscard]] page ranking_page(exposure_report const& report, exposure_ranking const& of);
[[nodiscard]] page reach_page(exposure_report const& report, reach const& of);

/// A line for each right that is exposed; for each who is ranked; for each right and who reaches
/// it.
void write_exposure_csv(exposure_report const& report, output& to);
/// In one line. A refusal, too.
void write_exposure_json(exposure_report const& report, output& to);

// ---- Words that the pages share ----------------------------------------------------------

/// A page with the facts that all begin with: the day, what is given, the policy.
[[nodiscard]] page empty_page(exposure_report const& report, std::string title);

/// `no level` for an empty one.
[[nodiscard]] std::string level_text(std::string const& level);

/// `2 of 3`
[[nodiscard]] page_cell of_many(std::size_t count, std::size_t of);

/// `6`, `6 (2)`: possible, and in brackets how many of these are certain, where that is fewer.
[[nodiscard]] page_cell count_cell(exposure_count const& of);

/// `billing until 2027-03-31 or support`, without the conditions.
[[nodiscard]] std::string through_text(std::vector<granting_role> const& through);

/// The first of many names, and how many more there are.
[[nodiscard]] page_cell names_cell(std::vector<std::string> const& names, std::size_t shown,
                                   tone how = tone::name);

/// How many rows a list has.
[[nodiscard]] std::size_t rows_shown(exposure_report const& report, std::size_t all);

/// `The first 20 of 37; --all shows the others`, if there are others.
void add_more_note(exposure_report const& report, std::size_t all, page_section& to);

}  // namespace rolecall::inline v0_1::cli

#endif
