#include "rbac/step.hpp"

#include <array>
#include <cstdlib>
#include <utility>

namespace standard {

std::string_view to_string(call what) {
    constexpr std::array<std::string_view, calls> words{
        "add_user",
        "delete_user",
        "add_role",
        "delete_role",
        "assign_user",
        "deassign_user",
        "grant_permission",
        "revoke_permission",
        "create_session",
        "delete_session",
        "add_active_role",
        "drop_active_role",
        "check_access",
        "add_inheritance",
        "delete_inheritance",
        "add_ascendant",
        "add_descendant",
        "create_ssd_set",
        "add_ssd_role_member",
        "delete_ssd_role_member",
        "delete_ssd_set",
        "set_ssd_set_cardinality",
        "create_dsd_set",
        "add_dsd_role_member",
        "delete_dsd_role_member",
        "delete_dsd_set",
        "set_dsd_set_cardinality",
        "tick",
    };
    return words.at(static_cast<std::size_t>(what));
}

namespace {

std::string quoted(std::string const& text) {
    std::string result = "\"";
    for (char const c : text) {
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result + '"';
}

std::string quoted(std::vector<std::string> const& list) {
    std::string result = "{";
    for (std::string const& one : list) result += (result.size() > 1 ? ", " : "") + quoted(one);
    return result + '}';
}

std::string arguments(step const& s) {
    switch (s.what) {
        case call::add_user:
        case call::delete_user: return quoted(s.user);
        case call::add_role:
        case call::delete_role: return quoted(s.role);
        case call::assign_user:
        case call::deassign_user:
            return quoted(s.user) + ", " + quoted(s.role) +
                   (s.until ? ", day(" + std::to_string(*s.until) + ")" : "");
        case call::grant_permission:
        case call::revoke_permission:
            return quoted(s.object) + ", " + quoted(s.operation) + ", " + quoted(s.role);
        case call::create_session:
            return quoted(s.user) + ", " + quoted(s.session) + ", " + quoted(s.roles);
        case call::delete_session: return quoted(s.user) + ", " + quoted(s.session);
        case call::add_active_role:
        case call::drop_active_role:
            return quoted(s.user) + ", " + quoted(s.session) + ", " + quoted(s.role);
        case call::check_access:
            return quoted(s.session) + ", " + quoted(s.operation) + ", " + quoted(s.object);
        case call::add_inheritance:
        case call::delete_inheritance:
        case call::add_ascendant:
        case call::add_descendant: return quoted(s.role) + ", " + quoted(s.junior);
        case call::create_ssd_set:
        case call::create_dsd_set:
            return quoted(s.set) + ", " + quoted(s.roles) + ", " + std::to_string(s.cardinality);
        case call::add_ssd_role_member:
        case call::add_dsd_role_member:
        case call::delete_ssd_role_member:
        case call::delete_dsd_role_member: return quoted(s.set) + ", " + quoted(s.role);
        case call::delete_ssd_set:
        case call::delete_dsd_set: return quoted(s.set);
        case call::set_ssd_set_cardinality:
        case call::set_dsd_set_cardinality:
            return quoted(s.set) + ", " + std::to_string(s.cardinality);
        case call::tick: break;
    }
    std::abort();
}

}  // namespace

rolecall::date day(int number) {
    return rolecall::date::from_days(rolecall::date::parse("2027-01-10")->days() + number);
}

std::string to_text(step const& one) {
    if (one.what == call::tick) return "pdp.tick(the next day); office.sessions();";
    return "office." + std::string(to_string(one.what)) + "(" + arguments(one) + ");";
}

answer carry_out(step const& s, rbac_model& on) {
    names const list(s.roles.begin(), s.roles.end());
    switch (s.what) {
        case call::add_user: return {on.add_user(s.user)};
        case call::delete_user: return {on.delete_user(s.user)};
        case call::add_role: return {on.add_role(s.role)};
        case call::delete_role: return {on.delete_role(s.role)};
        case call::assign_user: return {on.assign_user(s.user, s.role, s.until)};
        case call::deassign_user: return {on.deassign_user(s.user, s.role)};
        case call::grant_permission: return {on.grant_permission(s.object, s.operation, s.role)};
        case call::revoke_permission: return {on.revoke_permission(s.object, s.operation, s.role)};
        case call::create_session: return {on.create_session(s.user, s.session, list)};
        case call::delete_session: return {on.delete_session(s.user, s.session)};
        case call::add_active_role: return {on.add_active_role(s.user, s.session, s.role)};
        case call::drop_active_role: return {on.drop_active_role(s.user, s.session, s.role)};
        case call::check_access: {
            answer result;
            on.changed_policy = false;
            result.error = on.check_access(s.session, s.operation, s.object, result.allowed);
            return result;
        }
        case call::add_inheritance: return {on.add_inheritance(s.role, s.junior)};
        case call::delete_inheritance: return {on.delete_inheritance(s.role, s.junior)};
        case call::add_ascendant: return {on.add_ascendant(s.role, s.junior)};
        case call::add_descendant: return {on.add_descendant(s.role, s.junior)};
        case call::create_ssd_set: return {on.create_ssd_set(s.set, list, s.cardinality)};
        case call::add_ssd_role_member: return {on.add_ssd_role_member(s.set, s.role)};
        case call::delete_ssd_role_member: return {on.delete_ssd_role_member(s.set, s.role)};
        case call::delete_ssd_set: return {on.delete_ssd_set(s.set)};
        case call::set_ssd_set_cardinality:
            return {on.set_ssd_set_cardinality(s.set, s.cardinality)};
        case call::create_dsd_set: return {on.create_dsd_set(s.set, list, s.cardinality)};
        case call::add_dsd_role_member: return {on.add_dsd_role_member(s.set, s.role)};
        case call::delete_dsd_role_member: return {on.delete_dsd_role_member(s.set, s.role)};
        case call::delete_dsd_set: return {on.delete_dsd_set(s.set)};
        case call::set_dsd_set_cardinality:
            return {on.set_dsd_set_cardinality(s.set, s.cardinality)};
        case call::tick: on.tick(); return {rbac_error::none};
    }
    std::abort();
}

outcome carry_out(step const& s, rolecall::rbac& on, rolecall::authorizer& pdp, int today) {
    switch (s.what) {
        case call::add_user: return {on.add_user(s.user)};
        case call::delete_user: return {on.delete_user(s.user)};
        case call::add_role: return {on.add_role(s.role)};
        case call::delete_role: return {on.delete_role(s.role)};
        case call::assign_user:
            return {on.assign_user(s.user, s.role,
                                   s.until ? std::optional(day(*s.until)) : std::nullopt)};
        case call::deassign_user: return {on.deassign_user(s.user, s.role)};
        case call::grant_permission: return {on.grant_permission(s.object, s.operation, s.role)};
        case call::revoke_permission: return {on.revoke_permission(s.object, s.operation, s.role)};
        case call::create_session: return {on.create_session(s.user, s.session, s.roles)};
        case call::delete_session: return {on.delete_session(s.user, s.session)};
        case call::add_active_role: return {on.add_active_role(s.user, s.session, s.role)};
        case call::drop_active_role: return {on.drop_active_role(s.user, s.session, s.role)};
        case call::check_access: {
            auto found = on.check_access(s.session, s.operation, s.object);
            rolecall::response const response = found.value;
            return {std::move(found), response};
        }
        case call::add_inheritance: return {on.add_inheritance(s.role, s.junior)};
        case call::delete_inheritance: return {on.delete_inheritance(s.role, s.junior)};
        case call::add_ascendant: return {on.add_ascendant(s.role, s.junior)};
        case call::add_descendant: return {on.add_descendant(s.role, s.junior)};
        case call::create_ssd_set: return {on.create_ssd_set(s.set, s.roles, s.cardinality)};
        case call::add_ssd_role_member: return {on.add_ssd_role_member(s.set, s.role)};
        case call::delete_ssd_role_member: return {on.delete_ssd_role_member(s.set, s.role)};
        case call::delete_ssd_set: return {on.delete_ssd_set(s.set)};
        case call::set_ssd_set_cardinality:
            return {on.set_ssd_set_cardinality(s.set, s.cardinality)};
        case call::create_dsd_set: return {on.create_dsd_set(s.set, s.roles, s.cardinality)};
        case call::add_dsd_role_member: return {on.add_dsd_role_member(s.set, s.role)};
        case call::delete_dsd_role_member: return {on.delete_dsd_role_member(s.set, s.role)};
        case call::delete_dsd_set: return {on.delete_dsd_set(s.set)};
        case call::set_dsd_set_cardinality:
            return {on.set_dsd_set_cardinality(s.set, s.cardinality)};
        case call::tick: {
            pdp.tick(day(today));
            (void)on.sessions();  // nobody tells the functions of a new day but who looks
            rolecall::rbac_result done;
            done.error = rbac_error::none;
            return {std::move(done)};
        }
    }
    std::abort();
}

}  // namespace standard
