#include "exposure/cells.hpp"

#include "review/name_order.hpp"

#include <bit>
#include <cstddef>
#include <tuple>

namespace rolecall::inline v0_1::exposure {
namespace {

constexpr std::uint32_t built_in_actions = 4;  // have the first numbers, in every policy

// What the rows of all roles leave of a category, its conditions aside: most are nothing, and
// most others need no look at a condition.
std::uint32_t effective_word(detail::policy_data const& p, detail::active_roles who,
                             std::uint32_t category) noexcept {
    std::uint32_t grants = 0;
    std::uint32_t guards = 0;
    for (std::uint32_t const role : who.active)
        grants |= p.row(p.rows_of_role[role].grants)[category];
    if (grants == 0) return 0;
    for (std::uint32_t const row : who.guard_rows) guards |= p.row(row)[category];
    return detail::effective_cell(grants, guards, p.row(p.required)[category]);
}

}  // namespace

void unite(words& to, words const& with) {
    if (to.size() < with.size()) to.resize(with.size());
    for (std::size_t i = 0; i < with.size(); ++i) to[i] |= with[i];
}

bool counts::less_than(counts const& other) const {
    for (std::size_t i = 0; i < levels.size(); ++i) {
        exposure_count const& a = levels[i].rights;
        exposure_count const& b = other.levels[i].rights;
        if (a != b) return std::tie(a.possible, a.certain) < std::tie(b.possible, b.certain);
    }
    return false;
}

cells::cells(policy const& of, facts const& known) : list_(of, known), levels_(of), fit_(true) {
    using detail::access;
    detail::policy_data const& p = data();
    fit_ = (access::lineage(known) | p.lineage) == p.lineage &&
           (access::stated(known) & p.undeclared_facts) == 0;
    for (std::uint32_t action = 0; action < built_in_actions; ++action) actions_.push_back(action);
    for (std::uint32_t const action : review::by_name(p.actions))
        if (action >= built_in_actions) actions_.push_back(action);
}

std::vector<std::string> cells::action_names() const {
    std::vector<std::string> names;
    names.reserve(actions_.size());
    for (std::uint32_t const action : actions_) names.emplace_back(data().actions.name(action));
    return names;
}

words cells::of(detail::active_roles who) const {
    detail::policy_data const& p = data();
    words result(p.categories.size());
    for (std::uint32_t category = 0; category < result.size(); ++category) {
        std::uint32_t const effective = effective_word(p, who, category);
        std::uint32_t word = effective & detail::always_bits;
        word |= word << 16U;
        for (std::uint32_t left = effective >> 16U; left != 0; left &= left - 1) {
            auto const action = static_cast<std::uint32_t>(std::countr_zero(left));
            auto const right = list_.right(who, {action, category});
            if (!right) continue;
            word |= 0x10000U << action;
            if (right->always()) word |= 1U << action;
        }
        result[category] = word;
    }
    return result;
}

words cells::of_role(std::uint32_t role) const { return of(alone(data(), role)); }

counts cells::count(words const& of) const {
    counts result{std::vector<level_count>(levels_.names().size(), nothing()), nothing()};
    for (std::uint32_t category = 0; category < of.size(); ++category) {
        if (of[category] == 0) continue;
        add(of[category], result.levels[levels_.of(category)]);
        add(of[category], result.total);
    }
    return result;
}

void cells::add(std::uint32_t word, level_count& to) const {
    if (word == 0) return;
    ++to.categories.possible;
    if ((word & detail::always_bits) != 0) ++to.categories.certain;
    for (std::size_t i = 0; i < actions_.size(); ++i) {
        std::size_t const certain = word >> actions_[i] & 1U;
        std::size_t const possible = word >> (16U + actions_[i]) & 1U;
        to.rights.certain += certain;
        to.rights.possible += possible;
        to.actions[i].certain += certain;
        to.actions[i].possible += possible;
    }
}

level_count cells::nothing() const {
    level_count result;
    result.actions.resize(actions_.size());
    return result;
}

}  // namespace rolecall::inline v0_1::exposure
