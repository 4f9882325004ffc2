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

// The categories, and `x.*` of those that have something below, with what that means.
known_names lines_of_tree(document const& policy, std::string_view below_words) {
    known_names sorted = declared(policy.categories);
    std::sort(sorted.begin(), sorted.end(), [](known_name const& a, known_name const& b) {
        return detail::category_before(a.name, b.name);
    });
    known_names result;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        result.push_back(sorted[i]);
        if (i + 1 < sorted.size() && detail::lies_below(sorted[i + 1].name, sorted[i].name))
            result.push_back({sorted[i].name + ".*", "everything below " + sorted[i].name + ", " +
                                                         std::string(below_words)});
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

// Whether every reader of YAML takes it for text, or as_read() knows for what else.
bool reads_alike(std::string const& id) {
    if (id.find_first_not_of("0123456789") == std::string::npos) return true;
    if (id == "true" || id == "false") return true;
    std::string lower = id;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return lower != "true" && lower != "false" && lower != "null" &&
           std::string_view("0123456789+-.~").find(id.front()) == std::string_view::npos;
}

// Those that the policy lists.
json::object user_of(document const* policy) {
    if (policy == nullptr) return user_id_schema();
    known_names ids;
    for (written_user const& user : policy->users) {
        if (!reads_alike(user.id.text)) return user_id_schema();
        ids.push_back({user.id.text, {}});
    }
    return one_of(ids);
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
    known_names const or_any = with_first("any", about_any, actions);
    known_names const or_both = with_first("any", about_any, rights);
    json::object const when = ref("when");

    json::object result;
    json::object by_action = keys_of(rights, when, closed, name_or_schema({"all"}));
    by_action["dependencies"] = only_all();
    result["rights-by-action"] = std::move(by_action);
    result["requirements"] = keys_of(or_any, ref("requirement"), closed, name_or_schema({"any"}));
    json::object reasons = keys_of(or_both, ref("reason"), closed, name_or_schema({"all", "any"}));
    reasons["dependencies"] = only_all();
    reasons["dependencies"].as_object()["any"] = json::object{{"maxProperties", 1}};
    result["reasons-by-action"] = std::move(reasons);
    result["modes-by-action"] = keys_of(actions, ref("audit-mode"), closed, name_schema());
    result["modes-by-action-or-any"] =
        keys_of(or_any, ref("audit-mode"), closed, name_or_schema({"any"}));
    result["user"] = user_of(policy);

    json::object const value = one_of_words({"yes", "no", "unknown"});
    auto const lines = [&](std::string_view name, std::string_view below, json::object of) {
        result[name] = closed ? keys_of(lines_of_tree(*policy, below), of, true, {})
                              : mapping_of(as_key(category_schema(true)), of);
    };
    lines("lines-of-may", "but what is named-only", ref("rights"));
    lines("lines-of-can", "what is named-only as well", ref("expected-actions"));
    lines("lines-of-cannot", "what is named-only as well", ref("denied-actions"));
    if (closed) {
        result["role"] = one_of(declared(policy->roles));
        result["category"] = one_of(declared(policy->categories));
        result["fact"] = one_of(declared(policy->facts));
        result["level"] = one_of(levels_of(*policy));
        result["modes-by-level"] = keys_of(levels_of(*policy), ref("audit-mode"), true, {});
        result["modes-by-category"] =
            keys_of(declared(policy->categories), ref("audit-line"), true, {});
        result["action"] = one_of(actions);
        result["right"] = one_of(rights);
        result["guaranteed-action"] = one_of(or_any);
        result["expected-action"] = one_of(or_both);
        result["fact-values"] = keys_of(declared(policy->facts), value, true, {});
        return result;
    }
    // An editor offers the words that every policy has, and takes others.
    auto const or_name = [](known_names const& known, json::object name) {
        return json::object{{"anyOf", json::array{one_of(known), std::move(name)}}};
    };
    result["role"] = name_schema();
    result["category"] = category_schema(false);
    result["fact"] = name_schema();
    result["level"] = name_schema();
    result["modes-by-level"] = mapping_of(as_key(name_schema()), ref("audit-mode"));
    result["modes-by-category"] = mapping_of(as_key(category_schema(false)), ref("audit-line"));
    result["action"] = or_name(actions, name_schema());
    result["right"] = or_name(rights, name_or_schema({"all"}));
    result["guaranteed-action"] = or_name(or_any, name_or_schema({"any"}));
    result["expected-action"] = or_name(or_both, name_or_schema({"all", "any"}));
    result["fact-values"] = mapping_of(as_key(name_schema()), value);
    return result;
}

}  // namespace rolecall::inline v0_1::schema
