#include "cli/json_values.hpp"
#include "cli/validate/reports.hpp"
#include "cli/validate/rule_texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

json::object finding_object(validated_finding const& finding) {
    diagnostic const& d = finding.what;
    json::object result;
    result["severity"] = to_string(d.level());
    result["code"] = to_string(d.code);
    result["message"] = json_text(d.text);
    add_json_place(result, d.where);
    json::array related;
    for (related_location const& r : d.related) {
        json::object one;
        one["message"] = json_text(r.text);
        add_json_place(one, r.where);
        related.push_back(std::move(one));
    }
    result["related"] = std::move(related);
    result["about"] = json_texts(finding.about);
    result["fixable"] = finding.fixable;
    result["known"] = finding.known;
    result["page"] = json_text(page_of(d.code));
    if (!finding.off_because.empty()) result["because"] = json_text(finding.off_because);
    return result;
}

json::array finding_list(std::vector<validated_finding> const& findings) {
    json::array result;
    for (validated_finding const& finding : findings) result.push_back(finding_object(finding));
    return result;
}

json::object policy_object(validated_policy const& policy, bool has_baseline) {
    validated_counts const counts = count_findings(policy);
    json::object result;
    result["policy"] = json_text(policy.path);
    result["valid"] = policy.valid;
    result["errors"] = counts.errors;
    result["warnings"] = counts.warnings;
    result["notes"] = counts.notes;
    if (policy.valid) {
        result["categories"] = policy.categories;
        result["roles"] = policy.roles;
        result["files"] = policy.files.size();
    }
    if (has_baseline) {
        result["known"] = counts.known;
        result["mended"] = policy.mended;
    }
    result["findings"] = finding_list(policy.findings);
    result["switched_off"] = finding_list(policy.switched_off);
    return result;
}

}  // namespace

std::string json_report(validation const& of) {
    validated_counts sum;
    bool valid = true;
    json::array list;
    for (validated_policy const& policy : of.policies) {
        validated_counts const counts = count_findings(policy);
        sum.errors += counts.errors;
        sum.warnings += counts.warnings;
        sum.notes += counts.notes;
        valid = valid && policy.valid;
        list.push_back(policy_object(policy, of.has_baseline));
    }
    json::object result;
    result["valid"] = valid;
    result["errors"] = sum.errors;
    result["warnings"] = sum.warnings;
    result["notes"] = sum.notes;
    result["exit_code"] = of.exit_code;
    result["policies"] = std::move(list);
    return json::serialize(result) + '\n';
}

}  // namespace rolecall::inline v0_1::cli
