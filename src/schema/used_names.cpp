#include "schema/used_names.hpp"

#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::schema {
namespace {

// A name, and what to show beside it.
struct known_name {
    std::string name;
    std::string about;
};

using known_names = std::vector<known_name>;

constexpr std::pair<std::string_view, std::string_view> four_actions[] = {
    {"view", "see the data"},
    {"modify", "change data that is there"},
    {"store", "keep new data"},
    {"delete", "remove the data for good"}};

constexpr std::string_view about_all = "view, modify, store and delete";
constexpr std::string_view about_any = "every action there is";

void add_four(known_names& to) {
    for (auto const& [name, about] : four_actions)
        to.push_back({std::string(name), std::string(about)});
}

known_names actions_of(document const* policy) {
    known_names result;
    add_four(result);
    if (policy)
        for (written_action const& a : policy->actions) result.push_back({a.name.text, a.about});
    return result;
}

known_names with_first(std::string_view name, std::string_view about, known_names const& rest) {
    known_names result{{std::string(name), std::string(about)}};
    result.insert(result.end(), rest.begin(), rest.end());
    return result;
}

template <class Entries>
known_names declared(Entries const& entries) {
    known_names result;
    for (auto const& entry : entries)
        result.push_back({entry.name.text, entry.about.empty() ? entry.title : entry.about});
    return result;
}

known_names levels_of(document const& policy) {
    std::vector<std::string> names(std::begin(default_levels), std::end(default_levels));
    if (!policy.levels.empty()) {
        names.clear();
        for (written_name const& level : policy.levels) names.push_back(level.text);
    }
    known_names result;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string about =
            "level " + std::to_string(i + 1) + " of " + std::to_string(names.size());
        if (i == 0) about += ", the mildest";
        if (i + 1 == names.size()) about += ", the strictest";
        result.push_back({names[i], std::move(about)});
    }
    return result;
}

// The categories, and `x.*` of those that have something below.
known_names lines_of_may(document const& policy) {
    known_names sorted = declared(policy.categories);
    std::sort(sorted.begin(), sorted.end(), [](known_name const& a, known_name const& b) {
        return detail::category_before(a.name, b.name);
    });
    known_names result;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        result.push_back(sorted[i]);
        if (i + 1 < sorted.size() && detail::lies_below(sorted[i + 1].name, sorted[i].name))
            result.push_back({sorted[i].name + ".*",
                              "everything below " + sorted[i].name + ", but what is named-only"});
    }
    return result;
}

// What a YAML reader makes of a name: text, but for those that look like a number or a truth.
json::value as_read(std::string const& name) {
    constexpr std::size_t exact_digits = 15;
    bool const digits = name.find_first_not_of("0123456789") == std::string::npos;
    if (digits && name.size() <= exact_digits) return std::stoll(name);
    if (name == "true" || name == "false") return name == "true";
    return json::value(name);
}

// One of these names, each with what it is.
json::object one_of(known_names const& names) {
    if (names.empty()) return {{"not", json::object{}}};
    json::array all;
    auto const add = [&all](json::value name, std::string const& about) {
        json::object one{{"const", std::move(name)}};
        if (!about.empty()) one["description"] = about;
        all.emplace_back(std::move(one));
    };
    for (known_name const& known : names) {
        json::value read = as_read(known.name);
        if (!read.is_string()) add(json::value(known.name), known.about);
        add(std::move(read), known.about);
    }
    return {{"anyOf", std::move(all)}};
}

// These names as keys. In the schema of the format they are those that every policy has, and
// others may be there.
json::object keys_of(known_names const& names, json::object const& value, bool and_no_others,
                     json::object name) {
    json::object properties;
    for (known_name const& known : names)
        properties[known.name] = known.about.empty() ? value : described(known.about, value);
    json::object result{{"type", "object"}, {"minProperties", 1}};
    if (and_no_others) {
        result["additionalProperties"] = false;
    } else {
        result["propertyNames"] = as_key(std::move(name));
        result["additionalProperties"] = value;
    }
    if (!properties.empty()) result["properties"] = std::move(properties);
    return result;
}

// Beside `all`, none of the four that it covers.
json::object only_all() {
    json::object refused;
    for (auto const& four : four_actions) refused[four.first] = false;
    return {{"all", json::object{{"properties", std::move(refused)}}}};
}

}  // namespace

json::object used_names(document const* policy) {
    bool const closed = policy != nullptr;
    known_names const actions = actions_of(policy);
    known_names const rights = with_first("all", about_all, actions);
    json::object const when = ref("when");

    json::object result;
    json::object by_action = keys_of(rights, when, closed, name_or_schema("all"));
    by_action["dependencies"] = only_all();
    result["rights-by-action"] = std::move(by_action);
    result["requirements"] = keys_of(with_first("any", about_any, actions), ref("requirement"),
                                     closed, name_or_schema("any"));
    result["role"] = closed ? one_of(declared(policy->roles)) : name_schema();
    result["category"] = closed ? one_of(declared(policy->categories)) : category_schema(false);
    result["fact"] = closed ? one_of(declared(policy->facts)) : name_schema();
    result["level"] = closed ? one_of(levels_of(*policy)) : name_schema();
    if (closed) {
        result["action"] = one_of(actions);
        result["right"] = one_of(rights);
        result["lines-of-may"] = keys_of(lines_of_may(*policy), ref("rights"), true, {});
    } else {
        // An editor offers the words that every policy has, and takes others.
        result["action"] = {{"anyOf", json::array{one_of(actions), name_schema()}}};
        result["right"] = {{"anyOf", json::array{one_of(rights), name_or_schema("all")}}};
        result["lines-of-may"] = mapping_of(as_key(category_schema(true)), ref("rights"));
    }
    return result;
}

}  // namespace rolecall::inline v0_1::schema
