#include "cli/json_values.hpp"
#include "cli/test/coverage_report.hpp"
#include "cli/test/mutation_report.hpp"
#include "cli/test/report.hpp"
#include <rolecall/decision.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

json::object place_object(location const& where) {
    json::object result;
    add_json_place(result, where);
    return result;
}

json::object failure_object(failed_expectation const& of) {
    json::object result;
    result["action"] = json_text(of.action);
    result["category"] = json_text(of.category);
    result["expected"] = of.expected;
    result["expected_reason"] =
        of.expected_reason ? json::value(to_string(*of.expected_reason)) : json::value(nullptr);
    result["allowed"] = of.allowed;
    result["reason"] = to_string(of.why);
    result["message"] = json_text(sentence_of(of));
    add_json_place(result, of.where);
    result["explanation"] = json_texts(of.explanation);
    json::array lines;
    for (location const& where : of.decided_at) lines.emplace_back(place_object(where));
    result["decided_at"] = std::move(lines);
    return result;
}

json::object exercise_object(exercise_outcome const& of) {
    json::object result;
    result["name"] = json_text(of.name);
    result["passed"] = of.passed();
    result["title"] = json_text_or_null(of.title);
    result["about"] = json_text_or_null(of.about);
    result["note"] = json_text_or_null(of.note);
    result["who"] = json_text(of.who);
    result["situation"] = json_text_or_null(of.situation);
    result["compromised"] = of.compromised;
    result["on"] = json_text(of.on.to_string());
    add_json_place(result, of.where);
    result["answers"] = of.expectations;
    json::array failures;
    for (failed_expectation const& one : of.failures) failures.emplace_back(failure_object(one));
    result["failures"] = std::move(failures);
    json::array rights;
    for (open_right const& right : of.open) {
        json::object one;
        one["category"] = json_text(right.category);
        one["action"] = json_text(right.action);
        one["effect"] = right.certain ? "allow" : "conditional";
        rights.emplace_back(std::move(one));
    }
    result["rights"] = std::move(rights);
    return result;
}

json::object finding_object(diagnostic const& of) {
    json::object result;
    result["severity"] = to_string(of.level());
    result["code"] = to_string(of.code);
    result["message"] = json_text(of.text);
    add_json_place(result, of.where);
    return result;
}

json::object policy_object(tested_policy const& of, test_arguments const& asked) {
    json::object result;
    result["policy"] = json_text(of.path);
    result["valid"] = of.valid;
    result["passed"] = of.code == 0;
    json::array findings;
    for (diagnostic const& d : of.findings) findings.emplace_back(finding_object(d));
    result["findings"] = std::move(findings);
    if (!of.valid) return result;
    result["exercises"] = of.count();
    result["failed"] = of.run.failed;
    result["answers"] = of.run.expectations;
    result["left_out"] = of.run.left_out;
    json::array scenarios;
    for (exercise_outcome const& one : of.run.exercises)
        scenarios.emplace_back(exercise_object(one));
    result["scenarios"] = std::move(scenarios);
    if (of.coverage) add_coverage(result, *of.coverage);
    if (of.mutation) add_mutation(result, *of.mutation);
    if (asked.mutate && !of.mutation) result["mutation"] = nullptr;
    if (asked.fail_under) result["enough"] = !of.too_little;
    return result;
}

}  // namespace

std::string test_json(test_report const& report) {
    std::size_t exercises = 0;
    std::size_t failed = 0;
    json::array policies;
    for (tested_policy const& one : report.policies) {
        exercises += one.count();
        failed += one.run.failed;
        policies.emplace_back(policy_object(one, *report.asked));
    }
    json::object result;
    result["passed"] = report.exit_code == 0;
    result["exercises"] = exercises;
    result["failed"] = failed;
    result["on"] = json_text(report.on.to_string());
    result["exit_code"] = report.exit_code;
    result["policies"] = std::move(policies);
    return json::serialize(result) + '\n';
}

}  // namespace rolecall::inline v0_1::cli
