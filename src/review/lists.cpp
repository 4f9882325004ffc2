#include "review/lister.hpp"
#include "review/name_order.hpp"
#include "review/people.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/lists.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {
namespace {

using detail::access;
using detail::role_set;
using review::cell;
using review::lister;

bool fits(detail::policy_data const& p, facts const& known) noexcept {
    return (access::lineage(known) | p.lineage) == p.lineage &&
           (access::stated(known) & p.undeclared_facts) == 0;
}

void add_roles(policy const& by, lister const& list, cell on, std::vector<holder>& to) {
    detail::policy_data const& p = list.data();
    review::written_rules const rules(by);
    std::vector<std::uint32_t> able;
    for (std::uint32_t const role : review::by_name(p.roles)) {
        auto const right = list.right({{&role, 1}, {&p.rows_of_role[role].guards, 1}}, on);
        if (!right) continue;
        holder& added = to.emplace_back();
        added.what = holder::kind::role;
        added.name = p.roles.name(role);
        list.describe(*right, added);
        able.push_back(role);
    }
    // A line may be of a role that can't do it itself: its own guardrail may be in the way, but
    // then it is in the way of who inherits it, too.
    auto const lines =
        rules.grants(able, p.actions.name(on.action), p.categories.name(on.category));
    for (std::size_t i = 0; i < able.size(); ++i)
        to[i].through = list.through(rules, lines, able[i], on);
}

void add_users(lister const& list, cell on, review::people const& all, date day,
               std::vector<holder>& to) {
    review::role_sets const distinct(list.data(), all.given, day);
    std::vector<std::optional<right_basis>> rights;
    rights.reserve(distinct.sets.size());
    for (role_set const& who : distinct.sets)
        rights.push_back(who.ok() ? list.basis(who, on) : std::nullopt);
    for (review::person const& user : all.users) {
        auto const& right = rights[distinct.set_of_given[user.given]];
        if (!right) continue;
        holder& added = to.emplace_back();
        static_cast<right_basis&>(added) = *right;
        added.what = holder::kind::user;
        added.name = user.id;
        list.add_ends(all.given[user.given], added);
    }
}

what_can_result rights_of(policy const& of, role_set const& who, facts const& known) {
    what_can_result result;
    detail::policy_data const& p = detail::data_of(of);
    result.why = fits(p, known) ? who.refused : reason::unknown_name;
    if (!result) return result;
    lister const list(of, known);
    auto const actions = review::by_name(p.actions);
    for (std::uint32_t const category : review::by_name(p.categories))
        for (std::uint32_t const action : actions) {
            cell const on{action, category};
            auto const right = list.right(detail::view_of(who), on);
            if (!right) continue;
            held_right& added = result.rights.emplace_back();
            added.category = p.categories.name(category);
            added.action = p.actions.name(action);
            list.describe(*right, added);
            added.through = list.through(who, on);
        }
    return result;
}

}  // namespace

who_can_result who_can(policy const& by, std::string_view action, std::string_view category,
                       date on, facts const& known) {
    return who_can(by, users_view{}, action, category, on, known);
}

who_can_result who_can(policy const& by, users_view directory, std::string_view action,
                       std::string_view category, date on, facts const& known) {
    detail::policy_data const& p = detail::data_of(by);
    cell const asked{p.actions.find(action), p.categories.find(category)};
    if (asked.action == detail::name_table::none || asked.category == detail::name_table::none ||
        !fits(p, known))
        return {reason::unknown_name, {}};
    review::people const all(p, directory);
    if (!all.complete) return {reason::unavailable, {}};
    who_can_result result{reason::granted, {}};
    lister const list(by, known);
    add_roles(by, list, asked, result.holders);
    add_users(list, asked, all, on, result.holders);
    return result;
}

what_can_result what_can(policy const& by, role_list roles, facts const& known) {
    return rights_of(by, detail::activate_roles(detail::data_of(by), roles), known);
}

what_can_result what_can(session const& who, facts const& known) {
    return rights_of(who.of(), access::role_set(who), known);
}

what_can_result what_can_user(policy const& by, std::string_view id, date on, facts const& known) {
    return what_can_user(by, users_view{}, id, on, known);
}

what_can_result what_can_user(policy const& by, users_view directory, std::string_view id, date on,
                              facts const& known) {
    detail::policy_data const& p = detail::data_of(by);
    review::role_numbers numbers(p);
    review::given_to_user const given = review::given_to(p, directory, id, numbers);
    if (given.found == user_lookup::unavailable) return {reason::unavailable, {}, false};
    role_set const who = given.found == user_lookup::known ? review::reach_of(p, given.roles, on)
                                                           : detail::refuse(reason::unknown_name);
    what_can_result result = rights_of(by, who, known);
    if (!result) return result;
    result.apart = detail::breaks_separation(p, who.held, false);
    lister const list(by, known);
    for (held_right& right : result.rights) {
        list.add_ends(given.roles, right);
        right.apart = list.may_not_meet(right.through);
    }
    return result;
}

}  // namespace rolecall::inline v0_1
