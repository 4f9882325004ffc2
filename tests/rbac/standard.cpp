#include "rbac/standard.hpp"

#include <algorithm>

namespace standard {

namespace {

name spelled_alike(name text) {
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
}

// `[a-z0-9]+([-_][a-z0-9]+)*`, at most 128 bytes, and not reserved.
bool is_joint(char c) { return c == '-' || c == '_'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool valid_name(name const& text) {
    if (text.empty() || text.size() > 128 || is_joint(text.front()) || is_joint(text.back()))
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!is_letter(text[i]) && (!is_joint(text[i]) || is_joint(text[i - 1]))) return false;
    return !names{"all", "any", "always", "everyone"}.contains(text);
}

// As far as the sequences go: they use ASCII.
bool valid_user(name const& text) {
    return !text.empty() && text.size() <= 256 &&
           std::none_of(text.begin(), text.end(), [](char c) { return c < ' ' || c == 127; });
}

bool one_is_spelled_like(names const& some, name const& text) {
    return std::any_of(some.begin(), some.end(),
                       [&](name const& one) { return spelled_alike(one) == spelled_alike(text); });
}

// ---- What follows from the state -------------------------------------------------------------

names rbac_model::closure(name const& role) const {
    names found{role};
    auto const below = inherits.find(role);
    if (below != inherits.end())
        for (name const& junior : below->second) found.merge(closure(junior));
    return found;
}

names rbac_model::closure(names const& some) const {
    names found;
    for (name const& role : some) found.merge(closure(role));
    return found;
}

bool rbac_model::inherits_any_depth(name const& senior, name const& junior) const {
    return senior != junior && closure(senior).contains(junior);
}

permissions rbac_model::permissions_of(names const& some) const {
    permissions found;
    for (name const& role : closure(some)) {
        auto const own = granted.find(role);
        if (own != granted.end()) found.insert(own->second.begin(), own->second.end());
    }
    return found;
}

names rbac_model::broken(separated_sets const& sets, names const& held) const {
    names const all = closure(held);
    names found;
    for (auto const& [set, rule] : sets) {
        std::size_t count = 0;
        for (name const& role : rule.roles) count += all.contains(role) ? 1U : 0U;
        if (count >= rule.cardinality) found.insert(set);
    }
    return found;
}

std::vector<breach> rbac_model::all_breaches(bool of_ssd) const {
    separated_sets const& sets = of_ssd ? ssd : dsd;
    std::vector<breach> found;
    auto const look_at = [&](name const& whose, names const& held) {
        names broken_sets = broken(sets, held);
        if (!broken_sets.empty()) found.push_back({whose, held, std::move(broken_sets)});
    };
    for (name const& role : roles) look_at(role, {role});
    if (of_ssd)
        for (auto const& [user, held] : assigned) look_at(user, held);
    else
        for (auto const& [id, one] : sessions) look_at(id, one.active);
    return found;
}

bool rbac_model::broken_by_a_role(separated_sets const& sets) const {
    return std::any_of(roles.begin(), roles.end(),
                       [&](name const& role) { return !broken(sets, {role}).empty(); });
}

std::string rbac_model::impossible() const {
    for (auto const& [user, held] : assigned)
        if (!broken(ssd, held).empty()) return user + " breaks a static separation";
    for (auto const& [id, one] : sessions) {
        if (!broken(dsd, one.active).empty()) return id + " breaks a dynamic separation";
        names const authorized = authorized_roles(one.user);
        for (name const& role : one.active)
            if (!authorized.contains(role)) return id + " has a role that is not authorized";
    }
    return broken_by_a_role(ssd) || broken_by_a_role(dsd) ? "a role breaks a separation" : "";
}

rbac_error rbac_model::take_if_kept_apart(rbac_model changed) {
    for (bool const of_ssd : {true, false}) {
        breaches = changed.all_breaches(of_ssd);
        if (breaches.empty()) continue;
        changed.refused.reset();
        refused = std::make_shared<rbac_model const>(std::move(changed));
        return of_ssd ? rbac_error::static_separation : rbac_error::dynamic_separation;
    }
    changed.refused.reset();
    *this = std::move(changed);
    return rbac_error::none;
}

bool rbac_model::expired(name const& user) const {
    return assigned.at(user).empty() &&
           std::any_of(passed.begin(), passed.end(),
                       [&](auto const& entry) { return entry.first == user; });
}

void rbac_model::end_sessions_without_ground() {
    std::erase_if(sessions, [&](auto const& entry) {
        session const& one = entry.second;
        if (!users.contains(one.user) || expired(one.user)) return true;
        names const authorized = authorized_roles(one.user);
        return !std::includes(authorized.begin(), authorized.end(), one.active.begin(),
                              one.active.end());
    });
}

// ---- Core: administrative commands -----------------------------------------------------------

rbac_error rbac_model::add_user(name const& user) {
    changed_policy = false;
    if (users.contains(user)) return rbac_error::user_exists;
    if (!valid_user(user)) return rbac_error::invalid_name;
    users.insert(user);
    assigned[user];
    return rbac_error::none;
}

rbac_error rbac_model::delete_user(name const& user) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    users.erase(user);
    assigned.erase(user);
    std::erase_if(last_day, [&](auto const& entry) { return entry.first.first == user; });
    std::erase_if(passed, [&](auto const& entry) { return entry.first == user; });
    end_sessions_without_ground();
    return rbac_error::none;
}

rbac_error rbac_model::add_role(name const& role) {
    changed_policy = false;
    if (roles.contains(role)) return rbac_error::role_exists;
    if (!valid_name(role)) return rbac_error::invalid_name;
    if (one_is_spelled_like(roles, role)) return rbac_error::invalid_policy;
    roles.insert(role);
    changed_policy = true;
    return rbac_error::none;
}

void rbac_model::forget_role(name const& role) {
    roles.erase(role);
    granted.erase(role);
    inherits.erase(role);
    for (auto& [senior, juniors] : inherits) juniors.erase(role);
    for (auto& [user, held] : assigned) held.erase(role);
    std::erase_if(last_day, [&](auto const& entry) { return entry.first.second == role; });
    std::erase_if(passed, [&](auto const& entry) { return entry.second == role; });
    for (auto* sets : {&ssd, &dsd})
        for (auto& [set, rule] : *sets) rule.roles.erase(role);
}

rbac_error rbac_model::delete_role(name const& role) {
    changed_policy = false;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    for (auto* sets : {&ssd, &dsd})
        for (auto const& [set, rule] : *sets)
            if (rule.roles.contains(role) && rule.roles.size() - 1 < rule.cardinality)
                return rbac_error::cardinality;
    forget_role(role);
    end_sessions_without_ground();
    changed_policy = true;
    return rbac_error::none;
}

rbac_error rbac_model::assign_user(name const& user, name const& role, std::optional<int> until) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    if (assigned[user].contains(role)) return rbac_error::already_assigned;
    if (until && *until < today) {
        passed.insert({user, role});
        end_sessions_without_ground();
        return rbac_error::none;
    }
    rbac_model changed = *this;
    changed.assigned[user].insert(role);
    changed.passed.erase({user, role});
    if (until) changed.last_day[{user, role}] = *until;
    return take_if_kept_apart(std::move(changed));
}

void rbac_model::tick() {
    changed_policy = false;
    ++today;
    std::erase_if(last_day, [&](auto const& entry) {
        auto const& [user, role] = entry.first;
        if (entry.second >= today) return false;
        assigned[user].erase(role);
        passed.insert(entry.first);
        return true;
    });
    end_sessions_without_ground();
}

rbac_error rbac_model::deassign_user(name const& user, name const& role) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    if (!assigned[user].contains(role)) return rbac_error::not_assigned;
    assigned[user].erase(role);
    last_day.erase({user, role});
    end_sessions_without_ground();
    return rbac_error::none;
}

rbac_error rbac_model::grant_permission(name const& object, name const& operation,
                                        name const& role) {
    changed_policy = false;
    if (!objects.contains(object)) return rbac_error::unknown_object;
    if (!operations.contains(operation)) return rbac_error::unknown_operation;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    changed_policy = granted[role].insert({operation, object}).second;
    return rbac_error::none;
}

rbac_error rbac_model::revoke_permission(name const& object, name const& operation,
                                         name const& role) {
    changed_policy = false;
    if (!objects.contains(object)) return rbac_error::unknown_object;
    if (!operations.contains(operation)) return rbac_error::unknown_operation;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    if (granted[role].erase({operation, object}) == 0) return rbac_error::not_granted;
    changed_policy = true;
    return rbac_error::none;
}

// ---- Core: supporting system functions -------------------------------------------------------

rbac_error rbac_model::create_session(name const& user, name const& id, names const& active) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    for (name const& role : active)
        if (!roles.contains(role)) return rbac_error::unknown_role;
    if (sessions.contains(id)) return rbac_error::session_exists;
    if (id.empty()) return rbac_error::invalid_name;
    names const authorized = authorized_roles(user);
    for (name const& role : active)
        if (!authorized.contains(role)) return rbac_error::not_authorized;
    if (expired(user)) return rbac_error::not_authorized;
    rbac_model changed = *this;
    changed.sessions[id] = {user, active};
    return take_if_kept_apart(std::move(changed));
}

rbac_error rbac_model::delete_session(name const& user, name const& id) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    auto const found = sessions.find(id);
    if (found == sessions.end()) return rbac_error::unknown_session;
    if (found->second.user != user) return rbac_error::not_owner;
    sessions.erase(found);
    return rbac_error::none;
}

rbac_error rbac_model::add_active_role(name const& user, name const& id, name const& role) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    auto const found = sessions.find(id);
    if (found == sessions.end()) return rbac_error::unknown_session;
    if (found->second.user != user) return rbac_error::not_owner;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    if (found->second.active.contains(role)) return rbac_error::already_active;
    if (!authorized_roles(user).contains(role)) return rbac_error::not_authorized;
    rbac_model changed = *this;
    changed.sessions[id].active.insert(role);
    return take_if_kept_apart(std::move(changed));
}

rbac_error rbac_model::drop_active_role(name const& user, name const& id, name const& role) {
    changed_policy = false;
    if (!users.contains(user)) return rbac_error::unknown_user;
    auto const found = sessions.find(id);
    if (found == sessions.end()) return rbac_error::unknown_session;
    if (found->second.user != user) return rbac_error::not_owner;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    if (found->second.active.erase(role) == 0) return rbac_error::not_active;
    return rbac_error::none;
}

rbac_error rbac_model::check_access(name const& id, name const& operation, name const& object,
                                    bool& allowed) const {
    auto const found = sessions.find(id);
    if (found == sessions.end()) return rbac_error::unknown_session;
    if (!operations.contains(operation)) return rbac_error::unknown_operation;
    if (!objects.contains(object)) return rbac_error::unknown_object;
    allowed = permissions_of(found->second.active).contains({operation, object});
    return rbac_error::none;
}

}  // namespace standard
