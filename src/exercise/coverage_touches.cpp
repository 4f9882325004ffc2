#include "exercise/coverage_touches.hpp"

#include <rolecall/detail/activate.hpp>

#include <algorithm>
#include <string_view>

namespace rolecall::inline v0_1::exercising {
namespace {

std::vector<bool> marked(detail::policy_data const& p, std::vector<std::uint32_t> const& roles) {
    std::vector<bool> result(p.roles.size());
    for (std::uint32_t const role : roles) result[role] = true;
    return result;
}

std::vector<bool> closed(detail::policy_data const& p, std::vector<std::uint32_t> const& roles) {
    return marked(p, detail::with_inherited(p, roles));
}

// Facts of which somebody can wait for the value that they need.
std::uint64_t free_facts(asked_exercise const& of) noexcept {
    return of.compromised ? ~of.fixed_facts : 0;
}

}  // namespace

category_tree::category_tree(policy const& of) {
    detail::policy_data const& p = detail::data_of(of);
    above_.assign(p.categories.size(), none);
    named_only_.assign(p.categories.size(), false);
    for (written_category const& category : of.source().categories) {
        std::uint32_t const number = p.categories.find(category.name.text);
        named_only_[number] = category.named_only;
        std::string_view path = category.name.text;
        for (auto dot = path.rfind('.'); dot != std::string_view::npos; dot = path.rfind('.')) {
            path = path.substr(0, dot);
            std::uint32_t const found = p.categories.find(path);
            if (found == detail::name_table::none) continue;
            above_[number] = found;
            break;
        }
    }
}

bool touches::can_hold(review::alternatives const& when) const {
    std::uint64_t const reachable = of->facts.is_true | free_facts(*of);
    return std::any_of(when.begin(), when.end(),
                       [&](std::uint64_t mask) { return (mask & ~reachable) == 0; });
}

bool touches::can_lack(review::alternatives const& when) const {
    return std::none_of(when.begin(), when.end(),
                        [&](std::uint64_t mask) { return (mask & ~of->facts.is_true) == 0; });
}

bool touches::can_fire(review::alternatives const& when) const {
    return when.empty() || std::any_of(when.begin(), when.end(), [&](std::uint64_t mask) {
               return (mask & of->facts.is_false) == 0;
           });
}

bool touches::can_be_stopped(review::alternatives const& when) const {
    std::uint64_t const reachable = of->facts.is_false | free_facts(*of);
    return !when.empty() && std::all_of(when.begin(), when.end(), [&](std::uint64_t mask) {
        return (mask & reachable) != 0;
    });
}

touches touches_of(detail::policy_data const& p, category_tree const& tree,
                   asked_exercise const& asked) {
    touches result;
    result.of = &asked;
    result.looked_at = asked.who.ok();
    result.known = asked.who.known();
    result.active = marked(p, asked.who.active);
    result.asks_as = closed(p, asked.who.active);
    result.held = closed(p, asked.who.held);
    for (auto* masks : {&result.expected, &result.granted, &result.inside})
        masks->assign(tree.size(), 0);
    for (expected_cell const& cell : asked.expects)
        result.expected[cell.category] |= 1U << cell.action;
    for (std::uint32_t category = 0; category < tree.size(); ++category) {
        std::uint32_t const actions = result.expected[category];
        if (actions == 0) continue;
        bool covered = true;  // by a right on `.*` of what comes next on the way up
        for (std::uint32_t at = category; at != category_tree::none; at = tree.above(at)) {
            result.inside[at] |= actions;
            if (at != category && covered) result.granted[at] |= actions;
            covered = covered && !tree.named_only(at);
        }
    }
    return result;
}

}  // namespace rolecall::inline v0_1::exercising
