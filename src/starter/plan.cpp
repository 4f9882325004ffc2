#include "starter/plan.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace rolecall::inline v0_1::starter {
namespace {

bool has(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

planned_role role_of(choice const& what, std::vector<category> const& categories) {
    planned_role result{what, {}};
    for (category const& on : categories) {
        planned_line line{on.name, {}};
        for (right const& r : all_rights())
            if (r.role == what.name && r.category == on.name) line.rights.push_back(r);
        if (!line.rights.empty()) result.may.push_back(std::move(line));
    }
    return result;
}

bool somebody_stores(std::vector<planned_role> const& roles, std::string_view category) {
    for (planned_role const& role : roles)
        for (planned_line const& line : role.may)
            for (right const& r : line.rights)
                if (r.category == category && r.action == "store") return true;
    return false;
}

// It looks things up, corrects and deletes when a customer asks, and enters what nobody else does.
planned_role office_for(std::vector<category> const& categories,
                        std::vector<planned_role> const& others) {
    constexpr std::string_view asked = "privacy-request";
    planned_role result{office, {}};
    for (category const& on : categories) {
        planned_line line{on.name, {{office.name, on.name, "view", asked}}};
        if (on.correctable) line.rights.push_back({office.name, on.name, "modify", asked});
        if (!somebody_stores(others, on.name))
            line.rights.push_back({office.name, on.name, "store", ""});
        line.rights.push_back({office.name, on.name, "delete", asked});
        result.may.push_back(std::move(line));
    }
    return result;
}

std::vector<fact> facts_of(plan const& made) {
    std::set<std::string_view> used;
    for (requirement const& r : made.required) used.insert(r.fact);
    for (planned_role const& role : made.roles)
        for (planned_line const& line : role.may)
            for (right const& r : line.rights) used.insert(r.fact);
    if (!made.kept_by_law.empty()) used.insert("must-be-kept");
    std::vector<fact> result;
    for (fact const& f : all_facts())
        if (used.contains(f.name)) result.push_back(f);
    return result;
}

}  // namespace

plan make_plan(wishes const& of) {
    plan result;
    for (category const& c : all_categories()) {
        if (!has(of.data, c.data)) continue;
        result.categories.push_back(c);
        if (c.kept_by_law) result.kept_by_law.push_back(c.name);
        bool const sealed = c.name == "payment" || c.name == "health";
        if (sealed && has(of.work, "marketing")) result.off_marketing.push_back(c.name);
    }
    for (choice const& what : kinds_of_work()) {
        if (!has(of.work, what.name)) continue;
        planned_role role = role_of(what, result.categories);
        // Marketing stays where a guardrail names it: that it sees nothing is worth saying.
        bool const named = what.name == "marketing" && !result.off_marketing.empty();
        if (role.may.empty() && !named)
            result.without_work.push_back(what.name);
        else
            result.roles.push_back(std::move(role));
    }
    auto const has_role = [&result](std::string_view name) {
        return std::any_of(result.roles.begin(), result.roles.end(),
                           [name](planned_role const& role) { return role.what.name == name; });
    };
    result.gives_money_back = has_role("billing") && has_role("refunds");
    for (planned_role const& role : result.roles)
        for (planned_line const& line : role.may)
            for (right const& r : line.rights)
                result.publishes = result.publishes || r.action == publish;
    result.roles.push_back(office_for(result.categories, result.roles));

    for (requirement const& r : all_requirements()) {
        bool const there = std::any_of(result.categories.begin(), result.categories.end(),
                                       [&r](category const& c) { return c.name == r.category; });
        if (there && (r.action != publish || result.publishes)) result.required.push_back(r);
    }
    result.facts = facts_of(result);
    return result;
}

}  // namespace rolecall::inline v0_1::starter
