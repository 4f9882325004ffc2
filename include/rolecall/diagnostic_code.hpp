// Every kind of problem that a policy file, or a table that becomes one, can have.
//
// A code is stable: scripts and pull-request annotations rely on it. Each has a page in
// docs/diagnostics and a policy in tests/policies that triggers it; a test fails when one
// of them is missing. To add a kind of problem, add a line here and follow that test.
#ifndef ROLECALL_DIAGNOSTIC_CODE_HPP
#define ROLECALL_DIAGNOSTIC_CODE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// clang-format off
#define ROLECALL_DIAGNOSTIC_CODES(X)                                                              \
    /* files */                                                                                   \
    X(unreadable_file,       "unreadable-file",       error)                                      \
    X(no_policy_file,        "no-policy-file",        error)                                      \
    X(suspicious_file_name,  "suspicious-file-name",  error)                                      \
    X(symbolic_link,         "symbolic-link",         error)                                      \
    X(file_list,             "file-list",             error)                                      \
    X(file_too_large,        "file-too-large",        error)                                      \
    /* bytes */                                                                                   \
    X(invalid_utf8,          "invalid-utf8",          error)                                      \
    X(byte_order_mark,       "byte-order-mark",       error)                                      \
    X(control_character,     "control-character",     error)                                      \
    X(hidden_character,      "hidden-character",      error)                                      \
    X(no_final_line_break,   "no-final-line-break",   error)                                      \
    X(no_end_marker,         "no-end-marker",         error)                                      \
    /* the YAML subset */                                                                         \
    X(yaml_syntax,           "yaml-syntax",           error)                                      \
    X(unclosed_quote,        "unclosed-quote",        error)                                      \
    X(several_documents,     "several-documents",     error)                                      \
    X(yaml_directive,        "yaml-directive",        error)                                      \
    X(yaml_anchor,           "yaml-anchor",           error)                                      \
    X(yaml_alias,            "yaml-alias",            error)                                      \
    X(yaml_tag,              "yaml-tag",              error)                                      \
    X(merge_key,             "merge-key",             error)                                      \
    X(complex_key,           "complex-key",           error)                                      \
    X(duplicate_key,         "duplicate-key",         error)                                      \
    X(block_scalar,          "block-scalar",          error)                                      \
    X(null_value,            "null-value",            error)                                      \
    X(too_deep,              "too-deep",              error)                                      \
    /* shape */                                                                                   \
    X(missing_version,       "missing-version",       error)                                      \
    X(unsupported_version,   "unsupported-version",   error)                                      \
    X(unknown_key,           "unknown-key",           error)                                      \
    X(missing_key,           "missing-key",           error)                                      \
    X(empty_value,           "empty-value",           error)                                      \
    X(wrong_shape,           "wrong-shape",           error)                                      \
    X(invalid_value,         "invalid-value",         error)                                      \
    X(invalid_date,          "invalid-date",          error)                                      \
    X(bare_condition_list,   "bare-condition-list",   error)                                      \
    X(section_twice,         "section-twice",         error)                                      \
    /* names */                                                                                   \
    X(invalid_name,          "invalid-name",          error)                                      \
    X(reserved_name,         "reserved-name",         error)                                      \
    X(invalid_user_id,       "invalid-user-id",       error)                                      \
    X(duplicate_definition,  "duplicate-definition",  error)                                      \
    X(similar_names,         "similar-names",         error)                                      \
    X(repeated_name,         "repeated-name",         error)                                      \
    X(unknown_role,          "unknown-role",          error)                                      \
    X(unknown_category,      "unknown-category",      error)                                      \
    X(unknown_action,        "unknown-action",        error)                                      \
    X(unknown_fact,          "unknown-fact",          error)                                      \
    X(unknown_level,         "unknown-level",         error)                                      \
    X(unknown_user,          "unknown-user",          error)                                      \
    /* meaning */                                                                                 \
    X(overlapping_rights,    "overlapping-rights",    error)                                      \
    X(nothing_below,         "nothing-below",         error)                                      \
    X(inheritance_cycle,     "inheritance-cycle",     error)                                      \
    X(limited_hierarchy,     "limited-hierarchy",     error)                                      \
    X(separation_count,      "separation-count",      error)                                      \
    X(separation_by_role,    "separation-by-role",    error)                                      \
    X(separation_by_user,    "separation-by-user",    error)                                      \
    X(review_overdue,        "review-overdue",        warning)                                    \
    X(guarantee_broken,      "guarantee-broken",      error)                                      \
    X(guarantee_undecided,   "guarantee-undecided",   error)                                      \
    X(expectation_clash,     "expectation-clash",     error)                                      \
    X(role_not_held,         "role-not-held",         error)                                      \
    X(audit_may_be_lost,     "audit-may-be-lost",     warning)                                    \
    /* limits */                                                                                  \
    X(too_many_names,        "too-many-names",        error)                                      \
    X(table_too_large,       "table-too-large",       error)                                      \
    X(former_name,           "former-name",           error)                                      \
    /* settings of what is reported */                                                            \
    X(unknown_code,          "unknown-code",          error)                                      \
    X(fixed_severity,        "fixed-severity",        error)                                      \
    /* what a policy says in vain */                                                              \
    X(grant_inherited,       "grant-inherited",       warning)                                    \
    X(grant_covered,         "grant-covered",         warning)                                    \
    X(condition_without_effect, "condition-without-effect", warning)                              \
    X(grant_unusable,        "grant-unusable",        warning)                                    \
    X(inheritance_redundant, "inheritance-redundant", warning)                                    \
    X(guardrail_without_effect, "guardrail-without-effect", note)                                 \
    X(separation_without_effect, "separation-without-effect", warning)                            \
    X(fact_without_effect,   "fact-without-effect",   warning)                                    \
    X(role_without_grants,   "role-without-grants",   warning)                                    \
    X(role_unheld,           "role-unheld",           warning)                                    \
    X(roles_alike,           "roles-alike",           note)                                       \
    X(role_inside_another,   "role-inside-another",   note)                                       \
    /* what a policy opens, or forgets */                                                         \
    X(change_without_view, "change-without-view", note)                                    \
    X(requirement_only_on_view, "requirement-only-on-view", warning)                              \
    X(broad_grant,           "broad-grant",           warning)                                    \
    X(stricter_below,        "stricter-below",        warning)                                    \
    X(strictest_unprotected, "strictest-unprotected", warning)                                    \
    X(policy_without_owner,  "policy-without-owner",  warning)                                    \
    X(category_without_level, "category-without-level", warning)                                  \
    X(category_unreachable,  "category-unreachable",  warning)                                    \
    /* people and names */                                                                        \
    X(vendor_without_end,    "vendor-without-end",    warning)                                    \
    X(assignment_passed,     "assignment-passed",     warning)                                    \
    X(names_look_alike,      "names-look-alike",      warning)                                    \
    /* exercises that were held */                                                                \
    X(exercise_overdue,      "exercise-overdue",      warning)                                    \
    /* tables that are imported */                                                                \
    X(csv_syntax,            "csv-syntax",            error)                                      \
    X(csv_column,            "csv-column",            error)                                      \
    X(csv_value,             "csv-value",             error)                                      \
    X(csv_name,              "csv-name",              error)
// clang-format on

namespace rolecall::inline v0_1 {

/// An error refuses the policy. A warning does not, and fails `validate --strict`. A note is
/// worth knowing, and fails nothing.
enum class severity : std::uint8_t { error, warning, note };

constexpr std::string_view to_string(severity s) noexcept {
    return s == severity::error ? "error" : s == severity::warning ? "warning" : "note";
}

enum class diagnostic_code : std::uint8_t {
#define ROLECALL_CODE(id, text, level) id,
    ROLECALL_DIAGNOSTIC_CODES(ROLECALL_CODE)
#undef ROLECALL_CODE
};

namespace detail {

struct code_entry {
    std::string_view text;
    severity level;
};

inline constexpr std::array code_entries{
#define ROLECALL_CODE(id, text, level) code_entry{text, severity::level},
    ROLECALL_DIAGNOSTIC_CODES(ROLECALL_CODE)
#undef ROLECALL_CODE
};

}  // namespace detail

/// How many codes there are; they are numbered from 0 without gaps.
inline constexpr std::size_t diagnostic_code_count = detail::code_entries.size();

/// The code's stable kebab-case word.
constexpr std::string_view to_string(diagnostic_code code) noexcept {
    return detail::code_entries[static_cast<std::size_t>(code)].text;
}

/// What this kind of problem does, unless somebody's settings say otherwise.
constexpr severity severity_of(diagnostic_code code) noexcept {
    return detail::code_entries[static_cast<std::size_t>(code)].level;
}

}  // namespace rolecall::inline v0_1

#endif
