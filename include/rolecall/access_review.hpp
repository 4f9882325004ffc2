// Who has which role, and why; who has access to what, and through what: for whoever has to
// look through it now and then, and to sign that it is right.
//
//     rolecall::access_review const review(policy, staff, {.ending_within_days = 30});
//     for (rolecall::reviewed_user const& user : review.users)
//         for (rolecall::reviewed_role const& role : review.held_by(user).roles) …
//
// Users who were assigned the same roles until the same days share one answer, so that a million
// users with a few hundred different sets of roles are looked through in seconds.
//
// For reports, not for hot loops. Any number of threads may call at once.
#ifndef ROLECALL_ACCESS_REVIEW_HPP
#define ROLECALL_ACCESS_REVIEW_HPP

#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/lists.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/separation.hpp>
#include <rolecall/user_directory.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// A role that somebody has, and why.
struct reviewed_role {
    std::string role;
    /// From a role that is assigned, down to this one: one name where it is assigned itself,
    /// else the shortest way of inheritance (of several, the first by name).
    std::vector<std::string> through;
    bool assigned = false;               ///< by itself
    std::optional<date> assigned_until;  ///< the last day of that assignment, if it has one
    std::optional<date> until;           ///< the last day, if it has one: of all ways, the last
    bool from_policy = false;            ///< assigned by the policy's own `users`
    bool from_directory = false;         ///< assigned by the directory
};

/// What users have who were assigned the same: on the day of the review.
struct holding {
    std::vector<reviewed_role> roles;              ///< by name; held on that day
    std::vector<reviewed_role> passed;             ///< assigned, and ended before that day
    std::vector<std::string> unknown_roles;        ///< assigned, and not declared by the policy
    std::vector<separation_violation> violations;  ///< per person, of all that is held
    /// `granted`, or what every check of theirs is refused for: `unknown_name` where there are
    /// unknown roles, `expired`, or `separation`.
    reason refused = reason::unavailable;
    std::vector<std::size_t> users;  ///< of `access_review::users`; never none
};

/// A user. What is held is `access_review::held_by`.
struct reviewed_user {
    std::string id;
    bool in_policy = false;     ///< the policy's own `users` lists them
    bool in_directory = false;  ///< the directory knows them
    std::size_t holding = 0;    ///< of `access_review::holdings`
};

/// An assignment that ends soon.
struct ending_assignment {
    std::string id;
    std::string role;
    date until;
};

/// A way in which users have access: through the same roles, under the same conditions. It has
/// no `until`, nor have its roles: those are the users', and `access_review::holders` adds them.
struct access_way : right_basis {
    std::vector<std::size_t> holdings;  ///< of `access_review::holdings`
    std::size_t users = 0;              ///< how many have one of these
};

/// Who has access to a category, with which action, and through what.
struct reviewed_access {
    std::string category;
    std::string about;  ///< what the category holds, in the policy's words
    std::string level;  ///< may be empty
    std::vector<std::string> laws;
    std::string action;
    std::vector<access_way> ways;  ///< by the names of the roles, then by condition
    std::size_t users = 0;         ///< how many there are, each in one way
};

struct review_options {
    date on = date::today();
    int ending_within_days = 30;  ///< which assignments end soon: counted from `on`
};

/// Everything that a review of access looks at.
struct access_review {
    /// Looks through the users of the policy and of a directory, together: somebody of both has
    /// the roles of both, as an authorizer sees it. Throws std::bad_alloc; std::invalid_argument
    /// for a directory that can't list its users; what the directory throws; and
    /// std::runtime_error as `rolecall::digest` does.
    ROLECALL_API access_review(policy const& by, users_view directory,
                               review_options const& options = {});

    std::string policy_name;  ///< empty where the policy has none
    std::string policy_owner;
    std::string policy_digest;  ///< as `rolecall::digest`
    date on;
    int ending_within_days = 0;
    /// False: the directory could not be read, and what follows is not complete.
    bool complete = false;

    std::vector<reviewed_user> users;              ///< by id
    std::vector<holding> holdings;                 ///< by the id of their first user
    std::vector<std::string> users_without_roles;  ///< who hold no role that day
    std::vector<std::string> roles_without_users;  ///< that nobody holds, inherited or not
    std::vector<ending_assignment> ending;         ///< by day, then id and role
    /// By category and action; those that nobody has are left out. A user is listed as
    /// `who_can` lists them: so nobody who breaks a separation per person, or was assigned a
    /// role that the policy does not declare, since every check of theirs is denied.
    std::vector<reviewed_access> access;
    std::vector<std::string> categories_without_access;  ///< that no user has access to

    /// What a user of this review holds. Lives as long as the review.
    [[nodiscard]] holding const& held_by(reviewed_user const& user) const& {
        return holdings[user.holding];
    }

    /// The last day on which users of a holding have access in this way; nothing where it has no
    /// end.
    [[nodiscard]] ROLECALL_API std::optional<date> until(access_way const& way,
                                                         std::size_t holding) const;

    /// The users of an access of this review, by id, as `who_can` lists them.
    [[nodiscard]] ROLECALL_API std::vector<holder> holders(reviewed_access const& of) const;
};

/// Somebody who holds a role, and why.
struct role_holder {
    std::string id;
    reviewed_role why;
};

/// Who holds a role on a day, directly or by inheritance, and why; by id. Nobody for a role that
/// the policy does not declare. Throws as `access_review`, and std::runtime_error where the
/// directory can't be read now.
[[nodiscard]] ROLECALL_API std::vector<role_holder> who_has(policy const& by, users_view directory,
                                                            std::string_view role,
                                                            date on = date::today());

}  // namespace rolecall::inline v0_1

#endif
