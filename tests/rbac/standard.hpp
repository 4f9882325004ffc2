// The RBAC standard, INCITS 359-2012, as we read it: sets and maps, every function with its
// pre-conditions, and no cleverness. The library has to say and to do the same.
//
// Written from the standard's definitions and from what include/rolecall/rbac.hpp promises, and
// never from the library's sources. Names are the standard's sets: USERS, ROLES, UA (who is
// assigned to which role), PA (which role is granted which operation on which object), the
// immediate inheritance, SESSIONS, SSD and DSD.
//
// Which error comes first is the order in which rbac.hpp lists them. Where it leaves a choice:
//   - A function that makes something by a name looks at the name before anything else, and says
//     that the thing exists rather than that its name is none. `create_session` is as listed:
//     unknown_user, unknown_role, session_exists, invalid_name, not_authorized, and so on.
//   - `user_operations_on_object` says unknown_user, then unknown_object.
//   - invalid_policy is said last: here only of a role or set whose name differs from another's
//     of its kind in `-` and `_` alone.
//   - Sets of both kinds share their names, as the policy's `separation` does: `create_dsd_set`
//     says set_exists of an SSD set's name. To the other functions of one kind, a set of the
//     other kind is unknown.
//   - A role that a list names twice counts once; so `cardinality` counts different roles.
//   - A role is not its own descendant: to inherit itself is a cycle. Roles that would inherit
//     each other are a cycle, also where the hierarchy is limited.
//   - `static_separation` comes before `dynamic_separation`, where a change would break both: also
//     where a role does so by itself.
//   - A success that changes nothing (a grant that is there, the cardinality that a set has)
//     makes no policy version.
//   - `check_access` with an error is no decision: the sink hears nothing.
//   - An assignment counts as none from the day after its last one; one whose last day has passed
//     when it is made never counts. Sessions that lived on it end when they
//     are looked at next, on that day or later: here at once.
//   - Who has assignments, all of which have passed, is expired, as in any policy: may have no
//     session, not even one without roles.
#ifndef ROLECALL_TESTS_RBAC_STANDARD_HPP
#define ROLECALL_TESTS_RBAC_STANDARD_HPP

#include <rolecall/rbac.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace standard {

using rolecall::rbac_error;
using name = std::string;
using names = std::set<name>;
using operation_on_object = std::pair<name, name>;
using permissions = std::set<operation_on_object>;

/// A set of roles kept apart: nobody, or no session, may have `cardinality` or more of them.
struct separated {
    names roles;
    std::size_t cardinality = 2;
};
using separated_sets = std::map<name, separated>;

struct session {
    name user;
    names active;  ///< as they were made active, without what they inherit
};

/// Who would break which sets, and by which roles.
struct breach {
    name whose;  ///< a user, a session, or a role
    names roles;
    names sets;
};

/// Whether a text can be a user's id; or the name of a role or a set.
bool valid_user(name const& text);
bool valid_name(name const& text);

/// Whether a name differs from one of these in `-` against `_` alone, or not at all.
bool one_is_spelled_like(names const& some, name const& text);

class rbac_model {
public:
    // The state is open to whoever sets one up or compares.
    names operations, objects;
    bool limited_hierarchy = false;
    names users, roles;
    std::map<name, names> assigned;  ///< UA: the roles of a user, without what has passed
    std::map<std::pair<name, name>, int> last_day;  ///< of a user's role, if it has one
    std::set<std::pair<name, name>> passed;         ///< what a user was assigned, and has no more
    int today = 0;
    std::map<name, permissions> granted;  ///< PA: of a role itself
    std::map<name, names> inherits;       ///< the immediate descendants of a role
    std::map<name, session> sessions;
    separated_sets ssd, dsd;

    /// Whether the last command changed roles, grants, inheritance or sets.
    bool changed_policy = false;
    /// Of the last command that was refused for a separation: everybody who would break it.
    std::vector<breach> breaches;
    /// And the state that was refused.
    std::shared_ptr<rbac_model const> refused;

    // ---- What follows from the state ---------------------------------------------------------

    /// A role with all that it inherits, at any depth.
    [[nodiscard]] names closure(name const& role) const;
    [[nodiscard]] names closure(names const& some) const;
    [[nodiscard]] bool inherits_any_depth(name const& senior, name const& junior) const;
    [[nodiscard]] permissions permissions_of(names const& some) const;
    /// The sets, of these, that somebody would break who has these roles.
    [[nodiscard]] names broken(separated_sets const& sets, names const& held) const;
    [[nodiscard]] bool broken_by_a_role(separated_sets const& sets) const;

    // ---- Core: administrative commands -------------------------------------------------------

    rbac_error add_user(name const& user);
    rbac_error delete_user(name const& user);
    rbac_error add_role(name const& role);
    rbac_error delete_role(name const& role);
    rbac_error assign_user(name const& user, name const& role, std::optional<int> until = {});
    rbac_error deassign_user(name const& user, name const& role);
    rbac_error grant_permission(name const& object, name const& operation, name const& role);
    rbac_error revoke_permission(name const& object, name const& operation, name const& role);

    /// The next day begins.
    void tick();

    // ---- Core: supporting system functions ---------------------------------------------------

    rbac_error create_session(name const& user, name const& id, names const& active);
    rbac_error delete_session(name const& user, name const& id);
    rbac_error add_active_role(name const& user, name const& id, name const& role);
    rbac_error drop_active_role(name const& user, name const& id, name const& role);
    rbac_error check_access(name const& id, name const& operation, name const& object,
                            bool& allowed) const;

    // ---- Hierarchy ---------------------------------------------------------------------------

    rbac_error add_inheritance(name const& senior, name const& junior);
    rbac_error delete_inheritance(name const& senior, name const& junior);
    rbac_error add_ascendant(name const& senior, name const& junior);
    rbac_error add_descendant(name const& senior, name const& junior);

    // ---- Separation of duty ------------------------------------------------------------------

    rbac_error create_ssd_set(name const& set, names const& of, std::size_t cardinality);
    rbac_error add_ssd_role_member(name const& set, name const& role);
    rbac_error delete_ssd_role_member(name const& set, name const& role);
    rbac_error delete_ssd_set(name const& set);
    rbac_error set_ssd_set_cardinality(name const& set, std::size_t cardinality);

    rbac_error create_dsd_set(name const& set, names const& of, std::size_t cardinality);
    rbac_error add_dsd_role_member(name const& set, name const& role);
    rbac_error delete_dsd_role_member(name const& set, name const& role);
    rbac_error delete_dsd_set(name const& set);
    rbac_error set_dsd_set_cardinality(name const& set, std::size_t cardinality);

    // ---- Review: the users, roles, sessions and sets named are there --------------------------

    [[nodiscard]] names assigned_users(name const& role) const;
    [[nodiscard]] names authorized_users(name const& role) const;
    [[nodiscard]] names authorized_roles(name const& user) const;
    [[nodiscard]] names sessions_of(name const& user) const;
    [[nodiscard]] names set_names() const;  ///< of both kinds

    /// What can't be true of any state; empty where all is well.
    [[nodiscard]] std::string impossible() const;

private:
    // A copy with the change made. Refused where a separation would be broken in it; else taken.
    rbac_error take_if_kept_apart(rbac_model changed);
    // Everybody who breaks sets: users and roles of SSD, sessions and roles of DSD.
    [[nodiscard]] std::vector<breach> all_breaches(bool of_ssd) const;
    [[nodiscard]] bool expired(name const& user) const;
    void end_sessions_without_ground();
    void forget_role(name const& role);

    rbac_error create_set(bool is_ssd, name const& set, names const& of, std::size_t cardinality);
    rbac_error add_member(bool is_ssd, name const& set, name const& role);
    rbac_error delete_member(bool is_ssd, name const& set, name const& role);
    rbac_error delete_set(bool is_ssd, name const& set);
    rbac_error set_cardinality(bool is_ssd, name const& set, std::size_t cardinality);
};

}  // namespace standard

#endif
