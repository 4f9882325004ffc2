// The decision itself: rules 5 to 10 of the policy format, on compiled rows.
#ifndef ROLECALL_DETAIL_EVALUATE_HPP
#define ROLECALL_DETAIL_EVALUATE_HPP

#include <rolecall/action.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/reference.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace rolecall::inline v0_1::detail {

/// Who asks, once names, assignments and separation are settled.
struct active_roles {
    std::span<std::uint32_t const> active;      ///< by name, without inherited ones
    std::span<std::uint32_t const> guard_rows;  ///< of all roles held, active or not
};

inline active_roles view_of(role_set const& roles) noexcept {
    return {roles.active, roles.guard_rows};
}

/// How far a condition, or several, is known to hold.
struct standing {
    bool holds = false;
    bool could_hold = false;
};

/// Whether a guardrail fires: one without condition, or whose condition is not known to fail.
inline bool forbidden(policy_data const& p, std::span<std::uint32_t const> guard_rows,
                      std::uint32_t action, std::uint32_t category, known_facts facts) noexcept {
    std::uint32_t const bit = 1U << action;
    for (std::uint32_t const row : guard_rows) {
        std::uint32_t const cell = p.row(row)[category];
        if ((cell & bit) != 0) return true;
        if ((cell & bit << 16U) == 0) continue;
        for (cell_item const& item : p.conditions.find(row, category))
            if ((item.actions & bit) != 0 && p.conditions.could_hold(item.condition, facts))
                return true;
    }
    return false;
}

/// What one role grants, requirements aside. `reached` tells whether it has a grant at all.
inline standing granted(policy_data const& p, std::uint32_t role, std::uint32_t action,
                        std::uint32_t category, known_facts facts, bool& reached) noexcept {
    std::uint32_t const bit = 1U << action;
    std::uint32_t const row = p.rows_of_role[role].grants;
    std::uint32_t const cell = p.row(row)[category];
    if ((cell & (bit | bit << 16U)) == 0) return {};
    reached = true;
    if ((cell & bit) != 0) return {true, true};
    standing result;
    for (cell_item const& item : p.conditions.find(row, category)) {
        if ((item.actions & bit) == 0) continue;
        result.holds |= p.conditions.holds(item.condition, facts);
        result.could_hold |= p.conditions.could_hold(item.condition, facts);
    }
    return result;
}

/// Whether every requirement on the way down to the category holds.
inline standing required(policy_data const& p, std::uint32_t action, std::uint32_t category,
                         known_facts facts) noexcept {
    std::uint32_t const bit = 1U << action;
    standing result{true, true};
    if ((p.row(p.required)[category] & bit << 16U) == 0) return result;
    for (cell_item const& item : p.conditions.find(p.required, category)) {
        if ((item.actions & bit) == 0) continue;
        result.holds &= p.conditions.holds(item.condition, facts);
        result.could_hold &= p.conditions.could_hold(item.condition, facts);
    }
    return result;
}

inline response evaluate(policy_data const& p, active_roles who, std::uint32_t action,
                         std::uint32_t category, known_facts facts) noexcept {
    if (forbidden(p, who.guard_rows, action, category, facts))
        return response::denied(reason::forbidden);

    bool reached = false;
    bool could_be_granted = false;
    bool is_granted = false;
    role_ref by;
    for (std::uint32_t const role : who.active) {
        standing const grant = granted(p, role, action, category, facts, reached);
        could_be_granted |= grant.could_hold;
        if (!grant.holds) continue;
        is_granted = true;
        by = access::make<role_ref>(role, p.lineage);
        break;
    }
    if (!reached) return response::denied(reason::not_granted);

    standing const requirement = required(p, action, category, facts);
    if (is_granted && requirement.holds) return {decision::allow, reason::granted, 0, by};
    return response::denied(could_be_granted && requirement.could_hold ? reason::undecided
                                                                       : reason::unmet);
}

/// Whether the stamps of all these fit the policy.
inline bool of_policy(policy_data const& p, action what, category_ref on,
                      facts const& known) noexcept {
    return (access::stamps(what, on) | access::lineage(known)) == p.lineage;
}

/// Whether the policy declares the names of these, whose stamps fit it: a name may have vanished
/// from its lineage, or come later than this policy.
inline bool declares(policy_data const& p, action what, category_ref on,
                     facts const& known) noexcept {
    return p.actions.declared(access::number(what)) && p.categories.declared(access::number(on)) &&
           (access::stated(known) & p.undeclared_facts) == 0;
}

/// The same for references whose stamps fit the policy. One whose name it does not declare is an
/// unknown name.
inline response evaluate_declared(policy_data const& p, active_roles who, action what,
                                  category_ref on, facts const& known) noexcept {
    if (!declares(p, what, on, known)) return response::denied(reason::unknown_name);
    return evaluate(p, who, access::number(what), access::number(on), masks(known));
}

// Out of line, so that a check that needs none of this is a few instructions wherever it is
// inlined.
[[gnu::noinline]] inline bool allows_alone(policy_data const& p, std::uint32_t role,
                                           std::uint32_t what, std::uint32_t on,
                                           known_facts known) noexcept {
    return bool{evaluate(p, {{&role, 1}, {&p.rows_of_role[role].guards, 1}}, what, on, known)};
}

}  // namespace rolecall::inline v0_1::detail

#endif
