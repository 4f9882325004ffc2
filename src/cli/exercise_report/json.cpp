// The page for a program: one object, in one line.
#include "cli/blast_radius/json_counts.hpp"
#include "cli/exercise_report/report.hpp"
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

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

template <class List, class ToObject>
json::array each(List const& list, ToObject const& to_object) {
    json::array result;
    for (auto const& one : list) result.emplace_back(to_object(one));
    return result;
}

json::object place_object(location const& where) {
    json::object result;
    add_json_place(result, where);
    return result;
}

json::object failure_object(failed_expectation const& failed) {
    json::object result;
    result["action"] = json_text(failed.action);
    result["category"] = json_text(failed.category);
    result["expected"] = failed.expected;
    result["expected_reason"] = failed.expected_reason
                                    ? json::value(json_text(to_string(*failed.expected_reason)))
                                    : json::value(nullptr);
    result["allowed"] = failed.allowed;
    result["reason"] = json_text(to_string(failed.why));
    result["explanation"] = json_texts(failed.explanation);
    add_json_place(result, failed.where);
    result["decided_at"] = each(failed.decided_at, place_object);
    return result;
}

json::object expected_object(expected_line const& of) {
    json::object result;
    result["must_be"] = json_text(of.must);
    result["category"] = json_text_or_null(of.category);
    result["actions"] = json_texts(of.actions);
    return result;
}

json::object category_object(open_category const& of) {
    json::object result;
    result["category"] = json_text(of.category);
    result["level"] = json_text_or_null(of.level);
    result["laws"] = json_texts(of.laws);
    result["certain"] = json_texts(of.certain);
    result["possible"] = json_texts(of.possible);
    return result;
}

json::object level_object(open_level const& of, std::vector<std::string> const& actions) {
    json::object result;
    result["level"] = json_text_or_null(of.level);
    result["laws"] = json_texts(of.laws);
    result["categories"] = count_object(of.categories);
    result["actions"] = by_action_object(actions, of.actions, count_object);
    return result;
}

json::object scenario_object(scenario const& of, std::vector<std::string> const& actions) {
    exercise_outcome const& outcome = of.outcome;
    json::object result;
    result["name"] = json_text(outcome.name);
    result["title"] = json_text_or_null(outcome.title);
    result["about"] = json_text_or_null(outcome.about);
    result["note"] = json_text_or_null(outcome.note);
    result["who"] = json_text(outcome.who);
    result["situation"] = json_text_or_null(outcome.situation);
    result["on"] = json_text(outcome.on.to_string());
    result["compromised"] = outcome.compromised;
    result["expected"] = each(of.expected, expected_object);
    result["answers"] = outcome.expectations;
    result["passed"] = outcome.passed();
    result["failures"] = each(outcome.failures, failure_object);
    json::object open;
    open["rights"] = count_object(of.rights());
    open["levels"] =
        each(of.levels, [&](open_level const& level) { return level_object(level, actions); });
    open["categories"] = each(of.categories, category_object);
    result["open"] = std::move(open);
    return result;
}

json::array coverage_array(exercise_coverage const& of) {
    json::array result;
    for (std::size_t i = 0; i < of.kinds.size(); ++i) {
        json::object one;
        one["kind"] = json_text(to_string(static_cast<covered_item::kind>(i)));
        one["covered"] = of.kinds[i].covered;
        one["of"] = of.kinds[i].of;
        result.emplace_back(std::move(one));
    }
    return result;
}

}  // namespace

std::string exercise_report_json(exercise_report const& report) {
    json::object policy;
    policy["path"] = json_text(report.policy_path);
    policy["name"] = json_text_or_null(report.name);
    policy["owner"] = json_text_or_null(report.owner);
    policy["sha256"] = json_text(report.digest);
    json::object all;
    all["policy"] = std::move(policy);
    all["on"] = json_text(report.on.to_string());
    all["who"] = json_texts(report.who);
    all["exercises"] = report.scenarios.size();
    all["failed"] = report.failed;
    all["left_out"] = report.left_out;
    all["scenarios"] = each(report.scenarios, [&](scenario const& one) {
        return scenario_object(one, report.actions);
    });
    all["coverage"] = coverage_array(report.coverage);
    all["open_points"] = each(report.open, [](open_point const& point) {
        json::object one;
        one["text"] = json_text(point.text);
        one["said"] = point.said;
        return one;
    });
    return json::serialize(all) + '\n';
}

}  // namespace rolecall::inline v0_1::cli
