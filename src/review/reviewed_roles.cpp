#include "review/reviewed_roles.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace rolecall::inline v0_1::review {
namespace {

// A role with the ends and sources of its own assignments among those given, if there are any.
void add_sources(given_roles const& given, std::uint32_t number, reviewed_role& to) {
    for (given_role const& one : given) {
        if (one.role != number) continue;
        to.assigned = true;
        (one.by_policy ? to.from_policy : to.from_directory) = true;
    }
    if (to.assigned) to.assigned_until = last_day(given, number);
}

// The last day of several ways; nothing where one has no end.
std::optional<date> last_of(given_roles const& given, std::vector<std::uint32_t> const& from) {
    std::optional<date> last;
    for (std::uint32_t const role : from) {
        auto const end = last_day(given, role);
        if (!end) return std::nullopt;
        last = std::max(last.value_or(*end), *end);
    }
    return last;
}

}  // namespace

reviewed_role describe(detail::policy_data const& p, given_roles const& now,
                       reached_role const& reached) {
    reviewed_role role;
    role.role = p.roles.name(reached.role);
    role.through.reserve(reached.through.size());
    for (std::uint32_t const step : reached.through) role.through.emplace_back(p.roles.name(step));
    add_sources(now, reached.role, role);
    role.until = last_of(now, reached.from);
    return role;
}

std::pair<given_roles, given_roles> apart(given_roles const& given, date on) {
    std::pair<given_roles, given_roles> result;
    for (given_role const& role : given)
        (role.holds(on) ? result.first : result.second).push_back(role);
    return result;
}

std::vector<reviewed_role> passed_of(given_roles const& now, given_roles const& passed,
                                     role_numbers const& numbers) {
    std::vector<reviewed_role> to;
    auto const same_role = [](given_role const& a) {
        return [&](given_role const& b) { return a.role == b.role; };
    };
    for (std::size_t i = 0; i < passed.size(); ++i) {
        if (i > 0 && passed[i].role == passed[i - 1].role) continue;
        if (std::any_of(now.begin(), now.end(), same_role(passed[i]))) continue;
        reviewed_role& role = to.emplace_back();
        role.role = numbers.name(passed[i].role);
        role.through = {role.role};
        add_sources(passed, passed[i].role, role);
        role.until = role.assigned_until;
    }
    std::sort(to.begin(), to.end(),
              [](reviewed_role const& a, reviewed_role const& b) { return a.role < b.role; });
    return to;
}

std::vector<std::uint32_t> held_of(given_roles const& now, role_numbers const& numbers) {
    std::vector<std::uint32_t> held;
    held.reserve(now.size());
    for (given_role const& role : now)
        if (numbers.declared(role.role)) held.push_back(role.role);
    detail::sort_unique(held);
    return held;
}

}  // namespace rolecall::inline v0_1::review
