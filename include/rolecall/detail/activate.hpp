// From who asks to the roles that count: rules 7 and 9 of the policy format.
#ifndef ROLECALL_DETAIL_ACTIVATE_HPP
#define ROLECALL_DETAIL_ACTIVATE_HPP

#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/request.hpp>
#include <rolecall/role_list.hpp>
#include <rolecall/user_directory.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::detail {

inline constexpr std::int32_t no_end = std::numeric_limits<std::int32_t>::max();

template <class T>
void sort_unique(std::vector<T>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// The numbers of the roles; nothing if one of them is not of this policy.
inline std::optional<std::vector<std::uint32_t>> resolve(policy_data const& p, role_list roles) {
    std::vector<std::uint32_t> numbers;
    bool known = true;
    numbers.reserve(roles.size());
    roles.visit(
        [&](std::string_view name) {
            std::uint32_t const number = p.roles.find(name);
            known &= number != name_table::none;
            numbers.push_back(number);
        },
        [&](role_ref role) {
            known &= access::lineage(role) == p.lineage && p.roles.declared(access::number(role));
            numbers.push_back(access::number(role));
        });
    if (!known) return std::nullopt;
    sort_unique(numbers);
    return numbers;
}

/// These roles and all that they inherit, by number, each once.
inline std::vector<std::uint32_t> with_inherited(policy_data const& p,
                                                 std::vector<std::uint32_t> pending) {
    std::vector<bool> reached(p.roles.size());
    std::vector<std::uint32_t> result;
    while (!pending.empty()) {
        std::uint32_t const role = pending.back();
        pending.pop_back();
        if (reached[role]) continue;
        reached[role] = true;
        result.push_back(role);
        for (std::uint32_t const junior : p.juniors_of(role)) pending.push_back(junior);
    }
    std::sort(result.begin(), result.end());
    return result;
}

/// Whether each of `chosen` is among `held` or inherited by one of them.
inline bool all_held(policy_data const& p, std::vector<std::uint32_t> const& held,
                     std::vector<std::uint32_t> const& chosen) {
    if (std::includes(held.begin(), held.end(), chosen.begin(), chosen.end())) return true;
    auto const reached = with_inherited(p, held);
    return std::includes(reached.begin(), reached.end(), chosen.begin(), chosen.end());
}

/// Whether these roles, with all that they inherit, break a separation of the given scope.
inline bool breaks_separation(policy_data const& p, std::span<std::uint32_t const> roles,
                              bool per_person) {
    if (p.separations.empty()) return false;
    std::vector<separation_member> members;
    for (std::uint32_t const role : roles)
        for (separation_member const& m : p.separated(role))
            if (p.separations[m.rule].per_person == per_person) members.push_back(m);
    sort_unique(members);
    for (std::size_t i = 0; i < members.size();) {
        std::size_t const first = i;
        while (i < members.size() && members[i].rule == members[first].rule) ++i;
        if (i - first > p.separations[members[first].rule].at_most) return true;
    }
    return false;
}

/// Checks separation, finds the guardrails, and puts the roles in their order.
inline role_set settle(policy_data const& p, std::vector<std::uint32_t> held,
                       std::vector<std::uint32_t> active) {
    role_set set;
    if (breaks_separation(p, held, true) || breaks_separation(p, active, false))
        set.refused = reason::separation;
    set.guard_rows.reserve(held.size() + 1);
    for (std::uint32_t const role : held) set.guard_rows.push_back(p.rows_of_role[role].guards);
    if (held.empty()) set.guard_rows.push_back(p.guards_of_everyone);
    sort_unique(set.guard_rows);
    auto const by_name = [&](std::uint32_t a, std::uint32_t b) {
        return p.roles.name(a) < p.roles.name(b);
    };
    bool const all_active = held == active;
    std::sort(active.begin(), active.end(), by_name);
    if (!all_active) std::sort(held.begin(), held.end(), by_name);
    set.held = all_active ? active : std::move(held);
    set.active = std::move(active);
    return set;
}

inline role_set refuse(reason why) {
    role_set set;
    set.refused = why;
    return set;
}

/// Roles ask: what is active is all that is known to be held.
inline role_set activate_roles(policy_data const& p, role_list roles) {
    auto numbers = resolve(p, roles);
    if (!numbers) return refuse(reason::unknown_name);
    return settle(p, *numbers, *numbers);
}

/// What is assigned to a user, by a policy and by a directory together.
struct assigned_roles {
    std::vector<std::uint32_t> held;  // on that day; sorted, each once
    bool listed = false;              // somebody knows the user
    bool passed = false;              // some assignment has passed
    bool undeclared = false;   // some assignment of the directory is of no role of the policy
    bool unavailable = false;  // the directory can't tell
};

inline assigned_roles assigned_to(policy_data const& p, std::string_view id, users_view directory,
                                  date on) {
    assigned_roles result;
    auto const add = [&](std::uint32_t role, bool still) {
        if (!still) {
            result.passed = true;
        } else if (role == name_table::none) {
            result.undeclared = true;
        } else {
            result.held.push_back(role);
        }
    };
    std::uint32_t const user = p.users.find(id);
    if (user != name_table::none) {
        result.listed = true;
        for (role_assignment const& a : p.assigned(user)) add(a.role, on.days() <= a.until);
    }
    auto const add_by_name = [&](user_role const& given) {
        add(p.roles.find(given.role), !given.until || on <= *given.until);
    };
    role_taker take(add_by_name);
    user_lookup const found = directory.roles_of(id, take);
    result.listed |= found == user_lookup::known;
    result.unavailable = found != user_lookup::known && found != user_lookup::unknown;
    sort_unique(result.held);
    return result;
}

/// A user asks, with all roles assigned or with a choice of active ones.
inline role_set activate_user(policy_data const& p, std::string_view id,
                              std::optional<role_list> choice, date on, users_view directory = {}) {
    auto chosen = choice ? resolve(p, *choice) : std::nullopt;
    if (choice && !chosen) return refuse(reason::unknown_name);

    assigned_roles assigned = assigned_to(p, id, directory, on);
    if (assigned.unavailable) return refuse(reason::unavailable);
    if (!assigned.listed) {
        // A directory lists users as a policy does: beside it, the policy has to say that there
        // are others.
        bool const others = directory ? p.says_other_users : p.other_users;
        bool const vouched = others && chosen && !chosen->empty();
        return vouched ? settle(p, *chosen, *chosen) : refuse(reason::unknown_name);
    }
    // A role that the policy no longer declares had guardrails perhaps: without them, the
    // other roles would open more than before.
    if (assigned.undeclared) return refuse(reason::unknown_name);
    if (assigned.held.empty() && assigned.passed) return refuse(reason::expired);
    if (!chosen) {
        chosen = assigned.held;
        return settle(p, std::move(assigned.held), std::move(*chosen));
    }
    if (!all_held(p, assigned.held, *chosen)) return refuse(reason::not_assigned);
    return settle(p, std::move(assigned.held), std::move(*chosen));
}

/// The roles that count for a question by names.
inline role_set roles_of(policy_data const& p, request const& question, users_view directory = {}) {
    subject const& who = question.subject;
    auto const& given = who.given_roles();
    if (!who.is_user()) return activate_roles(p, *given);
    return activate_user(p, who.id(), given ? std::optional<role_list>(*given) : std::nullopt,
                         question.on, directory);
}

/// Facts by name; one undeclared name makes them all invalid.
template <class Statements>
facts facts_of(policy_data const& p, Statements const& statements) noexcept {
    facts result;
    for (auto const& [name, value] : statements) {
        std::uint32_t const number = p.facts.find(name);
        result.add(
            number == name_table::none ? fact_ref{} : access::make<fact_ref>(number, p.lineage),
            value);
    }
    return result;
}

/// Answers a question by names for the roles that count for it.
inline response evaluate(policy_data const& p, role_set const& roles, request const& question) {
    std::uint32_t const what = p.actions.find(question.action);
    std::uint32_t const on = p.categories.find(question.category);
    facts const known = facts_of(p, question.facts);
    if (what == name_table::none || on == name_table::none || !known.valid())
        return response::denied(reason::unknown_name);
    if (!roles.ok()) return response::denied(roles.refused);
    return evaluate(p, view_of(roles), what, on, masks(known));
}

}  // namespace rolecall::inline v0_1::detail

#endif
