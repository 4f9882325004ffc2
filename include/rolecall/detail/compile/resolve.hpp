// Statements with names become statements with numbers; every name that nothing declares,
// and every list that says a thing twice, is reported.
#ifndef ROLECALL_DETAIL_COMPILE_RESOLVE_HPP
#define ROLECALL_DETAIL_COMPILE_RESOLVE_HPP

#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/compile/name_finder.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Which categories a statement is about.
enum class reach : std::uint8_t { itself, below, itself_and_below, everything };

/// Some actions on some categories, under a condition: part of a grant, of a requirement or
/// of a guardrail.
struct statement {
    std::uint32_t category = 0;
    rolecall::detail::reach reach = reach::itself;
    std::uint32_t actions = 0;  // a mask of 16
    std::uint32_t condition = no_condition;

    friend bool operator==(statement const&, statement const&) = default;
    friend auto operator<=>(statement const&, statement const&) = default;
};

struct resolved_role {
    place at;
    std::vector<std::uint32_t> juniors;
    std::vector<place> junior_places;
    std::vector<statement> grants;
    std::vector<statement> guards;
};

struct resolved_separation {
    written_separation const* written = nullptr;
    std::vector<std::uint32_t> roles;
};

struct resolved_user {
    written_user const* written = nullptr;
    std::vector<std::pair<std::uint32_t, std::int32_t>> assignments;  // role, until
};

struct resolved_policy {
    std::vector<resolved_role> roles;  // by number
    std::vector<statement> requirements;
    std::vector<statement> guards_of_everyone;
    std::vector<resolved_separation> separations;
    std::vector<resolved_user> users;  // by number
};

class resolver : name_finder {
public:
    resolver(document const& doc, symbols const& names, condition_pool& conditions, findings& found)
        : name_finder(doc, names, found), conditions_(conditions) {}

    resolved_policy run() {
        resolved_policy result;
        result.roles.resize(names_.roles.size());
        result.users.resize(names_.users.size());
        for (written_category const& category : doc_.categories) resolve(category, result);
        for (written_role const& role : doc_.roles) resolve(role, result);
        for (written_guardrail const& guardrail : doc_.guardrails) resolve(guardrail, result);
        for (written_separation const& separation : doc_.separations) resolve(separation, result);
        for (written_user const& user : doc_.users) resolve(user, result);
        return result;
    }

    /// The number of a condition.
    std::uint32_t condition(written_condition const& when) {
        if (when.always()) return no_condition;
        std::vector<std::uint64_t> alternatives;
        for (std::vector<written_name> const& together : when.any_of) {
            check_repeated(together, "fact");
            std::uint64_t mask = 0;
            for (written_name const& name : together)
                if (auto const fact =
                        find(name, names_.facts, "fact", diagnostic_code::unknown_fact))
                    mask |= std::uint64_t{1} << (*fact % max_facts);
            alternatives.push_back(mask);
        }
        return conditions_.intern(std::move(alternatives));
    }

    /// Adds the grants of a line.
    void resolve(written_grant const& written, resolved_role& into) {
        auto const on = category(written.category);
        if (on && written.below && !doc_.incomplete && nothing_below(*on))
            report(diagnostic_code::nothing_below, written.category.at,
                   "nothing lies below category " + in_backticks(written.category.text) + "; " +
                       in_backticks(written.category.text) +
                       " without `.*` names the category itself");
        std::vector<written_name> actions;
        actions.reserve(written.rights.size());
        written_name const* all = nullptr;
        for (written_right const& right : written.rights) {
            actions.push_back(right.action);
            if (right.action.text == "all") all = &right.action;
        }
        check_repeated(actions, "action");
        for (written_right const& right : written.rights) {
            std::uint32_t const mask =
                right.action.text == "all" ? four_actions : action(right.action);
            if (all != nullptr && &right.action != all && (mask & four_actions) != 0 &&
                right.action.text != "all")
                report(
                    diagnostic_code::overlapping_rights, right.action.at,
                    "`all` covers " + in_backticks(right.action.text) + " already; leave one out",
                    {{all->at, "`all` stands here"}});
            std::uint32_t const when = condition(right.when);
            if (on)
                into.grants.push_back(
                    {*on, written.below ? reach::below : reach::itself, mask, when});
        }
    }

private:
    static constexpr std::uint32_t four_actions = 0xF;

    void resolve(written_category const& written, resolved_policy& result) {
        std::uint32_t const number = names_.categories.find(written.name.text);
        if (written.level)
            find(*written.level, names_.levels, "level", diagnostic_code::unknown_level);
        std::vector<written_name> actions;
        actions.reserve(written.required.size());
        for (written_requirement const& r : written.required) {
            actions.push_back(r.action);
            std::uint32_t const mask =
                r.action.text == "any" ? always_action_mask : action(r.action);
            std::uint32_t const when = condition(r.when);
            if (when != no_condition)
                result.requirements.push_back({number, reach::itself_and_below, mask, when});
        }
        check_repeated(actions, "action");
    }

    void resolve(written_role const& written, resolved_policy& result) {
        resolved_role& into = result.roles[names_.roles.find(written.name.text)];
        into.at = written.name.at;
        check_repeated(written.inherits, "role");
        for (written_name const& junior : written.inherits)
            if (auto const number = role(junior)) {
                into.juniors.push_back(*number);
                into.junior_places.push_back(junior.at);
            }
        std::vector<written_name> lines;
        lines.reserve(written.may.size());
        for (written_grant const& grant : written.may) {
            lines.push_back(grant.category);
            if (grant.below) lines.back().text += ".*";
            resolve(grant, into);
        }
        check_repeated(lines, "category");
    }

    void resolve(written_guardrail const& written, resolved_policy& result) {
        check_repeated(written.roles, "role");
        check_repeated(written.categories, "category");
        check_repeated(written.actions, "action");
        std::uint32_t mask = written.actions.empty() ? always_action_mask : 0;
        for (written_name const& name : written.actions) mask |= action(name);
        std::uint32_t const when = condition(written.when);

        std::vector<statement> forbids;
        if (written.categories.empty()) forbids.push_back({0, reach::everything, mask, when});
        for (written_name const& name : written.categories)
            if (auto const on = category(name))
                forbids.push_back({*on, reach::itself_and_below, mask, when});

        auto const add_to = [&](std::vector<statement>& guards) {
            guards.insert(guards.end(), forbids.begin(), forbids.end());
        };
        if (written.roles.empty()) add_to(result.guards_of_everyone);
        for (written_name const& name : written.roles)
            if (auto const number = role(name)) add_to(result.roles[*number].guards);
    }

    void resolve(written_separation const& written, resolved_policy& result) {
        check_repeated(written.roles, "role");
        resolved_separation separation{&written, {}};
        for (written_name const& name : written.roles)
            if (auto const number = role(name)) separation.roles.push_back(*number);
        std::size_t const most = written.roles.size() - 1;
        if (written.roles.size() < 2 || (written.at_most >= 1 && written.at_most <= most)) {
            result.separations.push_back(std::move(separation));
            return;
        }
        std::string const range = most == 1 ? "1" : "from 1 to " + std::to_string(most);
        report(diagnostic_code::separation_count, written.at_most_at,
               "`at-most` must be " + range + ", one less than there are roles");
    }

    void resolve(written_user const& written, resolved_policy& result) {
        resolved_user& into = result.users[names_.users.find(written.id.text)];
        into.written = &written;
        for (written_assignment const& assignment : written.assignments) {
            check_repeated(assignment.roles, "role");
            std::int32_t const until = assignment.until ? assignment.until->days()
                                                        : std::numeric_limits<std::int32_t>::max();
            for (written_name const& name : assignment.roles)
                if (auto const number = role(name)) into.assignments.emplace_back(*number, until);
        }
    }

    static constexpr std::uint32_t always_action_mask = 0xFFFF;

    condition_pool& conditions_;
};

}  // namespace rolecall::inline v0_1::detail

#endif
