#include "review/people.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

namespace rolecall::inline v0_1::review {
namespace {

// Sorted, and of a role that one source gives twice, the later day.
void settle(given_roles& roles) {
    std::sort(roles.begin(), roles.end(), [](given_role const& a, given_role const& b) {
        if (a.role != b.role) return a.role < b.role;
        return a.by_policy != b.by_policy ? a.by_policy : a.until > b.until;
    });
    roles.erase(std::unique(roles.begin(), roles.end(),
                            [](given_role const& a, given_role const& b) {
                                return a.role == b.role && a.by_policy == b.by_policy;
                            }),
                roles.end());
}

void add_of_policy(detail::policy_data const& p, std::uint32_t user, given_roles& to) {
    for (detail::role_assignment const& a : p.assigned(user)) to.push_back({a.role, a.until, true});
}

given_role of_directory(user_role const& role, role_numbers& numbers) {
    return {numbers.of(role.role), role.until ? role.until->days() : detail::no_end, false};
}

struct hash_of_roles {
    std::size_t operator()(given_roles const& roles) const noexcept {
        std::uint64_t hash = roles.size();
        for (given_role const& r : roles) {
            std::uint64_t const one =
                std::uint64_t{r.role} << 32U | static_cast<std::uint32_t>(r.until);
            hash += r.by_policy ? 1U : 0U;
            hash = detail::fold_multiply(hash ^ one, 0x9E3779B97F4A7C15);
        }
        return hash;
    }
};

// Gives each different set of roles a number.
class shared_sets {
public:
    explicit shared_sets(std::vector<given_roles>& sets) : sets_(sets) {}

    std::size_t number_of(given_roles const& roles) {
        auto const [at, added] = numbers_.try_emplace(roles, sets_.size());
        if (added) sets_.push_back(roles);
        return at->second;
    }

private:
    std::vector<given_roles>& sets_;
    std::unordered_map<given_roles, std::size_t, hash_of_roles> numbers_;
};

// Numbers the sets anew, in the order in which the users have them.
void renumber(people& all) {
    std::vector<given_roles> in_order;
    std::vector<std::size_t> number(all.given.size(), all.given.size());
    in_order.reserve(all.given.size());
    for (person& user : all.users) {
        std::size_t& to = number[user.given];
        if (to == all.given.size()) {
            to = in_order.size();
            in_order.push_back(std::move(all.given[user.given]));
        }
        user.given = to;
    }
    all.given = std::move(in_order);
}

}  // namespace

std::uint32_t role_numbers::of(std::string_view name) {
    if (std::uint32_t const number = p_.roles.find(name); number != detail::name_table::none)
        return number;
    // A name of no bytes would be a gap, and is no name of a role anyway.
    if (name.empty()) name = "''";
    std::uint32_t number = undeclared_.find(name);
    if (number == detail::name_table::none) number = undeclared_.add(name);
    return p_.roles.size() + number;
}

given_to_user given_to(detail::policy_data const& p, users_view directory, std::string_view id,
                       role_numbers& numbers) {
    given_to_user result;
    std::uint32_t const user = p.users.find(id);
    if (user != detail::name_table::none) add_of_policy(p, user, result.roles);
    auto const add = [&](user_role const& role) {
        result.roles.push_back(of_directory(role, numbers));
    };
    role_taker take(add);
    result.found = directory.roles_of(id, take);
    if (result.found == user_lookup::unknown && user != detail::name_table::none)
        result.found = user_lookup::known;
    settle(result.roles);
    return result;
}

detail::role_set reach_of(detail::policy_data const& p, given_roles const& given, date on) {
    bool passed = false;
    std::vector<std::uint32_t> held;
    for (given_role const& role : given) {
        bool const now = role.holds(on);
        passed |= !now;
        if (now && role.role >= p.roles.size()) return detail::refuse(reason::unknown_name);
        if (now) held.push_back(role.role);
    }
    if (held.empty() && passed) return detail::refuse(reason::expired);
    detail::sort_unique(held);
    detail::role_set set = detail::settle(p, std::move(held), {});
    set.active = set.held;
    return set;
}

std::optional<date> last_day(given_roles const& given, std::uint32_t role) {
    std::optional<date> last;
    for (given_role const& one : given) {
        if (one.role != role) continue;
        if (one.until == detail::no_end) return std::nullopt;
        last = std::max(last.value_or(date::from_days(one.until)), date::from_days(one.until));
    }
    return last;
}

people::people(detail::policy_data const& p, users_view directory)
    : numbers(p), complete(!directory) {
    shared_sets sets(given);
    std::vector<bool> seen(p.users.size());
    given_roles roles;
    auto const add = [&](std::string_view id, std::span<user_role const> of_user) {
        roles.clear();
        std::uint32_t const user = p.users.find(id);
        bool const in_policy = user != detail::name_table::none;
        if (in_policy) {
            seen[user] = true;
            add_of_policy(p, user, roles);
        }
        for (user_role const& role : of_user) roles.push_back(of_directory(role, numbers));
        settle(roles);
        users.push_back({std::string(id), sets.number_of(roles), in_policy, true});
    };
    user_visitor visit(add);
    if (directory) complete = directory.each_user(visit);
    for (std::uint32_t user = 0; user < p.users.size(); ++user) {
        if (seen[user] || !p.users.declared(user)) continue;
        roles.clear();
        add_of_policy(p, user, roles);
        settle(roles);
        users.push_back({std::string(p.users.name(user)), sets.number_of(roles), true, false});
    }
    auto const by_id = [](person const& a, person const& b) { return a.id < b.id; };
    if (!std::is_sorted(users.begin(), users.end(), by_id))
        std::sort(users.begin(), users.end(), by_id);
    renumber(*this);
}

role_sets::role_sets(detail::policy_data const& p, std::vector<given_roles> const& given, date on) {
    std::map<std::pair<std::vector<std::uint32_t>, reason>, std::size_t> numbers;
    set_of_given.reserve(given.size());
    for (given_roles const& roles : given) {
        detail::role_set set = reach_of(p, roles, on);
        auto const [at, added] = numbers.try_emplace({set.held, set.refused}, sets.size());
        if (added) sets.push_back(std::move(set));
        set_of_given.push_back(at->second);
    }
}

}  // namespace rolecall::inline v0_1::review
