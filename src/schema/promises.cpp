#include "schema/promises.hpp"

#include <rolecall/decision.hpp>

#include <initializer_list>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::schema {
namespace {

using namespace yaml;

// A denial that a policy gives; `unavailable` is none of them.
constexpr reason denials[] = {reason::unknown_name, reason::expired,   reason::not_assigned,
                              reason::separation,   reason::forbidden, reason::not_granted,
                              reason::undecided,    reason::unmet};

// Besides this key none of these stands.
json::object without(std::initializer_list<std::string_view> keys) {
    json::object refused;
    for (std::string_view const key : keys) refused[key] = false;
    return {{"properties", std::move(refused)}};
}

// ---- Guarantees ---------------------------------------------------------------------------

// A list in which, if it has this word, stand only such items.
json::object only_beside(std::string_view word, json::object items) {
    return {{"if", json::object{{"contains", json::object{{"const", word}}}}},
            {"then", json::object{{"items", std::move(items)}}}};
}

// One of these, or a list, in which nothing stands beside `any`.
json::object actions_or_any() {
    json::object list = list_of(ref("guaranteed-action"));
    for (auto& [key, value] : only_beside("any", {{"const", "any"}})) list[key] = std::move(value);
    return {{"anyOf", json::array{ref("guaranteed-action"), std::move(list)}}};
}

json::object guarantee_act() {
    return known_keys(guarantee_act_keys)
        .required("may", ref("guaranteed-actions"))
        .key("categories", one_or_list_of(ref("category")))
        .key("level", one_or_list_of(ref("level")))
        .schema();
}

// ---- Exercises ----------------------------------------------------------------------------

// The same, and beside `all` none of the four.
json::object expected_actions() {
    json::object const none_of_the_four{
        {"not", one_of_words({"view", "modify", "store", "delete"})}};
    json::object list = list_of(ref("expected-action"));
    list["allOf"] =
        json::array{only_beside("any", {{"const", "any"}}), only_beside("all", none_of_the_four)};
    return {{"anyOf", json::array{ref("expected-action"), std::move(list)}}};
}

// Why something is denied: those that a policy gives.
json::object reason_word() {
    json::array words;
    for (reason const r : denials) words.emplace_back(to_string(r));
    return {{"enum", std::move(words)}};
}

// Who is not listed needs roles.
json::object exercise_user() {
    json::object result =
        known_keys(exercise_user_keys)
            .required("user", {{"anyOf", json::array{ref("user"), ref("user-id")}}})
            .key("roles", ref("roles"))
            .schema();
    result["if"] = without({"roles"});
    result["then"] = json::object{{"properties", json::object{{"user", ref("user")}}}};
    return result;
}

json::object given() {
    return known_keys(given_keys)
        .key("facts", ref("fact-values"))
        .key("date", ref("date"))
        .key("compromised", yes_schema())
        .key("lost", ref("roles"))
        .schema();
}

}  // namespace

json::object guarantee_entry() {
    json::object const two{
        {"type", "array"}, {"items", ref("guarantee-act")}, {"minItems", 2}, {"maxItems", 2}};
    json::object result = known_keys(guarantee_keys)
                              .key("roles", ref("roles"))
                              .key("alone", yes_schema())
                              .key("never", ref("guaranteed-actions"))
                              .key("only", ref("roles"))
                              .key("may", ref("guaranteed-actions"))
                              .key("only-if", ref("requirement"))
                              .key("unless", ref("facts"))
                              .key("never-both", two)
                              .key("keeps", ref("lines-of-may"))
                              .key("categories", one_or_list_of(ref("category")))
                              .key("level", one_or_list_of(ref("level")))
                              .key("because", ref("text"))
                              .schema();
    result["anyOf"] = one_is_there({"never", "may", "never-both", "keeps"});
    json::object const roles{{"required", json::array{"roles"}},
                             {"properties", json::object{{"roles", true}}}};
    json::object may = without({"never", "never-both", "keeps"});
    may["anyOf"] = one_is_there({"only", "only-if", "unless"});
    result["dependencies"] = json::object{
        {"never", without({"may", "never-both", "keeps", "only", "only-if", "unless"})},
        {"may", std::move(may)},
        {"never-both", without({"never", "may", "keeps", "roles", "alone", "only", "only-if",
                                "unless", "categories", "level"})},
        {"keeps",
         json::object{{"allOf", json::array{roles, without({"never", "may", "never-both", "only",
                                                            "only-if", "categories", "level"})}}}},
        {"only", without({"roles"})},
        {"alone", roles},
    };
    return described("What must hold for everyone: one of never, may, never-both and keeps.",
                     std::move(result));
}

json::object exercise_entry() {
    json::object const nothing{{"const", "nothing"}, {"description", "everything must be denied"}};
    json::object result =
        known_keys(exercise_keys)
            .key("title", ref("text"))
            .key("about", ref("text"))
            .key("note", ref("text"))
            .required(
                "as",
                {{"anyOf", json::array{ref("role"), list_of(ref("role")), ref("exercise-user")}}})
            .key("given", ref("given"))
            .key("can", ref("lines-of-can"))
            .key("cannot", ref("lines-of-cannot"))
            .key("exactly", {{"anyOf", json::array{nothing, ref("lines-of-can")}}})
            .schema();
    result["anyOf"] = one_is_there({"can", "cannot", "exactly"});
    result["dependencies"] = not_together({"can", "exactly"});
    return described("A tabletop test: at least one of can, cannot and exactly.",
                     std::move(result));
}

json::object promise_definitions() {
    return {
        {"guaranteed-actions", actions_or_any()},
        {"guarantee-act", guarantee_act()},
        {"expected-actions", expected_actions()},
        {"denied-actions",
         json::object{{"anyOf", json::array{ref("expected-actions"), ref("reasons-by-action")}}}},
        {"reason", reason_word()},
        {"user-id", user_id_schema()},
        {"exercise-user", exercise_user()},
        {"given", given()}};
}

}  // namespace rolecall::inline v0_1::schema
