// Facts that no guardrail speaks of cost nothing: they are taken to be true at once. What is left
// is to choose one alternative of the grants and of each requirement, so that no guardrail has an
// alternative with all its facts true. Whatever is not chosen becomes known to be false.
#include "exercise/attack.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::exercising {
namespace {

using review::alternatives;

bool within(std::uint64_t mask, std::uint64_t facts) noexcept { return (mask & ~facts) == 0; }

class search {
public:
    search(std::vector<alternatives> lists, alternatives forbidden)
        : lists_(std::move(lists)), forbidden_(std::move(forbidden)) {}

    // Facts that, known true, satisfy every list and no alternative that is forbidden.
    std::optional<std::uint64_t> run() {
        std::uint64_t guarded = 0;
        for (std::uint64_t const mask : forbidden_) guarded |= mask;
        if (!satisfy(~guarded)) return std::nullopt;
        return chosen_;
    }

    [[nodiscard]] bool gave_up() const noexcept { return steps_ == 0; }

private:
    [[nodiscard]] bool fires(std::uint64_t is_true) const {
        return std::any_of(forbidden_.begin(), forbidden_.end(),
                           [&](std::uint64_t mask) { return within(mask, is_true); });
    }

    // More facts known true satisfy no more than fewer did: a dead end of fewer ends more as well.
    [[nodiscard]] bool is_dead_end(std::uint64_t is_true) const {
        return std::any_of(dead_ends_.begin(), dead_ends_.end(),
                           [&](std::uint64_t end) { return within(end, is_true); });
    }

    bool satisfy(std::uint64_t is_true) {
        if (fires(is_true) || is_dead_end(is_true)) return false;
        if (steps_ == 0) return true;
        --steps_;
        std::uint64_t const from = is_true;
        if (auto const narrow = settle(is_true)) {
            if (narrow->empty()) {
                chosen_ = is_true;
                return true;
            }
            for (std::uint64_t const mask : *narrow)
                if (satisfy(is_true | mask)) return true;
        }
        note_dead_end(from);
        return false;
    }

    // Takes what is left without a choice. Gives the alternatives of the list with the fewest,
    // none where all lists are satisfied, and nothing where one can't be.
    [[nodiscard]] std::optional<alternatives> settle(std::uint64_t& is_true) const {
        alternatives fewest;
        for (bool again = true; again;) {
            again = false;
            fewest.clear();
            for (alternatives const& list : lists_) {
                if (std::any_of(list.begin(), list.end(),
                                [&](std::uint64_t mask) { return within(mask, is_true); }))
                    continue;
                alternatives open;
                for (std::uint64_t const mask : list)
                    if (!fires(is_true | mask)) open.push_back(mask);
                if (open.empty()) return std::nullopt;
                if (open.size() == 1) {
                    is_true |= open.front();
                    again = true;
                } else if (fewest.empty() || open.size() < fewest.size()) {
                    fewest = std::move(open);
                }
            }
        }
        return fewest;
    }

    void note_dead_end(std::uint64_t is_true) {
        constexpr std::size_t most = 512;
        if (dead_ends_.size() < most)
            dead_ends_.push_back(is_true);
        else
            dead_ends_[oldest_++ % most] = is_true;
    }

    std::vector<alternatives> lists_;
    alternatives forbidden_;
    std::vector<std::uint64_t> dead_ends_;
    std::size_t oldest_ = 0;
    std::size_t steps_ = 1'000'000;
    std::uint64_t chosen_ = 0;
};

// What is left of a list: alternatives that are not out of reach, without what is known already.
alternatives left_of(alternatives const& any_of, std::uint64_t out_of_reach,
                     std::uint64_t is_true) {
    alternatives left;
    for (std::uint64_t const mask : any_of)
        if ((mask & out_of_reach) == 0) left.push_back(mask & ~is_true);
    return left;
}

// Of each list the alternative that asks for the fewest facts beyond those needed already.
std::uint64_t fewest_facts(std::vector<alternatives> const& lists, std::uint64_t is_true) {
    std::uint64_t needed = 0;
    for (alternatives const& list : lists) {
        std::uint64_t best = ~std::uint64_t{0};
        for (std::uint64_t const mask : list)
            if (within(mask, is_true) &&
                std::popcount(mask & ~needed) < std::popcount(best & ~needed))
                best = mask;
        needed |= best;
    }
    return needed;
}

// A fact of each forbidden alternative that is not needed.
std::uint64_t stopping(alternatives const& forbidden, std::uint64_t needed) {
    std::uint64_t is_false = 0;
    for (std::uint64_t const mask : forbidden)
        if ((mask & is_false) == 0) is_false |= std::bit_floor(mask & ~needed);
    return is_false;
}

}  // namespace

std::optional<reached_state> reach(detail::policy_data const& p, detail::active_roles who,
                                   std::uint32_t action, std::uint32_t category,
                                   detail::known_facts given, std::uint64_t fixed) {
    std::uint32_t grants = 0;
    std::uint32_t guards = 0;
    for (std::uint32_t const role : who.active)
        grants |= p.row(p.rows_of_role[role].grants)[category];
    for (std::uint32_t const row : who.guard_rows) guards |= p.row(row)[category];
    std::uint32_t const cell =
        detail::effective_cell(grants, guards, p.row(p.required)[category]) >> action;
    if ((cell & 1U) != 0) return reached_state{};
    if ((cell & 0x10000U) == 0) return std::nullopt;

    review::formula const f = review::formula_of(p, who, action, category);
    std::uint64_t const never_true = given.is_false | (fixed & ~given.is_true);
    std::uint64_t const never_false = given.is_true | (fixed & ~given.is_false);
    std::vector<alternatives> lists;
    if (!f.granted.empty()) lists.push_back(left_of(f.granted, never_true, given.is_true));
    for (alternatives const& any_of : f.required)
        lists.push_back(left_of(any_of, never_true, given.is_true));
    alternatives forbidden;
    for (alternatives const& any_of : f.forbidden)
        for (std::uint64_t const mask : left_of(any_of, given.is_false, never_false))
            forbidden.push_back(mask);

    search look(lists, forbidden);
    auto const found = look.run();
    if (!found) return std::nullopt;
    if (look.gave_up()) return reached_state{0, 0, true};
    std::uint64_t const needed = fewest_facts(lists, *found);
    return reached_state{needed, stopping(forbidden, needed), false};
}

std::optional<way_in> way_in_of(detail::policy_data const& p, asked_exercise const& asked,
                                std::uint32_t action, std::uint32_t category) {
    for (std::uint32_t const role : asked.who.active)
        if (auto state = reach(p, {{&role, 1}, asked.who.guard_rows}, action, category, asked.facts,
                               asked.fixed_facts))
            return way_in{role, *state};
    return std::nullopt;
}

}  // namespace rolecall::inline v0_1::exercising
