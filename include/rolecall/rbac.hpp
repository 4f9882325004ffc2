// The functions of the RBAC standard, INCITS 359-2012, under its own names.
//
//     rolecall::rbac office{pdp, staff};                   // an authorizer, and its users
//     office.add_user("dana");
//     office.assign_user("dana", "support");
//     office.create_session("dana", "s1", {"support"});
//     if (office.check_access("s1", "view", "account").value) …
//
// A user is an id, a role its name, an operation is an action, an object a category of the
// policy. docs/rbac.md maps every function of the standard to its place here, and says where
// the standard errs or leaves a choice, and what was chosen.
#ifndef ROLECALL_RBAC_HPP
#define ROLECALL_RBAC_HPP

#include <rolecall/authorizer.hpp>
#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/role_list.hpp>
#include <rolecall/separation.hpp>
#include <rolecall/user_edits.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// The condition that a function demands before it does anything, and that did not hold.
enum class rbac_error : std::uint8_t {
    none,
    invalid_name,        ///< no user id, or no name of a role, set or session
    user_exists,         ///< `add_user`
    unknown_user,        ///<
    listed_in_policy,    ///< the policy's own `users` lists them: change the policy instead
    role_exists,         ///< `add_role`, `add_ascendant`, `add_descendant`
    unknown_role,        ///<
    unknown_operation,   ///< no action of the policy
    unknown_object,      ///< no category of the policy
    already_assigned,    ///< `assign_user`
    not_assigned,        ///< `deassign_user`
    not_granted,         ///< `revoke_permission`: the role itself has no such grant
    granted_by_pattern,  ///< `revoke_permission`: the grant is one of `category.*`
    session_exists,      ///< `create_session`
    unknown_session,     ///<
    not_owner,           ///< the session is another user's
    already_active,      ///< `add_active_role`
    not_active,          ///< `drop_active_role`
    not_authorized,      ///< the user may not activate the role: neither assigned nor inherited
    already_inherited,   ///< `add_inheritance`: the one role inherits the other already
    not_inherited,       ///< `delete_inheritance`: not directly
    cycle,               ///< `add_inheritance`: the other role inherits the one, or is the same
    limited_hierarchy,   ///< the policy's roles inherit at most one other
    set_exists,          ///< `create_ssd_set`, `create_dsd_set`
    unknown_set,         ///<
    already_member,      ///< `add_…_role_member`
    not_member,          ///< `delete_…_role_member`
    cardinality,         ///< not from 2 to the number of roles in the set
    static_separation,   ///< somebody would hold too many roles of a set
    dynamic_separation,  ///< a session would have too many roles of a set active
    invalid_policy,      ///< the policy would be one that is refused: the text says why
    unavailable,         ///< users can't be read or written, or the decision not recorded
};

/// `unknown-role`
[[nodiscard]] ROLECALL_API std::string_view to_string(rbac_error error) noexcept;

/// What a function says. Where the error is not `none`, nothing has changed.
struct rbac_result {
    rbac_error error = rbac_error::unavailable;
    std::string text;  ///< what stands against it, in words; empty where nothing does
    /// Of `static_separation` and `dynamic_separation`: who or what breaks which rule, and the
    /// smallest set of roles that collide.
    std::vector<separation_violation> violations;
    std::string whose;  ///< the user, the session, or the role, that would break them
    /// The policy version from which on the change counts, where it made a new one; else 0.
    std::uint32_t policy_version = 0;

    explicit operator bool() const noexcept { return error == rbac_error::none; }
};

/// What a function that asks gives: `value` is empty where there is an error.
template <class Value>
struct rbac_answer : rbac_result {
    Value value{};
};

/// An operation on an object.
struct permission {
    std::string operation;
    std::string object;
    /// Granted only where facts are known that the policy names.
    bool conditional = false;

    friend bool operator==(permission const&, permission const&) = default;
    friend auto operator<=>(permission const&, permission const&) = default;
};

namespace detail {
class rbac_state;
}

/// The administrative commands, supporting system functions and review functions of all four
/// components of the standard: core, hierarchical (general; limited where the policy says
/// `hierarchy: limited`), static and dynamic separation of duty.
///
/// Users and assignments are those of the directory, and of the policy's own `users`, which are
/// seen and can't be changed here. An assignment that has passed counts as none. Roles, grants,
/// inheritance and sets are the policy's: to change them makes a new policy version, which
/// decides from then on. Sessions are kept here, by an id.
///
/// Who inherits is senior: `senior` has all permissions of `junior`, and whoever holds `senior`
/// is authorized for `junior`. Separation counts roles together with all that they inherit. A
/// role that breaks a rule by itself is refused, as in any policy. Every check is made before
/// anything changes, for the users of all processes where the directory guards that.
///
/// Each change ends the sessions that it takes the ground from: of a user who is gone, or with an
/// active role that the user is not authorized for any more. Other sessions go on.
///
/// Names in results are sorted. All members may be called from any number of threads at once,
/// and are carried out one after the other. Throws std::bad_alloc, and then nothing has changed.
class rbac {
public:
    /// The directory should be the authorizer's own. Both must outlive this. Don't let a
    /// policy_watcher keep the same authorizer: it would bring back the policy of its files.
    ROLECALL_API rbac(authorizer& pdp, editable_users_view users);
    rbac(rbac const&) = delete;
    rbac& operator=(rbac const&) = delete;
    ROLECALL_API ~rbac();

    // ---- Core RBAC: administrative commands -------------------------------------------------

    /// AddUser: a user who has no role. user_exists, invalid_name.
    ROLECALL_API rbac_result add_user(std::string_view user);
    /// DeleteUser: with all assignments and sessions. unknown_user, listed_in_policy.
    ROLECALL_API rbac_result delete_user(std::string_view user);
    /// AddRole: a role without grants and without users: what the directory assigns of a name
    /// that no policy declared is taken away. role_exists, invalid_name.
    ROLECALL_API rbac_result add_role(std::string_view role, std::string_view about = {});
    /// DeleteRole: with its assignments, grants and inheritance, and its place in guardrails, sets
    /// and guarantees. A guardrail, set or guarantee that has it alone goes too, and an exercise
    /// that names it. Sessions in which it is active end.
    /// unknown_role; listed_in_policy where the policy's own users have it; cardinality where a
    /// set would have fewer roles than its cardinality: delete the set first.
    ROLECALL_API rbac_result delete_role(std::string_view role);
    /// AssignUser, until the end of a day if one is given. unknown_user, listed_in_policy,
    /// unknown_role, already_assigned (directly), static_separation.
    ROLECALL_API rbac_result assign_user(std::string_view user, std::string_view role,
                                         std::optional<date> until = std::nullopt);
    /// DeassignUser. unknown_user, listed_in_policy, unknown_role, not_assigned (directly).
    ROLECALL_API rbac_result deassign_user(std::string_view user, std::string_view role);
    /// GrantPermission, without conditions; granted already, it changes nothing.
    /// unknown_object, unknown_operation, unknown_role.
    ROLECALL_API rbac_result grant_permission(std::string_view object, std::string_view operation,
                                              std::string_view role);
    /// RevokePermission: what the role itself grants, with or without conditions; what it
    /// inherits stays. unknown_object, unknown_operation, unknown_role, not_granted,
    /// granted_by_pattern.
    ROLECALL_API rbac_result revoke_permission(std::string_view object, std::string_view operation,
                                               std::string_view role);

    // ---- Core RBAC: supporting system functions ----------------------------------------------

    /// CreateSession with these roles active, of those that the user is authorized for; none is
    /// allowed. unknown_user, unknown_role, session_exists, invalid_name (an empty id),
    /// not_authorized, static_separation, dynamic_separation, unavailable.
    ROLECALL_API rbac_result create_session(std::string_view user, std::string_view session,
                                            role_list active);
    /// DeleteSession. unknown_user, unknown_session, not_owner.
    ROLECALL_API rbac_result delete_session(std::string_view user, std::string_view session);
    /// AddActiveRole. unknown_user, unknown_session, not_owner, unknown_role, already_active
    /// (by itself, not by inheritance), not_authorized, dynamic_separation.
    ROLECALL_API rbac_result add_active_role(std::string_view user, std::string_view session,
                                             std::string_view role);
    /// DropActiveRole. unknown_user, unknown_session, not_owner, unknown_role, not_active.
    ROLECALL_API rbac_result drop_active_role(std::string_view user, std::string_view session,
                                              std::string_view role);
    /// CheckAccess: whether the active roles, closed under inheritance, permit it. It is a
    /// decision: the authorizer's sink is told, and must not call any of these functions.
    /// unknown_session, unknown_operation, unknown_object; whether it is allowed is the answer's
    /// value.
    ROLECALL_API rbac_answer<response> check_access(std::string_view session,
                                                    std::string_view operation,
                                                    std::string_view object,
                                                    context const& with = {});

    // ---- Core RBAC: review -------------------------------------------------------------------

    /// AssignedUsers: directly. unknown_role, unavailable.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> assigned_users(
        std::string_view role) const;
    /// AssignedRoles: directly. unknown_user, unavailable.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> assigned_roles(
        std::string_view user) const;

    // ---- Core RBAC: advanced review ----------------------------------------------------------

    /// RolePermissions: what the role may do when it asks alone, inherited or not. unknown_role.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<permission>> role_permissions(
        std::string_view role) const;
    /// UserPermissions: what the user reaches by choosing which roles are active. unknown_user,
    /// unavailable; static_separation where nothing can be activated.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<permission>> user_permissions(
        std::string_view user) const;
    /// SessionRoles: those that were made active, without what they inherit. unknown_session.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> session_roles(
        std::string_view session) const;
    /// SessionPermissions: what `check_access` permits. unknown_session.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<permission>> session_permissions(
        std::string_view session) const;
    /// RoleOperationsOnObject. unknown_role, unknown_object.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> role_operations_on_object(
        std::string_view role, std::string_view object) const;
    /// UserOperationsOnObject. As `user_permissions`, and unknown_object.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> user_operations_on_object(
        std::string_view user, std::string_view object) const;

    // ---- Hierarchical RBAC -------------------------------------------------------------------

    /// AddInheritance: the senior inherits the junior directly. unknown_role, already_inherited
    /// (directly or not), cycle, limited_hierarchy, static_separation, dynamic_separation.
    ROLECALL_API rbac_result add_inheritance(std::string_view senior, std::string_view junior);
    /// DeleteInheritance: what other ways still lead to stays inherited. unknown_role,
    /// not_inherited (directly).
    ROLECALL_API rbac_result delete_inheritance(std::string_view senior, std::string_view junior);
    /// AddAscendant: a new role `senior` that inherits `junior`. role_exists, invalid_name,
    /// unknown_role.
    ROLECALL_API rbac_result add_ascendant(std::string_view senior, std::string_view junior);
    /// AddDescendant: a new role `junior` that `senior` inherits. role_exists, invalid_name,
    /// unknown_role, limited_hierarchy.
    ROLECALL_API rbac_result add_descendant(std::string_view senior, std::string_view junior);
    /// AuthorizedUsers: who holds the role, directly or by inheritance. unknown_role, unavailable.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> authorized_users(
        std::string_view role) const;
    /// AuthorizedRoles: which the user may activate. unknown_user, unavailable.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> authorized_roles(
        std::string_view user) const;

    // ---- Static separation of duty: `per: person` ----------------------------------------------

    /// CreateSsdSet: nobody may be authorized for `cardinality` or more of the roles: `at-most`
    /// of the policy format is one less. set_exists, invalid_name, unknown_role, cardinality,
    /// static_separation.
    ROLECALL_API rbac_result create_ssd_set(std::string_view set, role_list roles,
                                            std::size_t cardinality);
    /// AddSsdRoleMember. unknown_set, unknown_role, already_member, static_separation.
    ROLECALL_API rbac_result add_ssd_role_member(std::string_view set, std::string_view role);
    /// DeleteSsdRoleMember. unknown_set, unknown_role, not_member, cardinality.
    ROLECALL_API rbac_result delete_ssd_role_member(std::string_view set, std::string_view role);
    /// DeleteSsdSet. unknown_set.
    ROLECALL_API rbac_result delete_ssd_set(std::string_view set);
    /// SetSsdSetCardinality. unknown_set, cardinality, static_separation.
    ROLECALL_API rbac_result set_ssd_set_cardinality(std::string_view set, std::size_t cardinality);
    /// SsdRoleSets: their names.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> ssd_role_sets() const;
    /// SsdRoleSetRoles. unknown_set.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> ssd_role_set_roles(
        std::string_view set) const;
    /// SsdRoleSetCardinality. unknown_set.
    [[nodiscard]] ROLECALL_API rbac_answer<std::size_t> ssd_role_set_cardinality(
        std::string_view set) const;

    // ---- Dynamic separation of duty: `per: session` ---------------------------------------------

    /// CreateDsdSet: no session may have `cardinality` or more of the roles active. As
    /// `create_ssd_set`; dynamic_separation where a session of now would break it.
    ROLECALL_API rbac_result create_dsd_set(std::string_view set, role_list roles,
                                            std::size_t cardinality);
    /// AddDsdRoleMember.
    ROLECALL_API rbac_result add_dsd_role_member(std::string_view set, std::string_view role);
    /// DeleteDsdRoleMember.
    ROLECALL_API rbac_result delete_dsd_role_member(std::string_view set, std::string_view role);
    /// DeleteDsdSet.
    ROLECALL_API rbac_result delete_dsd_set(std::string_view set);
    /// SetDsdSetCardinality.
    ROLECALL_API rbac_result set_dsd_set_cardinality(std::string_view set, std::size_t cardinality);
    /// DsdRoleSets.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> dsd_role_sets() const;
    /// DsdRoleSetRoles.
    [[nodiscard]] ROLECALL_API rbac_answer<std::vector<std::string>> dsd_role_set_roles(
        std::string_view set) const;
    /// DsdRoleSetCardinality.
    [[nodiscard]] ROLECALL_API rbac_answer<std::size_t> dsd_role_set_cardinality(
        std::string_view set) const;

    // ---- Beside the standard
    // ---------------------------------------------------------------------

    /// The ids of all sessions, or of one user.
    [[nodiscard]] ROLECALL_API std::vector<std::string> sessions() const;
    [[nodiscard]] ROLECALL_API std::vector<std::string> sessions_of(std::string_view user) const;

private:
    detail::rbac_state* state_;  // never null
};

}  // namespace rolecall::inline v0_1

#endif
