#include "cli/json.hpp"

#include <rolecall/detail/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::cli {
namespace {

namespace json = boost::json;

json::string text(std::string_view of) {
    json::string result;
    std::size_t good = 0;  // bytes of `of` that were seen to be UTF-8
    while (good < of.size()) {
        detail::code_point const c = detail::first_code_point(of.substr(good));
        good += c.valid ? c.size : 0U;
        if (c.valid) continue;
        result.append(json::string_view(of.data(), good));
        result.append("\xEF\xBF\xBD");
        of.remove_prefix(good + c.size);
        good = 0;
    }
    result.append(json::string_view(of.data(), good));
    return result;
}

json::value text_or_null(std::string_view of) {
    return of.empty() ? json::value(nullptr) : json::value(text(of));
}

json::array texts(std::span<std::string const> of) {
    json::array result;
    for (std::string const& one : of) result.emplace_back(text(one));
    return result;
}

json::value number_or_null(std::uint32_t of) {
    return of == 0 ? json::value(nullptr) : json::value(of);
}

// The members of a place; null where there is none.
void add_place(json::object& to, location const& where) {
    to["file"] = text_or_null(where.path);
    to["line"] = number_or_null(where.line);
    to["column"] = number_or_null(where.column);
    to["length"] = number_or_null(where.length);
}

// ---- Answers -----------------------------------------------------------------------------

json::object answer_object(bool decision, json::object context) {
    json::object result;
    result["decision"] = decision;
    result["context"] = std::move(context);
    return result;
}

json::object answer_context(std::string_view why, std::string_view granting_role) {
    json::object context;
    context["reason"] = text(why);
    context["granting_role"] = text_or_null(granting_role);
    return context;
}

std::string_view kind_text(policy_line::kind kind) {
    switch (kind) {
        case policy_line::kind::grant: return "grant";
        case policy_line::kind::requirement: return "requirement";
        case policy_line::kind::guardrail: return "guardrail";
        case policy_line::kind::separation: return "separation";
        case policy_line::kind::assignment: return "assignment";
    }
    return "grant";
}

json::object line_object(policy_line const& line) {
    json::object result;
    result["kind"] = kind_text(line.what);
    add_place(result, line.where);
    result["text"] = text(line.where.text);
    result["sentence"] = text(line.sentence);
    return result;
}

// ---- Findings ----------------------------------------------------------------------------

json::object finding_object(diagnostic const& d) {
    json::object result;
    result["severity"] = to_string(d.level());
    result["code"] = to_string(d.code);
    result["message"] = text(d.text);
    add_place(result, d.where);
    result["text"] = text(d.where.text);
    json::array related;
    for (related_location const& r : d.related) {
        json::object one;
        one["message"] = text(r.text);
        add_place(one, r.where);
        one["text"] = text(r.where.text);
        related.push_back(std::move(one));
    }
    result["related"] = std::move(related);
    return result;
}

json::object policy_object(validated_policy const& policy) {
    finding_counts const counts = count_findings(policy.findings);
    json::object result;
    result["policy"] = text(policy.path);
    result["valid"] = policy.valid;
    result["errors"] = counts.errors;
    result["warnings"] = counts.warnings;
    if (policy.valid) {
        result["categories"] = policy.categories;
        result["roles"] = policy.roles;
        result["files"] = policy.files;
    }
    json::array findings;
    for (diagnostic const& d : policy.findings) findings.push_back(finding_object(d));
    result["findings"] = std::move(findings);
    return result;
}

}  // namespace

std::string to_json(json_answer const& answer) {
    json::object context = answer_context(answer.reason, answer.granting_role);
    if (!answer.message.empty()) context["message"] = text(answer.message);
    return json::serialize(answer_object(answer.decision, std::move(context)));
}

std::string to_json(explanation const& explained, std::string_view granting_role) {
    json::object context = answer_context(to_string(explained.answer.reason), granting_role);
    context["for_owner"] = text(explained.for_owner);
    context["for_staff"] = text(explained.for_staff);
    json::array lines;
    for (policy_line const& line : explained.decided_by) lines.push_back(line_object(line));
    context["decided_by"] = std::move(lines);
    context["nearest"] =
        explained.nearest ? json::value(line_object(*explained.nearest)) : json::value(nullptr);
    context["missing"] = texts(explained.missing);
    return json::serialize(answer_object(bool{explained.answer}, std::move(context)));
}

std::string to_json(std::span<validated_policy const> policies) {
    finding_counts sum;
    bool valid = true;
    json::array list;
    for (validated_policy const& policy : policies) {
        finding_counts const counts = count_findings(policy.findings);
        sum.errors += counts.errors;
        sum.warnings += counts.warnings;
        valid = valid && policy.valid;
        list.push_back(policy_object(policy));
    }
    json::object result;
    result["valid"] = valid;
    result["errors"] = sum.errors;
    result["warnings"] = sum.warnings;
    result["policies"] = std::move(list);
    return json::serialize(result);
}

std::string to_json(rights_table const& table) {
    json::array rights;
    for (effective_right const& right : table.rights) {
        json::object one;
        one["role"] = text(right.role);
        one["category"] = text(right.category);
        one["action"] = text(right.action);
        one["effect"] = right.condition.empty() ? "allow" : "conditional";
        one["if"] = text_or_null(right.condition);
        rights.push_back(std::move(one));
    }
    json::object result;
    result["roles"] = texts(table.roles);
    result["categories"] = texts(table.categories);
    result["actions"] = texts(table.actions);
    result["rights"] = std::move(rights);
    return json::serialize(result);
}

std::string digest_json(std::string_view path, std::string_view digest) {
    json::object result;
    result["policy"] = text(path);
    result["sha256"] = text(digest);
    return json::serialize(result);
}

}  // namespace rolecall::cli
