// The reference model: a policy as it is written down, and what it answers.
//
// It is too simple to be wrong and too slow to be used: strings, maps, sets and plain recursion,
// nothing compiled, nothing remembered. Each step of decide() names the rule of the section
// "Meaning" of the policy format that it spells out. Tests compare the library with it.

#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace model {

using names = std::vector<std::string>;
using name_set = std::set<std::string>;

struct date {
    int year = 1970;
    int month = 1;
    int day = 1;
    friend auto operator<=>(date const&, date const&) = default;
};

// What is known of a statement. In this order `and` is the lesser and `or` the greater of two.
enum class truth { no, unknown, yes };

// `if: a` is a term of one fact; `if-all` and `if-any` are terms of one or more.
struct term {
    enum class need { all, any };
    need how = need::all;
    names facts;
};

// No term: `always`. One: the term itself. More: `any-of` them, in the order written.
struct condition {
    std::vector<term> any_of;
};

struct description {
    std::string about;
    std::string title;
};

struct category {
    std::string about;
    std::string title;
    std::string level;
    names laws;
    bool named_only = false;
    std::map<std::string, condition> required;  // action or `any`; the key `requires` of the file
};

struct grant {
    std::string category;
    bool below = false;                       // written `category.*`
    std::map<std::string, condition> rights;  // action or `all`
};

struct role {
    std::string about;
    std::string title;
    names inherits;
    std::vector<grant> may;
};

struct assignment {
    names roles;
    std::optional<date> until;
};

struct guardrail {
    names roles;       // none: everyone
    names categories;  // none: every category
    names actions;     // none: every action
    std::optional<term> when;
    std::string because;
};

struct separation {
    names roles;
    int at_most = 1;
    bool per_person = true;  // else per session
    std::string because;
};

// Actions on categories, of which a guarantee speaks.
struct scope {
    names actions;     // none: every action, written `any`
    names categories;  // each with all below; none: every category
    names levels;      // of these categories, those of one of these; none: all
};

struct guarantee {
    enum class kind { never, may, never_both, keeps };
    kind what = kind::never;
    names roles;              // none: everyone
    bool alone = false;       // of `roles`: by themselves
    scope first, second;      // `second` of never_both; neither of keeps
    names only;               // of may
    condition only_if;        // of may; no term: it is not there
    names unless;             // of may and keeps
    std::vector<grant> kept;  // of keeps
    std::string because;
};

// A line of what an exercise expects. In `cannot` all actions have a reason, or none has.
struct expectation {
    std::string category;
    bool below = false;                          // written `category.*`
    std::map<std::string, std::string> actions;  // action, `any` or `all`; why not, or empty
};

struct exercise {
    std::string title;
    std::string about;
    std::string note;
    std::optional<std::string> user;  // who asks; else the roles ask
    names roles;                      // with a user: chosen, or vouched for
    std::map<std::string, truth> facts;
    std::optional<date> on;
    bool compromised = false;
    names lost;
    std::vector<expectation> can, cannot, exactly;
    bool exactly_nothing = false;
};

struct policy {
    std::string name;  // empty: the policy has no section `policy`
    std::string owner;
    std::string title;
    std::string about;
    std::optional<date> review_by;
    bool limited = false;                        // hierarchy: limited
    bool other_users = false;                    // other-users: yes
    names levels;                                // none: the default levels
    std::map<std::string, description> actions;  // beside view, modify, store and delete
    std::map<std::string, description> facts;
    std::map<std::string, category> categories;
    std::map<std::string, role> roles;
    std::map<std::string, std::vector<assignment>>
        users;  // none: the policy has no section `users`
    std::map<std::string, guardrail> never;
    std::map<std::string, separation> separations;
    std::map<std::string, guarantee> guarantees;
    std::map<std::string, exercise> exercises;
};

// One question. Without a user it is asked as `roles`, which are active. With a user that the
// policy lists, `roles` are the chosen ones (absent: no choice; empty: none chosen). With another
// user, `roles` are all that the application vouches for.
struct question {
    std::optional<std::string> user;
    std::optional<names> roles;
    std::string action;
    std::string category;
    std::map<std::string, truth> facts;  // a fact that is not here is unknown
    date on;                             // the UTC date of the decision
};

struct answer {
    bool allow = false;
    std::string reason;
    friend bool operator==(answer const&, answer const&) = default;
};

answer decide(policy const& rules, question const& asked);

// Everything that makes the policy an error in a file, as plain sentences; none for a valid one.
// Texts (`about`, `because` and the like) and user ids are not looked into.
names problems(policy const& rules);

// The pieces of which decide() and problems() are made.
bool lies_below(std::string_view category, std::string_view other);
bool at_or_below(std::string_view category, std::string_view other);
bool is_built_in(std::string_view action);  // one of the four that `all` covers
name_set actions_of(policy const& rules);
name_set with_inherited(policy const& rules, names const& roles);
bool covers(policy const& rules, grant const& given, std::string const& category);
bool breaks(policy const& rules, separation const& rule, names const& roles);
truth value(term const& written, std::map<std::string, truth> const& facts);
truth value(condition const& written, std::map<std::string, truth> const& facts);

}  // namespace model
