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

#include <rolecall/audit_mode.hpp>
#include <rolecall/date.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/period.hpp>
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

/// Actions on categories, of which a guarantee speaks.
struct written_scope {
    std::vector<written_name> actions;     ///< none: every action, written `any`
    std::vector<written_name> categories;  ///< each with all below; none: every category
    std::vector<written_name> levels;  ///< of these categories, those of one of these; none: all
};

/// What must hold for every person, every set of roles and every state of the facts.
struct written_guarantee {
    /// What it promises.
    enum class kind : std::uint8_t {
        never,       ///< who holds one of the roles never can
        may,         ///< who can, holds one of `only`, and `only_if` and `unless` hold
        never_both,  ///< nobody can do something of `first` and something of `second`
        keeps,       ///< who holds one of the roles can, whenever the conditions hold
    };

    written_name name;
    kind what = kind::never;
    std::vector<written_name> roles;   ///< none: everyone
    bool alone = false;                ///< `roles` by themselves: nothing else is held
    written_scope first, second;       ///< `second` of `never_both`; neither of `keeps`
    std::vector<written_name> only;    ///< of `may`; none: everyone
    written_condition only_if;         ///< of `may`
    std::vector<written_name> unless;  ///< of `may` and `keeps`: facts, all of them known false
    std::vector<written_grant> kept;   ///< of `keeps`: as a role's `may`
    std::string because;
};

/// A fact of an exercise, and what is known of it.
struct written_fact_value {
    written_name fact;
    std::optional<bool> value;  ///< nothing: unknown
};

/// A line of what an exercise expects: a category, and actions on it.
struct written_expectation {
    struct item {
        written_name action;                 ///< or `any`, or `all`
        std::optional<written_name> reason;  ///< of `cannot`: why not
    };

    written_name category;  ///< without the `.*`
    bool below = false;     ///< `category.*`: everything below it, what is named-only included
    std::vector<item> actions;
};

/// A tabletop test: somebody in a situation, and what they can do then.
struct written_exercise {
    written_name name;
    std::string title, about, note;
    std::optional<written_name> user;
    /// Without a user: who asks. With one: the roles chosen, or vouched for; none: all assigned.
    std::vector<written_name> roles;
    std::vector<written_fact_value> facts;
    std::optional<date> on;          ///< none: the day on which the exercise is run
    bool compromised = false;        ///< somebody else has the account
    std::vector<written_name> lost;  ///< roles that were taken away
    std::vector<written_expectation> can, cannot, exactly;
    bool exactly_nothing = false;  ///< `exactly: nothing`
    place exactly_at;              ///< of its key

    /// Whether it says all that must be allowed.
    [[nodiscard]] bool says_exactly() const noexcept { return exactly_nothing || !exactly.empty(); }
};

/// How a decision has to be recorded, and where that stands.
struct written_audit_mode {
    audit_mode mode;
    place at;
};

/// A line of the section `audit`: an action (or `any`, for a category) or a level, and a mode.
struct written_audit_line {
    written_name name;
    written_audit_mode mode;
};

/// A line of its `categories`, about a category and all below. `payment: required` is the same as
/// `payment: {any: required}`.
struct written_audit_category {
    written_name category;
    std::vector<written_audit_line> actions;
};

/// The `audit` section: what happens where a decision can't be recorded.
struct written_audit {
    place at;                                     ///< of its key
    std::optional<written_audit_mode> otherwise;  ///< `default`
    std::optional<written_audit_mode> denials;
    std::vector<written_audit_line> actions, levels;
    std::vector<written_audit_category> categories;
};

/// The `policy` section.
struct written_header {
    std::string name, title, about, owner;
    std::optional<date> review_by;
    place review_by_at;
    std::optional<period> exercise_every;
    place exercise_every_at;
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
    std::vector<written_guarantee> guarantees;
    std::vector<written_exercise> exercises;
    std::optional<written_audit> audit;

    /// Part of a file could not be read: what it may declare is unknown, so a name that
    /// nothing declares is not reported.
    bool incomplete = false;
};

/// The levels of a policy that does not list its own, mildest first.
inline constexpr std::string_view default_levels[] = {"public", "internal", "confidential",
                                                      "restricted"};

}  // namespace rolecall::inline v0_1

#endif
