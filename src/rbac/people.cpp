#include "rbac/rbac_state.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <map>
#include <new>
#include <optional>
#include <span>
#include <string_view>

namespace rolecall::inline v0_1 {

using rbac_functions::person;

namespace {

void finish(person& who) {
    for (auto* names : {&who.roles, &who.unknown}) {
        std::sort(names->begin(), names->end());
        names->erase(std::unique(names->begin(), names->end()), names->end());
    }
}

void add_role(person& who, policy const& by, std::string_view role, std::optional<date> until,
              date today) {
    if (until && *until < today) return;
    (by.role(role) ? who.roles : who.unknown).emplace_back(role);
}

void add_listed(person& who, policy const& by, written_user const& user, date today) {
    who.in_policy = true;
    for (written_assignment const& a : user.assignments)
        for (written_name const& role : a.roles) add_role(who, by, role.text, a.until, today);
}

}  // namespace

person detail::rbac_state::find_person(policy const& by, std::string_view id) const {
    person result;
    date const today = pdp.today();
    for (written_user const& user : by.source().users)
        if (user.id.text == id) add_listed(result, by, user, today);
    auto const add = [&](user_role const& role) {
        add_role(result, by, role.role, role.until, today);
    };
    role_taker take(add);
    user_lookup const found = users.roles_of(id, take);
    result.in_directory = found == user_lookup::known;
    result.unavailable = found != user_lookup::known && found != user_lookup::unknown;
    finish(result);
    return result;
}

std::optional<edit_report> detail::rbac_state::apply(std::span<user_edit const> edits,
                                                     rbac_result& why,
                                                     edit_options const& options) const {
    try {
        edit_report report = users.apply(edits, options);
        if (report.committed && !users.can_notify()) pdp.users_changed();
        return report;
    } catch (std::bad_alloc const&) {
        throw;
    } catch (std::exception const& problem) {
        why = rbac_functions::failure(rbac_error::unavailable, problem.what(), {}, {});
        return std::nullopt;
    }
}

bool detail::rbac_state::for_each_person(
    policy const& by, std::function<void(std::string_view, person const&)> const& each) const {
    date const today = pdp.today();
    std::map<std::string_view, written_user const*> listed;
    for (written_user const& user : by.source().users) listed.emplace(user.id.text, &user);

    person who;
    auto const show = [&](std::string_view id, std::span<user_role const> roles) {
        who = {};
        who.in_directory = true;
        if (auto const found = listed.find(id); found != listed.end()) {
            add_listed(who, by, *found->second, today);
            listed.erase(found);
        }
        for (user_role const& role : roles) add_role(who, by, role.role, role.until, today);
        finish(who);
        each(id, who);
    };
    user_visitor visit(show);
    if (!users.each_user(visit)) return false;
    for (auto const& [id, user] : listed) {
        who = {};
        add_listed(who, by, *user, today);
        finish(who);
        each(id, who);
    }
    return true;
}

}  // namespace rolecall::inline v0_1
