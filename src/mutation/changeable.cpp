#include "mutation/changeable.hpp"

#include <rolecall/detail/activate.hpp>

#include <algorithm>
#include <bit>

namespace rolecall::inline v0_1::mutating {

changeable::changeable(detail::policy_data const& base, own_rights const& rights)
    : rights_(rights) {
    copy_from(base);
    find_inheritance();
    make_rows();
    masks_ = p_.conditions.masks.size();
    conditions_ = p_.conditions.conditions.size();
    items_ = p_.conditions.items.size();
}

void changeable::copy_from(detail::policy_data const& base) {
    p_.lineage = base.lineage;
    p_.width = base.width;
    p_.roles = base.roles;
    p_.actions = base.actions;
    p_.categories = base.categories;
    p_.facts = base.facts;
    p_.source = base.source;
    p_.cells = base.cells;
    p_.rows_of_role = base.rows_of_role;
    p_.guards_of_everyone = base.guards_of_everyone;
    p_.required = base.required;
    p_.conditions = base.conditions;
    p_.users = base.users;
    p_.assignments_of_user = base.assignments_of_user;
    p_.assignments = base.assignments;
    p_.other_users = base.other_users;
    p_.says_other_users = base.says_other_users;
    p_.juniors_of_role = base.juniors_of_role;
    p_.juniors = base.juniors;
    p_.separations = base.separations;
    p_.separation_members_of_role = base.separation_members_of_role;
    p_.separation_members = base.separation_members;
}

void changeable::find_inheritance() {
    std::uint32_t const count = p_.roles.size();
    seniors_.resize(count);
    for (std::uint32_t role = 0; role < count; ++role) {
        closure_.push_back(detail::with_inherited(p_, {role}));
        for (std::uint32_t const held : closure_.back()) seniors_[held].push_back(role);
    }
}

void changeable::make_rows() {
    for (own_right const& right : rights_.all())
        condition_of_right_.push_back(right.when.empty() ? 0 : number_of(right.when));

    detail::condition_table& table = p_.conditions;
    std::vector<detail::condition_table::slot> slots;
    for (detail::condition_table::slot const& s : table.slots)
        if (s.row != detail::condition_table::empty_slot) slots.push_back(s);
    auto row = static_cast<std::uint32_t>(p_.cells.size() / p_.width);
    p_.cells.resize(p_.cells.size() + std::size_t{p_.roles.size()} * p_.width);
    for (std::uint32_t role = 0; role < p_.roles.size(); ++role, ++row) {
        p_.rows_of_role[role].grants = row;
        for (std::uint32_t category = 0; category < p_.categories.size(); ++category) {
            std::uint32_t const word = gather(role, category, nullptr);
            p_.cells[std::size_t{row} * p_.width + category] = word;
            detail::slice const items{static_cast<std::uint32_t>(table.items.size()),
                                      static_cast<std::uint32_t>(gathered_.size())};
            table.items.insert(table.items.end(), gathered_.begin(), gathered_.end());
            // A cell that has a grant may come to have a condition.
            if (word != 0) slots.push_back({row, category, items});
        }
    }
    table.slots.assign(std::bit_ceil(slots.size() * 2 + 2), {});
    for (detail::condition_table::slot const& s : slots) table.insert(s);
    p_.finish();
}

std::uint32_t changeable::number_of(review::alternatives const& when) {
    detail::condition_table& table = p_.conditions;
    table.conditions.push_back(
        {static_cast<std::uint32_t>(table.masks.size()), static_cast<std::uint32_t>(when.size())});
    table.masks.insert(table.masks.end(), when.begin(), when.end());
    return static_cast<std::uint32_t>(table.conditions.size() - 1);
}

std::uint32_t changeable::gather(std::uint32_t role, std::uint32_t category,
                                 grant_change const* change) {
    gathered_.clear();
    std::uint32_t word = 0;
    for (std::uint32_t const holder : closure_[role]) {
        bool const changed = change != nullptr && change->role == holder;
        for (auto const& [key, number] : rights_.on(holder, category)) {
            own_right const& right = rights_.all()[number];
            bool const other = changed && change->right == number;
            std::uint32_t const actions = right.actions & ~(changed ? change->taken : 0);
            if (actions == 0) continue;
            if (other ? change->when.empty() : right.when.empty()) {
                word |= actions;
            } else {
                word |= actions << 16U;
                gathered_.push_back(
                    {actions, other ? number_of(change->when) : condition_of_right_[number]});
            }
        }
        if (changed) word |= change->given;
    }
    word &= ~((word & detail::always_bits) << 16U);
    std::erase_if(gathered_, [&](detail::cell_item& item) {
        item.actions &= word >> 16U;
        return item.actions == 0;
    });
    return word;
}

std::optional<std::size_t> changeable::slot_of(std::uint32_t row,
                                               std::uint32_t category) const noexcept {
    using table = detail::condition_table;
    std::size_t const mask = p_.conditions.slots.size() - 1;
    for (std::size_t i = table::hash(row, category) & mask;; i = (i + 1) & mask) {
        table::slot const& s = p_.conditions.slots[i];
        if (s.row == table::empty_slot) return std::nullopt;
        if (s.row == row && s.category == category) return i;
    }
}

bool changeable::apply(grant_change const& change) {
    detail::condition_table& table = p_.conditions;
    bool differs = false;
    for (std::uint32_t const role : seniors_[change.role])
        for (std::uint32_t const category : change.categories) {
            std::uint32_t const word = gather(role, category, &change);
            std::size_t const cell = std::size_t{row_of(role)} * p_.width + category;
            saved_cell save{cell, p_.cells[cell], slot_of(row_of(role), category), {}};
            auto const known = p_.conditions.find(row_of(role), category);
            bool const same =
                word == p_.cells[cell] &&
                std::equal(known.begin(), known.end(), gathered_.begin(), gathered_.end());
            if (same) continue;
            if (role == change.role) differs = true;
            p_.cells[cell] = word;
            // INVARIANT: a cell without a slot had no grant, and is given one without a condition.
            if (save.slot) {
                save.items = table.slots[*save.slot].items;
                table.slots[*save.slot].items = {static_cast<std::uint32_t>(table.items.size()),
                                                 static_cast<std::uint32_t>(gathered_.size())};
                table.items.insert(table.items.end(), gathered_.begin(), gathered_.end());
            }
            saved_.push_back(save);
        }
    if (!differs) restore();
    return differs;
}

void changeable::restore() noexcept {
    detail::condition_table& table = p_.conditions;
    for (saved_cell const& save : saved_) {
        p_.cells[save.cell] = save.word;
        if (save.slot) table.slots[*save.slot].items = save.items;
    }
    saved_.clear();
    table.items.resize(items_);
    table.conditions.resize(conditions_);
    table.masks.resize(masks_);
}

}  // namespace rolecall::inline v0_1::mutating
