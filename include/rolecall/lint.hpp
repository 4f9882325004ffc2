// What a valid policy says in vain, opens too wide, or forgets: each with its place, and where it
// is safe with what to leave out.
//
//     rolecall::lint_result const told = rolecall::lint(rolecall::yaml::load("policies/shop"));
//     for (rolecall::lint_finding const& finding : told.findings)
//         fmt::print(stderr, "{}\n", finding.what);
//
// Every answer is exact: it is read from the rows that a check reads, over all roles, all sets of
// roles that separation allows, and all states of facts. docs/lint.md defines each rule.
#ifndef ROLECALL_LINT_HPP
#define ROLECALL_LINT_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/document_part.hpp>
#include <rolecall/exercise_records.hpp>
#include <rolecall/lint_settings.hpp>
#include <rolecall/policy_result.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// A kind of problem that lint looks for.
struct lint_rule {
    diagnostic_code code{};
    std::string_view summary;  ///< what it finds, in a few words
    bool fixable = false;      ///< whether its findings can have a `removal`
};

/// Every rule, in the order of the codes. Lives as long as the program.
[[nodiscard]] ROLECALL_API std::span<lint_rule const> lint_rules() noexcept;

/// What was found. Of a policy that is refused: why, as `policy_result::findings`.
struct lint_finding {
    diagnostic what;
    /// The names that it is about, the chief one first: a role, a category, a user … None for
    /// what loading found. Stable while lines move.
    std::vector<std::string> about;
    /// What can be left out of the files: no decision from that day on becomes another.
    std::optional<document_part> removal;
    /// Why the settings switch it off; empty for all of `lint_result::findings`.
    std::string off_because;
};

struct lint_result {
    std::vector<lint_finding> findings;      ///< by place, as `diagnostic` orders
    std::vector<lint_finding> switched_off;  ///< by the settings; the same order
};

/// How a user id looks: ids of one look are hard to tell apart for people.
using look_function = std::string (*)(std::string_view id);

struct lint_options {
    date today = date::today();
    lint_settings settings{};
    /// Nothing: ids are compared without regard to the case of their ASCII letters.
    look_function look = nullptr;
    /// The exercises that were held (exercise_records.hpp). Nothing: nobody has looked, so that
    /// exercise-overdue tells nothing. None: none was held.
    std::optional<std::vector<held_exercise>> exercises{};
};

/// Looks through the result of loading: its errors and warnings, and, where there is a policy,
/// what lint finds in it. The settings change the severity of warnings and notes, never that of
/// an error. Throws nothing but std::bad_alloc. Any number of threads may call at once.
///
/// A policy that is made to be slow is not looked through to its end: a condition with more than
/// 4,096 different ways to hold, a set of separations that takes millions of steps, tangled
/// inheritance among more than 8,192 roles. Then a finding may be missing, and none is wrong.
[[nodiscard]] ROLECALL_API lint_result lint(policy_result const& of,
                                            lint_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
