#include "diff/changed_lines.hpp"

#include "diff/canonical.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/findings.hpp>

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::diff {
namespace {

using detail::policy_data;

// A grant of one action, and the line that it stands in.
struct single_grant {
    std::uint32_t role = 0, category = 0, action = 0;
    bool below = false;
    side of{};
    written_role const* written = nullptr;
    written_grant const* grant = nullptr;
    written_right const* right = nullptr;

    [[nodiscard]] auto key() const noexcept { return std::tuple(role, category, below, action); }
};

// Whether the conditions of these, of one side each, differ: several for one action are united.
template <class Iterator>
bool differ(Iterator first, Iterator last, both<fact_mapper> const& mappers) {
    both<joint_condition> conditions;
    for (; first != last; ++first) {
        joint_condition const one = mappers[first->of].condition(first->right->when);
        joint_condition& all = conditions[first->of];
        all.insert(all.end(), one.begin(), one.end());
    }
    if (conditions.before.empty() || conditions.after.empty()) return true;
    return fact_mapper::shortest(std::move(conditions.before)) !=
           fact_mapper::shortest(std::move(conditions.after));
}

}  // namespace

changed_lines::changed_lines(policy const& before, policy const& after, vocabulary const& names)
    : policies_{before, after},
      names_(names),
      mappers_{fact_mapper(names.facts, side::before), fact_mapper(names.facts, side::after)},
      grants_(names.categories.size()),
      requirements_(names.categories.size()),
      categories_(names.categories.size()) {
    for (side const s : sides) place_categories(s);
    compare_grants();
    compare_requirements();
    compare_guardrails();
    compare_inheritance();
    compare_categories();
}

std::uint32_t changed_lines::add(line const& added) {
    lines_.push_back(added);
    return static_cast<std::uint32_t>(lines_.size() - 1);
}

void changed_lines::place_categories(side s) {
    std::vector<bool> named_only(names_.categories.size());
    for (written_category const& c : policies_[s].source().categories)
        named_only[names_.categories.find(s, c.name.text)] = c.named_only;
    positions_[s].resize(names_.categories.size());
    for (std::uint32_t joint = 0; joint < names_.categories.size(); ++joint) {
        if (!names_.categories.declared(s, joint)) continue;
        position& to = positions_[s][joint];
        std::string_view name = names_.categories.name(s, joint);
        bool open = true;
        for (bool itself = true;; itself = false) {
            std::uint32_t const here = names_.categories.find(s, name);
            if (here != joint_names::none) {
                to.itself_and_above.push_back(here);
                if (open && !itself) to.covered_from.push_back(here);
                open = open && !named_only[here];
            }
            std::size_t const dot = name.rfind('.');
            if (dot == std::string_view::npos) break;
            name = name.substr(0, dot);
        }
    }
}

std::uint32_t changed_lines::actions_of(side s, written_name const& action) const {
    if (action.text == "any") return ~std::uint32_t{0};
    auto const bit = [&](std::string_view name) {
        std::uint32_t const number = names_.actions.find(s, name);
        return number == joint_names::none ? 0U : 1U << number;
    };
    if (action.text != "all") return bit(action.text);
    std::uint32_t mask = 0;
    for (std::string_view const one : four_actions) mask |= bit(one);
    return mask;
}

void changed_lines::compare_grants() {
    std::vector<single_grant> all;
    for (side const s : sides)
        for (written_role const& role : policies_[s].source().roles) {
            std::uint32_t const number = names_.roles.find(s, role.name.text);
            for (written_grant const& grant : role.may)
                for (written_right const& right : grant.rights)
                    for (std::uint32_t left = actions_of(s, right.action); left != 0;
                         left &= left - 1)
                        all.push_back({number, names_.categories.find(s, grant.category.text),
                                       static_cast<std::uint32_t>(std::countr_zero(left)),
                                       grant.below, s, &role, &grant, &right});
        }
    std::stable_sort(all.begin(), all.end(),
                     [](auto const& a, auto const& b) { return a.key() < b.key(); });

    for (auto first = all.begin(); first != all.end();) {
        auto const last =
            std::find_if(first, all.end(), [&](auto const& g) { return g.key() != first->key(); });
        if (!differ(first, last, mappers_)) {
            first = last;
            continue;
        }
        for (; first != last; ++first) {
            // Those of one role stand one after the other.
            auto& here = grants_[first->category];
            auto same = here.rbegin();
            while (same != here.rend() && same->role == first->role &&
                   lines_[same->line].right != first->right)
                ++same;
            if (same != here.rend() && same->role == first->role) {
                same->actions |= 1U << first->action;
                continue;
            }
            line made{changed_line::kind::grant, first->of};
            made.role = first->written;
            made.grant = first->grant;
            made.right = first->right;
            here.push_back({add(made), first->of, first->role, 1U << first->action, first->below});
        }
    }
}

void changed_lines::compare_requirements() {
    // By category and action as written: the conditions, all of which must hold.
    using key = std::pair<std::uint32_t, std::uint32_t>;
    struct found {
        std::set<joint_condition> conditions;
        std::vector<line> lines;
    };
    std::map<key, both<found>> all;
    for (side const s : sides)
        for (written_category const& category : policies_[s].source().categories)
            for (written_requirement const& required : category.required) {
                if (required.when.always()) continue;
                line made{changed_line::kind::requirement, s};
                made.category = &category;
                made.requirement = &required;
                found& to = all[{names_.categories.find(s, category.name.text),
                                 actions_of(s, required.action)}][s];
                to.conditions.insert(mappers_[s].condition(required.when));
                to.lines.push_back(made);
            }
    for (auto const& [at, of] : all) {
        if (of.before.conditions == of.after.conditions) continue;
        for (side const s : sides)
            for (line const& one : of[s].lines)
                requirements_[at.first].push_back({add(one), s, at.second});
    }
}

void changed_lines::compare_guardrails() {
    both<std::vector<canonical_guardrail>> const rails{
        canonical_guardrails(policies_.before.source(), names_, side::before),
        canonical_guardrails(policies_.after.source(), names_, side::after)};
    both<std::map<std::string_view, canonical_guardrail const*>> by_name;
    for (side const s : sides)
        for (canonical_guardrail const& rail : rails[s])
            by_name[s].emplace(rail.written->name.text, &rail);
    for (side const s : sides)
        for (canonical_guardrail const& rail : rails[s]) {
            auto const& others = by_name[s == side::before ? side::after : side::before];
            auto const other = others.find(rail.written->name.text);
            if (other != others.end() && other->second->same(rail)) continue;
            line made{changed_line::kind::guardrail, s};
            made.guardrail = rail.written;
            changed_guardrail added{add(made), s, rail.roles, rail.categories, 0};
            for (std::uint32_t const action : rail.actions) added.actions |= 1U << action;
            if (rail.actions.empty()) added.actions = ~std::uint32_t{0};
            guardrails_.push_back(std::move(added));
        }
}

void changed_lines::compare_inheritance() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> old;
    std::set<std::pair<std::uint32_t, std::uint32_t>> now;
    auto const each = [&](side s, auto const& visit) {
        for (written_role const& role : policies_[s].source().roles)
            for (written_name const& junior : role.inherits)
                visit(role, junior,
                      std::pair(names_.roles.find(s, role.name.text),
                                names_.roles.find(s, junior.text)));
    };
    each(side::before, [&](auto const&, auto const&, auto edge) { old.insert(edge); });
    each(side::after, [&](auto const&, auto const&, auto edge) { now.insert(edge); });
    for (side const s : sides)
        each(s, [&](written_role const& role, written_name const& junior, auto edge) {
            if ((s == side::before ? now : old).count(edge) != 0) return;
            line made{changed_line::kind::inheritance, s};
            made.role = &role;
            made.junior = &junior;
            edges_.push_back(
                {add(made), s, edge.first, names_.policies[s]->roles.find(junior.text)});
        });
}

void changed_lines::compare_categories() {
    both<std::vector<written_category const*>> entries;
    for (side const s : sides) {
        entries[s].resize(names_.categories.size());
        for (written_category const& c : policies_[s].source().categories)
            entries[s][names_.categories.find(s, c.name.text)] = &c;
    }
    for (std::uint32_t joint = 0; joint < names_.categories.size(); ++joint) {
        written_category const* const old = entries.before[joint];
        written_category const* const now = entries.after[joint];
        if (old != nullptr && now != nullptr && old->named_only == now->named_only &&
            old->name.text == now->name.text)
            continue;
        for (side const s : sides) {
            if (entries[s][joint] == nullptr) continue;
            line made{changed_line::kind::category, s};
            made.category = entries[s][joint];
            categories_[joint].emplace_back(s, add(made));
        }
    }
}

std::vector<bool> changed_lines::reached_from(side s, std::vector<std::uint32_t> pending) const {
    std::vector<bool> result(names_.roles.size());
    policy_data const& p = *names_.policies[s];
    while (!pending.empty()) {
        std::uint32_t const role = pending.back();
        pending.pop_back();
        std::uint32_t const joint = names_.roles.of(s, role);
        if (result[joint]) continue;
        result[joint] = true;
        auto const juniors = p.juniors_of(role);
        pending.insert(pending.end(), juniors.begin(), juniors.end());
    }
    return result;
}

held_roles changed_lines::held(both<std::vector<std::uint32_t>> const& roles) const {
    held_roles result;
    for (side const s : sides) result.reached[s] = reached_from(s, roles[s]);
    for (std::size_t i = 0; i < guardrails_.size(); ++i) {
        changed_guardrail const& g = guardrails_[i];
        if (g.roles.empty() || std::any_of(g.roles.begin(), g.roles.end(), [&](std::uint32_t r) {
                return result.reached[g.of][r];
            }))
            result.guardrails.push_back(i);
    }
    for (std::size_t i = 0; i < edges_.size(); ++i)
        if (result.reached[edges_[i].of][edges_[i].senior]) result.edges.push_back(i);
    return result;
}

bool changed_lines::brings(changed_edge const& edge, std::uint32_t category,
                           std::uint32_t action) const {
    policy_data const& p = *names_.policies[edge.of];
    std::uint32_t const on = names_.categories.in(edge.of, category);
    std::uint32_t const what = names_.actions.in(edge.of, action);
    if (on == joint_names::none || what == joint_names::none) return false;
    std::uint32_t const bits = (1U << what) | (1U << what << 16U);
    detail::role_rows const& rows = p.rows_of_role[edge.junior];
    if ((p.row(rows.grants)[on] & bits) != 0) return true;
    // Guardrails of everyone are there without it.
    std::uint32_t const own = p.row(rows.guards)[on] & bits;
    if (own == 0 || own != (p.row(p.guards_of_everyone)[on] & bits)) return own != 0;
    auto const count = [&](std::uint32_t row) {
        auto const items = p.conditions.find(row, on);
        return std::count_if(items.begin(), items.end(), [&](detail::cell_item const& item) {
            return (item.actions >> what & 1U) != 0;
        });
    };
    return count(rows.guards) != count(p.guards_of_everyone);
}

std::vector<std::uint32_t> changed_lines::bearing_on(held_roles const& who,
                                                     changed_cell const& on) const {
    std::vector<std::uint32_t> result;
    std::uint32_t const bit = 1U << on.action;
    auto const add_grants = [&](std::uint32_t category, side s, bool below) {
        for (changed_grant const& g : grants_[category])
            if (g.of == s && g.below == below && (g.actions & bit) != 0 && who.reached[s][g.role])
                result.push_back(g.line);
    };
    for (side const s : sides) {
        position const& at = positions_[s][on.category];
        if (at.itself_and_above.empty()) continue;
        add_grants(on.category, s, false);
        for (std::uint32_t const above : at.covered_from) add_grants(above, s, true);
        for (std::uint32_t const above : at.itself_and_above) {
            for (changed_requirement const& r : requirements_[above])
                if (r.of == s && (r.actions & bit) != 0) result.push_back(r.line);
            for (auto const& [of, number] : categories_[above])
                if (of == s) result.push_back(number);
        }
    }
    for (std::size_t const number : who.guardrails) {
        changed_guardrail const& g = guardrails_[number];
        auto const& above = positions_[g.of][on.category].itself_and_above;
        bool const there =
            g.categories.empty()
                ? !above.empty()
                : std::any_of(above.begin(), above.end(), [&](std::uint32_t c) {
                      return std::binary_search(g.categories.begin(), g.categories.end(), c);
                  });
        if (there && (g.actions & bit) != 0) result.push_back(g.line);
    }
    for (std::size_t const number : who.edges)
        if (brings(edges_[number], on.category, on.action)) result.push_back(edges_[number].line);
    detail::sort_unique(result);
    return result;
}

changed_lines::written changed_lines::write() const {
    both<review::written_rules> const rules{review::written_rules(policies_.before),
                                            review::written_rules(policies_.after)};
    both<detail::locator> places{detail::locator(policies_.before.source().files),
                                 detail::locator(policies_.after.source().files)};
    // The words of a rule are asked of a copy without places: looking them up is done here, for
    // all lines of a file at once.
    auto const describe = [&](line const& l) -> changed_line {
        changed_line made{l.what, l.of == side::after, {}, {}};
        place at;
        switch (l.what) {
            case changed_line::kind::grant: {
                at = l.right->action.at.in_file() ? l.right->action.at : l.grant->category.at;
                written_grant const grant{{l.grant->category.text, {}}, l.grant->below, {}};
                written_right const right{{l.right->action.text, {}}, l.right->when};
                made.sentence = rules[l.of].describe({l.role, &grant, &right}).sentence;
                break;
            }
            case changed_line::kind::inheritance:
                at = l.junior->at;
                made.sentence = l.role->name.text + " inherits " + l.junior->text;
                break;
            case changed_line::kind::requirement: {
                at = l.requirement->action.at;
                written_requirement const required{{l.requirement->action.text, {}},
                                                   l.requirement->when};
                made.sentence = rules[l.of].describe({l.category, &required}).sentence;
                break;
            }
            case changed_line::kind::guardrail: {
                at = l.guardrail->name.at;
                written_guardrail rail = *l.guardrail;
                rail.name.at = {};
                made.sentence = rules[l.of].describe(rail).sentence;
                break;
            }
            case changed_line::kind::category:
                at = l.category->name.at;
                made.sentence = "category " + l.category->name.text +
                                (l.category->named_only ? ", named-only" : "");
                break;
        }
        made.where = places[l.of].locate(at);
        return made;
    };

    std::vector<changed_line> made;
    made.reserve(lines_.size());
    for (line const& l : lines_) made.push_back(describe(l));
    std::vector<std::size_t> sorted(made.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
    auto const key = [&](std::size_t i) {
        changed_line const& l = made[i];
        return std::tuple(l.after, std::string_view(l.where.path), l.where.line, l.where.column,
                          std::string_view(l.sentence));
    };
    std::sort(sorted.begin(), sorted.end(),
              [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    written result;
    result.order.resize(made.size());
    result.lines.reserve(made.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        result.order[sorted[i]] = i;
        result.lines.push_back(std::move(made[sorted[i]]));
    }
    return result;
}

}  // namespace rolecall::inline v0_1::diff
