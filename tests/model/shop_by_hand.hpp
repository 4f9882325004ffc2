// A small shop, written by hand, and short words for its parts.

#pragma once

#include "model.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace model::by_hand {

inline condition always() { return {}; }

inline condition only_when(std::string const& fact) {
    return {.any_of = {{.how = term::need::all, .facts = {fact}}}};
}

inline condition when_any(names const& facts) {
    return {.any_of = {{.how = term::need::any, .facts = facts}}};
}

inline grant line(std::string const& category, std::string const& action,
                  condition const& when = {}) {
    return {.category = category, .below = false, .rights = {{action, when}}};
}

inline grant below(std::string const& category, std::string const& action,
                   condition const& when = {}) {
    return {.category = category, .below = true, .rights = {{action, when}}};
}

inline role able(std::vector<grant> may, names inherits = {}) {
    return {
        .about = "somebody", .title = "", .inherits = std::move(inherits), .may = std::move(may)};
}

inline category data(std::string const& level = "", bool named_only = false) {
    return {.about = "data",
            .title = "",
            .level = level,
            .laws = {},
            .named_only = named_only,
            .required = {}};
}

inline assignment given(names roles, std::optional<date> until = std::nullopt) {
    return {.roles = std::move(roles), .until = until};
}

inline separation apart(names roles, bool per_person = true) {
    return {.roles = std::move(roles), .at_most = 1, .per_person = per_person, .because = ""};
}

// Marketing may work with leads, support and billing with payments.
inline policy shop() {
    policy made;
    for (auto const* fact : {"consent", "hold", "ticket"}) {
        made.facts[fact] = {.about = "a fact", .title = ""};
    }
    made.categories = {{"account", data()},
                       {"leads", data()},
                       {"payment", data("restricted")},
                       {"payment.card", data("", true)},
                       {"payment.card.front", data()},
                       {"payment.history", data("internal")}};
    made.roles = {
        {"billing",
         able({line("payment", "view"), line("payment.card", "store"), line("account", "delete")})},
        {"marketing", able({line("leads", "all")})},
        {"support", able({line("account", "view"), line("payment", "view", only_when("ticket"))})}};
    return made;
}

}  // namespace model::by_hand
