#include "cli/json.hpp"

#include "cli/json_values.hpp"
#include <rolecall/detail/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

// ---- Answers -----------------------------------------------------------------------------

json::object answer_object(bool decision, json::object context) {
    json::object result;
    result["decision"] = decision;
    result["context"] = std::move(context);
    return result;
}

json::object answer_context(std::string_view why, std::string_view granting_role) {
    json::object context;
    context["reason"] = json_text(why);
    context["granting_role"] = json_text_or_null(granting_role);
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
    add_json_place(result, line.where);
    result["sentence"] = json_text(line.sentence);
    return result;
}

// ---- Lists -------------------------------------------------------------------------------

void add_condition(json::object& to, std::string_view condition,
                   std::span<std::string const> facts) {
    to["effect"] = condition.empty() ? "allow" : "conditional";
    to["if"] = json_text_or_null(condition);
    to["facts"] = json_texts(facts);
}

void add_basis(json::object& to, right_basis const& basis) {
    add_condition(to, basis.condition, basis.facts);
    to["until"] = json_date_or_null(basis.until);
    to["apart"] = basis.apart;
    json::array through;
    for (granting_role const& role : basis.through) {
        json::object one;
        one["role"] = json_text(role.role);
        add_condition(one, role.condition, role.facts);
        one["until"] = json_date_or_null(role.until);
        through.push_back(std::move(one));
    }
    to["through"] = std::move(through);
}

json::value level_or_null(levels_by_category const& levels, std::string const& category) {
    auto const found = levels.find(category);
    return found == levels.end() ? json::value(nullptr) : json::value(json_text(found->second));
}

json::object given_object(std::vector<stated_fact> const& facts) {
    json::object given;
    for (stated_fact const& fact : facts)
        given[json_text(fact.name)] = fact.value ? json::value(*fact.value) : json::value(nullptr);
    return given;
}

json::value refusal_or_null(list_refusal const& refused) {
    if (refused.why == reason::granted) return nullptr;
    json::object result;
    result["reason"] = json_text(to_string(refused.why));
    result["messages"] = json_texts(refused.sentences);
    return result;
}

// What is listed, under `name`, and what may come to be, under `perhaps`.
template <class Entry, class ToObject>
void add_entries(json::object& to, std::string_view name, std::vector<Entry> const& entries,
                 std::vector<stated_fact> const& facts, ToObject const& to_object) {
    json::array listed;
    json::array perhaps;
    for (Entry const& entry : entries)
        (belongs(entry, parts_of(facts).front()) ? listed : perhaps).push_back(to_object(entry));
    to[name] = std::move(listed);
    to["perhaps"] = std::move(perhaps);
}

}  // namespace

std::string to_json(who_can_report const& report) {
    json::object result;
    result["action"] = json_text(report.action);
    result["category"] = json_text(report.category);
    result["level"] = level_or_null(report.levels, report.category);
    result["on"] = json_text(report.on.to_string());
    result["given"] = given_object(report.facts);
    result["refused"] = refusal_or_null(report.refused);
    add_entries(result, "holders", report.list.holders, report.facts, [](holder const& h) {
        json::object one;
        one["kind"] = h.what == holder::kind::role ? "role" : "user";
        one["name"] = json_text(h.name);
        add_basis(one, h);
        return one;
    });
    return json::serialize(result);
}

std::string to_json(what_can_report const& report) {
    json::object result;
    result["user"] = report.user ? json::value(json_text(*report.user)) : json::value(nullptr);
    result["roles"] = report.roles ? json::value(json_texts(*report.roles)) : json::value(nullptr);
    result["on"] = json_text(report.on.to_string());
    result["given"] = given_object(report.facts);
    result["refused"] = refusal_or_null(report.refused);
    result["apart"] = report.list.apart;
    add_entries(result, "rights", report.list.rights, report.facts, [&](held_right const& r) {
        json::object one;
        one["category"] = json_text(r.category);
        one["level"] = level_or_null(report.levels, r.category);
        one["action"] = json_text(r.action);
        add_basis(one, r);
        return one;
    });
    return json::serialize(result);
}

std::string to_json(json_answer const& answer) {
    json::object context = answer_context(answer.reason, answer.granting_role);
    if (!answer.message.empty()) context["message"] = json_text(answer.message);
    return json::serialize(answer_object(answer.decision, std::move(context)));
}

std::string to_json(explanation const& explained, std::string_view granting_role) {
    json::object context = answer_context(to_string(explained.answer.reason), granting_role);
    context["for_owner"] = json_text(explained.for_owner);
    context["for_staff"] = json_text(explained.for_staff);
    json::array lines;
    for (policy_line const& line : explained.decided_by) lines.push_back(line_object(line));
    context["decided_by"] = std::move(lines);
    context["nearest"] =
        explained.nearest ? json::value(line_object(*explained.nearest)) : json::value(nullptr);
    context["missing"] = json_texts(explained.missing);
    return json::serialize(answer_object(bool{explained.answer}, std::move(context)));
}

std::string to_json(rights_table const& table) {
    json::array rights;
    for (effective_right const& right : table.rights) {
        json::object one;
        one["role"] = json_text(right.role);
        one["category"] = json_text(right.category);
        one["action"] = json_text(right.action);
        one["effect"] = right.condition.empty() ? "allow" : "conditional";
        one["if"] = json_text_or_null(right.condition);
        rights.push_back(std::move(one));
    }
    json::object result;
    result["roles"] = json_texts(table.roles);
    result["categories"] = json_texts(table.categories);
    result["actions"] = json_texts(table.actions);
    result["rights"] = std::move(rights);
    return json::serialize(result);
}

namespace {

// Four digits: more would be noise.
double rounded(double value) {
    if (!std::isfinite(value) || value == 0) return 0;
    double const unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
    return unit < 1 ? std::round(value / unit) / std::round(1 / unit)
                    : std::round(value / unit) * unit;
}

json::object spread_object(bench::spread const& of) {
    json::object result;
    result["median"] = rounded(of.median);
    result["p10"] = rounded(of.p10);
    result["p90"] = rounded(of.p90);
    return result;
}

json::object measure_object(bench::measure const& of) {
    json::array floors;
    for (bench::floor_result const& floor : of.floors) {
        json::object one;
        one["name"] = json_text(floor.name);
        one["nanoseconds"] = spread_object(floor.each);
        one["ratio"] = rounded(floor.ratio);
        floors.push_back(std::move(one));
    }
    json::object result;
    result["group"] = json_text(of.group);
    result["name"] = json_text(of.name);
    result["nanoseconds"] = spread_object(of.each);
    result["batches"] = of.batches;
    result["floors"] = std::move(floors);
    return result;
}

json::object policy_object(bench::policy_size const& of, std::string_view path) {
    json::object result;
    result["path"] = json_text(path);
    result["roles"] = of.roles;
    result["categories"] = of.categories;
    result["actions"] = of.actions;
    result["facts"] = of.facts;
    result["users"] = of.users;
    result["guardrails"] = of.guardrails;
    result["files"] = of.files;
    result["bytes"] = of.bytes;
    return result;
}

json::object machine_object(bench::machine const& of) {
    json::object result;
    result["cpu"] = json_text(of.cpu);
    result["cpus"] = of.cpus;
    result["load"] = rounded(of.load);
    result["compiler"] = json_text(of.compiler);
    result["build"] = json_text_or_null(of.build);
    result["flags"] = json_text_or_null(of.flags);
    result["optimised"] = of.optimised;
    result["asserts"] = of.asserts;
    result["sanitizers"] = of.sanitizers;
    return result;
}

json::object questions_object(bench::question_summary const& of) {
    json::object result;
    result["from"] = of.from_requests ? "requests" : "random";
    result["count"] = of.count;
    result["seed"] = of.seed;
    if (!of.from_requests) {
        result["asker"] = json_text_or_null(of.asker);
        return result;
    }
    result["allowed"] = of.allowed;
    result["by_facts"] = of.by_facts;
    result["unknown_names"] = of.unknown_names;
    result["first_unknown_name"] = json_text_or_null(of.first_unknown_name);
    result["not_active"] = of.not_active;
    result["left_aside"] = of.left_aside;
    return result;
}

}  // namespace

std::string to_json(bench::report const& measured, std::string_view path) {
    json::array measures;
    for (bench::measure const& one : measured.measures) measures.push_back(measure_object(one));
    json::array omissions;
    for (bench::omission const& omitted : measured.omissions) {
        json::object one;
        one["group"] = json_text(omitted.group);
        one["name"] = json_text_or_null(omitted.name);
        one["why"] = json_text(omitted.why);
        omissions.push_back(std::move(one));
    }
    json::object result;
    result["policy"] = policy_object(measured.size, path);
    result["machine"] = machine_object(measured.on);
    result["questions"] = questions_object(measured.asked);
    result["measures"] = std::move(measures);
    result["left_out"] = std::move(omissions);
    result["doubts"] = json_texts(measured.doubts);
    return json::serialize(result);
}

std::string digest_json(std::string_view path, std::string_view digest) {
    json::object result;
    result["policy"] = json_text(path);
    result["sha256"] = json_text(digest);
    return json::serialize(result);
}

}  // namespace rolecall::inline v0_1::cli
