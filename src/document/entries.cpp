#include "document/entries.hpp"

#include "document/conditions.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

std::vector<written_name> former_names(checker& check, fields const& from, noun what) {
    node const* const was = from.value("was");
    return was ? check.words(*was, what) : std::vector<written_name>{};
}

// An action and a fact are a text, or `about` and perhaps a title.
template <class Entry>
Entry read_described(checker& check, written_name name, node const& body, key_table const& keys,
                     noun what) {
    Entry result{std::move(name), {}, {}};
    if (body.kind == node_kind::scalar) {
        result.about = check.free_text(&body);
    } else if (check.is_mapping(body, "a text, or a mapping with `about`")) {
        fields const from = check.fields_of(body, keys);
        result.about = check.free_text(check.required(from, "about", result.name));
        result.title = check.free_text(from.value("title"));
        result.was = former_names(check, from, what);
    }
    return result;
}

std::vector<std::string> texts_of(std::vector<written_name> const& written) {
    std::vector<std::string> result;
    result.reserve(written.size());
    for (written_name const& text : written) result.push_back(text.text);
    return result;
}

std::optional<written_assignment> read_assignment(checker& check, node const& value,
                                                  written_name const& user) {
    if (!check.is_mapping(value, a_role.one)) return std::nullopt;
    fields const from = check.fields_of(value, assignment_keys);
    written_assignment result;
    if (node const* roles = check.required(from, "roles", {user.text, value.at}))
        result.roles = check.words(*roles, a_role);
    if (node const* until = from.value("until")) result.until = check.day(*until);
    return result;
}

}  // namespace

std::optional<category_key> read_category_key(checker& check, node const& key) {
    auto category = check.name(key);
    if (!category) return std::nullopt;
    category_key result;
    result.below = category->text.size() >= 2 &&
                   category->text.compare(category->text.size() - 2, 2, ".*") == 0;
    if (result.below) category->text.resize(category->text.size() - 2);
    if (result.below && category->text.empty()) {
        check.report(diagnostic_code::invalid_value, category->at,
                     "`.*` needs a category before it, as in `payment.*`");
        return std::nullopt;
    }
    result.category = std::move(*category);
    return result;
}

std::optional<written_grant> read_grant(checker& check, entry const& line) {
    auto key = read_category_key(check, line.key);
    if (!key) return std::nullopt;
    return written_grant{std::move(key->category), key->below, read_rights(check, line.value)};
}

written_action read_action(checker& check, written_name name, node const& body) {
    return read_described<written_action>(check, std::move(name), body, action_keys, an_action);
}

written_fact read_fact(checker& check, written_name name, node const& body) {
    return read_described<written_fact>(check, std::move(name), body, fact_keys, a_fact);
}

written_category read_category(checker& check, written_name name, node const& body) {
    written_category result;
    result.name = std::move(name);
    if (body.kind == node_kind::scalar) {
        result.about = check.free_text(&body);
        return result;
    }
    if (!check.is_mapping(body, "a text, or a mapping with `about`")) return result;
    fields const from = check.fields_of(body, category_keys);
    result.about = check.free_text(check.required(from, "about", result.name));
    result.title = check.free_text(from.value("title"));
    result.was = former_names(check, from, a_category);
    if (node const* level = from.value("level")) result.level = check.word(*level, a_level.one);
    if (node const* laws = from.value("laws"))
        result.laws = texts_of(check.texts(*laws, a_law, true));
    if (node const* flag = from.value("named-only")) result.named_only = check.yes(*flag);
    if (node const* needed = from.value("requires"))
        result.required = read_requirements(check, *needed);
    return result;
}

written_role read_role(checker& check, written_name name, node const& body) {
    written_role result;
    result.name = std::move(name);
    if (body.kind == node_kind::scalar) {
        result.about = check.free_text(&body);
        return result;
    }
    if (!check.is_mapping(body, "a text, or a mapping such as `{may: ...}`")) return result;
    fields const from = check.fields_of(body, role_keys);
    result.about = check.free_text(from.value("about"));
    result.title = check.free_text(from.value("title"));
    result.was = former_names(check, from, a_role);
    if (node const* inherits = from.value("inherits"))
        result.inherits = check.words(*inherits, a_role);
    node const* const may = from.value("may");
    if (!may || !check.is_mapping(*may, "categories and rights, as in `account: view`"))
        return result;
    for (entry const& line : may->entries)
        if (auto grant = read_grant(check, line)) result.may.push_back(std::move(*grant));
    return result;
}

// The plain roles of a list are one assignment together; each mapping is one of its own.
written_user read_user(checker& check, written_name id, node const& body) {
    written_user result{std::move(id), {}};
    written_assignment plain;
    auto const take = [&](node const& value) {
        if (value.kind == node_kind::scalar) {
            if (auto role = check.word(value, a_role.one)) plain.roles.push_back(std::move(*role));
        } else if (auto assigned = read_assignment(check, value, result.id)) {
            result.assignments.push_back(std::move(*assigned));
        }
    };
    if (body.kind != node_kind::sequence)
        take(body);
    else if (check.is_list(body, ""))
        for (node const& item : body.items) take(item);
    if (!plain.roles.empty())
        result.assignments.insert(result.assignments.begin(), std::move(plain));
    return result;
}

written_guardrail read_guardrail(checker& check, written_name name, node const& body) {
    written_guardrail result;
    result.name = std::move(name);
    if (!check.is_mapping(body, "a mapping such as `{roles: ..., categories: ...}`")) return result;
    fields const from = check.fields_of(body, guardrail_keys);
    node const* const roles = from.value("roles");
    node const* const categories = from.value("categories");
    node const* const actions = from.value("actions");
    if (roles) result.roles = check.words(*roles, a_role);
    if (categories) result.categories = check.words(*categories, a_category);
    if (actions) result.actions = check.words(*actions, an_action);
    if (!roles && !categories && !actions && !from.partial())
        check.report(diagnostic_code::missing_key, result.name.at,
                     detail::in_backticks(result.name.text) +
                         " needs at least one of the keys `roles`, `categories` and `actions`");
    result.when = read_guardrail_condition(check, from);
    result.because = check.free_text(from.value("because"));
    return result;
}

// Where the number or the scope is missing or broken, the mildest stands in, so that what
// follows from it is not reported too.
written_separation read_separation(checker& check, written_name name, node const& body) {
    written_separation result;
    result.name = std::move(name);
    result.per = separation_scope::session;
    if (!check.is_mapping(body, "a mapping with `roles`, `at-most` and `per`")) return result;
    fields const from = check.fields_of(body, separation_keys);
    if (node const* roles = check.required(from, "roles", result.name)) {
        result.roles = check.words(*roles, a_role);
        bool const one = roles->kind == node_kind::sequence ? roles->items.size() == 1
                                                            : result.roles.size() == 1;
        if (one && !roles->open)
            check.report(diagnostic_code::separation_count, roles->at,
                         "a separation needs two roles or more");
    }
    result.at_most = static_cast<std::uint32_t>(std::max<std::size_t>(result.roles.size(), 2)) - 1;
    result.at_most_at = result.name.at;
    if (node const* limit = check.required(from, "at-most", result.name)) {
        result.at_most_at = limit->at;
        result.at_most = check.whole_number(*limit).value_or(result.at_most);
    }
    if (node const* per = check.required(from, "per", result.name)) {
        auto const scope = check.either(*per, "person", "session");
        if (scope && scope->text == "person") result.per = separation_scope::person;
    }
    result.because = check.free_text(from.value("because"));
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
