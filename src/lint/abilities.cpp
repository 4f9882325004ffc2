#include "lint/abilities.hpp"

#include <rolecall/detail/name_table.hpp>

#include <algorithm>
#include <bit>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace rolecall::inline v0_1::linting {
namespace {

std::uint64_t hash_of(ability const& a) {
    std::uint64_t hash = detail::hash_name(
        {reinterpret_cast<char const*>(a.cells.data()), a.cells.size() * sizeof(std::uint32_t)});
    for (conditional_cell const& c : a.conditional)
        hash = detail::fold_multiply(hash ^ c.when, 0x9E3779B97F4A7C15);
    return hash;
}

auto place_of(conditional_cell const& c) { return std::pair(c.category, c.action); }

}  // namespace

term_pool::number ability::when(std::uint32_t action, std::uint32_t category) const {
    std::uint32_t const word = cells[category] >> action;
    if ((word & 1U) != 0) return term_pool::always;
    if ((word & 0x10000U) == 0) return term_pool::never;
    return std::lower_bound(
               conditional.begin(), conditional.end(), std::pair(category, action),
               [](conditional_cell const& c, auto const& at) { return place_of(c) < at; })
        ->when;
}

abilities::abilities(detail::policy_data const& p)
    : p_(p), pool_(p.conditions), kind_of_(p.roles.size()) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> by_rows;
    std::unordered_multimap<std::uint64_t, std::size_t> by_content;
    auto const intern = [&](ability found) {
        std::uint64_t const hash = hash_of(found);
        auto const [first, last] = by_content.equal_range(hash);
        for (auto it = first; it != last; ++it)
            if (kinds_[it->second] == found) return it->second;
        kinds_.push_back(std::move(found));
        by_content.emplace(hash, kinds_.size() - 1);
        return kinds_.size() - 1;
    };
    for (std::uint32_t role = 0; role < kind_of_.size(); ++role) {
        detail::role_rows const& rows = p.rows_of_role[role];
        auto const [at, is_new] = by_rows.try_emplace({rows.grants, rows.guards}, 0);
        if (is_new) at->second = intern(look(rows));
        kind_of_[role] = at->second;
    }
}

ability abilities::look(detail::role_rows const& rows) {
    ability result;
    std::uint32_t const count = p_.categories.size();
    std::uint32_t const* const row = p_.row(rows.effective);
    result.cells.assign(row, row + count);
    for (std::uint32_t category = 0; category < count; ++category) {
        std::uint32_t& word = result.cells[category];
        for (std::uint32_t left = word >> 16U; left != 0; left &= left - 1) {
            auto const action = static_cast<std::uint32_t>(std::countr_zero(left));
            auto const when =
                pool_.of(conditions_of(p_, {&rows.grants, 1}, {&rows.guards, 1}, action, category));
            if (when == term_pool::never || when == term_pool::always) {
                word &= ~(0x10000U << action);
                if (when == term_pool::always) word |= 1U << action;
            } else {
                result.conditional.push_back({category, action, when});
            }
        }
        result.count += static_cast<std::size_t>(std::popcount(word));
    }
    return result;
}

bool abilities::within(std::size_t narrow, std::size_t wide) const {
    ability const& a = kinds_[narrow];
    ability const& b = kinds_[wide];
    if (a.count > b.count) return false;
    for (std::size_t category = 0; category < a.cells.size(); ++category) {
        std::uint32_t const missing =
            (a.cells[category] & ~b.cells[category]) |
            (a.cells[category] >> 16U & ~(b.cells[category] | b.cells[category] >> 16U));
        if ((missing & detail::always_bits) != 0) return false;
    }
    return std::all_of(a.conditional.begin(), a.conditional.end(), [&](conditional_cell const& c) {
        return pool_.covers(b.when(c.action, c.category), c.when);
    });
}

}  // namespace rolecall::inline v0_1::linting
