#include "exercise/coverage_items.hpp"

#include <utility>

namespace rolecall::inline v0_1::exercising {

found_item item_of(covered_item::kind what, place const& at, std::string sentence, seen const& by,
                   bool both) {
    found_item one;
    one.at = at;
    one.item.what = what;
    one.item.sentence = std::move(sentence);
    one.item.exercises = by.exercises;
    if (by.exercises == 0)
        one.item.missing = "nobody asks";
    else if (!by.holds)
        one.item.missing = "it never holds";
    else if (both && !by.fails)
        one.item.missing = "it never fails";
    return one;
}

std::uint32_t mask_of(detail::policy_data const& p, std::string_view action) {
    constexpr std::uint32_t four_actions = 0xF;
    constexpr std::uint32_t every_action = 0xFFFF;
    if (action == "any") return every_action;
    if (action == "all") return four_actions;
    return 1U << p.actions.find(action);
}

}  // namespace rolecall::inline v0_1::exercising
