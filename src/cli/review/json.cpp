// A review as JSON, in one line. Of long lists one entry after the other is made and written: a
// million users at once would take more memory than anything else here.
#include "cli/json_values.hpp"
#include "cli/review/report.hpp"
#include <rolecall/decision.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

json::object role_object(reviewed_role const& role) {
    json::object result;
    result["role"] = json_text(role.role);
    result["assigned"] = role.assigned;
    result["through"] = json_texts(role.through);
    result["until"] = json_date_or_null(role.until);
    result["assigned_until"] = json_date_or_null(role.assigned_until);
    json::array sources;
    if (role.from_policy) sources.emplace_back("policy");
    if (role.from_directory) sources.emplace_back("store");
    result["from"] = std::move(sources);
    return result;
}

json::array role_array(std::vector<reviewed_role> const& roles) {
    json::array result;
    for (reviewed_role const& role : roles) result.emplace_back(role_object(role));
    return result;
}

json::object user_object(access_review const& review, reviewed_user const& user) {
    holding const& has = review.held_by(user);
    json::object result;
    result["user"] = json_text(user.id);
    result["in_policy"] = user.in_policy;
    result["in_store"] = user.in_directory;
    result["refused"] = has.refused == reason::granted
                            ? json::value(nullptr)
                            : json::value(json_text(to_string(has.refused)));
    result["roles"] = role_array(has.roles);
    result["passed"] = role_array(has.passed);
    result["undeclared"] = json_texts(has.unknown_roles);
    json::array violations;
    for (separation_violation const& broken : has.violations) {
        json::object one;
        one["separation"] = json_text(broken.rule);
        one["roles"] = json_texts(broken.roles);
        one["because"] = json_text_or_null(broken.because);
        one["message"] = json_text(broken.sentence);
        violations.emplace_back(std::move(one));
    }
    result["violations"] = std::move(violations);
    return result;
}

json::object way_object(access_review const& review, access_way const& way) {
    json::object result;
    result["effect"] = way.always() ? "allow" : "conditional";
    result["if"] = json_text_or_null(way.condition);
    result["facts"] = json_texts(way.facts);
    result["apart"] = way.apart;
    json::array through;
    for (granting_role const& part : way.through) {
        json::object one;
        one["role"] = json_text(part.role);
        one["if"] = json_text_or_null(part.condition);
        through.emplace_back(std::move(one));
    }
    result["through"] = std::move(through);
    json::array users;
    for (auto const& [user, until] : users_of(review, way)) {
        json::object one;
        one["user"] = json_text(review.users[user].id);
        one["until"] = json_date_or_null(until);
        users.emplace_back(std::move(one));
    }
    result["users"] = std::move(users);
    return result;
}

json::object access_object(access_review const& review, reviewed_access const& access) {
    json::object result;
    result["category"] = json_text(access.category);
    result["level"] = json_text_or_null(access.level);
    result["laws"] = json_texts(access.laws);
    result["action"] = json_text(access.action);
    json::array ways;
    for (access_way const& way : access.ways) ways.emplace_back(way_object(review, way));
    result["ways"] = std::move(ways);
    return result;
}

json::array concern_array(review_report const& report) {
    json::array result;
    for (review_concern const& concern : report.concerns) {
        json::object one;
        one["kind"] =
            concern.what == review_concern::kind::separation ? "separation" : "undeclared-role";
        one["name"] = json_text(concern.name);
        one["message"] = json_text(concern.text);
        json::array users;
        for (std::size_t const user : concern.users)
            users.emplace_back(json_text(report.review.users[user].id));
        one["users"] = std::move(users);
        result.emplace_back(std::move(one));
    }
    return result;
}

json::array ending_array(access_review const& review) {
    json::array result;
    for (ending_assignment const& ending : review.ending) {
        json::object one;
        one["user"] = json_text(ending.id);
        one["role"] = json_text(ending.role);
        one["until"] = json_text(ending.until.to_string());
        result.emplace_back(std::move(one));
    }
    return result;
}

}  // namespace

void write_review_json(review_report const& report, output& to) {
    access_review const& review = report.review;
    json::object policy;
    policy["path"] = json_text(report.policy_path);
    policy["name"] = json_text_or_null(review.policy_name);
    policy["owner"] = json_text_or_null(review.policy_owner);
    policy["sha256"] = json_text(review.policy_digest);

    member_writer all(to);
    all.add("policy", policy);
    all.add("store",
            report.store_path ? json::value(json_text(*report.store_path)) : json::value(nullptr));
    all.add("on", json_text(review.on.to_string()));
    all.add("next_review", json_text(next_review(review.on).to_string()));
    all.add("needs_attention", concern_array(report));
    all.add("ending_within_days", review.ending_within_days);
    all.add("ending", ending_array(review));
    all.add("users_without_roles", json_texts(review.users_without_roles));
    all.add("roles_without_users", json_texts(review.roles_without_users));
    all.add_each("users", review.users,
                 [&](reviewed_user const& user) { return user_object(review, user); });
    all.add_each("access", review.access,
                 [&](reviewed_access const& access) { return access_object(review, access); });
    all.add("categories_without_access", json_texts(review.categories_without_access));
    all.end();
}

}  // namespace rolecall::inline v0_1::cli
