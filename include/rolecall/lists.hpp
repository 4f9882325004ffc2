// Who can, and what can: the check, asked the other way round.
//
//     for (rolecall::holder const& h : rolecall::who_can(shop, "view", "payment").holders) …
//     for (rolecall::held_right const& r : rolecall::what_can(shop, {"support"}).rights) …
//
// The lists are read from the rows that a check reads, and agree with it in every case: a right
// is listed if some state of the facts allows it, with the condition under which it is allowed.
// For people and reports, not for hot loops. Any number of threads may call at once.
#ifndef ROLECALL_LISTS_HPP
#define ROLECALL_LISTS_HPP

#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/role_list.hpp>
#include <rolecall/session.hpp>
#include <rolecall/user_directory.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// A role that gives a right, and when that role alone gives it.
struct granting_role {
    std::string role;
    std::string condition;           ///< as `right_basis::condition`
    std::vector<std::string> facts;  ///< that the condition names, sorted
    std::optional<date> until;       ///< the last day of the assignment, if it has one
};

/// What a right rests on: facts, roles, and for a user the time.
struct right_basis {
    /// What must be known, spelled as in `effective_right::condition`; empty: nothing. Where
    /// facts are given to the list, what must be known besides.
    std::string condition;
    std::vector<std::string> facts;  ///< that the condition names, sorted

    /// The roles that give it, by name: any one of them is enough, under its own condition.
    std::vector<granting_role> through;

    /// Of a user: the last day on which one of these roles is still assigned; nothing where one
    /// has no end. The condition may change before, when another of them ends.
    std::optional<date> until;

    /// These roles may not all be active in one session. Each may alone, so the right stands.
    bool apart = false;

    [[nodiscard]] bool always() const noexcept { return condition.empty(); }
};

/// A role or a user who can do what was asked about.
struct holder : right_basis {
    enum class kind : std::uint8_t { role, user };

    kind what{};
    std::string name;
};

/// Something that those who were asked about can do.
struct held_right : right_basis {
    std::string category;
    std::string action;
};

/// Who can, or why that is no question: an empty list is an answer only where it converts to
/// true. Default: none.
struct who_can_result {
    /// `granted` for an answer, else `unknown_name`, or `unavailable` where a directory can't
    /// list its users.
    reason why = reason::unavailable;
    std::vector<holder> holders;  ///< roles by name, then users by name

    explicit operator bool() const noexcept { return why == reason::granted; }
};

/// What somebody can do, or why they can not ask: as `who_can_result`.
struct what_can_result {
    reason why = reason::unavailable;  ///< `granted`, or what a check of theirs is refused for
    std::vector<held_right> rights;    ///< by category and action
    /// Of a user: their roles may not all be active in one session, so not all rights at once.
    bool apart = false;

    explicit operator bool() const noexcept { return why == reason::granted; }
};

/// Every role, and every user whom the policy lists, that can do this on a day, under some state
/// of the facts; with facts known, those who can while these are so.
///
/// - A role is listed for what it may do when it asks alone. `through` names it, or the roles
///   that it inherits, whose own lines give the right.
/// - A user is listed for what they reach by choosing which of their roles are active: the
///   grants of all that they hold that day, less the guardrails of all of them. A separation per
///   session therefore takes nothing away that one role gives alone. `through` names the roles
///   assigned. Users whom the policy does not list, but an application may vouch for, have the
///   rights of their roles.
///
/// `unknown_name` for an action, category or fact that the policy does not declare.
[[nodiscard]] ROLECALL_API who_can_result who_can(policy const& by, std::string_view action,
                                                  std::string_view category,
                                                  date on = date::today(), facts const& known = {});

/// The same with the users of a directory beside those whom the policy lists. Somebody of both
/// has the roles of both. Nobody is listed to whom the directory assigns a role that the policy
/// does not declare: every check of theirs is denied.
[[nodiscard]] ROLECALL_API who_can_result who_can(policy const& by, users_view directory,
                                                  std::string_view action,
                                                  std::string_view category,
                                                  date on = date::today(), facts const& known = {});

/// Every right of roles that are active together, with the guardrails of all of them. No role
/// has no right. Refused as a check is: `unknown_name`, or `separation`, per person or session.
[[nodiscard]] ROLECALL_API what_can_result what_can(policy const& by, role_list roles,
                                                    facts const& known = {});

/// Every right of a session: its active roles, and the guardrails of all roles held.
[[nodiscard]] ROLECALL_API what_can_result what_can(session const& who, facts const& known = {});

/// Every right that a user whom the policy lists reaches on a day by choosing which of their
/// roles are active, as `who_can` means it. `unknown_name` for anyone else, `expired` where all
/// assignments have passed, `separation` where the roles held break one per person.
[[nodiscard]] ROLECALL_API what_can_result what_can_user(policy const& by, std::string_view id,
                                                         date on = date::today(),
                                                         facts const& known = {});

/// The same for a user of the policy, of a directory, or of both. `unknown_name` also where the
/// directory assigns a role that the policy does not declare, and `unavailable` where it can't
/// tell.
[[nodiscard]] ROLECALL_API what_can_result what_can_user(policy const& by, users_view directory,
                                                         std::string_view id,
                                                         date on = date::today(),
                                                         facts const& known = {});

}  // namespace rolecall::inline v0_1

#endif
