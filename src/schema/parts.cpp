#include "schema/parts.hpp"

#include "schema/key_words.hpp"
#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::schema {
namespace {

constexpr std::string_view one_name = "[a-z0-9]+([-_][a-z0-9]+)*";
constexpr std::string_view reserved_words[] = {"all", "any", "always", "everyone"};

// Characters that no value may have: control characters, and those that nobody sees. A line
// feed, and the two joiners, may stand in free text.
constexpr std::string_view refused_in_text =
    R"(\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFDD0-\uFDEF\uFEFF\uFFFE\uFFFF)";
constexpr std::string_view refused_in_words = R"(\n\u200C\u200D)";

// `all|any|always|everyone`, but for some of them.
std::string alternatives(std::initializer_list<std::string_view> but_for = {}) {
    std::string text;
    for (std::string_view const word : reserved_words)
        if (std::find(but_for.begin(), but_for.end(), word) == but_for.end())
            text.append(text.empty() ? "" : "|").append(word);
    return text;
}

std::string not_longer_than_a_name() {
    return "(?!.*[^.]{" + std::to_string(detail::max_name_bytes + 1) + "})";
}

json::object scalar_that_matches(std::string const& pattern) {
    return {{"type", scalar_types()}, {"minimum", 0}, {"pattern", pattern}};
}

}  // namespace

json::object head(std::string_view title, std::string_view description) {
    return {{"$schema", "http://json-schema.org/draft-07/schema#"},
            {"title", title},
            {"description", description}};
}

json::object ref(std::string_view name) { return {{"$ref", "#/definitions/" + std::string(name)}}; }

json::object described(std::string_view words, json::object schema) {
    json::object result{{"description", words}};
    if (schema.contains("$ref"))
        result["allOf"] = json::array{std::move(schema)};
    else
        for (auto& [key, value] : schema) result[key] = std::move(value);
    return result;
}

json::object one_of_words(std::initializer_list<std::string_view> words) {
    json::array all;
    for (std::string_view const word : words) all.emplace_back(word);
    return {{"enum", std::move(all)}};
}

json::object list_of(json::object item, std::size_t at_least) {
    return {{"type", "array"},
            {"items", std::move(item)},
            {"minItems", at_least},
            {"uniqueItems", true}};
}

json::object one_or_list_of(json::object const& item) {
    return {{"anyOf", json::array{item, list_of(item)}}};
}

json::object as_key(json::object scalar) {
    scalar.erase("minimum");
    scalar["type"] = "string";
    return scalar;
}

json::object mapping_of(json::object name, json::object value) {
    return {{"type", "object"},
            {"minProperties", 1},
            {"propertyNames", std::move(name)},
            {"additionalProperties", std::move(value)}};
}

known_keys& known_keys::key(std::string_view name, json::object value) {
    properties_[name] = described(words_of(*table_, name), std::move(value));
    return *this;
}

known_keys& known_keys::required(std::string_view name, json::object value) {
    required_.emplace_back(name);
    return key(name, std::move(value));
}

json::object known_keys::schema() const {
    json::object result{{"type", "object"}};
    if (required_.empty())
        result["minProperties"] = 1;
    else
        result["required"] = required_;
    result["additionalProperties"] = false;
    result["properties"] = properties_;
    return result;
}

json::object not_together(std::initializer_list<std::string_view> keys) {
    json::object result;
    for (std::string_view const key : keys) {
        json::object others;
        for (std::string_view const other : keys)
            if (other != key) others[other] = false;
        result[key] = json::object{{"properties", std::move(others)}};
    }
    return result;
}

json::array one_is_there(std::initializer_list<std::string_view> keys) {
    json::array any;
    for (std::string_view const key : keys)
        any.emplace_back(json::object{{"required", json::array{key}},
                                      {"properties", json::object{{key, true}}}});
    return any;
}

json::array scalar_types() { return {"string", "number", "boolean"}; }

json::object free_text_schema() {
    return {{"type", scalar_types()},
            {"minLength", 1},
            {"pattern", "^[^" + std::string(refused_in_text) + "]*$"}};
}

json::object single_word_schema() {
    return {
        {"type", scalar_types()},
        {"minLength", 1},
        {"pattern", "^[^" + std::string(refused_in_text) + std::string(refused_in_words) + "]*$"}};
}

json::object name_schema() {
    return scalar_that_matches("^" + not_longer_than_a_name() + "(?!(" + alternatives() + ")$)" +
                               std::string(one_name) + "$");
}

json::object name_or_schema(std::initializer_list<std::string_view> allowed) {
    return scalar_that_matches("^" + not_longer_than_a_name() + "(?!(" + alternatives(allowed) +
                               ")$)" + std::string(one_name) + "$");
}

json::object category_schema(bool or_all_below) {
    std::string const depth = std::to_string(detail::max_category_depth - 1);
    return scalar_that_matches("^" + not_longer_than_a_name() + R"((?!(.*\.)?()" + alternatives() +
                               R"()(\.|$)))" + std::string(one_name) + R"((\.)" +
                               std::string(one_name) + "){0," + depth + "}" +
                               (or_all_below ? R"((\.\*)?$)" : "$"));
}

json::object user_id_schema() {
    json::object result = single_word_schema();
    result["maxLength"] = detail::max_user_id_bytes;
    return result;
}

// Which days a month has; whether a year has a 29th of February, `format` knows.
json::object date_schema() {
    return {{"type", "string"},
            {"format", "date"},
            {"pattern",
             "^(?!0000)[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|"
             "(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"}};
}

json::object period_schema() {
    return {{"type", "string"}, {"pattern", "^[1-9][0-9]{0,2} (day|week|month|year)s?$"}};
}

json::object yes_schema() { return {{"const", "yes"}}; }

json::object version_schema() { return {{"enum", json::array{1, "1"}}}; }

}  // namespace rolecall::inline v0_1::schema
