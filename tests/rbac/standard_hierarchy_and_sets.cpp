#include "rbac/standard.hpp"

#include <utility>

namespace standard {

// ---- Hierarchy -------------------------------------------------------------------------------

rbac_error rbac_model::add_inheritance(name const& senior, name const& junior) {
    changed_policy = false;
    if (!roles.contains(senior) || !roles.contains(junior)) return rbac_error::unknown_role;
    if (inherits_any_depth(senior, junior)) return rbac_error::already_inherited;
    if (senior == junior || inherits_any_depth(junior, senior)) return rbac_error::cycle;
    if (limited_hierarchy && !inherits[senior].empty()) return rbac_error::limited_hierarchy;
    rbac_model changed = *this;
    changed.inherits[senior].insert(junior);
    changed.changed_policy = true;
    return take_if_kept_apart(std::move(changed));
}

rbac_error rbac_model::delete_inheritance(name const& senior, name const& junior) {
    changed_policy = false;
    if (!roles.contains(senior) || !roles.contains(junior)) return rbac_error::unknown_role;
    if (inherits[senior].erase(junior) == 0) return rbac_error::not_inherited;
    end_sessions_without_ground();
    changed_policy = true;
    return rbac_error::none;
}

rbac_error rbac_model::add_ascendant(name const& senior, name const& junior) {
    changed_policy = false;
    if (roles.contains(senior)) return rbac_error::role_exists;
    if (!valid_name(senior)) return rbac_error::invalid_name;
    if (!roles.contains(junior)) return rbac_error::unknown_role;
    if (one_is_spelled_like(roles, senior)) return rbac_error::invalid_policy;
    roles.insert(senior);
    inherits[senior].insert(junior);
    changed_policy = true;
    return rbac_error::none;
}

rbac_error rbac_model::add_descendant(name const& senior, name const& junior) {
    changed_policy = false;
    if (roles.contains(junior)) return rbac_error::role_exists;
    if (!valid_name(junior)) return rbac_error::invalid_name;
    if (!roles.contains(senior)) return rbac_error::unknown_role;
    if (limited_hierarchy && !inherits[senior].empty()) return rbac_error::limited_hierarchy;
    if (one_is_spelled_like(roles, junior)) return rbac_error::invalid_policy;
    roles.insert(junior);
    inherits[senior].insert(junior);
    changed_policy = true;
    return rbac_error::none;
}

// ---- Separation of duty ----------------------------------------------------------------------

rbac_error rbac_model::create_set(bool is_ssd, name const& set, names const& of,
                                  std::size_t cardinality) {
    changed_policy = false;
    if (ssd.contains(set) || dsd.contains(set)) return rbac_error::set_exists;
    if (!valid_name(set)) return rbac_error::invalid_name;
    for (name const& role : of)
        if (!roles.contains(role)) return rbac_error::unknown_role;
    if (cardinality < 2 || cardinality > of.size()) return rbac_error::cardinality;
    rbac_model changed = *this;
    (is_ssd ? changed.ssd : changed.dsd)[set] = {of, cardinality};
    changed.changed_policy = true;
    bool const alike = one_is_spelled_like(set_names(), set);
    rbac_model const before = *this;
    rbac_error const error = take_if_kept_apart(std::move(changed));
    if (error != rbac_error::none || !alike) return error;
    *this = before;
    return rbac_error::invalid_policy;
}

rbac_error rbac_model::add_member(bool is_ssd, name const& set, name const& role) {
    changed_policy = false;
    separated_sets const& sets = is_ssd ? ssd : dsd;
    auto const found = sets.find(set);
    if (found == sets.end()) return rbac_error::unknown_set;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    if (found->second.roles.contains(role)) return rbac_error::already_member;
    rbac_model changed = *this;
    (is_ssd ? changed.ssd : changed.dsd)[set].roles.insert(role);
    changed.changed_policy = true;
    return take_if_kept_apart(std::move(changed));
}

rbac_error rbac_model::delete_member(bool is_ssd, name const& set, name const& role) {
    changed_policy = false;
    separated_sets& sets = is_ssd ? ssd : dsd;
    auto const found = sets.find(set);
    if (found == sets.end()) return rbac_error::unknown_set;
    if (!roles.contains(role)) return rbac_error::unknown_role;
    separated& rule = found->second;
    if (!rule.roles.contains(role)) return rbac_error::not_member;
    if (rule.roles.size() - 1 < rule.cardinality) return rbac_error::cardinality;
    rule.roles.erase(role);
    changed_policy = true;
    return rbac_error::none;
}

rbac_error rbac_model::delete_set(bool is_ssd, name const& set) {
    changed_policy = false;
    if ((is_ssd ? ssd : dsd).erase(set) == 0) return rbac_error::unknown_set;
    changed_policy = true;
    return rbac_error::none;
}

rbac_error rbac_model::set_cardinality(bool is_ssd, name const& set, std::size_t cardinality) {
    changed_policy = false;
    separated_sets const& sets = is_ssd ? ssd : dsd;
    auto const found = sets.find(set);
    if (found == sets.end()) return rbac_error::unknown_set;
    if (cardinality < 2 || cardinality > found->second.roles.size()) return rbac_error::cardinality;
    bool const differs = found->second.cardinality != cardinality;
    rbac_model changed = *this;
    (is_ssd ? changed.ssd : changed.dsd)[set].cardinality = cardinality;
    changed.changed_policy = differs;
    return take_if_kept_apart(std::move(changed));
}

rbac_error rbac_model::create_ssd_set(name const& set, names const& of, std::size_t cardinality) {
    return create_set(true, set, of, cardinality);
}
rbac_error rbac_model::add_ssd_role_member(name const& set, name const& role) {
    return add_member(true, set, role);
}
rbac_error rbac_model::delete_ssd_role_member(name const& set, name const& role) {
    return delete_member(true, set, role);
}
rbac_error rbac_model::delete_ssd_set(name const& set) { return delete_set(true, set); }
rbac_error rbac_model::set_ssd_set_cardinality(name const& set, std::size_t cardinality) {
    return set_cardinality(true, set, cardinality);
}
rbac_error rbac_model::create_dsd_set(name const& set, names const& of, std::size_t cardinality) {
    return create_set(false, set, of, cardinality);
}
rbac_error rbac_model::add_dsd_role_member(name const& set, name const& role) {
    return add_member(false, set, role);
}
rbac_error rbac_model::delete_dsd_role_member(name const& set, name const& role) {
    return delete_member(false, set, role);
}
rbac_error rbac_model::delete_dsd_set(name const& set) { return delete_set(false, set); }
rbac_error rbac_model::set_dsd_set_cardinality(name const& set, std::size_t cardinality) {
    return set_cardinality(false, set, cardinality);
}

names rbac_model::set_names() const {
    names found;
    for (auto const* sets : {&ssd, &dsd})
        for (auto const& [set, rule] : *sets) found.insert(set);
    return found;
}

// ---- Review ----------------------------------------------------------------------------------

names rbac_model::assigned_users(name const& role) const {
    names found;
    for (auto const& [user, held] : assigned)
        if (held.contains(role)) found.insert(user);
    return found;
}

names rbac_model::authorized_users(name const& role) const {
    names found;
    for (auto const& [user, held] : assigned)
        if (closure(held).contains(role)) found.insert(user);
    return found;
}

names rbac_model::authorized_roles(name const& user) const {
    auto const found = assigned.find(user);
    return found == assigned.end() ? names{} : closure(found->second);
}

names rbac_model::sessions_of(name const& user) const {
    names found;
    for (auto const& [id, one] : sessions)
        if (one.user == user) found.insert(id);
    return found;
}

}  // namespace standard
