#include "review/formula.hpp"
#include "review/name_order.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/lists.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {
namespace {

using detail::access;
using detail::role_set;
using review::formula;

// A permission by its numbers.
struct cell {
    std::uint32_t action = 0;
    std::uint32_t category = 0;
};

// What a list is made from: the rows of a policy, and what is known.
class lister {
public:
    lister(policy const& of, facts const& known)
        : p_(detail::data_of(of)), known_{access::known_true(known), access::known_false(known)} {}

    [[nodiscard]] detail::policy_data const& data() const noexcept { return p_; }

    [[nodiscard]] std::optional<formula> right(detail::active_roles who, cell on) const {
        return review::right_of(p_, who, on.action, on.category, known_);
    }

    // Those of the active roles that give the right alone, guardrails of all roles held.
    [[nodiscard]] std::vector<granting_role> through(role_set const& who, cell on) const {
        std::vector<granting_role> result;
        for (std::uint32_t const role : who.active)
            if (auto const alone = right({{&role, 1}, who.guard_rows}, on))
                result.push_back(granting(role, *alone));
        return result;
    }

    // The roles whose lines give it to a role that asks alone. `lines` are all that do.
    [[nodiscard]] std::vector<granting_role> through(review::written_rules const& rules,
                                                     std::span<review::granting_line const> lines,
                                                     std::uint32_t asking, cell on) const {
        detail::active_roles const alone{{&asking, 1}, {&p_.rows_of_role[asking].guards, 1}};
        formula f = review::formula_of(p_, alone, on.action, on.category);
        auto const inherited = rules.closure(alone.active);
        std::vector<granting_role> result;
        for (std::size_t i = 0; i < lines.size();) {
            auto const* const role = lines[i].role;
            std::uint32_t const number = p_.roles.find(role->name.text);
            bool always = false;
            f.granted.clear();
            for (; i < lines.size() && lines[i].role == role; ++i) {
                auto const masks = rules.masks(lines[i].right->when);
                always |= masks.empty();
                f.granted.insert(f.granted.end(), masks.begin(), masks.end());
            }
            if (always) f.granted.clear();
            if (!std::binary_search(inherited.begin(), inherited.end(), number)) continue;
            if (auto const from_there = review::settled(f, known_))
                result.push_back(granting(number, *from_there));
        }
        std::sort(result.begin(), result.end(),
                  [](auto const& a, auto const& b) { return a.role < b.role; });
        return result;
    }

    void describe(formula const& f, right_basis& to) const {
        to.condition = review::to_text(f, p_.facts);
        to.facts = fact_names(f);
    }

private:
    [[nodiscard]] granting_role granting(std::uint32_t role, formula const& f) const {
        return {std::string(p_.roles.name(role)), review::to_text(f, p_.facts), fact_names(f), {}};
    }

    [[nodiscard]] std::vector<std::string> fact_names(formula const& f) const {
        auto const names = review::names_of(review::facts_of(f), p_.facts);
        return {names.begin(), names.end()};
    }

    detail::policy_data const& p_;
    detail::known_facts known_;
};

bool fits(detail::policy_data const& p, facts const& known) noexcept {
    return (access::lineage(known) | p.lineage) == p.lineage &&
           (access::stated(known) & p.undeclared_facts) == 0;
}

// All that a listed user reaches by choosing which roles are active: rule 7. Choosing none is
// refused only for what no choice helps against.
role_set reach_of(detail::policy_data const& p, std::string_view id, date on) {
    role_set set = detail::activate_user(p, id, role_list{}, on);
    set.active = set.held;
    std::sort(set.active.begin(), set.active.end(),
              [&](std::uint32_t a, std::uint32_t b) { return p.roles.name(a) < p.roles.name(b); });
    return set;
}

// The last day on which a listed user is assigned the role.
std::optional<date> last_day(detail::policy_data const& p, std::string_view id,
                             std::string_view role) {
    std::uint32_t const number = p.roles.find(role);
    std::optional<date> last;
    for (detail::role_assignment const& a : p.assigned(p.users.find(id))) {
        if (a.role != number) continue;
        if (a.until == detail::no_end) return std::nullopt;
        last = std::max(last.value_or(date::from_days(a.until)), date::from_days(a.until));
    }
    return last;
}

void add_ends(detail::policy_data const& p, std::string_view id, right_basis& to) {
    bool endless = false;
    for (granting_role& part : to.through) {
        part.until = last_day(p, id, part.role);
        endless |= !part.until;
        if (part.until) to.until = std::max(to.until.value_or(*part.until), *part.until);
    }
    if (endless) to.until.reset();
}

bool may_not_meet(detail::policy_data const& p, std::vector<granting_role> const& roles) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(roles.size());
    for (granting_role const& part : roles) numbers.push_back(p.roles.find(part.role));
    return detail::breaks_separation(p, numbers, false);
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

void add_users(lister const& list, cell on, date day, std::vector<holder>& to) {
    detail::policy_data const& p = list.data();
    for (std::uint32_t const user : review::by_name(p.users)) {
        std::string_view const id = p.users.name(user);
        role_set const who = reach_of(p, id, day);
        if (!who.ok()) continue;
        auto const right = list.right(detail::view_of(who), on);
        if (!right) continue;
        holder& added = to.emplace_back();
        added.what = holder::kind::user;
        added.name = id;
        list.describe(*right, added);
        added.through = list.through(who, on);
        added.apart = may_not_meet(p, added.through);
        add_ends(p, id, added);
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
    detail::policy_data const& p = detail::data_of(by);
    cell const asked{p.actions.find(action), p.categories.find(category)};
    if (asked.action == detail::name_table::none || asked.category == detail::name_table::none ||
        !fits(p, known))
        return {reason::unknown_name, {}};
    who_can_result result{reason::granted, {}};
    lister const list(by, known);
    add_roles(by, list, asked, result.holders);
    add_users(list, asked, on, result.holders);
    return result;
}

what_can_result what_can(policy const& by, role_list roles, facts const& known) {
    return rights_of(by, detail::activate_roles(detail::data_of(by), roles), known);
}

what_can_result what_can(session const& who, facts const& known) {
    return rights_of(who.of(), access::role_set(who), known);
}

what_can_result what_can_user(policy const& by, std::string_view id, date on, facts const& known) {
    detail::policy_data const& p = detail::data_of(by);
    role_set const who = reach_of(p, id, on);
    what_can_result result = rights_of(by, who, known);
    if (!result) return result;
    result.apart = detail::breaks_separation(p, who.held, false);
    for (held_right& right : result.rights) {
        add_ends(p, id, right);
        right.apart = may_not_meet(p, right.through);
    }
    return result;
}

}  // namespace rolecall::inline v0_1
