#include "document/entries.hpp"
#include <rolecall/decision.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

// The reasons of a denial that a policy gives. `unavailable` is none of them.
constexpr std::array denials{reason::unknown_name, reason::expired,   reason::not_assigned,
                             reason::separation,   reason::forbidden, reason::not_granted,
                             reason::undecided,    reason::unmet};

std::optional<written_name> read_reason(checker& check, node const& value) {
    auto word = check.word(value, "a reason such as `not-granted`");
    if (!word) return word;
    std::array<std::string_view, denials.size()> words;
    std::transform(denials.begin(), denials.end(), words.begin(),
                   [](reason r) { return to_string(r); });
    if (std::find(words.begin(), words.end(), word->text) != words.end()) return word;
    std::string text = "a denial has no reason " + detail::in_backticks(word->text);
    if (auto const near = detail::closest(word->text, words)) {
        text += detail::did_you_mean(near);
    } else {
        text += "; reasons are";
        for (std::string_view const one : words)
            text += (one == words.front() ? " " : ", ") + detail::in_backticks(one);
    }
    check.report(diagnostic_code::invalid_value, word->at, std::move(text));
    return std::nullopt;
}

std::vector<written_expectation::item> read_items(checker& check, node const& value,
                                                  bool with_reasons) {
    std::vector<written_expectation::item> result;
    if (value.kind != node_kind::mapping) {
        for (written_name& action : check.words(value, an_action))
            result.push_back({std::move(action), std::nullopt});
        return result;
    }
    if (!with_reasons) {
        check.wrong_shape(value,
                          "actions (what is known stands in `given`, and only `cannot` takes "
                          "reasons)");
        return result;
    }
    if (!check.is_mapping(value, "actions and reasons")) return result;
    for (entry const& e : value.entries)
        if (auto action = check.name(e.key))
            result.push_back({std::move(*action), read_reason(check, e.value)});
    return result;
}

std::vector<written_expectation> read_expectations(checker& check, node const& value,
                                                   bool with_reasons, bool or_nothing = false) {
    std::vector<written_expectation> result;
    std::string_view const expected =
        or_nothing ? std::string_view("categories and actions, as in `account: view`, or `nothing`")
                   : std::string_view("categories and actions, as in `account: view`");
    if (!check.is_mapping(value, expected)) return result;
    for (entry const& line : value.entries) {
        auto key = read_category_key(check, line.key);
        if (!key) continue;
        result.push_back(
            {std::move(key->category), key->below, read_items(check, line.value, with_reasons)});
    }
    return result;
}

void read_who(checker& check, node const& as, written_exercise& into) {
    if (as.kind != node_kind::mapping) {
        into.roles = check.words(as, a_role);
        return;
    }
    if (!check.is_mapping(as, "a role, roles, or `{user: ...}`")) return;
    fields const from = check.fields_of(as, exercise_user_keys);
    if (node const* user = from.value("user"))
        into.user = check.word(*user, a_user.one);
    else if (!from.partial())
        check.report(diagnostic_code::missing_key, as.at,
                     "`as` needs the key `user`; roles alone are written `as: support`, or "
                     "`as: [support, billing]`");
    if (node const* roles = from.value("roles")) into.roles = check.words(*roles, a_role);
}

void read_facts(checker& check, node const& facts, written_exercise& into) {
    if (!check.is_mapping(facts, "facts and `yes`, `no` or `unknown`, as in `consent: yes`"))
        return;
    for (entry const& e : facts.entries) {
        auto fact = check.name(e.key);
        if (!fact) continue;
        auto const value = check.word(e.value, "`yes`, `no` or `unknown`");
        if (!value) continue;
        std::string_view const word = value->text;
        if (word != "yes" && word != "no" && word != "unknown") {
            std::string hint = word == "true" || word == "on"     ? "; write `yes`"
                               : word == "false" || word == "off" ? "; write `no`"
                                                                  : "";
            check.report(
                diagnostic_code::invalid_value, value->at,
                "expected `yes`, `no` or `unknown`, found " + detail::in_backticks(word) + hint);
            continue;
        }
        into.facts.push_back({std::move(*fact), word == "unknown"
                                                    ? std::nullopt
                                                    : std::optional<bool>(word == "yes")});
    }
}

void read_given(checker& check, node const& given, written_exercise& into) {
    if (!check.is_mapping(given, "a mapping such as `{facts: {consent: yes}}`")) return;
    fields const from = check.fields_of(given, given_keys);
    if (node const* facts = from.value("facts")) read_facts(check, *facts, into);
    if (node const* day = from.value("date")) into.on = check.day(*day);
    if (node const* flag = from.value("compromised")) into.compromised = check.yes(*flag);
    if (node const* lost = from.value("lost")) into.lost = check.words(*lost, a_role);
}

bool is_nothing(node const& value) {
    return value.kind == node_kind::scalar && value.text == "nothing";
}

}  // namespace

written_exercise read_exercise(checker& check, written_name name, node const& body) {
    written_exercise result;
    result.name = std::move(name);
    if (!check.is_mapping(body, "a mapping such as `{as: ..., can: ...}`")) return result;
    fields const from = check.fields_of(body, exercise_keys);
    result.title = check.free_text(from.value("title"));
    result.about = check.free_text(from.value("about"));
    result.note = check.free_text(from.value("note"));
    if (node const* as = check.required(from, "as", result.name)) read_who(check, *as, result);
    if (node const* given = from.value("given")) read_given(check, *given, result);
    entry const* const can = from.find("can");
    node const* const cannot = from.value("cannot");
    entry const* const exactly = from.find("exactly");
    if (can != nullptr) result.can = read_expectations(check, can->value, false);
    if (cannot != nullptr) result.cannot = read_expectations(check, *cannot, true);
    if (exactly != nullptr) {
        result.exactly_at = exactly->key.at;
        result.exactly_nothing = is_nothing(exactly->value);
        if (!result.exactly_nothing)
            result.exactly = read_expectations(check, exactly->value, false, true);
    }
    if (can != nullptr && exactly != nullptr)
        check.report(diagnostic_code::expectation_clash, can->key.at,
                     "`exactly` says all that is allowed; put the lines of `can` there",
                     {{exactly->key.at, "`exactly` stands here"}});
    if (can == nullptr && cannot == nullptr && exactly == nullptr && !from.partial())
        check.report(diagnostic_code::missing_key, result.name.at,
                     detail::in_backticks(result.name.text) +
                         " expects nothing; it needs one of the keys `can`, `cannot` and "
                         "`exactly`");
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
