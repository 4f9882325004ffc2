#include "meaning/formula.hpp"
#include "review/name_order.hpp"
#include <rolecall/matrix.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

std::vector<effective_right> effective_rights(policy const& of) {
    detail::policy_data const& p = detail::data_of(of);
    auto const categories = review::by_name(p.categories);
    auto const actions = review::by_name(p.actions);
    std::vector<effective_right> rights;
    for (std::uint32_t const role : review::by_name(p.roles)) {
        detail::role_rows const& rows = p.rows_of_role[role];
        detail::active_roles const alone{{&role, 1}, {&rows.guards, 1}};
        for (std::uint32_t const category : categories) {
            if (p.row(rows.effective)[category] == 0) continue;
            for (std::uint32_t const action : actions)
                if (auto const right = review::right_of(p, alone, action, category))
                    rights.push_back(
                        {std::string(p.roles.name(role)), std::string(p.categories.name(category)),
                         std::string(p.actions.name(action)), review::to_text(*right, p.facts)});
        }
    }
    return rights;
}

}  // namespace rolecall::inline v0_1
