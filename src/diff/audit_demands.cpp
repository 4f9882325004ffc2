#include "diff/audit_demands.hpp"

#include <rolecall/detail/audit_modes.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::diff {
namespace {

using modes = std::pair<std::uint16_t, std::uint16_t>;  // packed, before and after

std::vector<std::uint32_t> in_both(joint_names const& names) {
    std::vector<std::uint32_t> result;
    for (std::uint32_t joint = 0; joint < names.size(); ++joint)
        if (names.declared(side::before, joint) && names.declared(side::after, joint))
            result.push_back(joint);
    return result;
}

// The four first, as a policy numbers them.
std::vector<std::uint32_t> actions_in_both(vocabulary const& names) {
    std::vector<std::uint32_t> result = in_both(names.actions);
    std::stable_partition(result.begin(), result.end(), [&](std::uint32_t joint) {
        return names.actions.in(side::after, joint) < detail::built_in_actions;
    });
    std::sort(result.begin(), result.begin() + detail::built_in_actions,
              [&](std::uint32_t a, std::uint32_t b) {
                  return names.actions.in(side::after, a) < names.actions.in(side::after, b);
              });
    return result;
}

}  // namespace

std::vector<demand_change> compare_demands(vocabulary const& names) {
    both<detail::policy_data const*> const& of = names.policies;
    if (!of.before->source->audit && !of.after->source->audit) return {};

    std::vector<demand_change> result;
    if (of.before->audit.denials != of.after->audit.denials)
        result.push_back({{},
                          {},
                          detail::unpacked(of.before->audit.denials),
                          detail::unpacked(of.after->audit.denials)});

    // Categories whose actions changed alike are told together.
    std::map<std::pair<modes, std::vector<std::uint32_t>>, std::vector<std::uint32_t>> alike;
    std::vector<std::uint32_t> const actions = actions_in_both(names);
    for (std::uint32_t const category : in_both(names.categories)) {
        std::map<modes, std::vector<std::uint32_t>> changed;
        for (std::uint32_t const action : actions) {
            both<std::uint16_t> mode{};
            for (side const s : sides)
                mode[s] = detail::packed(of[s]->audit.of_allow(names.actions.in(s, action),
                                                               names.categories.in(s, category)));
            if (mode.before != mode.after) changed[{mode.before, mode.after}].push_back(action);
        }
        for (auto& [pair, which] : changed) alike[{pair, std::move(which)}].push_back(category);
    }
    for (auto const& [what, categories] : alike) {
        demand_change& made = result.emplace_back();
        made.before = detail::unpacked(what.first.first);
        made.after = detail::unpacked(what.first.second);
        for (std::uint32_t const a : what.second) made.actions.emplace_back(names.actions.name(a));
        for (std::uint32_t const c : categories)
            made.categories.emplace_back(names.categories.name(c));
    }
    return result;
}

}  // namespace rolecall::inline v0_1::diff
