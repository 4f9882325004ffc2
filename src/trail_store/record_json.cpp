#include "trail_store/record_json.hpp"

#include "cli/json_values.hpp"

#include <boost/json/parse.hpp>

#include <array>

namespace rolecall::inline v0_1::trail {

namespace {

namespace json = boost::json;
using cli::json_text;

struct event_text {
    std::string_view name;
    std::string audit_record::*of;
};

// What kinds of events other than decisions have, under the names of docs/audit.md.
constexpr std::array<event_text, 3> event_texts{
    {{"previous_digest", &audit_record::previous_digest},
     {"problem", &audit_record::problem},
     {"refused_digest", &audit_record::refused_digest}}};
constexpr std::string_view unknown_roles = "unknown_roles";

void add(json::object& to, std::string_view name, json::value value) {
    json::string const key = json_text(name);
    auto* const there = to.if_contains(json::string_view(key));
    if (there == nullptr) {
        to.emplace(json::string_view(key), std::move(value));
        return;
    }
    if (!there->is_array()) *there = json::array{*there};
    there->as_array().push_back(std::move(value));
}

json::array array_of(names const& of) { return cli::json_texts(of); }

std::optional<json::value> parse(std::string_view text) {
    json::error_code error;
    json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) return std::nullopt;
    return value;
}

std::string text_of(json::value const& of) {
    json::string const& text = of.as_string();
    return {text.data(), text.size()};
}

bool read_array(json::value const& of, names& to) {
    if (!of.is_array()) return false;
    for (json::value const& one : of.as_array()) {
        if (!one.is_string()) return false;
        to.push_back(text_of(one));
    }
    return true;
}

bool read_event_detail(std::string_view name, json::value const& value, audit_record& to) {
    if (name == unknown_roles) return read_array(value, to.unknown_roles);
    for (event_text const& each : event_texts) {
        if (each.name != name || !value.is_string()) continue;
        to.*each.of = text_of(value);
        return true;
    }
    return false;
}

bool read_note_detail(std::string_view name, json::value const& value, pairs& to) {
    names texts;
    if (value.is_string())
        texts.push_back(text_of(value));
    else if (!read_array(value, texts))
        return false;
    for (std::string& text : texts) to.emplace_back(name, std::move(text));
    return true;
}

}  // namespace

std::string names_json(names const& of) {
    return of.empty() ? "[]" : json::serialize(array_of(of));
}

std::string facts_json(stated_facts const& of) {
    if (of.empty()) return "{}";
    json::object known;
    for (auto const& [name, value] : of) {
        json::value const told = value ? json::value(*value) : json::value(nullptr);
        json::string const key = json_text(name);
        auto const [at, is_new] = known.emplace(json::string_view(key), told);
        if (!is_new && at->value() != told) at->value() = nullptr;
    }
    return json::serialize(known);
}

std::string details_json(journal_record const& of) {
    json::object details;
    for (auto const& [name, value] : of.details) add(details, name, json_text(value));
    for (event_text const& each : event_texts)
        if (std::string const& text = of.event.*each.of; !text.empty())
            add(details, each.name, json_text(text));
    if (!of.event.unknown_roles.empty())
        add(details, unknown_roles, array_of(of.event.unknown_roles));
    return details.empty() ? "{}" : json::serialize(details);
}

bool read_names(std::string_view text, names& to) {
    to.clear();
    auto const value = parse(text);
    return value && read_array(*value, to);
}

bool read_facts(std::string_view text, stated_facts& to) {
    to.clear();
    auto const value = parse(text);
    if (!value || !value->is_object()) return false;
    for (json::key_value_pair const& each : value->as_object()) {
        if (!each.value().is_bool() && !each.value().is_null()) return false;
        to.emplace_back(
            std::string(each.key().data(), each.key().size()),
            each.value().is_bool() ? std::optional<bool>(each.value().as_bool()) : std::nullopt);
    }
    return true;
}

bool read_details(std::string_view text, journal_record& to) {
    auto const value = parse(text);
    if (!value || !value->is_object()) return false;
    bool const is_event = to.note == journal_note::event;
    for (json::key_value_pair const& each : value->as_object()) {
        std::string_view const name(each.key().data(), each.key().size());
        bool const ok = is_event ? read_event_detail(name, each.value(), to.event)
                                 : read_note_detail(name, each.value(), to.details);
        if (!ok) return false;
    }
    return true;
}

}  // namespace rolecall::inline v0_1::trail
