#include "cli/lists/listed_users.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr int usually_soon = 30;  // days

bool includes(listed_role const& role, std::string_view name) {
    return role.assigned.role == name ||
           (role.inherits &&
            std::binary_search(role.inherits->begin(), role.inherits->end(), name));
}

}  // namespace

std::string_view to_string(role_state state) noexcept {
    switch (state) {
        case role_state::held: return "held";
        case role_state::ends_soon: return "ends-soon";
        case role_state::passed: return "passed";
        case role_state::undeclared: break;
    }
    return "undeclared";
}

user_lister::user_lister(users_view directory, users_list_arguments const& arguments,
                         role_rules* rules)
    : directory_(directory),
      arguments_(arguments),
      rules_(rules),
      on_(arguments.on.value_or(date::today())),
      soon_days_(arguments.ending_within_days.value_or(usually_soon)) {
    if (arguments.user)
        ids_.push_back(*arguments.user);
    else
        ids_ = sorted_ids(directory);
}

void user_lister::each(std::function<void(listed_user const&)> const& show) {
    bool const by_role = arguments_.role || arguments_.ending_within_days;
    std::vector<assigned_role> roles;
    for (std::string const& id : ids_) {
        if (!read_roles(directory_, id, roles)) continue;
        listed_user user{id, {}};
        bool wanted = !by_role;
        for (assigned_role const& role : roles) {
            if (!roles_seen_.contains(role.role)) roles_seen_.insert(role.role);
            listed_role one = listed(role);
            bool const asked_for = is_wanted(one);
            wanted = wanted || asked_for;
            // What ends soon is asked for by itself; a role, to see who they are.
            if (asked_for || !arguments_.ending_within_days) user.roles.push_back(std::move(one));
        }
        if (wanted) show(user);
    }
}

listed_role user_lister::listed(assigned_role const& role) {
    listed_role result{role, role_state::held, std::nullopt};
    if (role.passed(on_))
        result.state = role_state::passed;
    else if (role.until && role.until->days() - on_.days() <= soon_days_)
        result.state = role_state::ends_soon;
    if (rules_ == nullptr) return result;
    if (rules_->declares(role.role))
        result.inherits = rules_->inherited(role.role);
    else if (result.state != role_state::passed)
        result.state = role_state::undeclared;
    return result;
}

bool user_lister::is_wanted(listed_role const& role) const {
    if (arguments_.role && (!includes(role, *arguments_.role) || role.state == role_state::passed))
        return false;
    bool const ends = role.assigned.until && !role.assigned.passed(on_) &&
                      role.assigned.until->days() - on_.days() <= soon_days_;
    return !arguments_.ending_within_days || ends;
}

}  // namespace rolecall::inline v0_1::cli
