#include "mutation/differences.hpp"

#include <rolecall/detail/evaluate.hpp>

#include <algorithm>
#include <bit>
#include <map>

namespace rolecall::inline v0_1::mutating {
namespace {

using review::term;
using review::terms;

int facts_in(term const& state) noexcept {
    return std::popcount(state.is_true) + std::popcount(state.is_false);
}

// Of the states the one with the fewest facts.
std::optional<term> smallest_of(terms const& states) {
    if (states.empty()) return std::nullopt;
    return *std::min_element(states.begin(), states.end(), [](term const& a, term const& b) {
        return std::pair(facts_in(a), a) < std::pair(facts_in(b), b);
    });
}

std::optional<review::formula> right_of(detail::policy_data const& p, detail::role_set const& who,
                                        std::uint32_t action, std::uint32_t category) {
    if (!who.ok()) return std::nullopt;
    return review::right_of(p, detail::view_of(who), action, category);
}

// A state in which `wide` holds and `narrow`, if there is one, does not.
std::optional<term> state_beyond(review::formula const& wide,
                                 std::optional<review::formula> const& narrow, bool& too_much) {
    if (narrow && narrow->always()) return std::nullopt;
    if (wide.always()) return term{};
    auto const all = review::terms_of(wide);
    auto const known = narrow ? review::terms_of(*narrow) : terms{};
    if (!all || !known) {
        too_much = true;
        return std::nullopt;
    }
    return smallest_of(review::beyond(*all, *known));
}

}  // namespace

differences::differences(detail::policy_data const& p, detail::policy_data const& m,
                         row_changes const* rows, date on)
    : p_(p), m_(m), rows_(rows), on_(on) {
    for (std::uint32_t action = 0; action < p.actions.size(); ++action)
        if (p.actions.declared(action)) every_action_ |= std::uint32_t{1} << action;
}

different_answer differences::answer(both_asked const& by, std::uint32_t category,
                                     std::uint32_t action, term const& state, bool allowed) const {
    different_answer made;
    made.user = by.user;
    for (std::uint32_t const role : by.roles) made.roles.emplace_back(p_.roles.name(role));
    made.action = p_.actions.name(action);
    made.category = p_.categories.name(category);
    for (std::string_view const fact : review::names_of(state.is_true, p_.facts))
        made.is_true.emplace_back(fact);
    for (std::string_view const fact : review::names_of(state.is_false, p_.facts))
        made.is_false.emplace_back(fact);
    made.on = by.on;
    made.allowed = allowed;
    made.why = by.in_p.refused;
    if (by.in_p.ok())
        made.why = detail::evaluate(p_, detail::view_of(by.in_p), action, category,
                                    {state.is_true, state.is_false})
                       .reason;
    return made;
}

found_difference differences::on_cell(both_asked const& by, std::uint32_t category,
                                      std::uint32_t action) const {
    auto const before = right_of(p_, by.in_p, action, category);
    auto const after = right_of(m_, by.in_m, action, category);
    bool too_much = false;
    if (before)
        if (auto const state = state_beyond(*before, after, too_much))
            return {true, answer(by, category, action, *state, true)};
    if (after)
        if (auto const state = state_beyond(*after, before, too_much))
            return {true, answer(by, category, action, *state, false)};
    return {too_much, std::nullopt};
}

found_difference differences::on_any(both_asked const& by) const {
    bool const same = by.in_p.ok() == by.in_m.ok() && by.in_p.active == by.in_m.active &&
                      by.in_p.held == by.in_m.held;
    if ((same && rows_ == nullptr) || (!by.in_p.ok() && !by.in_m.ok())) return {};
    found_difference unsure;
    for (std::uint32_t category = 0; category < p_.categories.size(); ++category) {
        std::uint32_t left = same ? rows_->anywhere()[category] : every_action_;
        std::uint32_t granted = 0;
        for (std::uint32_t const role : by.in_p.active)
            granted |= p_.row(p_.rows_of_role[role].grants)[category];
        for (std::uint32_t const role : by.in_m.active)
            granted |= m_.row(m_.rows_of_role[role].grants)[category];
        for (left &= granted | granted >> 16U; left != 0; left &= left - 1) {
            auto const action = static_cast<std::uint32_t>(std::countr_zero(left));
            found_difference found = on_cell(by, category, action);
            if (found.how) return found;
            if (found.differs) unsure = std::move(found);
        }
    }
    return unsure;
}

both_asked differences::roles_ask(std::vector<std::uint32_t> roles) const {
    detail::sort_unique(roles);
    both_asked by{{}, roles, on_, detail::settle(p_, roles, roles), {}};
    by.in_m = detail::settle(m_, roles, roles);
    return by;
}

std::vector<std::uint32_t> differences::declared_roles() const {
    std::vector<std::uint32_t> roles;
    for (std::uint32_t role = 0; role < p_.roles.size(); ++role)
        if (p_.roles.declared(role)) roles.push_back(role);
    return roles;
}

found_difference differences::alone(std::uint32_t role, std::uint32_t category,
                                    std::uint32_t actions) const {
    both_asked const by = roles_ask({role});
    found_difference unsure;
    for (actions &= every_action_; actions != 0; actions &= actions - 1) {
        found_difference found =
            on_cell(by, category, static_cast<std::uint32_t>(std::countr_zero(actions)));
        if (found.how) return found;
        if (found.differs) unsure = std::move(found);
    }
    return unsure;
}

found_difference differences::by_roles() const {
    found_difference unsure;
    for (std::uint32_t const role : declared_roles()) {
        found_difference found = on_any(roles_ask({role}));
        if (found.how) return found;
        if (found.differs) unsure = std::move(found);
    }
    found_difference found = by_guarded_pairs();
    return found.differs ? found : unsure;
}

// A role that grants, and one that brings a guardrail. Roles whose guardrails are the same in both
// policies, whatever they are, stop the same.
found_difference differences::by_guarded_pairs() const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> bringers;
    for (std::uint32_t const role : declared_roles())
        if (!rows_->guards(role).empty())
            bringers[{p_.rows_of_role[role].guards, m_.rows_of_role[role].guards}].push_back(role);
    found_difference unsure;
    for (auto const& [rows, alike] : bringers)
        for (std::uint32_t const granting : declared_roles()) {
            if (std::binary_search(alike.begin(), alike.end(), granting)) continue;
            bool met_in_p = false;
            bool met_in_m = false;
            for (std::uint32_t const bringer : alike) {
                if (met_in_p && met_in_m) break;
                both_asked const by = roles_ask({granting, bringer});
                if (!by.in_p.ok() && !by.in_m.ok()) continue;
                met_in_p = met_in_p || by.in_p.ok();
                met_in_m = met_in_m || by.in_m.ok();
                found_difference found = on_any(by);
                if (found.how) return found;
                if (found.differs) unsure = std::move(found);
            }
        }
    return unsure;
}

}  // namespace rolecall::inline v0_1::mutating
