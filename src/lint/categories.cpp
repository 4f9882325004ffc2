// What categories lack: a level, somebody who answers for them, anybody who can reach them.
#include "lint/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

// Whether this holds of a category, or of one above it: by number.
template <class Holds>
std::vector<bool> inherited_by_tree(policy_index const& policy, Holds const& holds) {
    std::vector<bool> result(policy.tree().number.size());
    for (std::uint32_t const number : policy.tree().number) {
        auto const above = policy.above(number);
        result[number] = (above && result[*above]) || holds(policy.category(number));
    }
    return result;
}

}  // namespace

void look_for_bare_categories(inspection const& on) {
    auto const protected_by = inherited_by_tree(on.policy, [](written_category const& c) {
        return !c.laws.empty() || !c.required.empty();
    });
    document const& doc = on.policy.source();
    bool const any_level =
        std::any_of(doc.categories.begin(), doc.categories.end(),
                    [](written_category const& c) { return c.level.has_value(); });
    auto const below_strictest = [&](std::uint32_t category) {
        for (auto above = on.policy.above(category); above; above = on.policy.above(*above))
            if (on.policy.is_strictest(*above)) return true;
        return false;
    };
    bool owner_missing = !doc.header || doc.header->owner.empty();
    for (std::uint32_t const number : on.policy.tree().number) {
        written_name const& name = on.policy.category(number).name;
        auto const above = on.policy.above(number);
        if (!on.policy.level(number)) {
            if (any_level && !above)
                on.tell(diagnostic_code::category_without_level, name.at,
                        "category " + in_backticks(name.text) + " has no level", {}, {name.text});
            continue;
        }
        if (!on.policy.is_strictest(number)) continue;
        std::string const which =
            in_backticks(name.text) + " is " + in_backticks(on.policy.level_name(number));
        if (!protected_by[number] && !below_strictest(number))
            on.tell(diagnostic_code::strictest_unprotected, name.at,
                    which + ", the strictest level, and names no law and requires nothing", {},
                    {name.text});
        if (owner_missing)
            on.tell(diagnostic_code::policy_without_owner, name.at,
                    which +
                        ", and the policy does not say who answers for it; add `owner` to the "
                        "section `policy`",
                    {}, {name.text});
        owner_missing = false;
    }
}

void look_for_unreached_categories(inspection const& on, abilities const& of) {
    detail::category_tree const& tree = on.policy.tree();
    detail::policy_data const& p = on.policy.data();
    // What is forbidden to everyone, always, and with every action, is so on purpose.
    auto const on_purpose = [&](std::uint32_t category) {
        std::uint32_t const every = (1U << p.actions.size()) - 1;
        return (p.row(p.guards_of_everyone)[category] & every) == every;
    };
    std::vector<bool> reached(tree.number.size());  // it, or one below it: by position
    for (std::uint32_t at = 0; at < reached.size(); ++at)
        reached[at] = std::any_of(of.kinds().begin(), of.kinds().end(), [&](ability const& kind) {
            return kind.cells[tree.number[at]] != 0;
        });
    for (auto at = static_cast<std::uint32_t>(reached.size()); at-- > 0;)
        if (auto const above = on.policy.above(tree.number[at]); above && reached[at])
            reached[tree.position[*above]] = true;
    for (std::uint32_t at = 0; at < reached.size();) {
        if (reached[at]) {
            ++at;
            continue;
        }
        if (on_purpose(tree.number[at])) {
            at = tree.end[at];
            continue;
        }
        written_name const& name = on.policy.category(tree.number[at]).name;
        bool const alone = tree.end[at] == at + 1;
        on.tell(diagnostic_code::category_unreachable, name.at,
                "no role can do anything with " + in_backticks(name.text) +
                    (alone ? "" : ", or with what lies below it"),
                {}, {name.text});
        at = tree.end[at];
    }
}

}  // namespace rolecall::inline v0_1::linting
