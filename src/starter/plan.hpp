// What a starter policy will say: the catalogue, cut to what was chosen.
#ifndef ROLECALL_SRC_STARTER_PLAN_HPP
#define ROLECALL_SRC_STARTER_PLAN_HPP

#include "starter/catalogue.hpp"
#include "starter/starter_policy.hpp"

#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::starter {

struct planned_line {
    std::string_view category;
    std::vector<right> rights;
};

struct planned_role {
    choice what;
    std::vector<planned_line> may;
};

/// All in the order of the catalogue, the office last.
struct plan {
    std::vector<category> categories;
    std::vector<requirement> required;
    std::vector<planned_role> roles;
    std::vector<fact> facts;                      ///< those that something needs
    std::vector<std::string_view> off_marketing;  ///< categories that it never sees
    std::vector<std::string_view> kept_by_law;    ///< categories
    std::vector<std::string_view> without_work;   ///< chosen work that the data doesn't concern
    bool publishes = false;
    bool gives_money_back = false;  ///< whether who takes the money must not be who returns it
};

[[nodiscard]] plan make_plan(wishes const& of);

}  // namespace rolecall::inline v0_1::starter

#endif
