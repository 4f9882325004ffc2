#include "promise/deciding_line.hpp"

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::promising {
namespace {

review::alternatives masks(detail::policy_data const& p, written_condition const& when) {
    review::alternatives result;
    for (auto const& together : when.any_of) {
        std::uint64_t mask = 0;
        for (written_name const& name : together)
            mask |= std::uint64_t{1} << (p.facts.find(name.text) % detail::max_facts);
        result.push_back(mask);
    }
    return detail::shortest(std::move(result));
}

// `if dispute`, or nothing.
std::string if_text(detail::policy_data const& p, written_condition const& when) {
    if (when.always()) return {};
    return " if " + review::to_text(masks(p, when), p.facts);
}

bool known_to_hold(review::alternatives const& any_of, std::uint64_t is_true) {
    return any_of.empty() || std::any_of(any_of.begin(), any_of.end(), [&](std::uint64_t mask) {
               return (mask & ~is_true) == 0;
           });
}

bool is_four(std::uint32_t action) noexcept { return action < 4; }

bool names_action(std::string_view word, std::string_view action, std::uint32_t number) {
    return word == action || (word == "all" && is_four(number));
}

// Rule 3: `payment.*` covers what lies below it but for what is named-only.
bool covers(detail::policy_data const& p, written_grant const& grant, std::string_view category) {
    if (!grant.below) return grant.category.text == category;
    if (!detail::lies_below(category, grant.category.text)) return false;
    return std::none_of(
        p.source->categories.begin(), p.source->categories.end(), [&](written_category const& c) {
            return c.named_only && detail::lies_below(c.name.text, grant.category.text) &&
                   (category == c.name.text || detail::lies_below(category, c.name.text));
        });
}

bool lists(std::vector<written_name> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(),
                       [&](written_name const& n) { return n.text == name; });
}

std::vector<std::string_view> held_names(detail::policy_data const& p,
                                         std::vector<std::uint32_t> const& roles) {
    std::vector<std::string_view> names;
    for (std::uint32_t const role : detail::with_inherited(p, roles))
        names.push_back(p.roles.name(role));
    std::sort(names.begin(), names.end());
    return names;
}

bool fires(detail::policy_data const& p, written_guardrail const& rail, found_act const& act,
           std::vector<std::string_view> const& held) {
    std::string_view const category = p.categories.name(act.on.category);
    bool const whom = rail.roles.empty() ||
                      std::any_of(held.begin(), held.end(),
                                  [&](std::string_view role) { return lists(rail.roles, role); });
    bool const what = rail.actions.empty() || lists(rail.actions, p.actions.name(act.on.action));
    bool const where =
        rail.categories.empty() ||
        std::any_of(rail.categories.begin(), rail.categories.end(), [&](written_name const& c) {
            return category == c.text || detail::lies_below(category, c.text);
        });
    if (!whom || !what || !where) return false;
    auto const when = masks(p, rail.when);
    return when.empty() || std::any_of(when.begin(), when.end(), [&](std::uint64_t mask) {
               return (mask & act.state.is_false) == 0;
           });
}

std::optional<deciding_line> nearest_grant(detail::policy_data const& p, found_act const& act) {
    auto const lines = granting_lines(p, act.role, act.on);
    if (lines.empty()) return std::nullopt;
    return lines.front().line;
}

}  // namespace

std::vector<granting_right> granting_lines(detail::policy_data const& p, std::uint32_t active,
                                           guaranteed_cell on) {
    std::string_view const action = p.actions.name(on.action);
    std::string_view const category = p.categories.name(on.category);
    auto const roles = held_names(p, {active});
    std::vector<granting_right> result;
    for (written_role const& role : p.source->roles) {
        if (!std::binary_search(roles.begin(), roles.end(), std::string_view(role.name.text)))
            continue;
        for (written_grant const& grant : role.may) {
            if (!covers(p, grant, category)) continue;
            for (written_right const& right : grant.rights)
                if (names_action(right.action.text, action, on.action))
                    result.push_back(
                        {&right,
                         &role,
                         masks(p, right.when),
                         {&right, right.action.at,
                          role.name.text + " may " + right.action.text + ' ' + grant.category.text +
                              (grant.below ? ".*" : "") + if_text(p, right.when)}});
        }
    }
    std::string_view const own = p.roles.name(active);
    auto const rank = [&](granting_right const& of) {
        return std::pair(of.role->name.text != own, std::string_view(of.role->name.text));
    };
    std::stable_sort(result.begin(), result.end(),
                     [&](auto const& a, auto const& b) { return rank(a) < rank(b); });
    return result;
}

deciding_line granting_line(detail::policy_data const& p, found_act const& act) {
    for (granting_right& one : granting_lines(p, act.role, act.on))
        if (act.by != nullptr ? one.right == act.by : known_to_hold(one.when, act.state.is_true))
            return std::move(one.line);
    return {};
}

std::optional<deciding_line> refusing_line(detail::policy_data const& p, found_act const& act,
                                           std::vector<std::uint32_t> const& held) {
    auto const roles = held_names(p, held);
    written_guardrail const* rail = nullptr;
    for (written_guardrail const& one : p.source->guardrails)
        if ((rail == nullptr || one.name.text < rail->name.text) && fires(p, one, act, roles))
            rail = &one;
    if (rail != nullptr) {
        std::string text = "guardrail " + rail->name.text + " forbids it";
        bool const one_fact =
            rail->when.any_of.size() == 1 && rail->when.any_of.front().size() == 1;
        if (!rail->when.always())
            text += ", unless " + review::to_text(masks(p, rail->when), p.facts) +
                    (one_fact ? " is known to be false" : " is known not to hold");
        return deciding_line{rail, rail->name.at, std::move(text)};
    }
    bool reached = false;
    detail::granted(p, act.role, act.on.action, act.on.category,
                    {act.state.is_true, act.state.is_false}, reached);
    if (!reached) return std::nullopt;
    std::string_view const category = p.categories.name(act.on.category);
    for (written_category const& c : p.source->categories) {
        if (category != c.name.text && !detail::lies_below(category, c.name.text)) continue;
        for (written_requirement const& need : c.required)
            if ((need.action.text == "any" || need.action.text == p.actions.name(act.on.action)) &&
                !known_to_hold(masks(p, need.when), act.state.is_true))
                return deciding_line{&need, need.action.at,
                                     c.name.text + " requires " +
                                         review::to_text(masks(p, need.when), p.facts) + " to " +
                                         std::string(p.actions.name(act.on.action))};
    }
    return nearest_grant(p, act);
}

}  // namespace rolecall::inline v0_1::promising
