#include "diff/rows.hpp"

#include <algorithm>
#include <bit>

namespace rolecall::inline v0_1::diff {

using detail::policy_data;

// What the rows of somebody have in one category, all conditions by the policy's own numbers.
struct row_comparison::cell {
    std::uint32_t granted = 0, guarded = 0, required = 0;
    std::vector<detail::cell_item> grants, guards, requirements;

    void clear() {
        granted = guarded = required = 0;
        grants.clear();
        guards.clear();
        requirements.clear();
    }
};

row_comparison::row_comparison(vocabulary const& names)
    : names_(names),
      mappers_{fact_mapper(names.facts, side::before), fact_mapper(names.facts, side::after)} {
    for (side const s : sides) {
        policy_data const& p = *names.policies[s];
        conditions_[s].assign(p.conditions.conditions.size(), unseen);
        for (std::uint32_t joint = 0; joint < names.actions.size(); ++joint)
            if (names.actions.declared(s, joint)) declared_[s] |= 1U << names.actions.in(s, joint);
    }
    for (std::uint32_t joint = 0; joint < names.actions.size(); ++joint)
        same_actions_ &=
            names.actions.in(side::before, joint) == names.actions.in(side::after, joint);
}

std::uint32_t row_comparison::joint_actions(side s, std::uint32_t own) const noexcept {
    std::uint32_t result = 0;
    for (own &= declared_[s]; own != 0; own &= own - 1)
        result |= 1U << names_.actions.of(s, static_cast<std::uint32_t>(std::countr_zero(own)));
    return result;
}

std::uint64_t row_comparison::joint_word(side s, std::uint32_t word) const noexcept {
    if (word == 0) return 0;
    return joint_actions(s, word & detail::always_bits) |
           std::uint64_t{joint_actions(s, word >> 16U)} << 32U;
}

std::uint32_t row_comparison::condition_number(side s, std::uint32_t own) {
    std::uint32_t& number = conditions_[s][own];
    if (number == unseen) {
        auto const next = static_cast<std::uint32_t>(condition_numbers_.size());
        number =
            condition_numbers_
                .try_emplace(
                    mappers_[s].condition(names_.policies[s]->conditions.alternatives(own)), next)
                .first->second;
    }
    return number;
}

std::uint32_t row_comparison::list_number(side s, std::span<detail::cell_item const> items) {
    if (items.empty()) return unseen;
    auto const first =
        static_cast<std::uint32_t>(items.data() - names_.policies[s]->conditions.items.data());
    auto const [known, is_new] = lists_[s].try_emplace(first, unseen);
    if (is_new) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> content;
        content.reserve(items.size());
        for (detail::cell_item const& item : items)
            content.emplace_back(condition_number(s, item.condition),
                                 joint_actions(s, item.actions));
        std::sort(content.begin(), content.end());
        auto const next = static_cast<std::uint32_t>(list_numbers_.size());
        known->second = list_numbers_.try_emplace(std::move(content), next).first->second;
    }
    return known->second;
}

bool row_comparison::same_items(std::uint32_t before, std::uint32_t before_category,
                                std::uint32_t after, std::uint32_t after_category) {
    auto const number = [&](side s, std::uint32_t row, std::uint32_t category) {
        return list_number(s, names_.policies[s]->conditions.find(row, category));
    };
    return number(side::before, before, before_category) ==
           number(side::after, after, after_category);
}

std::vector<std::uint32_t> row_comparison::look(std::uint32_t before, std::uint32_t after) {
    policy_data const& old = *names_.policies.before;
    policy_data const& now = *names_.policies.after;
    std::uint32_t const* const old_row = old.row(before);
    std::uint32_t const* const new_row = now.row(after);
    std::uint32_t const known = declared_.before | declared_.before << 16U;
    std::vector<std::uint32_t> result;
    for (std::uint32_t joint = 0; joint < names_.categories.size(); ++joint) {
        std::uint32_t const was = names_.categories.in(side::before, joint);
        std::uint32_t const is = names_.categories.in(side::after, joint);
        std::uint32_t const old_word = was == joint_names::none ? 0 : old_row[was];
        std::uint32_t const new_word = is == joint_names::none ? 0 : new_row[is];
        if (old_word == 0 && new_word == 0) continue;
        bool const same_words =
            same_actions_ ? ((old_word ^ new_word) & known) == 0
                          : joint_word(side::before, old_word) == joint_word(side::after, new_word);
        bool const depends = (old_word & detail::depends_bits) != 0;
        if (!same_words || (depends && !same_items(before, was, after, is)))
            result.push_back(joint);
    }
    return result;
}

std::vector<std::uint32_t> const& row_comparison::differing(std::uint32_t before,
                                                            std::uint32_t after) {
    auto const [known, is_new] = known_.try_emplace(std::uint64_t{before} << 32U | after);
    if (is_new) known->second = look(before, after);
    return known->second;
}

std::vector<std::uint32_t> const& row_comparison::differing_requirements() {
    return differing(names_.policies.before->required, names_.policies.after->required);
}

void row_comparison::read(side s, holders const& who, std::uint32_t category, cell& to) const {
    to.clear();
    std::uint32_t const own = names_.categories.in(s, category);
    if (own == joint_names::none || who.active.empty()) return;
    policy_data const& p = *names_.policies[s];
    auto const add = [&](std::uint32_t row, std::uint32_t& word,
                         std::vector<detail::cell_item>& items) {
        std::uint32_t const here = p.row(row)[own];
        word |= here;
        if ((here & detail::depends_bits) == 0) return;
        auto const found = p.conditions.find(row, own);
        items.insert(items.end(), found.begin(), found.end());
    };
    for (std::uint32_t const role : who.active)
        add(p.rows_of_role[role].grants, to.granted, to.grants);
    if (to.granted == 0) return;
    for (std::uint32_t const row : who.guard_rows) add(row, to.guarded, to.guards);
    add(p.required, to.required, to.requirements);
}

void row_comparison::fill(cell const& from, std::uint32_t action, right_key& to) {
    auto const has = [&](std::uint32_t word) { return (word >> action & 1U) != 0; };
    auto const gather = [&](std::vector<detail::cell_item> const& items) {
        std::vector<std::uint32_t> result;
        for (detail::cell_item const& item : items)
            if (has(item.actions)) result.push_back(item.condition);
        std::sort(result.begin(), result.end());
        result.erase(std::unique(result.begin(), result.end()), result.end());
        return result;
    };
    to = {};
    bool const always = has(from.granted);
    if ((!always && !has(from.granted >> 16U)) || has(from.guarded)) return;
    if (always && !has(from.guarded >> 16U) && !has(from.required >> 16U)) {
        to.is = right_key::kind::always;
        return;
    }
    to.is = right_key::kind::depends;
    to.granted_always = always;
    if (!always) to.granted = gather(from.grants);
    to.required = gather(from.requirements);
    to.forbidden = gather(from.guards);
}

void row_comparison::compare(both<holders> const& who, std::uint32_t category, meanings& with,
                             std::vector<changed_cell>& to) {
    both<cell> cells;
    for (side const s : sides) read(s, who[s], category, cells[s]);
    if ((cells.before.granted | cells.after.granted) == 0) return;
    both<right_key> rights;
    for (std::uint32_t action = 0; action < names_.actions.size(); ++action) {
        for (side const s : sides) {
            rights[s] = {};
            if (names_.actions.declared(s, action))
                fill(cells[s], names_.actions.in(s, action), rights[s]);
        }
        std::uint32_t const meaning = with.compare(rights);
        if (meaning != meanings::same) to.push_back({category, action, meaning});
    }
}

}  // namespace rolecall::inline v0_1::diff
