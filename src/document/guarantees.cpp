#include "document/conditions.hpp"
#include "document/entries.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

using kind = written_guarantee::kind;

// What a guarantee promises, and the keys that may stand beside it.
struct promise {
    std::string_view key;
    kind what;
    std::span<std::string_view const> beside;
};

constexpr std::string_view beside_never[] = {"roles", "alone", "categories", "level"};
constexpr std::string_view beside_may[] = {"roles",  "alone",      "only", "only-if",
                                           "unless", "categories", "level"};
constexpr std::string_view beside_keeps[] = {"roles", "alone", "unless"};
constexpr promise promises[] = {{"never", kind::never, beside_never},
                                {"may", kind::may, beside_may},
                                {"never-both", kind::never_both, {}},
                                {"keeps", kind::keeps, beside_keeps}};

constexpr std::string_view one_of_them = "`never`, `may`, `never-both` or `keeps`";

// The one of them that is there. Where there are more, the first that is written.
promise const* read_promise(checker& check, fields const& from, written_name const& name) {
    promise const* result = nullptr;
    place first;
    for (promise const& one : promises) {
        entry const* const found = from.find(one.key);
        if (found == nullptr) continue;
        if (result != nullptr)
            check.report(diagnostic_code::invalid_value, found->key.at,
                         "a guarantee has one of " + std::string(one_of_them) +
                             "; make two guarantees of this",
                         {{first, "the other is here"}});
        if (result != nullptr) continue;
        result = &one;
        first = found->key.at;
    }
    if (result == nullptr && !from.partial())
        check.report(
            diagnostic_code::missing_key, name.at,
            detail::in_backticks(name.text) + " needs one of the keys " + std::string(one_of_them));
    return result;
}

// What to do about a key that has no meaning beside the promise.
std::string misplaced(std::string_view key, promise const& of) {
    std::string const promised = detail::in_backticks(of.key);
    std::string const found = detail::in_backticks(key);
    bool const where = key == "categories" || key == "level";
    if (of.what == kind::never) return promised + " has no conditions; write `may` in its place";
    if (of.what == kind::never_both)
        return where ? "each of the two in " + promised + " has " + found + " of its own"
                     : promised + " is about everybody; leave " + found + " out";
    if (of.what == kind::keeps && where)
        return promised + " names the categories itself; leave " + found + " out";
    return found + " does not stand beside " + promised + "; leave it out";
}

void check_beside(checker& check, fields const& from, promise const& of) {
    for (std::string_view const key : guarantee_keys.keys) {
        entry const* const found = from.find(key);
        bool const other = std::any_of(std::begin(promises), std::end(promises),
                                       [&](promise const& one) { return one.key == key; });
        if (found == nullptr || other || key == "because" ||
            std::find(of.beside.begin(), of.beside.end(), key) != of.beside.end())
            continue;
        check.report(diagnostic_code::invalid_value, found->key.at, misplaced(key, of));
    }
}

// Actions, of which `any` is all.
std::vector<written_name> read_actions(checker& check, node const& value) {
    auto actions = check.words(value, an_action);
    auto const any = std::find_if(actions.begin(), actions.end(),
                                  [](written_name const& a) { return a.text == "any"; });
    if (any == actions.end()) return actions;
    for (written_name const& action : actions) {
        if (&action == &*any) continue;
        bool const twice = action.text == "any";
        check.report(
            twice ? diagnostic_code::repeated_name : diagnostic_code::overlapping_rights, action.at,
            twice ? std::string("action `any` stands twice in this list")
                  : "`any` covers " + detail::in_backticks(action.text) + " already; leave one out",
            {{any->at, twice ? "first here" : "`any` stands here"}});
    }
    return {};
}

written_scope read_scope(checker& check, fields const& from, node const& actions) {
    written_scope result;
    result.actions = read_actions(check, actions);
    if (node const* on = from.value("categories")) result.categories = check.words(*on, a_category);
    if (node const* level = from.value("level")) result.levels = check.words(*level, a_level);
    return result;
}

void read_both(checker& check, node const& value, written_guarantee& into) {
    if (!check.is_list(value, "a list of two, as in `[{may: store, categories: payment}, ...]`"))
        return;
    if (value.items.size() != 2 && !value.open)
        check.report(diagnostic_code::invalid_value, value.at,
                     "`never-both` keeps two things apart, and this list has " +
                         std::to_string(value.items.size()));
    written_scope* scope = &into.first;
    for (node const& item : value.items) {
        if (!check.is_mapping(item, "a mapping such as `{may: store, categories: payment}`"))
            continue;
        fields const from = check.fields_of(item, guarantee_act_keys);
        node const* const may = check.required(from, "may", {"never-both", item.at});
        if (may == nullptr) continue;
        *scope = read_scope(check, from, *may);
        scope = &into.second;
    }
}

void read_kept(checker& check, node const& value, written_guarantee& into) {
    if (!check.is_mapping(value, "categories and rights, as in `account: view`")) return;
    for (entry const& line : value.entries)
        if (auto grant = read_grant(check, line)) into.kept.push_back(std::move(*grant));
}

void read_conditions(checker& check, fields const& from, written_guarantee& into) {
    if (node const* only = from.value("only")) into.only = check.words(*only, a_role);
    if (node const* need = from.value("only-if"))
        if (auto when = read_need(check, *need)) into.only_if = std::move(*when);
    if (node const* unless = from.value("unless")) into.unless = check.words(*unless, a_fact);
}

void check_may(checker& check, fields const& from, written_name const& name) {
    entry const* const only = from.find("only");
    if (only == nullptr && !from.find("only-if") && !from.find("unless") && !from.partial())
        check.report(diagnostic_code::missing_key, name.at,
                     detail::in_backticks(name.text) +
                         " needs at least one of the keys `only`, `only-if` and `unless`: a "
                         "guarantee gives no right");
    if (entry const* const roles = from.find("roles"); roles != nullptr && only != nullptr)
        check.report(diagnostic_code::invalid_value, roles->key.at,
                     "`roles` does not stand beside `only`, which says who it is about",
                     {{only->key.at, "`only` stands here"}});
}

}  // namespace

written_guarantee read_guarantee(checker& check, written_name name, node const& body) {
    written_guarantee result;
    result.name = std::move(name);
    if (!check.is_mapping(body, "a mapping such as `{roles: ..., never: view, categories: ...}`"))
        return result;
    fields const from = check.fields_of(body, guarantee_keys);
    result.because = check.free_text(from.value("because"));
    if (node const* roles = from.value("roles")) result.roles = check.words(*roles, a_role);
    if (node const* alone = from.value("alone")) {
        result.alone = check.yes(*alone);
        if (!from.find("roles") && !from.partial())
            check.report(diagnostic_code::missing_key, from.find("alone")->key.at,
                         "`alone` needs the key `roles`: who is alone?");
    }
    read_conditions(check, from, result);
    promise const* const of = read_promise(check, from, result.name);
    if (of == nullptr) return result;
    result.what = of->what;
    check_beside(check, from, *of);
    node const& value = *from.value(of->key);
    switch (of->what) {
        case kind::never: result.first = read_scope(check, from, value); break;
        case kind::may:
            result.first = read_scope(check, from, value);
            check_may(check, from, result.name);
            break;
        case kind::never_both: read_both(check, value, result); break;
        case kind::keeps:
            read_kept(check, value, result);
            if (!from.find("roles") && !from.partial()) check.required(from, "roles", result.name);
            break;
    }
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
