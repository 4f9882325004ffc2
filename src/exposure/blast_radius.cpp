#include "exposure/cells.hpp"
#include "exposure/peers.hpp"
#include "meaning/terms.hpp"
#include "review/name_order.hpp"
#include <rolecall/blast_radius.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

using exposure::cells;
using exposure::counts;
using exposure::peers;
using exposure::words;
using review::cell;

// The right that somebody has, with all there is to say about it; nothing where there is none.
using right_finder = std::function<std::optional<right_basis>(cell)>;

// What is exposed, level by level, beside the others.
void describe(cells const& of, words const& mine, peers const& others, right_finder const& find,
              blast_radius& to) {
    detail::policy_data const& p = of.data();
    to.actions = of.action_names();
    counts const counted = of.count(mine);
    to.total = counted.total;
    to.others = others.compare_total(counted.total);
    to.compared_with = others.count;
    to.less = others.less(counted);
    to.as_much = others.as_much(counted);
    for (std::size_t i = 0; i < of.levels().names().size(); ++i) {
        exposed_level& level = to.levels.emplace_back();
        level.level = of.levels().names()[i];
        level.of = of.levels().sizes()[i];
        level.count = counted.levels[i];
        level.others = others.compare_level(level.count, i);
    }
    for (std::uint32_t const category : review::by_name(p.categories)) {
        if (mine[category] == 0) continue;
        exposed_level& level = to.levels[of.levels().of(category)];
        exposed_category& added = level.categories.emplace_back();
        added.category = p.categories.name(category);
        added.about = of.levels().about(added.category);
        added.laws = of.levels().laws(added.category);
        level.laws.insert(level.laws.end(), added.laws.begin(), added.laws.end());
        for (std::uint32_t const action : of.actions()) {
            std::uint32_t const possible = 0x10000U << action;
            if ((mine[category] & possible) == 0) continue;
            exposed_right& right = added.rights.emplace_back();
            if (auto basis = find({action, category}))
                static_cast<right_basis&>(right) = std::move(*basis);
            right.action = p.actions.name(action);
            right.only = (others.exposed[category] & possible) == 0;
        }
    }
    for (exposed_level& level : to.levels) detail::sort_unique(level.laws);
}

std::vector<std::string> names_of(detail::policy_data const& p,
                                  std::vector<std::uint32_t> const& roles) {
    std::vector<std::string> names;
    names.reserve(roles.size());
    for (std::uint32_t const role : roles) names.emplace_back(p.roles.name(role));
    std::sort(names.begin(), names.end());
    return names;
}

// One of several ways to a right, and where it leads.
struct way {
    review::formula when;
    std::optional<review::terms> where;  // nothing: too many to tell
    std::string text;
    std::vector<std::string> facts;
};

// Whether whatever opens `narrow` opens `wide`.
bool covers(way const& wide, way const& narrow) {
    if (wide.text == narrow.text) return true;
    return wide.where && narrow.where && review::covers(*wide.where, *narrow.where);
}

// The right of whoever may ask as any of these roles: under the condition of one, or of another.
class any_of {
public:
    any_of(review::lister const& list, std::vector<std::uint32_t> const& roles)
        : list_(list), roles_(roles) {}

    [[nodiscard]] std::optional<right_basis> right(cell on) const {
        detail::policy_data const& p = list_.data();
        right_basis result;
        std::vector<way> ways;
        for (std::uint32_t const role : roles_) {
            auto found = list_.right(exposure::alone(p, role), on);
            if (!found) continue;
            right_basis alone;
            list_.describe(*found, alone);
            result.through.push_back(
                {std::string(p.roles.name(role)), alone.condition, alone.facts, {}});
            ways.push_back({std::move(*found), {}, alone.condition, alone.facts});
        }
        if (ways.empty()) return std::nullopt;
        std::sort(result.through.begin(), result.through.end(),
                  [](granting_role const& a, granting_role const& b) { return a.role < b.role; });
        result.apart = list_.may_not_meet(result.through);
        join(ways, result);
        return result;
    }

private:
    // `a or b and c`: `and` binds tighter, in each part and in the whole.
    static void join(std::vector<way>& ways, right_basis& to) {
        std::sort(ways.begin(), ways.end(),
                  [](way const& a, way const& b) { return a.text < b.text; });
        if (ways.front().text.empty()) return;
        for (way& one : ways) one.where = review::terms_of(one.when);
        for (std::size_t i = 0; i < ways.size(); ++i) {
            bool said = false;
            for (std::size_t j = 0; j < ways.size() && !said; ++j)
                said = i != j && covers(ways[j], ways[i]) && (j < i || !covers(ways[i], ways[j]));
            if (said) continue;
            to.condition += (to.condition.empty() ? "" : " or ") + ways[i].text;
            to.facts.insert(to.facts.end(), ways[i].facts.begin(), ways[i].facts.end());
        }
        detail::sort_unique(to.facts);
    }

    review::lister const& list_;
    std::vector<std::uint32_t> const& roles_;
};

}  // namespace

blast_radius blast_radius_of_user(policy const& by, users_view directory, std::string_view id,
                                  exposure_options const& options) {
    cells const of(by, options.known);
    detail::policy_data const& p = of.data();
    blast_radius result;
    result.what = holder::kind::user;
    review::role_numbers numbers(p);
    review::given_to_user const given = review::given_to(p, directory, id, numbers);
    if (given.found == user_lookup::unavailable) return result;
    detail::role_set const who = given.found == user_lookup::known
                                     ? review::reach_of(p, given.roles, options.on)
                                     : detail::refuse(reason::unknown_name);
    result.why = of.facts_fit() ? who.refused : reason::unknown_name;
    if (!result) return result;

    review::people const all(p, directory);
    if (!all.complete) {
        result.why = reason::unavailable;
        return result;
    }
    review::role_sets const sets(p, all.given, options.on);
    result.roles = names_of(p, who.held);
    result.apart = detail::breaks_separation(p, who.held, false);
    describe(
        of, of.of(detail::view_of(who)), exposure::users_but(of, all, sets, id),
        [&](cell on) {
            auto basis = of.list().basis(who, on);
            if (basis) of.list().add_ends(given.roles, *basis);
            return basis;
        },
        result);
    return result;
}

blast_radius blast_radius_of_roles(policy const& by, role_list roles,
                                   exposure_options const& options) {
    cells const of(by, options.known);
    detail::policy_data const& p = of.data();
    blast_radius result;
    result.what = holder::kind::role;
    auto const numbers = detail::resolve(p, roles);
    result.why = numbers && of.facts_fit() ? reason::granted : reason::unknown_name;
    if (!result) return result;

    result.roles = names_of(p, *numbers);
    result.apart = detail::breaks_separation(p, *numbers, false) ||
                   detail::breaks_separation(p, *numbers, true);
    words mine(p.categories.size());
    for (std::string const& name : result.roles) {
        words const alone = of.of_role(p.roles.find(name));
        exposure::unite(mine, alone);
        if (numbers->size() < 2) continue;
        counts counted = of.count(alone);
        result.each.push_back(
            {holder::kind::role, {name}, {}, std::move(counted.levels), std::move(counted.total)});
    }
    any_of const finder(of.list(), *numbers);
    describe(
        of, mine, exposure::roles_but(of, *numbers), [&](cell on) { return finder.right(on); },
        result);
    return result;
}

}  // namespace rolecall::inline v0_1
