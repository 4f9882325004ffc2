#include "schema/policy_schema.hpp"

#include "schema/json_layout.hpp"
#include "schema/parts.hpp"
#include "schema/promises.hpp"
#include "schema/used_names.hpp"
#include <rolecall/action.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::schema {
namespace {

using namespace yaml;

constexpr std::string_view four[] = {"view", "modify", "store", "delete"};

// ---- Conditions ---------------------------------------------------------------------------

json::object condition(bool in_a_list) {
    known_keys keys(condition_keys);
    keys.key("if", ref("fact")).key("if-all", ref("facts")).key("if-any", ref("facts"));
    if (!in_a_list) {
        json::object two_or_more{{"type", "array"}, {"items", ref("alternative")}, {"minItems", 2}};
        keys.key("any-of", std::move(two_or_more));
    }
    json::object result = keys.schema();
    result["maxProperties"] = 1;
    return result;
}

// In rights; and in `requires`, where a fact alone is short for `{if: fact}`.
json::object when() {
    json::object const always{{"const", "always"}, {"description", "under no condition"}};
    return {{"anyOf", json::array{always, ref("condition")}}};
}

json::object requirement() { return {{"anyOf", json::array{ref("fact"), ref("condition")}}}; }

// `all`, an action, a list of these, or a mapping of these to conditions.
json::object rights() {
    json::array covered;
    for (std::string_view const action : four) covered.emplace_back(action);
    json::object list = list_of(ref("right"));
    list["if"] = json::object{{"contains", json::object{{"const", "all"}}}};
    list["then"] =
        json::object{{"items", json::object{{"not", json::object{{"enum", std::move(covered)}}}}}};
    return {{"anyOf", json::array{ref("right"), std::move(list), ref("rights-by-action")}}};
}

// ---- What is declared ---------------------------------------------------------------------

// A text alone is the `about` of what it declares.
json::object text_or(std::string_view words, json::object mapping) {
    return described(words, {{"anyOf", json::array{ref("text"), std::move(mapping)}}});
}

json::object described_entry(key_table const& table, std::string_view words) {
    return text_or(words, known_keys(table)
                              .required("about", ref("text"))
                              .key("title", ref("text"))
                              .key("was", one_or_list_of(ref("name")))
                              .schema());
}

// The four that always exist are not declared again.
json::object new_action_name() {
    json::array taken;
    for (std::string_view const action : four) taken.emplace_back(action);
    json::object const is_taken{{"enum", std::move(taken)}};
    return {{"allOf", json::array{ref("new-name"), json::object{{"not", is_taken}}}}};
}

json::object category_entry() {
    return text_or("A kind of data. A text alone is its `about`.",
                   known_keys(category_keys)
                       .required("about", ref("text"))
                       .key("title", ref("text"))
                       .key("was", one_or_list_of(ref("category-name")))
                       .key("level", ref("level"))
                       .key("laws", one_or_list_of(ref("text")))
                       .key("named-only", yes_schema())
                       .key("requires", ref("requirements"))
                       .schema());
}

json::object role_entry() {
    return text_or("A role. A text alone is its `about`.",
                   known_keys(role_keys)
                       .key("about", ref("text"))
                       .key("title", ref("text"))
                       .key("was", one_or_list_of(ref("name")))
                       .key("inherits", ref("roles"))
                       .key("may", ref("lines-of-may"))
                       .schema());
}

// A role, an assignment, or a list of both. Roles alone are not named twice.
json::object user_entry() {
    json::array const one{ref("role"), ref("assignment")};
    json::object const mapping{{"type", "object"}};
    json::object const list{{"type", "array"},
                            {"minItems", 1},
                            {"items", json::object{{"anyOf", one}}},
                            {"if", json::object{{"not", json::object{{"contains", mapping}}}}},
                            {"then", json::object{{"uniqueItems", true}}}};
    return described("The roles of this user, each perhaps with an end.",
                     {{"anyOf", json::array{ref("role"), ref("assignment"), list}}});
}

json::object guardrail_entry() {
    json::object result = known_keys(guardrail_keys)
                              .key("roles", ref("roles"))
                              .key("categories", one_or_list_of(ref("category")))
                              .key("actions", one_or_list_of(ref("action")))
                              .key("if", ref("fact"))
                              .key("if-all", ref("facts"))
                              .key("if-any", ref("facts"))
                              .key("because", ref("text"))
                              .schema();
    result["anyOf"] = one_is_there({"roles", "categories", "actions"});
    result["dependencies"] = not_together({"if", "if-all", "if-any"});
    return described("A guardrail: at least one of roles, categories and actions.",
                     std::move(result));
}

// `at-most` is less than the number of roles. A schema can't compare, and so says it for each
// number of roles up to eight.
json::array less_than_roles() {
    constexpr int most = 8;
    json::array result;
    for (int roles = 2; roles <= most; ++roles) {
        json::object const so_many{
            {"properties",
             json::object{{"roles", json::object{{"type", "array"}, {"maxItems", roles}}}}}};
        json::object const fewer{
            {"properties", json::object{{"at-most", json::object{{"type", scalar_types()},
                                                                 {"maximum", roles - 1}}}}}};
        result.emplace_back(json::object{{"if", so_many}, {"then", fewer}});
    }
    return result;
}

json::object separation_entry() {
    json::object const whole_number{{"type", json::array{"integer", "string"}},
                                    {"minimum", 1},
                                    {"pattern", "^[1-9][0-9]{0,8}$"}};
    json::object result = known_keys(separation_keys)
                              .required("roles", list_of(ref("role"), 2))
                              .required("at-most", whole_number)
                              .required("per", one_of_words({"person", "session"}))
                              .key("because", ref("text"))
                              .schema();
    result["allOf"] = less_than_roles();
    return described("Roles of which nobody may have more than so many.", std::move(result));
}

// ---- The file -----------------------------------------------------------------------------

json::object policy_section() {
    return known_keys(policy_keys)
        .required("name", ref("text"))
        .key("title", ref("text"))
        .key("about", ref("text"))
        .key("owner", ref("text"))
        .key("review-by", ref("date"))
        .key("exercise-every", period_schema())
        .key("hierarchy", one_of_words({"general", "limited"}))
        .key("other-users", yes_schema())
        .key("files", one_or_list_of(ref("word")))
        .schema();
}

// ---- What has to be recorded --------------------------------------------------------------

// `1 ms` to `16000 ms`, `1 s` to `16 s`.
json::object wait_time() {
    return {{"type", "string"},
            {"pattern", "^(([1-9][0-9]{0,3}|1[0-5][0-9]{3}|16000) ms|([1-9]|1[0-6]) s)$"}};
}

json::object mode_with_time() {
    json::object result =
        known_keys(audit_wait_keys).key("block", wait_time()).key("durable", wait_time()).schema();
    result["maxProperties"] = 1;
    return result;
}

json::object audit_mode_schema() {
    json::array words;
    constexpr std::pair<std::string_view, std::string_view> modes[] = {
        {"best-effort", "access is given all the same, and what is missing is counted"},
        {"block", "waits until it can be recorded, at most 100 ms, and then denies"},
        {"required", "no record, no access, at once"},
        {"durable", "waits until the record is on the disk, at most 5 s, and then denies"}};
    for (auto const& [word, about] : modes)
        words.emplace_back(json::object{{"const", word}, {"description", about}});
    words.emplace_back(ref("audit-mode-with-time"));
    return {{"anyOf", std::move(words)}};
}

json::object audit_section() {
    return known_keys(audit_keys)
        .key("default", ref("audit-mode"))
        .key("denials", ref("audit-mode"))
        .key("actions", ref("modes-by-action"))
        .key("levels", ref("modes-by-level"))
        .key("categories", ref("modes-by-category"))
        .schema();
}

json::object at_most(std::size_t number, json::object section) {
    section["maxProperties"] = number;
    return section;
}

json::object file() {
    json::object const action =
        described_entry(action_keys, "An action of this policy. A text alone is its `about`.");
    json::object const fact =
        described_entry(fact_keys, "A yes/no statement. A text alone is its `about`.");
    json::object const new_name = ref("new-name");
    return known_keys(file_keys)
        .required("rolecall", version_schema())
        .key("policy", policy_section())
        .key("levels", one_or_list_of(ref("name")))
        .key("actions", at_most(detail::max_actions - detail::built_in_actions,
                                mapping_of(new_action_name(), action)))
        .key("facts", at_most(detail::max_facts, mapping_of(new_name, fact)))
        .key("categories",
             at_most(detail::max_numbers, mapping_of(ref("new-category"), category_entry())))
        .key("roles", at_most(detail::max_numbers, mapping_of(new_name, role_entry())))
        .key("users", mapping_of(as_key(user_id_schema()), user_entry()))
        .key("never", mapping_of(new_name, guardrail_entry()))
        .key("separation", mapping_of(new_name, separation_entry()))
        .key("guarantees", mapping_of(new_name, guarantee_entry()))
        .key("exercises", mapping_of(new_name, exercise_entry()))
        .key("audit", audit_section())
        .schema();
}

json::object definitions(document const* policy) {
    json::object result;
    result["text"] = free_text_schema();
    result["word"] = single_word_schema();
    result["name"] = name_schema();
    result["category-name"] = category_schema(false);
    result["new-name"] = as_key(name_schema());
    result["new-category"] = as_key(category_schema(false));
    result["date"] = date_schema();
    for (auto& [name, schema] : used_names(policy)) result[name] = std::move(schema);
    result["roles"] = one_or_list_of(ref("role"));
    result["facts"] = one_or_list_of(ref("fact"));
    result["alternative"] = condition(true);
    result["condition"] = condition(false);
    result["when"] = when();
    result["requirement"] = requirement();
    result["rights"] = rights();
    result["assignment"] = known_keys(assignment_keys)
                               .required("roles", ref("roles"))
                               .key("until", ref("date"))
                               .schema();
    for (auto& [name, schema] : promise_definitions()) result[name] = std::move(schema);
    result["audit-mode"] = audit_mode_schema();
    result["audit-mode-with-time"] = mode_with_time();
    result["audit-line"] =
        json::object{{"anyOf", json::array{ref("audit-mode"), ref("modes-by-action-or-any")}}};
    return result;
}

std::string text_of(std::string_view title, std::string_view about, document const* policy) {
    json::object result = head(title, about);
    for (auto& [key, value] : file()) result[key] = std::move(value);
    result["definitions"] = definitions(policy);
    return laid_out(std::move(result));
}

}  // namespace

std::string of_the_format() {
    return text_of(
        "A policy file of rolecall, version 1 of the format",
        "Who in a business may view, modify, store or delete which kind of customer data.",
        nullptr);
}

std::string of_policy(document const& policy) {
    std::string const name = policy.header ? policy.header->name : std::string("a policy");
    return text_of("A file of the policy: " + name,
                   "Made by `rolecall schema --for`, with the names that the policy declares. "
                   "Make it again when they change.",
                   &policy);
}

}  // namespace rolecall::inline v0_1::schema
