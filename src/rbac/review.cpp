// Review and advanced review functions: who has which role, and what it permits.
#include "rbac/rbac_state.hpp"
#include "rbac/role_closure.hpp"
#include <rolecall/lists.hpp>

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using rbac_functions::contains;
using rbac_functions::failure;
using rbac_functions::kept_session;
using rbac_functions::person;
using rbac_functions::role_closure;
using rbac_functions::success;

namespace {

using names = std::vector<std::string>;
using permissions = std::vector<permission>;

rbac_answer<permissions> permissions_of(what_can_result const& listed) {
    rbac_answer<permissions> result{success(), {}};
    for (held_right const& right : listed.rights)
        result.value.push_back({right.action, right.category, !right.always()});
    std::sort(result.value.begin(), result.value.end());
    return result;
}

// Those on one object.
rbac_answer<names> operations_on(rbac_answer<permissions> const& of, std::string_view object) {
    rbac_result const& how = of;
    rbac_answer<names> result{how, {}};
    for (permission const& p : of.value)
        if (p.object == object) result.value.push_back(p.operation);
    return result;
}

rbac_answer<permissions> permissions_of_role(policy const& by, std::string_view role) {
    if (!by.role(role)) return {failure(rbac_error::unknown_role, role), {}};
    return permissions_of(what_can(by, {role}));
}

rbac_answer<permissions> permissions_of_user(detail::rbac_state const& state, policy const& by,
                                             std::string_view user) {
    users_view const& users = state.users;
    what_can_result const listed = what_can_user(by, users, user, state.pdp.today());
    if (listed || listed.why == reason::expired) return permissions_of(listed);
    person const who = state.find_person(by, user);
    if (!who.known() && !who.unavailable) return {failure(rbac_error::unknown_user, user), {}};
    if (listed.why == reason::separation) {
        auto violations = person_violations(by, who.roles);
        std::string text = violations.empty() ? std::string() : violations.front().sentence;
        return {
            failure(rbac_error::static_separation, std::move(text), user, std::move(violations)),
            {}};
    }
    return {failure(rbac_error::unavailable), {}};
}

// A user's roles: those assigned, or with all that they inherit.
rbac_answer<names> roles_of(detail::rbac_state const& state, std::string_view user,
                            bool inherited_too) {
    policy const by = state.pdp.current();
    person who = state.find_person(by, user);
    if (who.unavailable) return {failure(rbac_error::unavailable), {}};
    if (!who.known()) return {failure(rbac_error::unknown_user, user), {}};
    if (!inherited_too) return {success(), std::move(who.roles)};
    auto const all = role_closure(by.source()).of_all(who.roles);
    return {success(), {all.begin(), all.end()}};
}

// Who has one of these roles.
rbac_answer<names> users_of(detail::rbac_state const& state, std::string_view role,
                            bool inherited_too) {
    policy const by = state.pdp.current();
    if (!by.role(role)) return {failure(rbac_error::unknown_role, role), {}};
    role_closure const closure(by.source());
    names wanted{std::string(role)};
    if (inherited_too)
        for (written_role const& other : by.source().roles)
            if (other.name.text != role && closure.of(other.name.text).contains(role))
                wanted.push_back(other.name.text);
    rbac_answer<names> result{success(), {}};
    bool const listed = state.for_each_person(by, [&](std::string_view id, person const& who) {
        if (std::any_of(who.roles.begin(), who.roles.end(),
                        [&](std::string const& r) { return contains(wanted, r); }))
            result.value.emplace_back(id);
    });
    if (!listed) return {failure(rbac_error::unavailable), {}};
    std::sort(result.value.begin(), result.value.end());
    return result;
}

}  // namespace

rbac_answer<names> rbac::assigned_users(std::string_view role) const {
    std::scoped_lock const hold(state_->lock);
    return users_of(*state_, role, false);
}

rbac_answer<names> rbac::authorized_users(std::string_view role) const {
    std::scoped_lock const hold(state_->lock);
    return users_of(*state_, role, true);
}

rbac_answer<names> rbac::assigned_roles(std::string_view user) const {
    std::scoped_lock const hold(state_->lock);
    return roles_of(*state_, user, false);
}

rbac_answer<names> rbac::authorized_roles(std::string_view user) const {
    std::scoped_lock const hold(state_->lock);
    return roles_of(*state_, user, true);
}

rbac_answer<permissions> rbac::role_permissions(std::string_view role) const {
    return permissions_of_role(state_->pdp.current(), role);
}

rbac_answer<permissions> rbac::user_permissions(std::string_view user) const {
    std::scoped_lock const hold(state_->lock);
    return permissions_of_user(*state_, state_->pdp.current(), user);
}

rbac_answer<permissions> rbac::session_permissions(std::string_view session) const {
    std::scoped_lock const hold(state_->lock);
    kept_session const* const found = state_->find_session(session);
    if (found == nullptr) return {failure(rbac_error::unknown_session, session), {}};
    if (found->live.stale()) return {failure(rbac_error::unavailable), {}};
    return permissions_of(what_can(found->live.snapshot()));
}

rbac_answer<names> rbac::role_operations_on_object(std::string_view role,
                                                   std::string_view object) const {
    policy const by = state_->pdp.current();
    auto const all = permissions_of_role(by, role);
    if (all && !by.category(object)) return {failure(rbac_error::unknown_object, object), {}};
    return operations_on(all, object);
}

rbac_answer<names> rbac::user_operations_on_object(std::string_view user,
                                                   std::string_view object) const {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    auto const all = permissions_of_user(*state_, by, user);
    if (all && !by.category(object)) return {failure(rbac_error::unknown_object, object), {}};
    return operations_on(all, object);
}

}  // namespace rolecall::inline v0_1
