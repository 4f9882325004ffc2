#include "document/audit_words.hpp"
#include "document/entries.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

namespace {

constexpr std::string_view a_mode =
    "`best-effort`, `block`, `required`, `durable`, or a time as in `{block: 100 ms}`";

std::optional<written_audit_mode> read_word(checker& check, node const& value) {
    auto const word = check.word(value, a_mode);
    if (!word) return std::nullopt;
    if (auto const mode = mode_of_word(word->text)) return written_audit_mode{*mode, word->at};
    constexpr std::string_view words[] = {"best-effort", "block", "required", "durable"};
    auto const meant = detail::closest(word->text, words);
    check.report(diagnostic_code::invalid_value, word->at,
                 "expected " + std::string(a_mode) + ", found " + detail::in_backticks(word->text) +
                     detail::did_you_mean(meant));
    return std::nullopt;
}

// `{block: 100 ms}`
std::optional<written_audit_mode> read_wait(checker& check, node const& value) {
    if (!check.is_mapping(value, a_mode)) return std::nullopt;
    fields const from = check.fields_of(value, audit_wait_keys);
    entry const* const block = from.find("block");
    entry const* const durable = from.find("durable");
    if (block != nullptr && durable != nullptr)
        check.report(diagnostic_code::invalid_value, durable->key.at,
                     "`durable` does not stand beside `block`; keep one of the two",
                     {{block->key.at, "`block` stands here"}});
    entry const* const found = block != nullptr ? block : durable;
    if (found == nullptr) return std::nullopt;
    auto const text = check.word(found->value, "a time such as `100 ms`");
    if (!text) return std::nullopt;
    auto const wait = parse_wait(text->text);
    if (!wait) {
        check.report(diagnostic_code::invalid_value, text->at,
                     "expected a time from `1 ms` to `16 s`, such as `100 ms`, found " +
                         detail::in_backticks(text->text));
        return std::nullopt;
    }
    auto const demand = found == block ? audit_demand::block : audit_demand::durable;
    return written_audit_mode{{demand, *wait}, found->key.at};
}

std::optional<written_audit_mode> read_mode(checker& check, node const& value) {
    return value.kind == node_kind::mapping ? read_wait(check, value) : read_word(check, value);
}

// Names and modes, as in `{delete: durable}`.
std::vector<written_audit_line> read_lines(checker& check, node const& value,
                                           std::string_view expected) {
    std::vector<written_audit_line> result;
    if (!check.is_mapping(value, expected)) return result;
    for (entry const& e : value.entries) {
        auto name = check.name(e.key);
        auto const mode = read_mode(check, e.value);
        if (name && mode) result.push_back({std::move(*name), *mode});
    }
    return result;
}

// Whether `{block: ...}` is a time to wait, not an action called `block` and its mode.
bool is_wait(node const& value) {
    if (value.entries.size() != 1) return false;
    entry const& only = value.entries.front();
    return only.key.kind == node_kind::scalar && only.value.kind == node_kind::scalar &&
           (only.key.text == "block" || only.key.text == "durable") &&
           !mode_of_word(only.value.text);
}

written_audit_category read_line(checker& check, written_name category, node const& value) {
    written_audit_category result{std::move(category), {}};
    if (value.kind == node_kind::mapping && !is_wait(value)) {
        result.actions = read_lines(check, value, "");
    } else if (auto const mode = read_mode(check, value)) {
        result.actions.push_back({{"any", mode->at}, *mode});
    }
    return result;
}

}  // namespace

written_audit read_audit(checker& check, node const& body) {
    written_audit result;
    if (!check.is_mapping(body, "a mapping such as `{default: required}`")) return result;
    fields const from = check.fields_of(body, audit_keys);
    if (node const* mode = from.value("default")) result.otherwise = read_mode(check, *mode);
    if (node const* mode = from.value("denials")) result.denials = read_mode(check, *mode);
    if (node const* lines = from.value("actions"))
        result.actions = read_lines(check, *lines, "actions, as in `{delete: durable}`");
    if (node const* lines = from.value("levels"))
        result.levels = read_lines(check, *lines, "levels, as in `{public: best-effort}`");
    node const* const categories = from.value("categories");
    if (categories == nullptr ||
        !check.is_mapping(*categories, "categories, as in `{payment: required}`"))
        return result;
    for (entry const& e : categories->entries)
        if (auto name = check.name(e.key))
            result.categories.push_back(read_line(check, std::move(*name), e.value));
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
