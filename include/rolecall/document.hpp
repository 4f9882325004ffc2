// A policy as written: every statement with the place of its words, and nothing resolved.
//
// A YAML file becomes a document, and so do the calls of a policy_builder. A document may
// be wrong: names that nothing declares, cycles, broken separations. Compiling it says so,
// and only a document without errors becomes a policy. The policy keeps it, so that every
// explanation can point at a line.
//
// Plain data: copy it, change it, share it between threads like a vector of strings.
#ifndef ROLECALL_DOCUMENT_HPP
#define ROLECALL_DOCUMENT_HPP

#include <rolecall/date.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/source_file.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// A name or another single word, and where it stands.
struct written_name {
    std::string text;
    place at;
};

/// A condition on facts, as alternatives of facts that must hold together:
/// `{if: a}` is {{a}}, `{if-all: [a, b]}` is {{a, b}}, `{if-any: [a, b]}` is {{a}, {b}}, and
/// `any-of` joins them. No alternatives at all means `always`: the absence of a condition.
struct written_condition {
    std::vector<std::vector<written_name>> any_of;
    place at;

    [[nodiscard]] bool always() const noexcept { return any_of.empty(); }
};

/// An action of a grant (or `all`), and when it is granted.
struct written_right {
    written_name action;
    written_condition when;
};

/// A line of a role's `may`.
struct written_grant {
    written_name category;  ///< without the `.*`
    bool below = false;     ///< `category.*`: what lies below it, but not itself
    std::vector<written_right> rights;
};

/// A line of a category's `requires`: an action (or `any`) and what must hold for it.
struct written_requirement {
    written_name action;
    written_condition when;
};

struct written_action {
    written_name name;
    std::string title, about;
    std::vector<written_name> was{};  ///< its former names
};

struct written_fact {
    written_name name;
    std::string title, about;
    std::vector<written_name> was{};  ///< its former names
};

struct written_category {
    written_name name;
    std::string title, about;
    std::optional<written_name> level;
    std::vector<std::string> laws;
    bool named_only = false;
    std::vector<written_requirement> required;
    std::vector<written_name> was{};  ///< its former names
};

struct written_role {
    written_name name;
    std::string title, about;
    std::vector<written_name> inherits;
    std::vector<written_grant> may;
    std::vector<written_name> was{};  ///< its former names
};

struct written_assignment {
    std::vector<written_name> roles;
    std::optional<date> until;  ///< through that day, UTC
};

struct written_user {
    written_name id;
    std::vector<written_assignment> assignments;
};

/// A `never`: what stays forbidden whatever the roles grant.
struct written_guardrail {
    written_name name;
    std::vector<written_name> roles;       ///< none: everyone
    std::vector<written_name> categories;  ///< none: every category
    std::vector<written_name> actions;     ///< none: every action
    written_condition when;
    std::string because;
};

enum class separation_scope : std::uint8_t { person, session };

struct written_separation {
    written_name name;
    std::vector<written_name> roles;
    std::uint32_t at_most = 0;
    place at_most_at;
    separation_scope per = separation_scope::person;
    std::string because;
};

/// The `policy` section.
struct written_header {
    std::string name, title, about, owner;
    std::optional<date> review_by;
    place review_by_at;
    bool limited_hierarchy = false;
    bool other_users = false;
    std::vector<std::string> files;  ///< the exact list of the policy's files, if it keeps one
};

struct document {
    std::vector<source_file> files;  ///< what `place::file` counts
    std::optional<written_header> header;
    std::vector<written_name> levels;  ///< mildest first; none: the default four
    std::vector<written_action> actions;
    std::vector<written_fact> facts;
    std::vector<written_category> categories;
    std::vector<written_role> roles;
    std::vector<written_user> users;
    std::vector<written_guardrail> guardrails;
    std::vector<written_separation> separations;

    /// Part of a file could not be read: what it may declare is unknown, so a name that
    /// nothing declares is not reported.
    bool incomplete = false;
};

/// The levels of a policy that does not list its own, mildest first.
inline constexpr std::string_view default_levels[] = {"public", "internal", "confidential",
                                                      "restricted"};

}  // namespace rolecall::inline v0_1

#endif
