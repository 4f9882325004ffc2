// Core and hierarchical RBAC: roles, what they grant, and what they inherit. Each change is a
// change of the document that the policy is made of.
#include "rbac/promises.hpp"
#include "rbac/rbac_state.hpp"
#include "rbac/role_closure.hpp"
#include "review/written_rules.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using rbac_functions::contains;
using rbac_functions::erase;
using rbac_functions::failure;
using rbac_functions::find_role;
using rbac_functions::role_closure;
using rbac_functions::success;

namespace {

constexpr std::array<std::string_view, 4> four{"view", "modify", "store", "delete"};

bool is_one_of_the_four(std::string_view action) {
    return std::find(four.begin(), four.end(), action) != four.end();
}

written_right* find_right(written_grant& line, std::string_view action) {
    auto const found =
        std::find_if(line.rights.begin(), line.rights.end(),
                     [&](written_right const& r) { return r.action.text == action; });
    return found == line.rights.end() ? nullptr : &*found;
}

// `all` written out, where one of the four that it covers is to be changed.
void spell_out_all(written_grant& line) {
    written_right* const all = find_right(line, "all");
    if (all == nullptr) return;
    written_condition const when = all->when;
    std::erase_if(line.rights, [](written_right const& r) { return r.action.text == "all"; });
    for (std::string_view const action : four)
        line.rights.push_back({{std::string(action), {}}, when});
}

written_grant& line_of(written_role& role, std::string_view category) {
    for (written_grant& line : role.may)
        if (!line.below && line.category.text == category) return line;
    role.may.push_back({{std::string(category), {}}, false, {}});
    return role.may.back();
}

// Grants it whatever the facts. Whether that changes anything.
bool grant(written_role& role, std::string_view category, std::string_view action) {
    written_grant& line = line_of(role, category);
    if (is_one_of_the_four(action)) {
        written_right const* const all = find_right(line, "all");
        if (all != nullptr && all->when.always()) return false;
        spell_out_all(line);
    }
    written_right* const right = find_right(line, action);
    if (right == nullptr) {
        line.rights.push_back({{std::string(action), {}}, {}});
        return true;
    }
    if (right->when.always()) return false;
    right->when = {};
    return true;
}

void revoke(written_role& role, std::string_view category, std::string_view action) {
    written_grant& line = line_of(role, category);
    if (is_one_of_the_four(action)) spell_out_all(line);
    std::erase_if(line.rights, [&](written_right const& r) { return r.action.text == action; });
    std::erase_if(role.may, [](written_grant const& l) { return l.rights.empty(); });
}

// Of an object, an operation and a role.
rbac_result check_permission(policy const& by, std::string_view object, std::string_view operation,
                             std::string_view role) {
    if (!by.category(object)) return failure(rbac_error::unknown_object, object);
    if (!by.action(operation)) return failure(rbac_error::unknown_operation, operation);
    if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    return success();
}

written_role& add_role_to(document& next, std::string_view role, std::string_view about) {
    written_role made;
    made.name.text = role;
    made.about = about;
    next.roles.push_back(std::move(made));
    return next.roles.back();
}

// Nobody has a role that is gone, or that is new. Nothing where the directory can't list its users.
std::optional<std::vector<user_edit>> edits_taking_away(detail::rbac_state const& state,
                                                        std::string_view role) {
    std::vector<user_edit> edits;
    auto const collect = [&](std::string_view id, std::span<user_role const> roles) {
        for (user_role const& r : roles)
            if (r.role == role) edits.push_back(user_edit::deassign(id, role));
    };
    user_visitor visit(collect);
    if (!state.users.each_user(visit)) return std::nullopt;
    return edits;
}

// Takes the document with a role that is new.
rbac_result replace_with_new(detail::rbac_state& state, document const& next,
                             std::string_view role) {
    auto const edits = edits_taking_away(state, role);
    return edits ? state.replace(next, *edits) : failure(rbac_error::unavailable);
}

bool hierarchy_is_limited(document const& of) noexcept {
    return of.header && of.header->limited_hierarchy;
}

rbac_result check_new_role(policy const& by, std::string_view role) {
    if (by.role(role)) return failure(rbac_error::role_exists, role);
    if (!valid_role_name(role)) return failure(rbac_error::invalid_name, role);
    return success();
}

}  // namespace

rbac_result rbac::add_role(std::string_view role, std::string_view about) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = check_new_role(by, role); !may) return may;
    document next = by.source();
    add_role_to(next, role, about);
    return replace_with_new(*state_, next, role);
}

rbac_result rbac::delete_role(std::string_view role) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    document next = by.source();
    if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    for (written_user const& user : next.users)
        for (written_assignment const& a : user.assignments)
            if (contains(a.roles, role)) return failure(rbac_error::listed_in_policy, user.id.text);

    std::erase_if(next.roles, [&](written_role const& r) { return r.name.text == role; });
    for (written_role& other : next.roles) erase(other.inherits, role);
    // A guardrail of no role would be one of everybody: that of this role alone goes with it.
    std::erase_if(next.guardrails, [&](written_guardrail& g) {
        bool const names_it = contains(g.roles, role);
        erase(g.roles, role);
        return names_it && g.roles.empty();
    });
    for (written_separation& set : next.separations) {
        erase(set.roles, role);
        if (set.roles.size() < std::size_t{set.at_most} + 1)
            return failure(rbac_error::cardinality, set.name.text);
    }
    rbac_functions::forget_role(next, role);

    auto const edits = edits_taking_away(*state_, role);
    if (!edits) return failure(rbac_error::unavailable);
    return state_->replace(next, *edits);
}

rbac_result rbac::grant_permission(std::string_view object, std::string_view operation,
                                   std::string_view role) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = check_permission(by, object, operation, role); !may) return may;
    document next = by.source();
    return grant(*find_role(next, role), object, operation) ? state_->replace(next) : success();
}

rbac_result rbac::revoke_permission(std::string_view object, std::string_view operation,
                                    std::string_view role) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = check_permission(by, object, operation, role); !may) return may;
    std::uint32_t const number = detail::data_of(by).roles.find(role);
    auto const lines = review::written_rules(by).grants({&number, 1}, operation, object);
    if (lines.empty()) return failure(rbac_error::not_granted, operation);
    for (review::granting_line const& line : lines)
        if (line.grant->below)
            return failure(rbac_error::granted_by_pattern, line.grant->category.text + ".*");
    document next = by.source();
    revoke(*find_role(next, role), object, operation);
    return state_->replace(next);
}

rbac_result rbac::add_inheritance(std::string_view senior, std::string_view junior) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    for (std::string_view const role : {senior, junior})
        if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    document next = by.source();
    role_closure const closure(by.source());
    if (senior != junior && closure.of(senior).contains(junior))
        return failure(rbac_error::already_inherited, junior);
    if (closure.of(junior).contains(senior)) return failure(rbac_error::cycle, senior);
    written_role& role = *find_role(next, senior);
    if (hierarchy_is_limited(next) && !role.inherits.empty())
        return failure(rbac_error::limited_hierarchy, senior);
    role.inherits.push_back({std::string(junior), {}});
    return state_->replace(next);
}

rbac_result rbac::delete_inheritance(std::string_view senior, std::string_view junior) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    for (std::string_view const role : {senior, junior})
        if (!by.role(role)) return failure(rbac_error::unknown_role, role);
    document next = by.source();
    written_role& role = *find_role(next, senior);
    if (!contains(role.inherits, junior)) return failure(rbac_error::not_inherited, junior);
    erase(role.inherits, junior);
    return state_->replace(next);
}

rbac_result rbac::add_ascendant(std::string_view senior, std::string_view junior) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = check_new_role(by, senior); !may) return may;
    if (!by.role(junior)) return failure(rbac_error::unknown_role, junior);
    document next = by.source();
    add_role_to(next, senior, {}).inherits.push_back({std::string(junior), {}});
    return replace_with_new(*state_, next, senior);
}

rbac_result rbac::add_descendant(std::string_view senior, std::string_view junior) {
    std::scoped_lock const hold(state_->lock);
    policy const by = state_->pdp.current();
    if (rbac_result may = check_new_role(by, junior); !may) return may;
    if (!by.role(senior)) return failure(rbac_error::unknown_role, senior);
    document next = by.source();
    if (hierarchy_is_limited(next) && !find_role(next, senior)->inherits.empty())
        return failure(rbac_error::limited_hierarchy, senior);
    add_role_to(next, junior, {});
    find_role(next, senior)->inherits.push_back({std::string(junior), {}});
    return replace_with_new(*state_, next, junior);
}

}  // namespace rolecall::inline v0_1
