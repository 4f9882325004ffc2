#include "cli/json_values.hpp"
#include "cli/validate/reports.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

// GitLab knows five: what refuses the policy, what makes the run fail, and what is only told.
std::string_view severity_text(validated_finding const& finding, validation const& of,
                               validated_policy const& policy) {
    severity const level = finding.what.level();
    if (level == severity::note) return "info";
    if (!fails(finding, of.strict)) return "minor";
    return level == severity::error && !policy.valid ? "blocker" : "major";
}

}  // namespace

std::string gitlab_report(validation const& of) {
    json::array all;
    std::map<std::string, std::size_t> occurrences;
    for (validated_policy const& policy : of.policies) {
        for (validated_finding const& finding : policy.findings) {
            diagnostic const& d = finding.what;
            std::string const path =
                path_in_project(d.where.path.empty() ? policy.path : d.where.path);
            // It must be unique: of two that are the same, GitLab shows one.
            std::string print = path + '\n' + finding.fingerprint;
            std::size_t const number = ++occurrences[print];
            print.append("\n").append(std::to_string(number));
            json::object one;
            one["description"] = json_text(d.text);
            one["check_name"] = to_string(d.code);
            one["fingerprint"] = json_text(sha256_hex(print));
            one["severity"] = severity_text(finding, of, policy);
            one["location"] =
                json::object{{"path", json_text(path)},
                             {"lines", json::object{{"begin", std::max(d.where.line, 1U)}}}};
            all.push_back(std::move(one));
        }
    }
    return json::serialize(all) + '\n';
}

}  // namespace rolecall::inline v0_1::cli
