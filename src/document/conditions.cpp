#include "document/conditions.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

// Where a condition stands decides which shorthands it may use.
enum class position : std::uint8_t {
    right,        // `always` too
    requirement,  // one fact alone too
    alternative,  // in `any-of`: neither, and no further `any-of`
};

constexpr std::string_view ask_all_or_any =
    "a list does not say whether all or any: write `{if-all: [...]}` or `{if-any: [...]}`";

std::optional<written_condition> read_condition(checker& check, node const& value, position where);

written_condition all_of(std::vector<written_name> facts) {
    written_condition result;
    if (!facts.empty()) result.any_of.push_back(std::move(facts));
    return result;
}

// A fact twice can only be seen here: in the document each fact is an alternative of its own.
written_condition any_of(checker& check, std::vector<written_name> facts) {
    written_condition result;
    std::map<std::string, place> first;
    for (written_name& fact : facts) {
        auto const [same, fresh] = first.try_emplace(fact.text, fact.at);
        if (fresh)
            result.any_of.push_back({std::move(fact)});
        else
            check.report(diagnostic_code::repeated_name, fact.at,
                         "fact " + detail::in_backticks(fact.text) + " stands twice in this list",
                         {{same->second, "first here"}});
    }
    return result;
}

// The value of `if`: one fact, and no list.
written_condition read_if(checker& check, node const& value) {
    if (value.kind == node_kind::sequence && value.items.size() > 1) {
        check.report(diagnostic_code::bare_condition_list, value.at,
                     "`if` takes one fact; write `if-all` or `if-any` for several");
        return all_of(check.words(value, a_fact));
    }
    auto fact = check.word(value, a_fact.one);
    return fact ? all_of({std::move(*fact)}) : written_condition{};
}

// The value of `any-of`: two or more conditions.
written_condition read_any_of(checker& check, node const& value) {
    written_condition result;
    if (!check.is_list(value, "a list of conditions")) return result;
    if (value.items.size() < 2 && !value.open)
        check.report(diagnostic_code::invalid_value, value.at,
                     "`any-of` joins two or more conditions; write a single one by itself");
    for (node const& item : value.items) {
        auto one = read_condition(check, item, position::alternative);
        if (!one) continue;
        for (auto& facts : one->any_of) result.any_of.push_back(std::move(facts));
    }
    return result;
}

written_condition read_keyed(checker& check, std::string_view key, entry const& at,
                             position where) {
    if (key == "if") return read_if(check, at.value);
    if (key == "if-all") return all_of(check.words(at.value, a_fact));
    if (key == "if-any") return any_of(check, check.words(at.value, a_fact));
    if (where != position::alternative) return read_any_of(check, at.value);
    check.report(diagnostic_code::invalid_value, at.key.at,
                 "`any-of` does not stand within `any-of`; move its conditions into the list "
                 "around it");
    return {};
}

// The conditions among the keys of a mapping: there may be one.
std::optional<written_condition> read_keys(checker& check, fields const& from, position where) {
    std::vector<std::pair<entry const*, std::string_view>> conditions;
    for (std::string_view const key : condition_keys.keys)
        if (entry const* const found = from.find(key)) conditions.emplace_back(found, key);
    std::sort(conditions.begin(), conditions.end(), [](auto const& a, auto const& b) {
        return std::pair(a.first->key.at.line, a.first->key.at.column) <
               std::pair(b.first->key.at.line, b.first->key.at.column);
    });
    std::optional<written_condition> result;
    for (auto const& [at, key] : conditions) {
        auto read = read_keyed(check, key, *at, where);
        read.at = at->value.at;
        if (!result)
            result = std::move(read);
        else
            check.report(diagnostic_code::invalid_value, at->key.at,
                         "a condition is one of `if`, `if-all`, `if-any` and `any-of`; leave "
                         "out all but one",
                         {{conditions.front().first->key.at, "the first is here"}});
    }
    return result;
}

std::optional<written_condition> read_always(checker& check, node const& value, position where) {
    if (where == position::right) return written_condition{{}, value.at};
    check.report(diagnostic_code::invalid_value, value.at,
                 where == position::requirement
                     ? "`always` is the absence of a condition; leave this line out"
                     : "`always` makes the other conditions pointless; write it in place of "
                       "`any-of`");
    return std::nullopt;
}

std::optional<written_condition> read_word(checker& check, node const& value, position where) {
    auto const written = check.word(value, "a condition such as `{if: a-fact}`");
    if (!written) return std::nullopt;
    if (written->text == "always") return read_always(check, value, where);
    if (where == position::requirement) return written_condition{{{*written}}, written->at};

    constexpr std::string_view always[] = {"always"};
    auto const meant =
        where == position::right ? detail::closest(written->text, always) : std::nullopt;
    std::string const hint =
        meant ? detail::did_you_mean(meant)
              : "; write `{if: " + detail::printable(written->text, 60) + "}` if it is a fact";
    check.report(diagnostic_code::wrong_shape, written->at,
                 std::string(where == position::right ? "expected `always` or a condition"
                                                      : "expected a condition") +
                     ", found " + detail::in_backticks(written->text) + hint);
    return std::nullopt;
}

std::optional<written_condition> read_condition(checker& check, node const& value, position where) {
    if (value.kind == node_kind::scalar) return read_word(check, value, where);
    if (value.kind == node_kind::sequence && !value.items.empty()) {
        check.report(diagnostic_code::bare_condition_list, value.at, std::string(ask_all_or_any));
        return std::nullopt;
    }
    if (value.kind == node_kind::sequence) {
        check.is_list(value, "");
        return std::nullopt;
    }
    if (!check.is_mapping(value, "a condition")) return std::nullopt;
    auto result = read_keys(check, check.fields_of(value, condition_keys), where);
    if (result) result->at = value.at;
    return result;
}

// `{if: open-ticket}` where `{view: {if: open-ticket}}` was meant. An action may be called
// `if`, but what stands behind it is then a condition, and never a fact or a list of facts.
bool lacks_action(checker& check, entry const& e, position where) {
    auto const& keys = condition_keys.keys;
    bool const condition = std::find(keys.begin(), keys.end(), e.key.text) != keys.end();
    bool const fact =
        e.value.kind == node_kind::scalar && e.value.text != "always" && where == position::right;
    if (!condition || !(fact || e.value.kind == node_kind::sequence)) return false;
    check.report(diagnostic_code::wrong_shape, e.key.at,
                 "expected an action before the condition, as in " +
                     detail::in_backticks("view: {" + e.key.text + ": ...}") + ", found " +
                     detail::in_backticks(e.key.text));
    return true;
}

}  // namespace

std::vector<written_right> read_rights(checker& check, node const& value) {
    std::vector<written_right> result;
    if (value.kind != node_kind::mapping) {
        constexpr noun right{"an action (for conditions, a mapping without a list around it)",
                             "actions"};
        for (written_name& action : check.words(value, right)) {
            place const at = action.at;
            result.push_back({std::move(action), {{}, at}});
        }
        return result;
    }
    if (!check.is_mapping(value, "rights")) return result;
    for (entry const& e : value.entries) {
        auto action = check.name(e.key);
        if (!action || lacks_action(check, e, position::right)) continue;
        auto when = read_condition(check, e.value, position::right);
        result.push_back({std::move(*action), when ? std::move(*when) : written_condition{}});
    }
    return result;
}

std::vector<written_requirement> read_requirements(checker& check, node const& value) {
    std::vector<written_requirement> result;
    if (!check.is_mapping(value, "actions and their conditions, as in `any: {if: a-fact}`"))
        return result;
    for (entry const& e : value.entries) {
        auto action = check.name(e.key);
        if (!action || lacks_action(check, e, position::requirement)) continue;
        auto when = read_condition(check, e.value, position::requirement);
        result.push_back({std::move(*action), when ? std::move(*when) : written_condition{}});
    }
    return result;
}

std::optional<written_condition> read_need(checker& check, node const& value) {
    return read_condition(check, value, position::requirement);
}

written_condition read_guardrail_condition(checker& check, fields const& guardrail) {
    auto result = read_keys(check, guardrail, position::alternative);
    return result ? std::move(*result) : written_condition{};
}

}  // namespace rolecall::inline v0_1::yaml
