#include "promise/checker.hpp"

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/evaluate.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>

namespace rolecall::inline v0_1::promising {

using kind = written_guarantee::kind;

namespace {

// What a look at a right, and at two roles that a separation may keep apart, costs beside a look
// at a cell.
constexpr std::uint64_t cost_of_right = 100;
constexpr std::uint64_t cost_of_pair = 5;

int facts_in(review::term const& state) noexcept {
    return std::popcount(state.is_true) + std::popcount(state.is_false);
}

bool holds(review::alternatives const& any_of, review::term const& in) noexcept {
    return any_of.empty() || std::any_of(any_of.begin(), any_of.end(), [&](std::uint64_t mask) {
               return (mask & ~in.is_true) == 0;
           });
}

}  // namespace

review::term smallest_of(review::terms const& states) {
    return *std::min_element(states.begin(), states.end(),
                             [](review::term const& a, review::term const& b) {
                                 return std::pair(facts_in(a), a) < std::pair(facts_in(b), b);
                             });
}

void keep_breaking(review::terms& states, resolved_guarantee const& of, std::uint32_t role) {
    if (of.written->what != kind::may) return;
    if (!of.written->only.empty() && !of.holds_only[role]) return;
    std::erase_if(states, [&](review::term const& state) {
        return holds(of.only_if, state) && (of.unless & ~state.is_false) == 0;
    });
}

std::vector<std::uint32_t> guard_rows_of(detail::policy_data const& p,
                                         std::span<std::uint32_t const> held) {
    std::vector<std::uint32_t> rows;
    rows.reserve(held.size());
    for (std::uint32_t const role : held) rows.push_back(p.rows_of_role[role].guards);
    detail::sort_unique(rows);
    return rows;
}

std::uint32_t rights_source::granted(std::uint32_t role, std::uint32_t category) const {
    return p_->row(p_->rows_of_role[role].grants)[category];
}

std::uint32_t const* policy_rights::granted_row(std::uint32_t role) const {
    return data().row(data().rows_of_role[role].grants);
}

std::optional<review::formula> rights_source::right(std::uint32_t role,
                                                    std::span<std::uint32_t const> guard_rows,
                                                    guaranteed_cell on) const {
    return review::right_of(*p_, {{&role, 1}, guard_rows}, on.action, on.category);
}

bool rights_source::allowed(std::span<std::uint32_t const> roles,
                            std::span<std::uint32_t const> guard_rows, guaranteed_cell on,
                            detail::known_facts known) const {
    return bool{detail::evaluate(*p_, {roles, guard_rows}, on.action, on.category, known)};
}

// Looks at one guarantee.
class way_finder {
public:
    using taker = checker::taker;

    way_finder(checker const& of, resolved_guarantee const& guarantee, taker const& take,
               std::optional<guaranteed_cell> only, std::uint64_t& looks_left)
        : rights_(of.rights_),
          p_(of.rights_.data()),
          roles_(of.roles_),
          g_(guarantee),
          take_(take),
          only_(only),
          looks_left_(looks_left) {}

    checker::result run() {
        bool const on = g_.written->what == kind::never_both ? look_at_both()
                        : g_.written->what == kind::keeps    ? look_at_kept()
                                                             : look_at_acts();
        using outcome = checker::outcome;
        if (too_much_ || looks_left_ == 0) return {outcome::too_much, too_much_};
        return {on ? outcome::looked_through : outcome::stopped, std::nullopt};
    }

private:
    // Whether there is still time to look.
    bool spend(std::uint64_t cost) noexcept {
        looks_left_ = looks_left_ > cost ? looks_left_ - cost : 0;
        return looks_left_ > 0;
    }

    // ---- Sets of roles ---------------------------------------------------------------------

    // Whether separation per person lets one person hold both.
    bool may_meet(std::uint32_t a, std::uint32_t b) {
        auto const left = p_.separated(a);
        auto const right = p_.separated(b);
        spend(left.size() + right.size());
        for (auto l = left.begin(), r = right.begin(); l != left.end() && r != right.end();) {
            std::uint32_t const rule = std::min(l->rule, r->rule);
            std::size_t count = 0;
            while (is_of(l, left.end(), rule) || is_of(r, right.end(), rule)) {
                bool const take_left =
                    !is_of(r, right.end(), rule) || (is_of(l, left.end(), rule) && *l <= *r);
                bool const both =
                    is_of(l, left.end(), rule) && is_of(r, right.end(), rule) && *l == *r;
                if (take_left) ++l;
                if (!take_left || both) ++r;
                ++count;
            }
            if (p_.separations[rule].per_person && count > p_.separations[rule].at_most)
                return false;
        }
        return true;
    }

    template <class At>
    static bool is_of(At at, At end, std::uint32_t rule) noexcept {
        return at != end && at->rule == rule;
    }

    static std::vector<std::uint32_t> sorted(std::uint32_t a, std::uint32_t b) {
        return a < b ? std::vector{a, b} : std::vector{b, a};
    }

    // ---- Acts ------------------------------------------------------------------------------

    // Calls `each(cell)` for what the role has a grant on, as long as it returns true.
    template <class Each>
    bool each_granted(std::uint32_t role, resolved_scope const& in, Each const& each) {
        std::uint32_t const* const whole = rights_.granted_row(role);
        auto const look_at = [&](std::uint32_t category) {
            std::uint32_t const row =
                whole != nullptr ? whole[category] : rights_.granted(role, category);
            std::uint32_t mask = (row | row >> 16U) & in.actions;
            if (!spend(1)) return false;
            for (; mask != 0; mask &= mask - 1) {
                auto const action = static_cast<std::uint32_t>(std::countr_zero(mask));
                if (only_ && action != only_->action) continue;
                if (!each(guaranteed_cell{action, category})) return false;
            }
            return true;
        };
        if (only_) return !in.has(only_->action, only_->category) || look_at(only_->category);
        return std::all_of(in.categories.begin(), in.categories.end(), look_at);
    }

    // The smallest states in which the role allows it; none: it never does.
    review::terms states(std::uint32_t role, std::span<std::uint32_t const> rows,
                         guaranteed_cell on) {
        if (!spend(cost_of_right)) return {};
        auto const right = rights_.right(role, rows, on);
        if (!right) return {};
        if (right->always()) return {{}};
        std::uint64_t compared = 0;
        auto found = review::terms_of(*right, compared);
        spend(compared / comparisons_of_look);
        if (!found && !too_much_) too_much_ = found_act{role, on, {}};
        return found ? std::move(*found) : review::terms{};
    }

    // Who has the role active may do all of it, in whatever state.
    [[nodiscard]] bool asks_nothing_of(std::uint32_t active) const {
        return g_.written->what == kind::may && g_.only_if.empty() && g_.unless == 0 &&
               g_.holds_only[active];
    }

    // Whoever holds these, with that one active.
    bool look_at_holder(std::uint32_t active, std::vector<std::uint32_t> const& held) {
        if (asks_nothing_of(active)) return true;
        auto const rows = guard_rows_of(p_, held);
        return each_granted(active, g_.first, [&](guaranteed_cell on) {
            review::terms found = states(active, rows, on);
            keep_breaking(found, g_, active);
            return found.empty() ||
                   take_({held, std::nullopt, {{active, on, smallest_of(found)}}, nullptr});
        });
    }

    bool look_at_acts() {
        for (std::uint32_t const role : g_.holders)
            if (!look_at_holder(role, {role})) return false;
        if (g_.roles.empty() || g_.written->alone) return true;
        for (std::uint32_t const other : roles_) {
            if (std::binary_search(g_.holders.begin(), g_.holders.end(), other)) continue;
            if (!spend(cost_of_pair)) return false;
            for (std::uint32_t const role : g_.roles)
                if (may_meet(role, other) && !look_at_holder(other, sorted(role, other)))
                    return false;
        }
        return true;
    }

    // ---- Never both ------------------------------------------------------------------------

    // The act with the fewest facts.
    std::optional<found_act> easiest(std::uint32_t role, std::span<std::uint32_t const> rows,
                                     resolved_scope const& in) {
        std::optional<found_act> best;
        auto const better = [&](found_act const& act) {
            return !best || facts_in(act.state) < facts_in(best->state);
        };
        each_granted(role, in, [&](guaranteed_cell on) {
            review::terms const found = states(role, rows, on);
            if (found.empty()) return true;
            found_act act{role, on, smallest_of(found)};
            if (better(act)) best = act;
            return facts_in(best->state) > 0;
        });
        return best;
    }

    // Whether whoever holds these can do both, with one of the roles active for each.
    bool look_at_pair(std::vector<std::uint32_t> const& held, std::span<std::uint32_t const> firsts,
                      std::span<std::uint32_t const> seconds,
                      std::optional<std::uint32_t> user = std::nullopt) {
        auto const rows = guard_rows_of(p_, held);
        if (!only_)
            return look_at_pair(held, firsts, rows, best_of(seconds, rows, g_.second), user);
        // With one cell to look at: either of the two acts is on it.
        auto const cell = std::exchange(only_, std::nullopt);
        auto const second = best_of(seconds, rows, g_.second);
        only_ = cell;
        if (!look_at_pair(held, firsts, rows, second, user)) return false;
        auto const on_cell = best_of(seconds, rows, g_.second);
        only_ = std::nullopt;
        bool const on = look_at_pair(held, firsts, rows, on_cell, user);
        only_ = cell;
        return on;
    }

    bool look_at_pair(std::vector<std::uint32_t> const& held, std::span<std::uint32_t const> firsts,
                      std::span<std::uint32_t const> rows, std::optional<found_act> const& second,
                      std::optional<std::uint32_t> user) {
        if (!second) return looks_left_ > 0;
        for (std::uint32_t const role : firsts) {
            bool const on = each_granted(role, g_.first, [&](guaranteed_cell on_cell) {
                review::terms const found = states(role, rows, on_cell);
                return found.empty() ||
                       take_({held, user, {{role, on_cell, smallest_of(found)}, *second}, nullptr});
            });
            if (!on) return false;
        }
        return true;
    }

    std::optional<found_act> best_of(std::span<std::uint32_t const> roles,
                                     std::span<std::uint32_t const> rows,
                                     resolved_scope const& in) {
        std::optional<found_act> best;
        for (std::uint32_t const role : roles) {
            auto act = easiest(role, rows, in);
            if (act && (!best || facts_in(act->state) < facts_in(best->state))) best = act;
        }
        return best;
    }

    // Whether there is any act at all, whatever its states are.
    bool can_something(std::uint32_t role, std::span<std::uint32_t const> rows,
                       resolved_scope const& in) {
        bool can = false;
        each_granted(role, in, [&](guaranteed_cell on) {
            spend(cost_of_right);
            can = rights_.right(role, rows, on).has_value();
            return !can;
        });
        return can;
    }

    bool look_at_both() {
        std::vector<std::uint32_t> firsts, seconds;
        auto const whole = std::exchange(only_, std::nullopt);
        for (std::uint32_t const role : roles_) {
            std::uint32_t const row = p_.rows_of_role[role].guards;
            if (can_something(role, {&row, 1}, g_.first)) firsts.push_back(role);
            if (can_something(role, {&row, 1}, g_.second)) seconds.push_back(role);
        }
        only_ = whole;
        for (std::uint32_t const role : firsts)
            if (std::binary_search(seconds.begin(), seconds.end(), role) &&
                !look_at_pair({role}, {&role, 1}, {&role, 1}))
                return false;
        return p_.other_users ? look_at_pairs(firsts, seconds) : look_at_users();
    }

    bool look_at_pairs(std::vector<std::uint32_t> const& firsts,
                       std::vector<std::uint32_t> const& seconds) {
        for (std::uint32_t const first : firsts)
            for (std::uint32_t const second : seconds) {
                if (!spend(cost_of_pair)) return false;
                if (first == second || !may_meet(first, second)) continue;
                if (!look_at_pair(sorted(first, second), {&first, 1}, {&second, 1})) return false;
            }
        return true;
    }

    bool look_at_users() {
        for (std::uint32_t user = 0; user < p_.users.size(); ++user) {
            if (!p_.users.declared(user)) continue;
            std::vector<std::uint32_t> held;
            for (detail::role_assignment const& a : p_.assigned(user)) held.push_back(a.role);
            detail::sort_unique(held);
            if (held.size() > 1 && !look_at_pair(held, held, held, user)) return false;
        }
        return true;
    }

    // ---- Keeps -----------------------------------------------------------------------------

    bool look_at_kept() {
        for (kept_right const& right : g_.kept) {
            std::vector<review::term> needed;
            if (right.when.empty()) needed.push_back({0, g_.unless});
            for (std::uint64_t const mask : right.when)
                if ((mask & g_.unless) == 0) needed.push_back({mask, g_.unless});
            for (std::uint32_t const category : right.on.categories)
                for (std::uint32_t left = right.on.actions; left != 0; left &= left - 1) {
                    guaranteed_cell const on{static_cast<std::uint32_t>(std::countr_zero(left)),
                                             category};
                    if (only_ && (only_->action != on.action || only_->category != on.category))
                        continue;
                    for (review::term const& state : needed)
                        if (!look_at_refusals(right, on, state)) return false;
                }
        }
        return true;
    }

    bool look_at_refusals(kept_right const& right, guaranteed_cell on, review::term const& state) {
        detail::known_facts const known{state.is_true, state.is_false};
        auto const tell = [&](std::uint32_t role, std::vector<std::uint32_t> held) {
            return take_({std::move(held), std::nullopt, {{role, on, state}}, &right});
        };
        for (std::uint32_t const role : g_.holders) {
            std::uint32_t const row = p_.rows_of_role[role].guards;
            if (!spend(cost_of_right)) return false;
            if (!rights_.allowed({&role, 1}, {&row, 1}, on, known) && !tell(role, {role}))
                return false;
        }
        if (g_.written->alone) return true;
        for (std::uint32_t const other : roles_) {
            if (!spend(1)) return false;
            std::uint32_t const row = p_.rows_of_role[other].guards;
            if (!detail::forbidden(p_, {&row, 1}, on.action, on.category, known)) continue;
            for (std::uint32_t const role : g_.roles)
                if (role != other && may_meet(role, other) && !tell(role, sorted(role, other)))
                    return false;
        }
        return true;
    }

    rights_source const& rights_;
    detail::policy_data const& p_;
    std::vector<std::uint32_t> const& roles_;
    resolved_guarantee const& g_;
    taker const& take_;
    std::optional<guaranteed_cell> only_;
    std::uint64_t& looks_left_;
    std::optional<found_act> too_much_;
};

checker::checker(rights_source const& rights, document const& promised)
    : rights_(rights),
      guarantees_(resolve(rights.data(), promised)),
      roles_(declared_roles(rights.data())) {}

checker::result checker::look(resolved_guarantee const& of, taker const& take,
                              std::uint64_t& looks_left,
                              std::optional<guaranteed_cell> only) const {
    return way_finder(*this, of, take, only, looks_left).run();
}

std::optional<std::string> checker::broken_on(guaranteed_cell on) const {
    std::optional<std::string> first;
    for (resolved_guarantee const& g : guarantees_) {
        if (first && *first <= g.written->name.text) continue;
        bool const concerned =
            g.first.has(on.action, on.category) || g.second.has(on.action, on.category) ||
            std::any_of(g.kept.begin(), g.kept.end(), [&](kept_right const& right) {
                return right.on.has(on.action, on.category);
            });
        if (!concerned) continue;
        std::uint64_t looks_left = enough_looks;
        auto const stop = [](found_way const&) { return false; };
        if (look(g, stop, looks_left, on).is != outcome::looked_through)
            first = g.written->name.text;
    }
    return first;
}

}  // namespace rolecall::inline v0_1::promising
