// The page after an exercise, on its way to a reader: what all its formats say alike.
#ifndef ROLECALL_CLI_EXERCISE_REPORT_REPORT_HPP
#define ROLECALL_CLI_EXERCISE_REPORT_REPORT_HPP

#include "cli/exercise_report/arguments.hpp"
#include <rolecall/blast_radius.hpp>
#include <rolecall/exercise_coverage.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A line of what an exercise expects.
struct expected_line {
    std::string must;                  ///< `allowed`, `denied`, `allowed, and nothing else`
    std::string category;              ///< with its `.*`; empty: `exactly: nothing`
    std::vector<std::string> actions;  ///< `view`, `modify (undecided)`
};

/// A category with which somebody in the situation can do something.
struct open_category {
    std::string category;
    std::string level;                  ///< empty: none
    std::vector<std::string> laws;      ///< its own and those of the categories above it
    std::vector<std::string> certain;   ///< actions that are open with the facts given
    std::vector<std::string> possible;  ///< further ones that are, once others become known
};

/// What is open of a level.
struct open_level {
    std::string level;  ///< empty: categories without one
    exposure_count categories;
    std::vector<exposure_count> actions;  ///< in the order of the report's `actions`
    std::vector<std::string> laws;        ///< of these categories
};

/// An exercise as people around the table met it.
struct scenario {
    exercise_outcome outcome;
    std::vector<expected_line> expected;
    std::vector<open_level> levels;         ///< strictest first; only those that are open
    std::vector<open_category> categories;  ///< by level, strictest first, then in tree order

    [[nodiscard]] exposure_count rights() const;
    /// Whether something more is open once other facts become known.
    [[nodiscard]] bool has_more() const;
    [[nodiscard]] std::string const& heading() const {
        return outcome.title.empty() ? outcome.name : outcome.title;
    }
};

struct open_point {
    std::string text;   ///< a sentence of ours without its full stop, or somebody's own words
    bool said = false;  ///< with `--open`
};

struct exercise_report {
    std::string policy_path;
    std::string name, owner, digest;  ///< of the policy; the first two may be empty
    date on;
    std::vector<std::string> who;
    std::vector<std::string> actions;  ///< that are open somewhere, the four first
    std::vector<scenario> scenarios;
    std::size_t left_out = 0;  ///< exercises, by the filter
    std::size_t failed = 0;
    exercise_coverage coverage;  ///< of all exercises
    std::vector<open_point> open;

    /// The policy's name, or else its path.
    [[nodiscard]] std::string const& title() const { return name.empty() ? policy_path : name; }
};

[[nodiscard]] exercise_report make_exercise_report(policy const& of,
                                                   exercise_report_arguments const& asked);

/// `2 of 3 exercises passed`
[[nodiscard]] std::string result_text(exercise_report const& report);

/// `2 of 7 answers are not as expected`
[[nodiscard]] std::string result_text(exercise_outcome const& outcome);

/// ``` `delete` on `payment` must be denied, and is allowed (`granted`) ```
[[nodiscard]] std::string failure_text(failed_expectation const& failed);

/// `on 2026-12-24, open-ticket is true`; of a compromised account also that it is. May be empty.
[[nodiscard]] std::string situation_text(exercise_outcome const& of);

/// `9 rights on 4 categories, 2 of these only once other facts become known`
[[nodiscard]] std::string exposure_text(scenario const& of);

/// `3`, or `3 + 1`: for certain, and what more is possible. Empty for none.
[[nodiscard]] std::string count_text(exposure_count const& of);

/// The heads of the two tables of what is open: by level, and by category.
[[nodiscard]] std::vector<std::string> level_columns(exercise_report const& report);
[[nodiscard]] std::vector<std::string> category_columns(scenario const& of);

/// A text of several lines, with blanks between them.
[[nodiscard]] std::string one_line(std::string_view text);

/// So many failures of an exercise are shown to people, and how many more there are.
inline constexpr std::size_t most_failures = 50;

[[nodiscard]] std::string exercise_report_markdown(exercise_report const& report);
[[nodiscard]] std::string exercise_report_html(exercise_report const& report);
[[nodiscard]] std::string exercise_report_json(exercise_report const& report);

}  // namespace rolecall::inline v0_1::cli

#endif
