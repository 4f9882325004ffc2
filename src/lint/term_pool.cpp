#include "lint/term_pool.hpp"

#include <rolecall/detail/activate.hpp>

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::linting {
namespace {

void add_conditions(detail::policy_data const& p, std::uint32_t row, std::uint32_t action,
                    std::uint32_t category, std::vector<std::uint32_t>& to) {
    if ((p.row(row)[category] >> 16U >> action & 1U) == 0) return;
    for (detail::cell_item const& item : p.conditions.find(row, category))
        if ((item.actions >> action & 1U) != 0) to.push_back(item.condition);
}

}  // namespace

term_pool::term_pool(detail::condition_table const& conditions) : conditions_(conditions) {
    add({});
    add({{}});
}

term_pool::number term_pool::of(cell_conditions const& met) {
    if (auto const known = numbers_.find(met); known != numbers_.end()) return known->second;
    review::formula const f = formula(met);
    number result = 0;
    if (auto found = review::terms_of(f)) {
        result = add(std::move(*found));
    } else {
        std::uint64_t const named = review::facts_of(f);
        result = static_cast<number>(entries_.size());
        entries_.push_back({{}, {named, named}, false});
    }
    numbers_.emplace(met, result);
    return result;
}

term_pool::number term_pool::add(review::terms terms) {
    auto const [known, is_new] = meanings_.try_emplace(terms, static_cast<number>(entries_.size()));
    if (is_new) {
        review::term facts;
        for (review::term const& t : terms) {
            facts.is_true |= t.is_true;
            facts.is_false |= t.is_false;
        }
        entries_.push_back({std::move(terms), facts, true});
    }
    return known->second;
}

bool term_pool::covers(number wide, number narrow) const {
    if (wide == narrow || wide == always || narrow == never) return true;
    return entries_[wide].known && entries_[narrow].known &&
           review::covers(entries_[wide].terms, entries_[narrow].terms);
}

review::formula term_pool::formula(cell_conditions const& met) const {
    auto const list = [&](std::uint32_t condition) {
        auto const masks = conditions_.alternatives(condition);
        return review::alternatives(masks.begin(), masks.end());
    };
    review::formula f;
    if (!met.always_granted)
        for (std::uint32_t const condition : met.granted) {
            auto const masks = conditions_.alternatives(condition);
            f.granted.insert(f.granted.end(), masks.begin(), masks.end());
        }
    for (std::uint32_t const condition : met.required) f.required.push_back(list(condition));
    for (std::uint32_t const condition : met.forbidden) f.forbidden.push_back(list(condition));
    return f;
}

cell_conditions conditions_of(detail::policy_data const& p,
                              std::span<std::uint32_t const> grant_rows,
                              std::span<std::uint32_t const> guard_rows, std::uint32_t action,
                              std::uint32_t category) {
    cell_conditions met;
    for (std::uint32_t const row : grant_rows) {
        met.always_granted |= (p.row(row)[category] >> action & 1U) != 0;
        add_conditions(p, row, action, category, met.granted);
    }
    if (met.always_granted) met.granted.clear();
    add_conditions(p, p.required, action, category, met.required);
    for (std::uint32_t const row : guard_rows)
        add_conditions(p, row, action, category, met.forbidden);
    detail::sort_unique(met.granted);
    detail::sort_unique(met.required);
    detail::sort_unique(met.forbidden);
    return met;
}

}  // namespace rolecall::inline v0_1::linting
