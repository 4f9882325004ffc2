// How a session is made, and what it lists.
#ifndef ROLECALL_DETAIL_COLD_SESSION_HPP
#define ROLECALL_DETAIL_COLD_SESSION_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/session.hpp>

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1 {

namespace detail {

/// What `add` adds for each number that has a name, in the order of the names.
template <class Reference, class Add>
std::vector<Reference> allowed_by_name(name_table const& names, Add const& add) {
    std::vector<Reference> result;
    for (std::uint32_t number = 0; number < names.size(); ++number)
        if (names.declared(number)) add(number, result);
    std::sort(result.begin(), result.end(), [&](Reference a, Reference b) {
        return names.name(access::number(a)) < names.name(access::number(b));
    });
    return result;
}

inline void add_row(std::vector<std::uint32_t>& sum, std::uint32_t const* row) noexcept {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] |= row[i];
}

}  // namespace detail

ROLECALL_COLD session::session(policy const& of, detail::role_set roles)
    : policy_(of),
      lineage_(detail::data_of(of).lineage),
      undeclared_facts_(detail::data_of(of).undeclared_facts),
      roles_(std::move(roles)) {
    detail::policy_data const& p = detail::data_of(of);
    bool const alone = roles_.active.size() == 1 && roles_.held == roles_.active;
    if (alone) {
        row_ = p.effective_of_role[roles_.active[0]];
    } else {
        unite(p);
        row_ = own_row_.data();
    }
}

// INVARIANT: grants and guardrails are each united over all roles before one is subtracted
// from the other.
inline void session::unite(detail::policy_data const& p) {
    std::vector<std::uint32_t> grants(p.width);
    std::vector<std::uint32_t> guards(p.width);
    for (std::uint32_t const role : roles_.active)
        detail::add_row(grants, p.row(p.rows_of_role[role].grants));
    for (std::uint32_t const row : roles_.guard_rows) detail::add_row(guards, p.row(row));
    std::uint32_t const* const required = p.row(p.required);
    for (std::size_t i = 0; i < grants.size(); ++i)
        grants[i] = detail::effective_cell(grants[i], guards[i], required[i]);
    own_row_ = std::move(grants);
}

ROLECALL_COLD response session::evaluate(action what, category_ref on,
                                         facts const& known) const noexcept {
    using detail::access;
    detail::stamp const stamps = access::stamps(what, on) | access::lineage(known);
    if (stamps != lineage_) return response::denied(reason::unknown_name);
    return detail::evaluate_declared(detail::data_of(policy_), detail::view_of(roles_), what, on,
                                     known);
}

ROLECALL_COLD std::vector<category_ref> session::allowed_categories(action what,
                                                                    facts const& known) const {
    detail::policy_data const& p = detail::data_of(policy_);
    return detail::allowed_by_name<category_ref>(
        p.categories, [&](std::uint32_t number, auto& result) {
            auto const on = detail::access::make<category_ref>(number, p.lineage);
            if (allows(what, on, known)) result.push_back(on);
        });
}

ROLECALL_COLD std::vector<action> session::allowed_actions(category_ref on,
                                                           facts const& known) const {
    detail::policy_data const& p = detail::data_of(policy_);
    return detail::allowed_by_name<action>(p.actions, [&](std::uint32_t number, auto& result) {
        auto const what = detail::access::make_action_of(number, p.lineage);
        if (allows(what, on, known)) result.push_back(what);
    });
}

inline std::vector<role_ref> session::references(std::vector<std::uint32_t> const& roles) const {
    std::vector<role_ref> result;
    result.reserve(roles.size());
    for (std::uint32_t const role : roles)
        result.push_back(detail::access::make<role_ref>(role, lineage_));
    return result;
}

ROLECALL_COLD std::vector<role_ref> session::active_roles() const {
    return references(roles_.active);
}
ROLECALL_COLD std::vector<role_ref> session::held_roles() const { return references(roles_.held); }

ROLECALL_COLD std::vector<role_ref> session::authorized_roles() const {
    detail::policy_data const& p = detail::data_of(policy_);
    auto roles = references(detail::with_inherited(p, roles_.held));
    std::sort(roles.begin(), roles.end(),
              [&](role_ref a, role_ref b) { return policy_.name(a) < policy_.name(b); });
    return roles;
}

ROLECALL_COLD activation policy::activate(role_list roles) const {
    detail::role_set set = detail::activate_roles(detail::data_of(*this), roles);
    return set.ok() ? activation(session(*this, std::move(set))) : activation(set.refused);
}

ROLECALL_COLD activation policy::activate_user(std::string_view id, date on) const {
    detail::role_set set = detail::activate_user(detail::data_of(*this), id, std::nullopt, on);
    return set.ok() ? activation(session(*this, std::move(set))) : activation(set.refused);
}

ROLECALL_COLD activation policy::activate_user(std::string_view id, role_list roles,
                                               date on) const {
    detail::role_set set = detail::activate_user(detail::data_of(*this), id, roles, on);
    return set.ok() ? activation(session(*this, std::move(set))) : activation(set.refused);
}

}  // namespace rolecall::inline v0_1

#endif
