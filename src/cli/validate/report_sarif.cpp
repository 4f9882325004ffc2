#include "cli/commands.hpp"
#include "cli/json_values.hpp"
#include "cli/validate/reports.hpp"
#include "cli/validate/rule_texts.hpp"
#include <rolecall/version.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

// SARIF calls our severities the same.
std::string_view level_text(severity level) { return to_string(level); }

// A plain text message: braces are doubled (§3.11.5), and what would be read as a link (§3.11.6)
// is escaped.
json::object message(std::string_view text) {
    bool const like_link = text.find("](") != std::string_view::npos;
    std::string told;
    for (char const c : text) {
        if (c == '{' || c == '}') told += c;
        if (like_link && (c == '[' || c == ']' || c == '\\')) told += '\\';
        told += c;
    }
    return {{"text", json_text(told)}};
}

// A path as a reference of RFC 3986; of bytes that no URI has, their numbers.
std::string uri_of(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string const written = path_in_project(path);
    std::string uri = written.rfind('/', 0) == 0 ? "file://" : "";
    for (char const c : written) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        auto const byte = static_cast<unsigned char>(c);
        if (plain)
            uri += c;
        else
            uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return uri;
}

json::object physical_location(location const& where, std::string_view policy) {
    json::object physical;
    physical["artifactLocation"] =
        json::object{{"uri", json_text(uri_of(where.path.empty() ? policy : where.path))}};
    if (where.line > 0) {
        json::object region{{"startLine", where.line}};
        if (where.column > 0) {
            region["startColumn"] = where.column;
            region["endColumn"] = where.column + where.length;
        }
        if (!where.text.empty()) region["snippet"] = json::object{{"text", json_text(where.text)}};
        physical["region"] = std::move(region);
    }
    return physical;
}

json::array rules() {
    json::array all;
    for (diagnostic_code const code : reported_codes()) {
        json::object rule;
        rule["id"] = to_string(code);
        rule["shortDescription"] = message(rule_summary(code));
        rule["help"] = message("What is wrong, how to mend it, and why: " + page_of(code));
        rule["defaultConfiguration"] = json::object{{"level", level_text(severity_of(code))}};
        all.push_back(std::move(rule));
    }
    return all;
}

class results {
public:
    explicit results(bool has_baseline) : has_baseline_(has_baseline) {
        for (diagnostic_code const code : reported_codes()) numbers_.emplace(code, numbers_.size());
    }

    void add(validated_policy const& policy) {
        occurrences_.clear();
        for (validated_finding const& finding : policy.findings) add(finding, policy.path);
        for (validated_finding const& finding : policy.switched_off) add(finding, policy.path);
    }

    [[nodiscard]] json::array take() && { return std::move(all_); }

private:
    void add(validated_finding const& finding, std::string_view policy) {
        diagnostic const& d = finding.what;
        json::object result;
        result["ruleId"] = to_string(d.code);
        if (auto const found = numbers_.find(d.code); found != numbers_.end())
            result["ruleIndex"] = found->second;
        result["level"] = level_text(d.level());
        result["message"] = message(d.text);
        result["locations"] =
            json::array{json::object{{"physicalLocation", physical_location(d.where, policy)}}};
        if (!d.related.empty()) {
            json::array related;
            for (related_location const& r : d.related)
                related.push_back(
                    json::object{{"id", related.size() + 1},
                                 {"physicalLocation", physical_location(r.where, policy)},
                                 {"message", message(r.text)}});
            result["relatedLocations"] = std::move(related);
        }
        result["partialFingerprints"] = json::object{
            {"rolecall/v1", json_text(finding.fingerprint + ':' +
                                      std::to_string(++occurrences_[finding.fingerprint]))}};
        // Once one result of a run says whether it is suppressed, all do (§3.27.23).
        result["suppressions"] = json::array{};
        if (!finding.off_because.empty())
            result["suppressions"] =
                json::array{json::object{{"kind", "external"},
                                         {"status", "accepted"},
                                         {"justification", json_text(finding.off_because)}}};
        if (has_baseline_) result["baselineState"] = finding.known ? "unchanged" : "new";
        result["properties"] =
            json::object{{"about", json_texts(finding.about)}, {"fixable", finding.fixable}};
        all_.push_back(std::move(result));
    }

    bool has_baseline_;
    std::map<diagnostic_code, std::size_t> numbers_;
    std::map<std::string, std::size_t> occurrences_;
    json::array all_;
};

}  // namespace

std::string sarif_report(validation const& of) {
    json::object driver;
    driver["name"] = "rolecall";
    driver["version"] = ROLECALL_VERSION_STRING;
    driver["semanticVersion"] = ROLECALL_VERSION_STRING;
    driver["rules"] = rules();

    results found(of.has_baseline);
    for (validated_policy const& policy : of.policies) found.add(policy);

    json::object run;
    run["tool"] = json::object{{"driver", std::move(driver)}};
    run["invocations"] = json::array{json::object{
        {"executionSuccessful", of.exit_code != exit_code::usage}, {"exitCode", of.exit_code}}};
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = std::move(found).take();

    json::object log;
    log["$schema"] =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
        "sarif-schema-2.1.0.json";
    log["version"] = "2.1.0";
    log["runs"] = json::array{std::move(run)};
    return json::serialize(log) + '\n';
}

}  // namespace rolecall::inline v0_1::cli
