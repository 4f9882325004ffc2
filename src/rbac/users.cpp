// Core RBAC: users and their assignments.
#include "rbac/rbac_state.hpp"
#include "rbac/role_closure.hpp"

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using rbac_functions::contains;
using rbac_functions::failure;
using rbac_functions::person;
using rbac_functions::success;

namespace {

// A user whom the directory keeps, or why their assignments can't be changed.
rbac_result check_user(person const& who, std::string_view user) {
    if (who.unavailable) return failure(rbac_error::unavailable);
    if (!who.known()) return failure(rbac_error::unknown_user, user);
    if (who.in_policy) return failure(rbac_error::listed_in_policy, user);
    return success();
}

}  // namespace

rbac_result rbac::add_user(std::string_view user) {
    std::scoped_lock const hold(state_->lock);
    person const who = state_->find_person(state_->pdp.current(), user);
    if (who.unavailable) return failure(rbac_error::unavailable);
    if (who.known()) return failure(rbac_error::user_exists, user);
    rbac_result failed;
    user_edit const edit = user_edit::add_user(user);
    auto const report = state_->apply({&edit, 1}, failed);
    if (!report) return failed;
    switch (report->outcomes.at(0)) {
        case edit_outcome::done: return success();
        case edit_outcome::invalid: return failure(rbac_error::invalid_name, user);
        default: return failure(rbac_error::user_exists, user);
    }
}

rbac_result rbac::delete_user(std::string_view user) {
    std::scoped_lock const hold(state_->lock);
    rbac_result may = check_user(state_->find_person(state_->pdp.current(), user), user);
    if (!may) return may;
    rbac_result failed;
    user_edit const edit = user_edit::remove_user(user);
    auto const report = state_->apply({&edit, 1}, failed);
    if (!report) return failed;
    if (report->outcomes.at(0) != edit_outcome::done)
        return failure(rbac_error::unknown_user, user);
    std::erase_if(state_->sessions, [&](auto const& entry) { return entry.second.user == user; });
    state_->settle_sessions();
    return success();
}

rbac_result rbac::assign_user(std::string_view user, std::string_view role,
                              std::optional<date> until) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    person const who = state_->find_person(by, user);
    if (rbac_result may = check_user(who, user); !may) return may;
    if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    if (contains(who.roles, role)) return failure(rbac_error::already_assigned, role);

    // By what the user would hold when the change is made, whoever else makes one.
    date const today = state_->pdp.today();
    std::vector<separation_violation> violations;
    auto check = [&](std::string_view, std::span<user_role const> roles) {
        std::vector<std::string_view> held;
        for (user_role const& r : roles)
            if (!r.until || today <= *r.until) held.push_back(r.role);
        violations = person_violations(by, held);
        return violations.empty();
    };
    edit_options options;
    options.check(check);
    rbac_result failed;
    user_edit const edit = user_edit::assign(user, role, until);
    auto const report = state_->apply({&edit, 1}, failed, options);
    if (!report) return failed;
    if (!report->accepted) {
        std::string text = violations.front().sentence;
        return failure(rbac_error::static_separation, std::move(text), user, std::move(violations));
    }
    switch (report->outcomes.at(0)) {
        case edit_outcome::done: break;
        case edit_outcome::unknown_user: return failure(rbac_error::unknown_user, user);
        default:  // assigned meanwhile; or as before until a day that has passed, which is none
            if (until && *until < today) break;
            return failure(rbac_error::already_assigned, role);
    }
    state_->settle_sessions();
    return success();
}

rbac_result rbac::deassign_user(std::string_view user, std::string_view role) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    person const who = state_->find_person(by, user);
    if (rbac_result may = check_user(who, user); !may) return may;
    if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    if (!contains(who.roles, role)) return failure(rbac_error::not_assigned, role);
    rbac_result failed;
    user_edit const edit = user_edit::deassign(user, role);
    auto const report = state_->apply({&edit, 1}, failed);
    if (!report) return failed;
    if (report->outcomes.at(0) != edit_outcome::done)
        return failure(rbac_error::not_assigned, role);
    state_->settle_sessions();
    return success();
}

}  // namespace rolecall::inline v0_1
