#include "review/formula.hpp"
#include <rolecall/matrix.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace rolecall {
namespace {

// The numbers of a table in the byte order of their names.
std::vector<std::uint32_t> by_name(detail::name_table const& names) {
    std::vector<std::uint32_t> numbers(names.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    std::sort(numbers.begin(), numbers.end(),
              [&](std::uint32_t a, std::uint32_t b) { return names.name(a) < names.name(b); });
    return numbers;
}

// The condition of a right, empty when it is always there; nothing when it never is.
std::optional<std::string> condition_of(detail::policy_data const& p, std::uint32_t role,
                                        std::uint32_t action, std::uint32_t category) {
    std::uint32_t const cell = p.row(p.rows_of_role[role].effective)[category] >> action;
    if ((cell & 1U) != 0) return std::string{};
    if ((cell & 0x10000U) == 0) return std::nullopt;
    review::formula const f = review::simplified(review::formula_of(p, role, action, category));
    if (!review::can_hold(f)) return std::nullopt;
    return review::to_text(f, p.facts);
}

}  // namespace

std::vector<effective_right> effective_rights(policy const& of) {
    detail::policy_data const& p = detail::access::data(of);
    auto const categories = by_name(p.categories);
    auto const actions = by_name(p.actions);
    std::vector<effective_right> rights;
    for (std::uint32_t const role : by_name(p.roles))
        for (std::uint32_t const category : categories) {
            if (p.row(p.rows_of_role[role].effective)[category] == 0) continue;
            for (std::uint32_t const action : actions)
                if (auto condition = condition_of(p, role, action, category))
                    rights.push_back({std::string(p.roles.name(role)),
                                      std::string(p.categories.name(category)),
                                      std::string(p.actions.name(action)), std::move(*condition)});
        }
    return rights;
}

}  // namespace rolecall
