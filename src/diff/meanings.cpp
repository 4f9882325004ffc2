#include "diff/meanings.hpp"

#include "meaning/terms.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::diff {
namespace {

void add_to_key(right_key const& right, std::vector<std::uint32_t>& key) {
    key.push_back(static_cast<std::uint32_t>(right.is) * 2 + (right.granted_always ? 1U : 0U));
    for (auto const* list : {&right.granted, &right.required, &right.forbidden}) {
        key.push_back(static_cast<std::uint32_t>(list->size()));
        key.insert(key.end(), list->begin(), list->end());
    }
}

review::alternatives alternatives_of(detail::policy_data const& p, std::uint32_t condition) {
    auto const masks = p.conditions.alternatives(condition);
    return {masks.begin(), masks.end()};
}

review::formula formula_of(detail::policy_data const& p, right_key const& key) {
    review::formula f;
    if (!key.granted_always)
        for (std::uint32_t const condition : key.granted) {
            auto const masks = p.conditions.alternatives(condition);
            f.granted.insert(f.granted.end(), masks.begin(), masks.end());
        }
    for (std::uint32_t const condition : key.required)
        f.required.push_back(alternatives_of(p, condition));
    for (std::uint32_t const condition : key.forbidden)
        f.forbidden.push_back(alternatives_of(p, condition));
    return f;
}

// The terms of `all` that hold where `known` does not.
joint_terms beyond(joint_terms const& all, joint_terms const& known) {
    joint_terms result;
    for (joint_term const& t : all)
        if (std::none_of(known.begin(), known.end(),
                         [&](joint_term const& k) { return k.within(t); }))
            result.push_back(t);
    return result;
}

// A formula with the facts of both policies, in an order that its facts alone decide.
struct joint_formula {
    joint_condition granted;
    std::vector<joint_condition> required, forbidden;

    joint_formula(review::formula const& f, fact_mapper const& of)
        : granted(of.condition(f.granted)) {
        for (auto const& any_of : f.required) required.push_back(of.condition(any_of));
        for (auto const& any_of : f.forbidden) forbidden.push_back(of.condition(any_of));
        std::sort(required.begin(), required.end());
        std::sort(forbidden.begin(), forbidden.end());
    }

    friend bool operator==(joint_formula const&, joint_formula const&) = default;
};

}  // namespace

std::uint32_t meanings::compare(both<right_key> const& rights) {
    bool const depend =
        rights.before.is == right_key::kind::depends || rights.after.is == right_key::kind::depends;
    if (!depend && rights.before.is == rights.after.is) return same;
    std::vector<std::uint32_t> key;
    for (side const s : sides) add_to_key(rights[s], key);
    auto const found = known_.find(key);
    if (found != known_.end()) return found->second;
    std::uint32_t const number = look(rights);
    known_.emplace(std::move(key), number);
    return number;
}

meanings::one_side meanings::understand(right_key const& key, side of) const {
    one_side result;
    detail::policy_data const& p = *names_.policies[of];
    if (key.is == right_key::kind::always) result.right.emplace();
    if (key.is == right_key::kind::depends) result.right = review::settled(formula_of(p, key), {});
    if (result.right) {
        if (auto const own = review::terms_of(*result.right))
            result.terms = mappers_[of].terms(*own);
    } else {
        result.terms.emplace();
    }
    bool const can_hold = result.right && (!result.terms || !result.terms->empty());
    result.text = !can_hold                ? "never"
                  : result.right->always() ? "always"
                                           : review::to_text(*result.right, p.facts);
    return result;
}

bool meanings::worded_alike(both<one_side> const& rights) const {
    if (!rights.before.right || !rights.after.right) return false;
    return joint_formula(*rights.before.right, mappers_.before) ==
           joint_formula(*rights.after.right, mappers_.after);
}

std::vector<fact_state> meanings::states(joint_terms const& all, joint_terms const& known) const {
    std::vector<fact_state> result;
    for (joint_term const& term : beyond(all, known)) {
        fact_state& added = result.emplace_back();
        term.is_true.for_each(
            [&](std::uint32_t fact) { added.is_true.emplace_back(names_.facts.name(fact)); });
        term.is_false.for_each(
            [&](std::uint32_t fact) { added.is_false.emplace_back(names_.facts.name(fact)); });
    }
    std::sort(result.begin(), result.end(), [](fact_state const& a, fact_state const& b) {
        return std::tuple(a.is_true.size() + a.is_false.size(), a.is_true, a.is_false) <
               std::tuple(b.is_true.size() + b.is_false.size(), b.is_true, b.is_false);
    });
    return result;
}

std::uint32_t meanings::look(both<right_key> const& rights) {
    both<one_side> const sides_of{understand(rights.before, side::before),
                                  understand(rights.after, side::after)};
    auto const& [before, after] = sides_of;
    meaning result{{}, before.text, after.text, {}, {}, false};
    if (before.terms && after.terms) {
        if (*before.terms == *after.terms) return same;
        result.gained = states(*after.terms, *before.terms);
        result.lost = states(*before.terms, *after.terms);
        result.what = result.lost.empty()     ? right_change::kind::gained
                      : result.gained.empty() ? right_change::kind::lost
                                              : right_change::kind::changed;
    } else {
        if (worded_alike(sides_of)) return same;
        // What is known of one of them may tell that it can only have become more, or less.
        bool const only_gains = before.text == "never" || (after.right && after.right->always());
        bool const only_loses = after.text == "never" || (before.right && before.right->always());
        result.inexact = true;
        result.what = only_gains   ? right_change::kind::gained
                      : only_loses ? right_change::kind::lost
                                   : right_change::kind::changed;
    }
    all_.push_back(std::move(result));
    return static_cast<std::uint32_t>(all_.size() - 1);
}

}  // namespace rolecall::inline v0_1::diff
