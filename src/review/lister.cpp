#include "review/lister.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::review {

using detail::access;

lister::lister(policy const& of, facts const& known)
    : p_(detail::data_of(of)), known_{access::known_true(known), access::known_false(known)} {}

std::vector<granting_role> lister::through(detail::role_set const& who, cell on) const {
    std::vector<granting_role> result;
    for (std::uint32_t const role : who.active)
        if (auto const alone = right({{&role, 1}, who.guard_rows}, on))
            result.push_back(granting(role, *alone));
    return result;
}

std::vector<granting_role> lister::through(written_rules const& rules,
                                           std::span<granting_line const> lines,
                                           std::uint32_t asking, cell on) const {
    detail::active_roles const alone{{&asking, 1}, {&p_.rows_of_role[asking].guards, 1}};
    formula f = formula_of(p_, alone, on.action, on.category);
    auto const inherited = rules.closure(alone.active);
    std::vector<granting_role> result;
    for (std::size_t i = 0; i < lines.size();) {
        auto const* const role = lines[i].role;
        std::uint32_t const number = p_.roles.find(role->name.text);
        bool always = false;
        f.granted.clear();
        for (; i < lines.size() && lines[i].role == role; ++i) {
            auto const masks = rules.masks(lines[i].right->when);
            always |= masks.empty();
            f.granted.insert(f.granted.end(), masks.begin(), masks.end());
        }
        if (always) f.granted.clear();
        if (!std::binary_search(inherited.begin(), inherited.end(), number)) continue;
        if (auto const from_there = settled(f, known_))
            result.push_back(granting(number, *from_there));
    }
    std::sort(result.begin(), result.end(),
              [](auto const& a, auto const& b) { return a.role < b.role; });
    return result;
}

void lister::describe(formula const& f, right_basis& to) const {
    to.condition = to_text(f, p_.facts);
    to.facts = fact_names(f);
}

std::optional<right_basis> lister::basis(detail::role_set const& who, cell on) const {
    auto const found = right(detail::view_of(who), on);
    if (!found) return std::nullopt;
    right_basis result;
    describe(*found, result);
    result.through = through(who, on);
    result.apart = may_not_meet(result.through);
    return result;
}

bool lister::may_not_meet(std::vector<granting_role> const& roles) const {
    if (p_.separations.empty()) return false;
    std::vector<std::uint32_t> numbers;
    numbers.reserve(roles.size());
    for (granting_role const& part : roles) numbers.push_back(p_.roles.find(part.role));
    return detail::breaks_separation(p_, numbers, false);
}

void lister::add_ends(given_roles const& given, right_basis& to) const {
    bool endless = false;
    for (granting_role& part : to.through) {
        part.until = last_day(given, p_.roles.find(part.role));
        endless |= !part.until;
        if (part.until) to.until = std::max(to.until.value_or(*part.until), *part.until);
    }
    if (endless) to.until.reset();
}

granting_role lister::granting(std::uint32_t role, formula const& f) const {
    return {std::string(p_.roles.name(role)), to_text(f, p_.facts), fact_names(f), {}};
}

std::vector<std::string> lister::fact_names(formula const& f) const {
    auto const names = names_of(facts_of(f), p_.facts);
    return {names.begin(), names.end()};
}

}  // namespace rolecall::inline v0_1::review
