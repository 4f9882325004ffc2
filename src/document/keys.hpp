// The keys of the format: which may stand in which mapping, and what messages call them.
#ifndef ROLECALL_SRC_DOCUMENT_KEYS_HPP
#define ROLECALL_SRC_DOCUMENT_KEYS_HPP

#include <span>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// What a message calls one of a kind, and several.
struct noun {
    std::string_view one;
    std::string_view many;
};

inline constexpr noun an_action{"an action", "actions"};
inline constexpr noun a_fact{"a fact", "facts"};
inline constexpr noun a_category{"a category", "categories"};
inline constexpr noun a_role{"a role", "roles"};
inline constexpr noun a_level{"a level", "levels"};
inline constexpr noun a_user{"a user", "users"};
inline constexpr noun a_guardrail{"a guardrail", "guardrails"};
inline constexpr noun a_separation{"a separation", "separations"};
inline constexpr noun a_guarantee{"a guarantee", "guarantees"};
inline constexpr noun an_exercise{"an exercise", "exercises"};
inline constexpr noun a_law{"a law", "laws"};
inline constexpr noun a_file{"a file", "files"};

/// The keys that a kind of mapping may hold, in the order in which they are best written.
struct key_table {
    std::string_view owner;
    std::span<std::string_view const> keys;
};

namespace keys {

using word = std::string_view;

inline constexpr word file[] = {"rolecall",   "policy",    "levels", "actions", "facts",
                                "categories", "roles",     "users",  "never",   "separation",
                                "guarantees", "exercises", "audit"};
inline constexpr word policy[] = {"name",      "title",       "about",
                                  "owner",     "review-by",   "exercise-every",
                                  "hierarchy", "other-users", "files"};
inline constexpr word description[] = {"about", "title", "was"};
inline constexpr word category[] = {"about", "title",      "was",     "level",
                                    "laws",  "named-only", "requires"};
inline constexpr word role[] = {"about", "title", "was", "inherits", "may"};
inline constexpr word assignment[] = {"roles", "until"};
inline constexpr word guardrail[] = {"roles",  "categories", "actions", "if",
                                     "if-all", "if-any",     "because"};
inline constexpr word separation[] = {"roles", "at-most", "per", "because"};
inline constexpr word guarantee[] = {"roles", "alone",      "never",  "only",
                                     "may",   "only-if",    "unless", "never-both",
                                     "keeps", "categories", "level",  "because"};
inline constexpr word guarantee_act[] = {"may", "categories", "level"};
inline constexpr word exercise[] = {"title", "about", "note",   "as",
                                    "given", "can",   "cannot", "exactly"};
inline constexpr word exercise_user[] = {"user", "roles"};
inline constexpr word given[] = {"facts", "date", "compromised", "lost"};
inline constexpr word audit[] = {"default", "denials", "actions", "levels", "categories"};
inline constexpr word audit_wait[] = {"block", "durable"};
inline constexpr word condition[] = {"if", "if-all", "if-any", "any-of"};

// Of `.rolecall.yaml`.
inline constexpr word settings[] = {"rolecall", "lint", "vendor-words"};
inline constexpr word lint_setting[] = {"severity", "because", "names"};

// Of `.rolecall-exercises.yaml`.
inline constexpr word records[] = {"rolecall", "held"};
inline constexpr word held_exercise[] = {"date", "who", "digest", "exercises", "failed", "open"};

}  // namespace keys

inline constexpr key_table file_keys{"a policy file", keys::file};
inline constexpr key_table policy_keys{"the section `policy`", keys::policy};
inline constexpr key_table action_keys{"an action", keys::description};
inline constexpr key_table fact_keys{"a fact", keys::description};
inline constexpr key_table category_keys{"a category", keys::category};
inline constexpr key_table role_keys{"a role", keys::role};
inline constexpr key_table assignment_keys{"an assignment of roles", keys::assignment};
inline constexpr key_table guardrail_keys{"a guardrail", keys::guardrail};
inline constexpr key_table separation_keys{"a separation", keys::separation};
inline constexpr key_table guarantee_keys{"a guarantee", keys::guarantee};
inline constexpr key_table guarantee_act_keys{"an item of `never-both`", keys::guarantee_act};
inline constexpr key_table exercise_keys{"an exercise", keys::exercise};
inline constexpr key_table exercise_user_keys{"`as`", keys::exercise_user};
inline constexpr key_table given_keys{"`given`", keys::given};
inline constexpr key_table audit_keys{"the section `audit`", keys::audit};
inline constexpr key_table audit_wait_keys{"a mode with a time", keys::audit_wait};
inline constexpr key_table condition_keys{"a condition", keys::condition};

inline constexpr key_table settings_keys{"the settings", keys::settings};
inline constexpr key_table lint_setting_keys{"a setting of lint", keys::lint_setting};

inline constexpr key_table records_keys{"the record of exercises", keys::records};
inline constexpr key_table held_exercise_keys{"an item of `held`", keys::held_exercise};

/// Those of a policy: a key that belongs to another one of them was put into the wrong place.
inline constexpr key_table const* all_key_tables[] = {
    &file_keys,          &policy_keys,     &action_keys,        &fact_keys,       &category_keys,
    &role_keys,          &assignment_keys, &guardrail_keys,     &separation_keys, &guarantee_keys,
    &guarantee_act_keys, &exercise_keys,   &exercise_user_keys, &given_keys,      &audit_keys,
    &audit_wait_keys,    &condition_keys};

}  // namespace rolecall::inline v0_1::yaml

#endif
