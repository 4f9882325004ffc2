// Reports of `blast-radius` as JSON, in one line.
#include "cli/blast_radius/json_counts.hpp"
#include "cli/blast_radius/report.hpp"
#include "cli/json_values.hpp"
#include <rolecall/decision.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

json::object counts_object(level_count const& of, std::vector<std::string> const& actions) {
    json::object result;
    result["categories"] = count_object(of.categories);
    result["rights"] = count_object(of.rights);
    result["actions"] = by_action_object(actions, of.actions, count_object);
    return result;
}

json::object compared_object(compared_count const& of) {
    json::object result;
    result["least"] = of.least;
    result["median"] = of.median;
    result["most"] = of.most;
    result["fewer"] = of.fewer;
    result["as_many"] = of.as_many;
    result["most_by"] = json_texts(of.most_by);
    result["most_by_count"] = of.most_by_count;
    return result;
}

json::object comparison_object(comparison const& of) {
    json::object result;
    result["certain"] = compared_object(of.certain);
    result["possible"] = compared_object(of.possible);
    return result;
}

json::object comparison_object(level_comparison const& of,
                               std::vector<std::string> const& actions) {
    json::object result;
    result["categories"] = comparison_object(of.categories);
    result["rights"] = comparison_object(of.rights);
    result["actions"] = by_action_object(
        actions, of.actions, [](comparison const& one) { return comparison_object(one); });
    return result;
}

void add_condition(json::object& to, std::string const& condition,
                   std::vector<std::string> const& facts) {
    to["effect"] = condition.empty() ? "allow" : "conditional";
    to["if"] = json_text_or_null(condition);
    to["facts"] = json_texts(facts);
}

// A user of a list has an end of their own, and the roles of a list have none.
void add_basis(json::object& to, right_basis const& of, bool with_ends) {
    add_condition(to, of.condition, of.facts);
    if (with_ends) to["until"] = json_date_or_null(of.until);
    to["apart"] = of.apart;
    json::array through;
    for (granting_role const& part : of.through) {
        json::object one;
        one["role"] = json_text(part.role);
        add_condition(one, part.condition, part.facts);
        if (with_ends) one["until"] = json_date_or_null(part.until);
        through.emplace_back(std::move(one));
    }
    to["through"] = std::move(through);
}

json::object category_object(exposed_category const& of) {
    json::object result;
    result["category"] = json_text(of.category);
    result["laws"] = json_texts(of.laws);
    json::array rights;
    for (exposed_right const& right : of.rights) {
        json::object one;
        one["action"] = json_text(right.action);
        one["only"] = right.only;
        add_basis(one, right, true);
        rights.emplace_back(std::move(one));
    }
    result["rights"] = std::move(rights);
    return result;
}

json::object counted_object(counted_exposure const& of, std::vector<std::string> const& levels,
                            std::vector<std::string> const& actions) {
    json::object result;
    bool const user = of.what == holder::kind::user;
    if (user) {
        result["users"] = json_texts(of.names);
        result["roles"] = json_texts(of.roles);
    } else {
        result["role"] = json_text(of.names.front());
    }
    json::array by_level;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        json::object one;
        one["level"] = json_text_or_null(levels[i]);
        for (auto& [name, value] : counts_object(of.levels[i], actions)) one[name] = value;
        by_level.emplace_back(std::move(one));
    }
    result["levels"] = std::move(by_level);
    result["total"] = counts_object(of.total, actions);
    return result;
}

// What is asked comes before what is found.
void add(json::object& to, blast_radius const& of) {
    to["compared_with"] = of.compared_with;
    to["less"] = of.less;
    to["as_much"] = of.as_much;
    to["apart"] = of.apart;
    to["holds"] = json_texts(of.roles);
    to["total"] = counts_object(of.total, of.actions);
    to["others"] = comparison_object(of.others, of.actions);
    json::array by_level;
    std::vector<std::string> names;
    for (exposed_level const& level : of.levels) {
        names.push_back(level.level);
        json::object one;
        one["level"] = json_text_or_null(level.level);
        one["of"] = level.of;
        one["laws"] = json_texts(level.laws);
        one["count"] = counts_object(level.count, of.actions);
        one["others"] = comparison_object(level.others, of.actions);
        json::array categories;
        for (exposed_category const& category : level.categories)
            categories.emplace_back(category_object(category));
        one["categories"] = std::move(categories);
        by_level.emplace_back(std::move(one));
    }
    to["levels"] = std::move(by_level);
    json::array each;
    for (counted_exposure const& role : of.each)
        each.emplace_back(counted_object(role, names, of.actions));
    to["each"] = std::move(each);
}

void add(json::object& to, exposure_ranking const& of) {
    to["role_count"] = of.role_count;
    to["user_count"] = of.user_count;
    json::array levels;
    for (std::size_t i = 0; i < of.levels.size(); ++i) {
        json::object one;
        one["level"] = json_text_or_null(of.levels[i]);
        one["of"] = of.of[i];
        levels.emplace_back(std::move(one));
    }
    to["levels"] = std::move(levels);
    for (auto const& [name, list] :
         {std::pair("roles", &of.roles), std::pair("users", &of.users)}) {
        json::array entries;
        for (counted_exposure const& one : *list)
            entries.emplace_back(counted_object(one, of.levels, of.actions));
        to[name] = std::move(entries);
    }
}

json::array reaching_array(std::vector<reaching> const& list,
                           std::vector<std::string> const& actions) {
    json::array result;
    for (reaching const& who : list) {
        json::object one;
        if (who.what == holder::kind::role) {
            one["role"] = json_text(who.role);
        } else {
            json::array users;
            for (reaching_user const& user : who.users) {
                json::object named;
                named["user"] = json_text(user.id);
                named["until"] = json_date_or_null(user.until);
                json::array ends;
                for (auto const& end : user.ends) ends.emplace_back(json_date_or_null(end));
                named["ends"] = std::move(ends);
                users.emplace_back(std::move(named));
            }
            one["users"] = std::move(users);
        }
        one["count"] = counts_object(who.count, actions);
        json::array rights;
        for (held_right const& right : who.rights) {
            json::object held;
            held["category"] = json_text(right.category);
            held["action"] = json_text(right.action);
            add_basis(held, right, false);
            rights.emplace_back(std::move(held));
        }
        one["rights"] = std::move(rights);
        result.emplace_back(std::move(one));
    }
    return result;
}

void add(json::object& to, reach const& of) {
    to["role_count"] = of.role_count;
    to["user_count"] = of.user_count;
    to["reached_by"] =
        json::object{{"roles", count_object(of.roles)}, {"users", count_object(of.users)}};
    json::array rights;
    for (reached_right const& right : of.rights) {
        json::object one;
        one["category"] = json_text(right.category);
        one["level"] = json_text_or_null(right.level);
        one["laws"] = json_texts(right.laws);
        one["action"] = json_text(right.action);
        one["roles"] = count_object(right.roles);
        one["users"] = count_object(right.users);
        rights.emplace_back(std::move(one));
    }
    to["rights"] = std::move(rights);
    to["roles"] = reaching_array(of.by_role, of.actions);
    to["users"] = reaching_array(of.by_user, of.actions);
}

json::object asked_object(exposure_report const& report) {
    blast_radius_arguments const& asked = *report.asked;
    json::object result;
    auto const text = [](std::optional<std::string> const& of) {
        return of ? json::value(json_text(*of)) : json::value(nullptr);
    };
    result["user"] = text(asked.question.user);
    result["roles"] = asked.question.roles.empty() ? json::value(nullptr)
                                                   : json::value(json_texts(asked.question.roles));
    result["category"] = text(asked.category);
    result["below"] = asked.below;
    result["level"] = text(asked.level);
    return result;
}

}  // namespace

void write_exposure_json(exposure_report const& report, output& to) {
    json::object result;
    result["asked"] = asked_object(report);
    result["on"] = json_text(report.on.to_string());
    json::object given;
    for (stated_fact const& fact : report.asked->question.facts)
        given[json_text(fact.name)] = fact.value ? json::value(*fact.value) : json::value(nullptr);
    result["given"] = std::move(given);
    if (report.refused.why == reason::granted) {
        result["refused"] = nullptr;
        std::visit([&](auto const& of) { add(result, of); }, report.answer);
    } else {
        json::object refused;
        refused["reason"] = json_text(to_string(report.refused.why));
        refused["messages"] = json_texts(report.refused.sentences);
        result["refused"] = std::move(refused);
    }
    to.line(json::serialize(result));
}

}  // namespace rolecall::inline v0_1::cli
