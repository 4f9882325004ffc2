#include "mutation/row_changes.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::mutating {
namespace {

using masks = std::vector<std::uint64_t>;

// The conditions of a cell for one action, whatever their numbers are.
std::vector<masks> conditions(detail::policy_data const& p, std::uint32_t row,
                              std::uint32_t category, std::uint32_t action) {
    std::vector<masks> found;
    for (detail::cell_item const& item : p.conditions.find(row, category)) {
        if ((item.actions >> action & 1U) == 0) continue;
        auto const list = p.conditions.alternatives(item.condition);
        found.emplace_back(list.begin(), list.end());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

row_changes::row_changes(detail::policy_data const& p, detail::policy_data const& m)
    : p_(p), m_(m), required_(compare(p.required, m.required)) {
    for (std::uint32_t role = 0; role < p.roles.size(); ++role) {
        detail::role_rows const& before = p.rows_of_role[role];
        detail::role_rows const& after = m.rows_of_role[role];
        rows_.push_back(
            {compare(before.grants, after.grants), compare(before.guards, after.guards)});
    }
    compare(p.guards_of_everyone, m.guards_of_everyone);  // of who has no role
    anywhere_.resize(p.width);
    for (auto const& [rows, cells] : known_)
        for (changed_cell const& cell : cells) anywhere_[cell.category] |= cell.actions;
}

changed_cells const* row_changes::compare(std::uint32_t row_of_p, std::uint32_t row_of_m) {
    auto const [known, is_new] = known_.try_emplace({row_of_p, row_of_m});
    changed_cells& found = known->second;
    if (!is_new) return &found;
    std::uint32_t const* const before = p_.row(row_of_p);
    std::uint32_t const* const after = m_.row(row_of_m);
    for (std::uint32_t category = 0; category < p_.categories.size(); ++category) {
        std::uint32_t const words = before[category] ^ after[category];
        std::uint32_t changed = (words | words >> 16U) & detail::always_bits;
        std::uint32_t const depend = before[category] >> 16U & ~changed;
        for (std::uint32_t action = 0; depend >> action != 0; ++action)
            if ((depend >> action & 1U) != 0 && conditions(p_, row_of_p, category, action) !=
                                                    conditions(m_, row_of_m, category, action))
                changed |= std::uint32_t{1} << action;
        if (changed != 0) found.push_back({category, changed});
    }
    return &found;
}

}  // namespace rolecall::inline v0_1::mutating
