#include "meaning/formula.hpp"

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/compile/conditions.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::review {
namespace {

// The alternatives that are left once some facts are known; none: it can't hold any more. One
// that asks for nothing: it holds.
alternatives left_of(alternatives any_of, detail::known_facts known) {
    std::erase_if(any_of, [&](std::uint64_t mask) { return (mask & known.is_false) != 0; });
    for (std::uint64_t& mask : any_of) mask &= ~known.is_true;
    return detail::shortest(std::move(any_of));
}

bool holds(alternatives const& any_of) { return !any_of.empty() && any_of.front() == 0; }

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

std::string join(std::vector<std::string> const& parts, std::string_view between) {
    std::string text;
    for (std::string const& part : parts) {
        if (!text.empty()) text += between;
        text += part;
    }
    return text;
}

// What the rows of all roles leave of the cell.
//
// INVARIANT: grants and guardrails are each united over all roles before one is subtracted from
// the other.
std::uint32_t cell_of(detail::policy_data const& p, detail::active_roles who,
                      std::uint32_t category) noexcept {
    std::uint32_t grants = 0;
    std::uint32_t guards = 0;
    for (std::uint32_t const role : who.active)
        grants |= p.row(p.rows_of_role[role].grants)[category];
    for (std::uint32_t const row : who.guard_rows) guards |= p.row(row)[category];
    return detail::effective_cell(grants, guards, p.row(p.required)[category]);
}

// The conditions that a row has for an action on a category.
void add_conditions(detail::policy_data const& p, std::uint32_t row, std::uint32_t action,
                    std::uint32_t category, std::vector<std::uint32_t>& to) {
    for (detail::cell_item const& item : p.conditions.find(row, category))
        if ((item.actions >> action & 1U) != 0) to.push_back(item.condition);
}

std::vector<alternatives> alternatives_of(detail::policy_data const& p,
                                          std::vector<std::uint32_t> conditions) {
    detail::sort_unique(conditions);
    std::vector<alternatives> lists;
    lists.reserve(conditions.size());
    for (std::uint32_t const condition : conditions) {
        auto const masks = p.conditions.alternatives(condition);
        lists.emplace_back(masks.begin(), masks.end());
    }
    return lists;
}

}  // namespace

std::optional<formula> right_of(detail::policy_data const& p, detail::active_roles who,
                                std::uint32_t action, std::uint32_t category,
                                detail::known_facts known) {
    std::uint32_t const cell = cell_of(p, who, category) >> action;
    if ((cell & 1U) != 0) return formula{};
    if ((cell & 0x10000U) == 0) return std::nullopt;
    return settled(formula_of(p, who, action, category), known);
}

formula formula_of(detail::policy_data const& p, detail::active_roles who, std::uint32_t action,
                   std::uint32_t category) {
    bool always = false;
    std::vector<std::uint32_t> granted;
    for (std::uint32_t const role : who.active) {
        std::uint32_t const row = p.rows_of_role[role].grants;
        always |= (p.row(row)[category] >> action & 1U) != 0;
        add_conditions(p, row, action, category, granted);
    }
    std::vector<std::uint32_t> required;
    add_conditions(p, p.required, action, category, required);
    std::vector<std::uint32_t> forbidden;
    for (std::uint32_t const row : who.guard_rows)
        add_conditions(p, row, action, category, forbidden);

    formula f;
    if (!always)
        for (alternatives const& any_of : alternatives_of(p, std::move(granted)))
            f.granted.insert(f.granted.end(), any_of.begin(), any_of.end());
    f.required = alternatives_of(p, std::move(required));
    f.forbidden = alternatives_of(p, std::move(forbidden));
    return f;
}

std::optional<formula> settled(formula f, detail::known_facts known) {
    if (!f.granted.empty()) {
        f.granted = left_of(std::move(f.granted), known);
        if (f.granted.empty()) return std::nullopt;
        if (holds(f.granted)) f.granted.clear();
    }
    for (alternatives& any_of : f.required) any_of = left_of(std::move(any_of), known);
    for (alternatives& any_of : f.forbidden) any_of = left_of(std::move(any_of), known);
    bool const unmet = std::any_of(f.required.begin(), f.required.end(),
                                   [](alternatives const& any_of) { return any_of.empty(); });
    if (unmet || std::any_of(f.forbidden.begin(), f.forbidden.end(), holds)) return std::nullopt;
    std::erase_if(f.required, holds);
    std::erase_if(f.forbidden, [](alternatives const& any_of) { return any_of.empty(); });
    f = simplified(std::move(f));
    if (!can_hold(f)) return std::nullopt;
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

    // Where one guardrail fires whenever another does, that it does not fire says both.
    std::vector<alternatives> distinct;
    for (std::size_t i = 0; i < f.forbidden.size(); ++i) {
        bool said = false;
        for (std::size_t j = 0; j < f.forbidden.size() && !said; ++j)
            said = i != j && implies(f.forbidden[i], f.forbidden[j]) &&
                   (j < i || !implies(f.forbidden[j], f.forbidden[i]));
        if (!said) distinct.push_back(f.forbidden[i]);
    }
    f.forbidden = std::move(distinct);
    return f;
}

bool can_hold(formula const& f) {
    std::vector<alternatives> lists = f.required;
    if (!f.granted.empty()) lists.push_back(f.granted);
    std::sort(lists.begin(), lists.end(),
              [](auto const& a, auto const& b) { return a.size() < b.size(); });
    return search(f.forbidden).satisfies(lists, 0);
}

std::uint64_t facts_of(formula const& f) noexcept {
    std::uint64_t facts = 0;
    for (std::uint64_t const mask : f.granted) facts |= mask;
    for (auto const* lists : {&f.required, &f.forbidden})
        for (alternatives const& any_of : *lists)
            for (std::uint64_t const mask : any_of) facts |= mask;
    return facts;
}

std::vector<std::string_view> names_of(std::uint64_t mask, detail::name_table const& facts) {
    std::vector<std::string_view> names;
    for (; mask != 0; mask &= mask - 1)
        names.push_back(facts.name(static_cast<std::uint32_t>(std::countr_zero(mask))));
    std::sort(names.begin(), names.end());
    return names;
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

}  // namespace rolecall::inline v0_1::review
