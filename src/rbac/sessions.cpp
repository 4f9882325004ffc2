// Supporting system functions: sessions, their active roles, and access.
#include "rbac/rbac_state.hpp"
#include "rbac/role_closure.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using rbac_functions::failure;
using rbac_functions::kept_session;
using rbac_functions::name_set;
using rbac_functions::person;
using rbac_functions::role_closure;
using rbac_functions::success;

rbac::rbac(authorizer& pdp, editable_users_view users)
    : state_(new detail::rbac_state(pdp, users)) {}

rbac::~rbac() { delete state_; }

namespace {

std::vector<std::string> active_roles(live_session const& of) {
    std::vector<std::string> names;
    for (role_ref const role : of.snapshot().active_roles())
        names.emplace_back(of.snapshot().of().name(role));
    return names;
}

// Why these roles may not be active together for somebody who holds those.
rbac_result refused(policy const& by, std::string_view user, std::string_view session,
                    std::vector<std::string> const& held, std::vector<std::string> const& active) {
    if (auto violations = person_violations(by, held); !violations.empty()) {
        std::string text = violations.front().sentence;
        return failure(rbac_error::static_separation, std::move(text), user, std::move(violations));
    }
    auto violations = session_violations(by, active);
    std::string text = violations.empty() ? std::string() : violations.front().sentence;
    return failure(rbac_error::dynamic_separation, std::move(text), session, std::move(violations));
}

// The role that the user may not activate, if there is one.
std::optional<std::string> not_authorized(policy const& by, std::vector<std::string> const& held,
                                          std::vector<std::string> const& active) {
    name_set const authorized = role_closure(by.source()).of_all(held);
    for (std::string const& role : active)
        if (!authorized.contains(role)) return role;
    return std::nullopt;
}

// What opening or changing a session came to, beyond what was looked at before.
rbac_result result_of(reason why, policy const& by, person const& who, std::string_view user,
                      std::string_view session, std::vector<std::string> const& active) {
    switch (why) {
        case reason::granted: return success();
        case reason::separation: return refused(by, user, session, who.roles, active);
        case reason::unknown_name:
            return failure(rbac_error::unknown_role,
                           who.unknown.empty() ? std::string_view{} : who.unknown.front());
        case reason::expired:
        case reason::not_assigned: return failure(rbac_error::not_authorized, user);
        default: return failure(rbac_error::unavailable);
    }
}

}  // namespace

rbac_result rbac::create_session(std::string_view user, std::string_view session,
                                 role_list active) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    person const who = state_->find_person(by, user);
    if (who.unavailable) return failure(rbac_error::unavailable);
    if (!who.known()) return failure(rbac_error::unknown_user, user);

    std::vector<std::string> names;
    auto const add = [&](std::string_view name) {  // a role named twice is active once
        if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    };
    active.visit(add, [&](role_ref role) { add(by.name(role)); });
    for (std::string const& name : names)
        if (!by.role(name)) return failure(rbac_error::unknown_role, name);
    if (state_->find_session(session) != nullptr)
        return failure(rbac_error::session_exists, session);
    if (session.empty()) return failure(rbac_error::invalid_name, session);
    if (auto const role = not_authorized(by, who.roles, names))
        return failure(rbac_error::not_authorized, *role);

    live_activation made = state_->pdp.session(user, names);
    if (!made) return result_of(made.why(), by, who, user, session, names);
    state_->sessions.emplace(std::string(session),
                             kept_session{std::string(user), std::move(made).value()});
    return success();
}

rbac_result rbac::delete_session(std::string_view user, std::string_view session) {
    std::scoped_lock const hold(state_->lock);
    rbac_result result = state_->check_session(state_->pdp.current(), user, session);
    if (result) state_->sessions.erase(state_->sessions.find(session));
    return result;
}

rbac_result rbac::add_active_role(std::string_view user, std::string_view session,
                                  std::string_view role) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = state_->check_session(by, user, session); !may) return may;
    if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    live_session& live = state_->find_session(session)->live;
    std::vector<std::string> active = active_roles(live);
    if (std::find(active.begin(), active.end(), role) != active.end())
        return failure(rbac_error::already_active, role);
    person const who = state_->find_person(by, user);
    if (who.unavailable) return failure(rbac_error::unavailable);
    active.emplace_back(role);
    if (not_authorized(by, who.roles, {active.back()}))
        return failure(rbac_error::not_authorized, role);
    return result_of(live.add_active_role(role), by, who, user, session, active);
}

rbac_result rbac::drop_active_role(std::string_view user, std::string_view session,
                                   std::string_view role) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = state_->check_session(by, user, session); !may) return may;
    if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    live_session& live = state_->find_session(session)->live;
    std::vector<std::string> active = active_roles(live);
    if (std::find(active.begin(), active.end(), role) == active.end())
        return failure(rbac_error::not_active, role);
    std::erase(active, role);
    return result_of(live.drop_active_role(role), by, state_->find_person(by, user), user, session,
                     active);
}

rbac_answer<response> rbac::check_access(std::string_view session, std::string_view operation,
                                         std::string_view object, context const& with) {
    std::scoped_lock const hold(state_->lock);
    kept_session const* const found = state_->find_session(session);
    if (found == nullptr) return {failure(rbac_error::unknown_session, session), {}};
    auto const what = state_->pdp.action(operation);
    if (!what) return {failure(rbac_error::unknown_operation, operation), {}};
    auto const on = state_->pdp.category(object);
    if (!on) return {failure(rbac_error::unknown_object, object), {}};
    response const answer = state_->pdp.decide(found->live, *what, *on, with);
    if (answer.reason == reason::unavailable) return {failure(rbac_error::unavailable), {}};
    return {success(), answer};
}

rbac_answer<std::vector<std::string>> rbac::session_roles(std::string_view session) const {
    std::scoped_lock const hold(state_->lock);
    kept_session const* const found = state_->find_session(session);
    if (found == nullptr) return {failure(rbac_error::unknown_session, session), {}};
    return {success(), active_roles(found->live)};
}

std::vector<std::string> rbac::sessions() const {
    std::scoped_lock const hold(state_->lock);
    state_->settle_sessions();
    std::vector<std::string> result;
    for (auto const& [id, session] : state_->sessions) result.push_back(id);
    return result;
}

std::vector<std::string> rbac::sessions_of(std::string_view user) const {
    std::scoped_lock const hold(state_->lock);
    state_->settle_sessions();
    std::vector<std::string> result;
    for (auto const& [id, session] : state_->sessions)
        if (session.user == user) result.push_back(id);
    return result;
}

}  // namespace rolecall::inline v0_1
