#include "schema/settings_schema.hpp"

#include "schema/json_layout.hpp"
#include "schema/parts.hpp"

#include <utility>

namespace rolecall::inline v0_1::schema {
namespace {

constexpr std::pair<std::string_view, std::string_view> severities[] = {
    {"error", "fails `validate`, and leaves the policy as valid as it is"},
    {"warning", "fails `validate --strict`"},
    {"note", "is shown, and fails nothing"},
};

json::object severity(std::string_view word, std::string_view about) {
    return {{"const", word}, {"description", about}};
}

// What stands behind a code: a severity, a mapping, or a list of these. Whoever switches something
// off says why.
json::object setting() {
    json::array alone;
    json::array any;
    for (auto const& [word, about] : severities) {
        alone.emplace_back(severity(word, about));
        any.emplace_back(severity(word, about));
    }
    any.emplace_back(severity("off", "is not reported; needs `because`"));

    json::object properties;
    properties["severity"] =
        described("what it counts for", json::object{{"anyOf", std::move(any)}});
    properties["because"] = described("why; has to be there where it is off", ref("text"));
    properties["names"] =
        described("only findings that are about one of these roles, categories, facts, users …",
                  one_or_list_of(ref("word")));
    json::object const is_off{
        {"properties", json::object{{"severity", json::object{{"const", "off"}}}}},
        {"required", json::array{"severity"}}};
    json::object const says_why{{"properties", json::object{{"because", true}}},
                                {"required", json::array{"because"}}};
    json::object const mapping{{"type", "object"},
                               {"required", json::array{"severity"}},
                               {"additionalProperties", false},
                               {"properties", std::move(properties)},
                               {"if", is_off},
                               {"then", says_why}};
    alone.emplace_back(mapping);
    alone.emplace_back(json::object{{"type", "array"}, {"minItems", 1}, {"items", mapping}});
    return {{"anyOf", std::move(alone)}};
}

}  // namespace

std::string of_the_settings(std::span<settable_code const> codes) {
    json::object rules;
    for (auto const& [code, summary] : codes) rules[code] = described(summary, ref("setting"));

    json::object properties;
    properties["rolecall"] = described("the version of the format", version_schema());
    properties["lint"] = described("what each kind of problem counts for, by its code",
                                   json::object{{"type", "object"},
                                                {"minProperties", 1},
                                                {"additionalProperties", false},
                                                {"properties", std::move(rules)}});
    properties["vendor-words"] = described(
        "words in a role's name, title or about that make it one for outsiders, whose "
        "assignments should have an end; left out: vendor, vendors",
        one_or_list_of(ref("word")));

    json::object result = head("Settings of rolecall beside a policy: .rolecall.yaml",
                               "What `rolecall validate` reports, and as what.");
    result["type"] = "object";
    result["required"] = json::array{"rolecall"};
    result["additionalProperties"] = false;
    result["properties"] = std::move(properties);
    result["definitions"] = json::object{
        {"text", free_text_schema()}, {"word", single_word_schema()}, {"setting", setting()}};
    return laid_out(std::move(result));
}

}  // namespace rolecall::inline v0_1::schema
