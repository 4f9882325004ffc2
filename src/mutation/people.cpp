// Differences that are about people: separations, users, and who is not listed.
#include "mutation/differences.hpp"
#include <rolecall/document.hpp>
#include <rolecall/period.hpp>

#include <algorithm>
#include <iterator>

namespace rolecall::inline v0_1::mutating {
namespace {

using detail::policy_data;

// More sets than so many are not looked at.
constexpr std::size_t most_sets = 100'000;

// The members of a separation that a role is, or inherits.
std::vector<std::uint32_t> members(policy_data const& p, std::uint32_t rule, std::uint32_t role) {
    std::vector<std::uint32_t> found;
    for (detail::separation_member const& one : p.separated(role))
        if (one.rule == rule) found.push_back(one.role);
    return found;
}

// Whether another policy has the same separation, of the same people.
bool has_same(policy_data const& other, policy_data const& p, std::uint32_t rule) {
    auto const& rules = other.source->separations;
    std::string const& name = p.source->separations[rule].name.text;
    auto const found = std::find_if(rules.begin(), rules.end(),
                                    [&](auto const& one) { return one.name.text == name; });
    if (found == rules.end()) return false;
    auto const number = static_cast<std::uint32_t>(found - rules.begin());
    if (other.separations[number].at_most != p.separations[rule].at_most ||
        other.separations[number].per_person != p.separations[rule].per_person)
        return false;
    for (std::uint32_t role = 0; role < p.roles.size(); ++role)
        if (members(p, rule, role) != members(other, number, role)) return false;
    return true;
}

std::vector<std::uint32_t> united(std::vector<std::uint32_t> const& a,
                                  std::vector<std::uint32_t> const& b) {
    std::vector<std::uint32_t> all;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
    return all;
}

// Sets of roles that break a rule, each role of which is needed for it.
//
// `allowed` says of a set whether the policy that lets them meet still does; `take` is given what
// breaks the rule, and says whether to go on.
template <class Allowed, class Take>
class breaking_sets {
public:
    breaking_sets(policy_data const& p, std::uint32_t rule, std::vector<std::uint32_t> const& pool,
                  Allowed const& allowed, Take const& take)
        : at_most_(p.separations[rule].at_most), allowed_(allowed), take_(take) {
        for (std::uint32_t const role : pool)
            if (auto list = members(p, rule, role); !list.empty())
                roles_.emplace_back(role, std::move(list));
    }

    // False where there are too many.
    bool run() {
        walk(0, {});
        return left_ > 0;
    }

private:
    bool walk(std::size_t from, std::vector<std::uint32_t> const& covered) {
        for (std::size_t i = from; i < roles_.size(); ++i) {
            if (left_ == 0) return false;
            --left_;
            auto const all = united(covered, roles_[i].second);
            if (all.size() == covered.size()) continue;
            set_.push_back(roles_[i].first);
            bool go_on = true;
            if (allowed_(set_)) go_on = all.size() > at_most_ ? take_(set_) : walk(i + 1, all);
            set_.pop_back();
            if (!go_on) return false;
        }
        return true;
    }

    std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> roles_;
    std::size_t at_most_;
    Allowed const& allowed_;
    Take const& take_;
    std::vector<std::uint32_t> set_;
    std::size_t left_ = most_sets;
};

}  // namespace

template <class Ask>
found_difference differences::by_sets(std::vector<std::uint32_t> const& pool,
                                      Ask const& ask) const {
    found_difference result;
    for (bool const p_allows : {true, false}) {
        policy_data const& denies = p_allows ? m_ : p_;
        auto const allowed = [&](std::vector<std::uint32_t> const& set) {
            both_asked const by = ask(set);
            return (p_allows ? by.in_p : by.in_m).ok();
        };
        auto const differ = [&](std::vector<std::uint32_t> const& set) {
            found_difference found = on_any(ask(set));
            if (found.differs && !result.how) result = std::move(found);
            return result.how.has_value();
        };
        // Where none of these roles has a right, another one that joins them may.
        auto const take = [&](std::vector<std::uint32_t> const& set) {
            if (differ(set)) return false;
            for (std::uint32_t const another : pool) {
                std::vector<std::uint32_t> more = set;
                more.push_back(another);
                if (allowed(more) && differ(more)) return false;
            }
            return true;
        };
        for (std::uint32_t rule = 0; rule < denies.separations.size(); ++rule) {
            if (has_same(p_allows ? p_ : m_, denies, rule)) continue;
            bool const all = breaking_sets(denies, rule, pool, allowed, take).run();
            if (result.how) return result;
            if (!all) result.differs = true;
        }
    }
    return result;
}

found_difference differences::by_separated_roles() const {
    return by_sets(declared_roles(),
                   [&](std::vector<std::uint32_t> const& set) { return roles_ask(set); });
}

both_asked differences::user_asks(std::string_view id, assigned_in_both const& has, date on,
                                  std::optional<std::vector<std::uint32_t>> chosen) const {
    if (chosen) detail::sort_unique(*chosen);
    auto const in = [&](policy_data const& p, detail::assigned_roles const& assigned) {
        if (!assigned.listed)
            return p.other_users && chosen && !chosen->empty()
                       ? detail::settle(p, *chosen, *chosen)
                       : detail::refuse(reason::unknown_name);
        if (assigned.held.empty() && assigned.passed) return detail::refuse(reason::expired);
        if (chosen && !detail::all_held(p, assigned.held, *chosen))
            return detail::refuse(reason::not_assigned);
        return detail::settle(p, assigned.held, chosen ? *chosen : assigned.held);
    };
    both_asked by{std::string(id), {}, on, in(p_, has.in_p), in(m_, has.in_m)};
    if (chosen) by.roles = std::move(*chosen);
    return by;
}

// A day of each stretch of time in which the user's assignments stay the same.
std::vector<date> differences::days_of(std::string_view id) const {
    std::vector<date> days{on_};
    for (policy_data const* const p : {&p_, &m_}) {
        std::uint32_t const user = p->users.find(id);
        if (user == detail::name_table::none) continue;
        for (detail::role_assignment const& one : p->assigned(user)) {
            if (one.until == detail::no_end) continue;
            date const last = date::from_days(one.until);
            days.push_back(last);
            if (last.plus_days(1) > last) days.push_back(last.plus_days(1));
        }
    }
    std::sort(days.begin() + 1, days.end());
    days.erase(std::unique(days.begin() + 1, days.end()), days.end());
    return days;
}

found_difference differences::by_user_with(std::string_view id, assigned_in_both const& has,
                                           date on) const {
    auto const ask = [&](std::optional<std::vector<std::uint32_t>> chosen) {
        return user_asks(id, has, on, std::move(chosen));
    };
    found_difference unsure;
    auto const differ = [&](both_asked const& by) {
        found_difference found = on_any(by);
        if (found.differs) unsure = std::move(found);
        return unsure.how.has_value();
    };
    if (differ(ask(std::nullopt))) return unsure;

    auto const mine = detail::with_inherited(p_, has.in_p.held);
    auto const changed = detail::with_inherited(m_, has.in_m.held);
    bool const vouched =
        has.in_p.listed != has.in_m.listed && (has.in_p.listed ? m_ : p_).other_users;
    auto const pool = vouched ? declared_roles() : united(mine, changed);
    for (std::uint32_t const role : pool)
        if (differ(ask(std::vector{role}))) return unsure;
    // A role that one of the two does not give them, together with one that has the right.
    for (std::uint32_t const other : pool) {
        if (!vouched && std::binary_search(mine.begin(), mine.end(), other) ==
                            std::binary_search(changed.begin(), changed.end(), other))
            continue;
        for (std::uint32_t const role : pool)
            if (role != other && differ(ask(std::vector{role, other}))) return unsure;
    }
    found_difference found =
        by_sets(pool, [&](std::vector<std::uint32_t> const& set) { return ask(set); });
    return found.differs ? found : unsure;
}

found_difference differences::by_user(std::string_view id) const {
    found_difference unsure;
    for (date const on : days_of(id)) {
        assigned_in_both const has{detail::assigned_to(p_, id, {}, on),
                                   detail::assigned_to(m_, id, {}, on)};
        found_difference found = by_user_with(id, has, on);
        if (found.how) return found;
        if (found.differs) unsure = std::move(found);
    }
    return unsure;
}

found_difference differences::by_users() const {
    found_difference unsure;
    std::set<std::pair<std::vector<std::uint32_t>, bool>> seen;
    for (std::uint32_t user = 0; user < p_.users.size(); ++user) {
        if (!p_.users.declared(user)) continue;
        std::string_view const id = p_.users.name(user);
        for (date const on : days_of(id)) {
            assigned_in_both const has{detail::assigned_to(p_, id, {}, on),
                                       detail::assigned_to(m_, id, {}, on)};
            if (!seen.emplace(has.in_p.held, has.in_p.passed).second) continue;
            found_difference found = by_user_with(id, has, on);
            if (found.how) return found;
            if (found.differs) unsure = std::move(found);
        }
    }
    return unsure;
}

found_difference differences::by_strangers() const {
    if (p_.other_users == m_.other_users) return {};
    std::string id = "somebody-else";
    while (p_.users.find(id) != detail::name_table::none) id += '-';
    assigned_in_both const nothing;
    found_difference unsure;
    for (std::uint32_t const role : declared_roles()) {
        found_difference found = on_any(user_asks(id, nothing, on_, std::vector{role}));
        if (found.how) return found;
        if (found.differs) unsure = std::move(found);
    }
    return unsure;
}

}  // namespace rolecall::inline v0_1::mutating
