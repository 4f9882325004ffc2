#include "meaning/terms.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace rolecall::inline v0_1::review {
namespace {

// Sorted, without those that hold only where another does. Where these are more than `most`, a few
// more than that, and not sorted: comparing all with all takes long.
terms smallest_within(terms of, std::size_t most, std::uint64_t& compared) {
    auto const size = [](term const& t) {
        return std::popcount(t.is_true) + std::popcount(t.is_false);
    };
    std::sort(of.begin(), of.end(), [&](term const& a, term const& b) {
        return std::pair(size(a), a) < std::pair(size(b), b);
    });
    terms kept;
    for (term const& t : of) {
        compared += 1 + kept.size();
        if (std::any_of(kept.begin(), kept.end(), [&](term const& k) { return k.within(t); }))
            continue;
        kept.push_back(t);
        if (kept.size() > most) return kept;
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

// Each of these together with each of those; nothing where that is too many, or where both know
// the same fact and differ.
std::optional<terms> both(terms const& left, terms const& right, std::uint64_t& compared) {
    if (left.size() * right.size() > most_terms * 16) return std::nullopt;
    terms result;
    result.reserve(left.size() * right.size());
    for (term const& a : left)
        for (term const& b : right) {
            term const sum{a.is_true | b.is_true, a.is_false | b.is_false};
            if ((sum.is_true & sum.is_false) == 0) result.push_back(sum);
        }
    result = smallest_within(std::move(result), most_terms, compared);
    if (result.size() > most_terms) return std::nullopt;
    return result;
}

}  // namespace

terms smallest(terms of) {
    std::size_t const all = of.size();
    std::uint64_t compared = 0;
    return smallest_within(std::move(of), all, compared);
}

std::optional<terms> terms_of(formula const& f) {
    std::uint64_t compared = 0;
    return terms_of(f, compared);
}

std::optional<terms> terms_of(formula const& f, std::uint64_t& compared) {
    std::optional<terms> result = terms{{}};
    auto const and_all_true = [&](alternatives const& any_of) {
        terms list;
        list.reserve(any_of.size());
        for (std::uint64_t const mask : any_of) list.push_back({mask, 0});
        result = both(*result, list, compared);
    };
    if (!f.granted.empty()) and_all_true(f.granted);
    for (alternatives const& any_of : f.required) {
        if (!result) return std::nullopt;
        and_all_true(any_of);
    }
    // A guardrail is stopped when each of its alternatives has a fact that is known false.
    for (alternatives const& any_of : f.forbidden)
        for (std::uint64_t const mask : any_of) {
            if (!result) return std::nullopt;
            terms list;
            for (std::uint64_t left = mask; left != 0; left &= left - 1)
                list.push_back({0, left & (~left + 1)});
            result = both(*result, list, compared);
        }
    return result;
}

bool covers(terms const& wide, terms const& narrow) {
    return std::all_of(narrow.begin(), narrow.end(), [&](term const& n) {
        return std::any_of(wide.begin(), wide.end(), [&](term const& w) { return w.within(n); });
    });
}

terms beyond(terms const& all, terms const& known) {
    terms result;
    for (term const& t : all)
        if (std::none_of(known.begin(), known.end(), [&](term const& k) { return k.within(t); }))
            result.push_back(t);
    return result;
}

}  // namespace rolecall::inline v0_1::review
