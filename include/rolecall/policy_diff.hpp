// What a change of a policy means: who may do more afterwards, who may do less, and by which lines.
//
//     rolecall::policy_diff const change = rolecall::compare(before, after);
//     for (rolecall::role_change const& c : change.roles)
//         if (c.gains()) show(c.roles, c.action, c.category, c.gained, c.lines);
//
// A policy has finitely many roles, categories, actions and states of facts, so the answer is
// exact: two rights are the same if they are allowed in the same states of the facts, however
// they are written. The order of lines, files, comments and the spelling of a condition are no
// difference. For reviews and pipelines, not for hot loops. Any number of threads may call at once.
#ifndef ROLECALL_POLICY_DIFF_HPP
#define ROLECALL_POLICY_DIFF_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// What is known of some facts; of all others nothing is known. No facts at all: whatever is
/// known. By name, sorted; a fact that has another name now, by that.
struct fact_state {
    std::vector<std::string> is_true, is_false;

    friend bool operator==(fact_state const&, fact_state const&) = default;
};

/// How one right on one category changed.
struct right_change {
    /// In which direction.
    enum class kind : std::uint8_t {
        gained,   ///< allowed in more states of the facts, and in no fewer
        changed,  ///< allowed in some states in which it was not, and no longer in others
        lost,     ///< allowed in fewer states, and in no more
    };

    kind what{};
    /// As the new policy calls them, or else the old one.
    std::string action, category;
    /// The stricter of the levels that the category has before and after: its own, or that of
    /// the nearest category above which has one. Empty: it has none.
    std::string level;
    /// When it is allowed: `never`, `always`, or as `effective_right::condition`, each in the
    /// words of its policy.
    std::string before, after;
    /// The smallest states of the facts that are allowed now and were not, and the other way
    /// round. A state is newly allowed if it holds one of `gained` and was not allowed before.
    std::vector<fact_state> gained, lost;
    /// Too many states to be looked through: the conditions are worded differently, and may
    /// mean the same. `gained` and `lost` are empty.
    bool inexact = false;
    /// Of `policy_diff::lines`: what was added, removed or changed, and bears on this right.
    std::vector<std::size_t> lines;

    /// Whether anything is, or may be, allowed that was not.
    [[nodiscard]] bool gains() const noexcept { return what != kind::lost; }
    /// Whether anything is, or may be, no longer allowed.
    [[nodiscard]] bool loses() const noexcept { return what != kind::gained; }
};

/// Roles whose right changed in the same way by the same lines, each asking alone.
struct role_change : right_change {
    std::vector<std::string> roles;  ///< by name; never empty
};

/// Users whom the policies list, for whom the same changed: what they reach by choosing among
/// their roles, as `what_can_user` means it.
struct user_change {
    std::vector<std::string> users;    ///< by id; never empty
    std::vector<right_change> rights;  ///< never empty
};

/// A line of one of the policies that the other one does not have, or has differently.
struct changed_line {
    /// What the line says.
    enum class kind : std::uint8_t {
        grant,
        inheritance,
        requirement,
        guardrail,
        category,  ///< that is new, gone, renamed, or named-only in one of the policies
    };

    kind what{};
    bool after = false;    ///< of the new policy; else of the old one
    location where;        ///< empty path and line 0 for a policy made in code
    std::string sentence;  ///< `support may view payment if open-ticket`
};

/// Something that a policy says, and the other one does not say, or says differently.
struct statement_change {
    /// Where a policy says it.
    enum class section : std::uint8_t {
        policy,  ///< its header; `name` is empty
        levels,  ///< `name` is empty
        action,
        fact,
        category,
        role,
        user,
        guardrail,
        separation,
        guarantee,
        exercise,
        audit,  ///< what recording is demanded: `name` are categories, `property` actions
    };
    /// What became of it.
    enum class kind : std::uint8_t { added, removed, renamed, changed };

    section of{};
    kind what{};
    std::string name;      ///< as the new policy calls it, or else the old one
    std::string property;  ///< of `changed`: `level`, `inherits`, `requires store` …; may be empty
    std::string before;    ///< in words; empty where there is nothing. Of `renamed`: the old name
    std::string after;     ///< the same
    location where_before, where_after;
    bool loosens = false;  ///< of `audit`: less is demanded than before
};

struct policy_diff {
    std::string digest_before, digest_after;  ///< as `digest` gives them
    std::vector<std::string> levels;          ///< of both policies, mildest first

    /// Strictest level first; then what gains, gains and loses, loses; then by category and role.
    std::vector<role_change> roles;
    /// In the order of the first right of each, and those in the same order.
    std::vector<user_change> users;

    /// What the policies say besides grants, by section and name.
    std::vector<statement_change> statements;
    /// Titles, descriptions and reasons: what has no part in any decision.
    std::vector<statement_change> words;

    std::vector<changed_line> lines;          ///< the old ones first, by path and place
    std::vector<std::size_t> without_effect;  ///< grants of `lines` that change no right

    /// Rights of roles, and of users, that gain something, or lose something; one that does
    /// both counts twice.
    std::size_t roles_gain = 0, roles_lose = 0, users_gain = 0, users_lose = 0;

    /// Whether the policies say the same but for words.
    [[nodiscard]] bool empty() const noexcept {
        return roles.empty() && users.empty() && statements.empty() && without_effect.empty();
    }

    /// The place of a level in `levels`, from 1; 0 for no level or one that is not there.
    [[nodiscard]] std::size_t rank(std::string_view level) const noexcept {
        for (std::size_t i = 0; i < levels.size(); ++i)
            if (levels[i] == level) return i + 1;
        return 0;
    }

    /// Whether a role or a user gains anything on a category of at least this rank.
    [[nodiscard]] bool gains(std::size_t least_rank = 0) const noexcept {
        for (role_change const& c : roles)
            if (c.gains() && rank(c.level) >= least_rank) return true;
        for (user_change const& u : users)
            for (right_change const& c : u.rights)
                if (c.gains() && rank(c.level) >= least_rank) return true;
        return false;
    }
};

struct policy_diff_options {
    date on = date::today();  ///< the day that assignments to users must not have passed
};

/// What changes where `after` replaces `before`.
///
/// Roles, categories, actions and facts are the same where they have the same name, or where
/// `after` says by `was` that one had a name that `before` declares and `after` does not. What
/// moves along with such a name is no gain and no loss. Users are the same by id.
///
/// A role that only one policy declares gains, or loses, all its rights; so does a user whom
/// only one lists. Users whom a policy does not list are not looked at: an application may
/// vouch for them, and they have the rights of their roles. Throws as `digest` does.
[[nodiscard]] ROLECALL_API policy_diff compare(policy const& before, policy const& after,
                                               policy_diff_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
