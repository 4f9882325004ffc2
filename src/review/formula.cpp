#include "review/formula.hpp"

#include <rolecall/detail/compile/conditions.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace rolecall::review {
namespace {

alternatives alternatives_of(detail::policy_data const& p, std::uint32_t condition) {
    auto const masks = p.conditions.alternatives(condition);
    return {masks.begin(), masks.end()};
}

// Whether whatever makes `a` hold makes `b` hold.
bool implies(alternatives const& a, alternatives const& b) {
    return std::all_of(a.begin(), a.end(), [&](std::uint64_t x) {
        return std::any_of(b.begin(), b.end(), [&](std::uint64_t y) { return (y & ~x) == 0; });
    });
}

// Looks for facts that, known true, satisfy all lists of alternatives at once without
// making a guardrail fire. In general that is a search; after `patience` steps it is taken
// to succeed, so that a policy made to be slow shows a right with its condition, which is
// true, rather than hiding it.
class search {
public:
    explicit search(std::vector<alternatives> const& forbidden) : forbidden_(forbidden) {}

    bool satisfies(std::span<alternatives const> lists, std::uint64_t is_true) {
        if (patience_ == 0) return true;
        --patience_;
        if (fires(is_true)) return false;
        while (!lists.empty() && met(lists.front(), is_true)) lists = lists.subspan(1);
        if (lists.empty()) return true;
        return std::any_of(lists.front().begin(), lists.front().end(), [&](std::uint64_t mask) {
            return satisfies(lists.subspan(1), is_true | mask);
        });
    }

private:
    static bool met(alternatives const& any_of, std::uint64_t is_true) {
        return std::any_of(any_of.begin(), any_of.end(),
                           [&](std::uint64_t mask) { return (mask & ~is_true) == 0; });
    }

    // A guardrail is stopped when each of its alternatives has a fact known false, which can
    // be any that is not needed true.
    [[nodiscard]] bool fires(std::uint64_t is_true) const {
        return std::any_of(forbidden_.begin(), forbidden_.end(),
                           [&](alternatives const& any_of) { return met(any_of, is_true); });
    }

    std::vector<alternatives> const& forbidden_;
    std::size_t patience_ = 100'000;
};

std::vector<std::string_view> names_of(std::uint64_t mask, detail::name_table const& facts) {
    std::vector<std::string_view> names;
    for (; mask != 0; mask &= mask - 1)
        names.push_back(facts.name(static_cast<std::uint32_t>(std::countr_zero(mask))));
    std::sort(names.begin(), names.end());
    return names;
}

std::string join(std::vector<std::string> const& parts, std::string_view between) {
    std::string text;
    for (std::string const& part : parts) {
        if (!text.empty()) text += between;
        text += part;
    }
    return text;
}

}  // namespace

formula formula_of(detail::policy_data const& p, std::uint32_t role, std::uint32_t action,
                   std::uint32_t category) {
    std::uint32_t const bit = 1U << action;
    formula f;
    std::uint32_t const grants = p.rows_of_role[role].grants;
    if ((p.row(grants)[category] & bit) == 0)
        for (detail::cell_item const& item : p.conditions.find(grants, category))
            if ((item.actions & bit) != 0)
                for (std::uint64_t const mask : p.conditions.alternatives(item.condition))
                    f.granted.push_back(mask);
    for (detail::cell_item const& item : p.conditions.find(p.required, category))
        if ((item.actions & bit) != 0) f.required.push_back(alternatives_of(p, item.condition));
    for (detail::cell_item const& item : p.conditions.find(p.rows_of_role[role].guards, category))
        if ((item.actions & bit) != 0) f.forbidden.push_back(alternatives_of(p, item.condition));
    return f;
}

formula simplified(formula f) {
    std::uint64_t demanded = 0;  // what requirements demand without an alternative
    for (alternatives const& any_of : f.required)
        if (any_of.size() == 1) demanded |= any_of.front();

    for (std::uint64_t& mask : f.granted) mask &= ~demanded;
    f.granted = detail::shortest(std::move(f.granted));
    if (!f.granted.empty() && f.granted.front() == 0) f.granted.clear();

    std::vector<alternatives> kept;
    if (demanded != 0) kept.push_back({demanded});
    for (alternatives const& any_of : f.required)
        if (any_of.size() > 1 && std::none_of(kept.begin(), kept.end(), [&](alternatives const& k) {
                return implies(k, any_of);
            }))
            kept.push_back(any_of);
    f.required = std::move(kept);
    return f;
}

bool can_hold(formula const& f) {
    std::vector<alternatives> lists = f.required;
    if (!f.granted.empty()) lists.push_back(f.granted);
    std::sort(lists.begin(), lists.end(),
              [](auto const& a, auto const& b) { return a.size() < b.size(); });
    return search(f.forbidden).satisfies(lists, 0);
}

std::string to_text(alternatives const& any_of, detail::name_table const& facts) {
    std::vector<std::vector<std::string_view>> sorted;
    sorted.reserve(any_of.size());
    for (std::uint64_t const mask : any_of) sorted.push_back(names_of(mask, facts));
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> parts;
    parts.reserve(sorted.size());
    for (auto const& names : sorted) parts.push_back(join({names.begin(), names.end()}, " and "));
    return join(parts, " or ");
}

std::string to_text(formula const& f, detail::name_table const& facts) {
    bool const alone = f.required.size() + f.forbidden.size() + (f.granted.empty() ? 0 : 1) == 1;
    auto const in_and = [&](alternatives const& any_of) {
        std::string const text = to_text(any_of, facts);
        return any_of.size() > 1 && !alone ? '(' + text + ')' : text;
    };
    std::vector<std::string> terms;
    if (!f.granted.empty()) terms.push_back(in_and(f.granted));
    std::vector<std::string> required;
    required.reserve(f.required.size());
    for (alternatives const& any_of : f.required) required.push_back(in_and(any_of));
    std::sort(required.begin(), required.end(), [](std::string const& a, std::string const& b) {
        return std::pair(a.front() == '(', a) < std::pair(b.front() == '(', b);
    });
    terms.insert(terms.end(), required.begin(), required.end());
    std::vector<std::string> forbidden;
    for (alternatives const& any_of : f.forbidden) {
        std::string const text = to_text(any_of, facts);
        bool const one_word = text.find(' ') == std::string::npos;
        forbidden.push_back(one_word ? "not " + text : "not (" + text + ')');
    }
    std::sort(forbidden.begin(), forbidden.end());
    terms.insert(terms.end(), forbidden.begin(), forbidden.end());
    return join(terms, " and ");
}

}  // namespace rolecall::review
