// The decision itself: rules 5 to 10 of the policy format, on compiled rows.
#ifndef ROLECALL_DETAIL_EVALUATE_HPP
#define ROLECALL_DETAIL_EVALUATE_HPP

#include <rolecall/decision.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <span>

namespace rolecall::detail {

/// Who asks, once names, assignments and separation are settled.
struct active_roles {
    std::span<std::uint32_t const> active;      ///< by name, without inherited ones
    std::span<std::uint32_t const> guard_rows;  ///< of all roles held, active or not
};

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
    if (is_granted && requirement.holds) return {decision::allow, reason::granted, by};
    return response::denied(could_be_granted && requirement.could_hold ? reason::undecided
                                                                       : reason::unmet);
}

}  // namespace rolecall::detail

#endif
