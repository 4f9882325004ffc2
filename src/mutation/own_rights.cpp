#include "mutation/own_rights.hpp"

#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <string>

namespace rolecall::inline v0_1::mutating {
namespace {

constexpr std::uint32_t four_actions = 0xF;

// As rows are compiled: `.*` does not reach what is named-only, nor below.
std::vector<std::uint32_t> covered(written_grant const& line, detail::name_table const& categories,
                                   detail::category_tree const& tree) {
    std::uint32_t const number = categories.find(line.category.text);
    if (!line.below) return {number};
    std::vector<std::uint32_t> result;
    std::uint32_t const top = tree.position[number];
    for (std::uint32_t at = top + 1; at < tree.end[top];) {
        if (tree.named_only[at]) {
            at = tree.end[at];
        } else {
            result.push_back(tree.number[at++]);
        }
    }
    return result;
}

}  // namespace

own_rights::own_rights(policy const& of) {
    review::written_rules const rules(of);
    detail::policy_data const& p = detail::data_of(of);
    detail::category_tree const tree = detail::grow_tree(of.source(), p.categories);
    for (written_role const& role : of.source().roles)
        for (written_grant const& line : role.may)
            for (written_right const& right : line.rights) {
                own_right made{{&role, &line, &right}, p.roles.find(role.name.text), 0, {}, {}};
                made.actions = right.action.text == "all"
                                   ? four_actions
                                   : std::uint32_t{1} << p.actions.find(right.action.text);
                made.categories = covered(line, p.categories, tree);
                made.when = detail::shortest(rules.masks(right.when));
                auto const number = static_cast<std::uint32_t>(rights_.size());
                for (std::uint32_t const category : made.categories)
                    by_cell_.emplace_back(key(made.role, category), number);
                rights_.push_back(std::move(made));
            }
    std::sort(by_cell_.begin(), by_cell_.end());
}

std::span<own_rights::entry const> own_rights::on(std::uint32_t role,
                                                  std::uint32_t category) const {
    entry const first{key(role, category), 0};
    auto const begin = std::lower_bound(by_cell_.begin(), by_cell_.end(), first);
    auto end = begin;
    while (end != by_cell_.end() && end->first == first.first) ++end;
    return {begin, end};
}

own_right const* own_rights::first_on(std::uint32_t role, std::uint32_t category,
                                      std::uint32_t actions) const {
    for (entry const& one : on(role, category))
        if ((rights_[one.second].actions & actions) != 0) return &rights_[one.second];
    return nullptr;
}

}  // namespace rolecall::inline v0_1::mutating
