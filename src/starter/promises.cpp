#include "starter/promises.hpp"

#include "starter/yaml_lines.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::starter {
namespace {

constexpr std::string_view all_actions[] = {"view", "modify", "store", "delete", publish};

}  // namespace

std::string guarantees(plan const& made) {
    if (made.off_marketing.empty() && made.kept_by_law.empty()) return {};
    yaml_lines lines;
    lines.key(0, "guarantees");
    if (!made.off_marketing.empty()) {
        lines.key(1, "campaigns-stay-out");
        lines.word(2, "roles", "marketing", "whatever other role somebody has");
        lines.word(2, "never", "any");
        lines.list(2, "categories", made.off_marketing);
        lines.text(2, "because", "Campaigns need neither payment nor health data");
    }
    if (!made.kept_by_law.empty()) {
        if (!made.off_marketing.empty()) lines.blank();
        lines.key(1, "nothing-is-lost");
        lines.word(2, "may", "delete");
        lines.list(2, "categories", made.kept_by_law);
        lines.word(2, "unless", "must-be-kept", "only while this is known to be false");
        lines.text(2, "because", "The tax office or a court may ask for it");
    }
    return lines.done();
}

std::string exercises(plan const& made, policy const& of) {
    yaml_lines lines;
    lines.key(0, "exercises");
    for (planned_role const& role : made.roles) {
        if (&role != &made.roles.front()) lines.blank();
        lines.key(1, std::string(role.what.name) + "-on-a-usual-day");
        lines.text(2, "about", "Nothing special is known of the customer");
        lines.word(2, "as", role.what.name);
        std::vector<std::pair<std::string_view, std::vector<std::string_view>>> allowed;
        for (category const& c : made.categories) {
            std::vector<std::string_view> actions;
            for (std::string_view const action : all_actions)
                if (of.allows(role.what.name, action, c.name)) actions.push_back(action);
            if (!actions.empty()) allowed.emplace_back(c.name, std::move(actions));
        }
        if (allowed.empty()) {
            lines.word(2, "exactly", "nothing");
            continue;
        }
        lines.key(2, "exactly");
        for (auto const& [name, actions] : allowed) lines.list(3, name, actions);
    }
    return lines.done();
}

}  // namespace rolecall::inline v0_1::starter
