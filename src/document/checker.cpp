#include "document/checker.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <map>

namespace rolecall::inline v0_1::yaml {

namespace {

// "`a`, `b` or `c`"
template <class Words>
std::string alternatives(Words const& words, bool in_backticks) {
    std::string text;
    std::size_t left = std::size(words);
    for (std::string_view const word : words) {
        text += in_backticks ? '`' + std::string(word) + '`' : std::string(word);
        if (--left > 0) text += left == 1 ? " or " : ", ";
    }
    return text;
}

// Four, two and two digits: what is wrong is then the day.
bool is_date_like(std::string_view text) {
    constexpr std::string_view pattern = "0000-00-00";
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                      [](char c, char p) { return p == '-' ? c == p : c >= '0' && c <= '9'; });
}

// The parts of a policy to which a key belongs that stands in another part of it.
std::vector<std::string_view> owners_of(std::string_view key, key_table const& found_in) {
    std::vector<std::string_view> owners;
    auto const all = std::end(all_key_tables);
    if (std::find(std::begin(all_key_tables), all, &found_in) == all) return owners;
    for (key_table const* table : all_key_tables)
        if (std::find(table->keys.begin(), table->keys.end(), key) != table->keys.end())
            owners.push_back(table->owner);
    return owners;
}

// Keys of other parts that people take for those of a guarantee.
std::string_view meant_in_guarantee(std::string_view key) noexcept {
    if (key == "on") return "; write `categories`";
    if (key == "actions") return "; the actions stand behind `never` or `may`";
    if (key == "if" || key == "if-all" || key == "if-any" || key == "any-of")
        return "; write `only-if`";
    return {};
}

}  // namespace

std::string kind_of(node const& value) {
    if (value.kind == node_kind::sequence) return "a list";
    if (value.kind == node_kind::mapping) return "a mapping";
    return detail::in_backticks(value.text);
}

entry const* fields::find(std::string_view key) const noexcept {
    for (auto const& [name, found] : found_)
        if (name == key) return found;
    return nullptr;
}

node const* fields::value(std::string_view key) const noexcept {
    entry const* const found = find(key);
    return found ? &found->value : nullptr;
}

void checker::report(diagnostic_code code, place at, std::string text,
                     std::vector<detail::related_place> related) {
    found_->push_back({code, at, std::move(text), std::move(related)});
}

void checker::wrong_shape(node const& value, std::string_view expected) {
    if (value.kind == node_kind::nothing || value.open) return;
    report(diagnostic_code::wrong_shape, value.at,
           "expected " + std::string(expected) + ", found " + kind_of(value));
}

void checker::empty(node const& value) {
    if (value.open) return;
    std::string const what = value.kind == node_kind::sequence  ? "list"
                             : value.kind == node_kind::mapping ? "mapping"
                                                                : "text";
    report(diagnostic_code::empty_value, value.at,
           "this " + what + " is empty; leave the key out instead");
}

bool checker::is_mapping(node const& value, std::string_view expected) {
    if (value.kind != node_kind::mapping) {
        if (value.kind == node_kind::scalar && value.text.empty())
            empty(value);
        else
            wrong_shape(value, expected);
        return false;
    }
    if (value.entries.empty()) empty(value);
    return !value.entries.empty();
}

bool checker::is_list(node const& value, std::string_view expected) {
    if (value.kind != node_kind::sequence) {
        wrong_shape(value, expected);
        return false;
    }
    if (value.items.empty()) empty(value);
    return !value.items.empty();
}

fields checker::fields_of(node const& mapping, key_table const& table) {
    fields result;
    result.partial_ = mapping.open;
    std::vector<std::pair<std::string_view, entry const*>> mistyped;
    for (entry const& e : mapping.entries) {
        if (e.key.kind != node_kind::scalar) {
            wrong_shape(e.key, "a key");
            result.partial_ = true;
            continue;
        }
        auto const known = std::find(table.keys.begin(), table.keys.end(), e.key.text);
        if (known != table.keys.end()) {
            result.found_.emplace_back(*known, &e);
            continue;
        }
        auto const meant = detail::closest(e.key.text, table.keys);
        bool const elsewhere = !owners_of(e.key.text, table).empty();
        unknown_key(e.key, table, elsewhere ? std::nullopt : meant);
        if (meant && !elsewhere) mistyped.emplace_back(*meant, &e);
    }
    for (auto const& [key, found] : mistyped)
        if (!result.find(key)) result.found_.emplace_back(key, found);
    return result;
}

void checker::unknown_key(node const& key, key_table const& table,
                          std::optional<std::string_view> meant) {
    std::string text =
        "unknown key " + detail::in_backticks(key.text) + " in " + std::string(table.owner);
    auto const owners = owners_of(key.text, table);
    auto const hint = &table == &guarantee_keys ? meant_in_guarantee(key.text) : std::string_view();
    if (!hint.empty())
        text += hint;
    else if (meant)
        text += detail::did_you_mean(meant);
    else if (!owners.empty())
        text += "; it belongs to " + alternatives(owners, false);
    else
        text += "; write " + alternatives(table.keys, true);
    report(diagnostic_code::unknown_key, key.at, std::move(text));
}

node const* checker::required(fields const& from, std::string_view key, written_name const& owner) {
    node const* const value = from.value(key);
    if (!value && !from.partial())
        report(diagnostic_code::missing_key, owner.at,
               detail::in_backticks(owner.text) + " needs the key `" + std::string(key) + '`');
    return value;
}

written_name checker::without_joiners(node const& scalar) {
    written_name result{{}, scalar.at};
    std::optional<char32_t> joiner;
    for (std::string_view rest = scalar.text; !rest.empty();) {
        auto const c = detail::first_code_point(rest);
        if (c.valid && detail::is_joiner(c.value))
            joiner = c.value;
        else
            result.text += rest.substr(0, c.size);
        rest.remove_prefix(c.size);
    }
    if (joiner)
        report(diagnostic_code::hidden_character, scalar.at,
               detail::in_backticks(scalar.text) + " hides " + detail::code_point_name(*joiner) +
                   ", which may stand in free text only; remove it");
    return result;
}

std::optional<written_name> checker::name(node const& key) {
    if (key.kind == node_kind::scalar) return without_joiners(key);
    wrong_shape(key, "a name");
    lose_names();
    return std::nullopt;
}

std::optional<written_name> checker::word(node const& value, std::string_view expected) {
    if (value.kind != node_kind::scalar) {
        wrong_shape(value, expected);
        return std::nullopt;
    }
    if (value.text.empty()) {
        empty(value);
        return std::nullopt;
    }
    if (value.style == scalar_style::block) {
        report(diagnostic_code::block_scalar, value.at,
               "only free text may be a block; write " + std::string(expected) + " on one line");
        return std::nullopt;
    }
    auto result = without_joiners(value);
    return result.text.empty() ? std::nullopt : std::optional(std::move(result));
}

std::vector<written_name> checker::words(node const& value, noun what) {
    std::vector<written_name> result;
    auto const take = [&](node const& item) {
        if (auto one = word(item, what.one)) result.push_back(std::move(*one));
    };
    if (value.kind == node_kind::scalar)
        take(value);
    else if (is_list(value, "a list of " + std::string(what.many)))
        for (node const& item : value.items) take(item);
    return result;
}

std::vector<written_name> checker::texts(node const& value, noun what, bool free) {
    std::vector<written_name> result;
    std::map<std::string, place> first;
    auto const take = [&](node const& item) {
        std::optional<written_name> text;
        if (!free || item.kind != node_kind::scalar)
            text = word(item, what.one);
        else if (std::string found = free_text(&item); !found.empty())
            text = written_name{std::move(found), item.at};
        if (!text) return;
        auto const [same, fresh] = first.try_emplace(text->text, text->at);
        if (fresh)
            result.push_back(std::move(*text));
        else
            report(diagnostic_code::repeated_name, text->at,
                   detail::in_backticks(text->text) + " stands twice in this list",
                   {{same->second, "first here"}});
    };
    if (value.kind == node_kind::scalar)
        take(value);
    else if (is_list(value, "a list of " + std::string(what.many)))
        for (node const& item : value.items) take(item);
    return result;
}

std::string checker::free_text(node const* value) {
    if (!value) return {};
    if (value->kind != node_kind::scalar) {
        wrong_shape(*value, "a text");
        return {};
    }
    std::string text = value->text;
    if (value->style == scalar_style::block) {  // its last line break is no part of the text
        std::size_t const end = text.find_last_not_of('\n');
        text.erase(end == std::string::npos ? 0 : end + 1);
    }
    if (text.empty()) empty(*value);
    return text;
}

std::optional<date> checker::day(node const& value) {
    auto const written = word(value, "a date such as `2027-03-31`");
    if (!written) return std::nullopt;
    auto const result = date::parse(written->text);
    if (!result && is_date_like(written->text))
        report(diagnostic_code::invalid_date, written->at,
               "there is no day " + detail::in_backticks(written->text) + " in the calendar");
    else if (!result)
        report(
            diagnostic_code::invalid_date, written->at,
            "expected a date such as `2027-03-31`, found " + detail::in_backticks(written->text));
    return result;
}

std::optional<period> checker::how_often(node const& value) {
    auto const written = word(value, "a period such as `6 months`");
    if (!written) return std::nullopt;
    auto const result = period::parse(written->text);
    if (!result)
        report(diagnostic_code::invalid_value, written->at,
               "expected a period such as `90 days`, `6 months` or `1 year`, found " +
                   detail::in_backticks(written->text));
    return result;
}

bool checker::yes(node const& value) {
    auto const written = word(value, "`yes`");
    if (!written || written->text == "yes") return written.has_value();
    report(diagnostic_code::invalid_value, written->at,
           "expected `yes`, found " + detail::in_backticks(written->text) +
               "; write `yes`, or leave the key out");
    return false;
}

std::optional<written_name> checker::either(node const& value, std::string_view first,
                                            std::string_view second) {
    std::string_view const words[] = {first, second};
    std::string const expected = alternatives(words, true);
    auto written = word(value, expected);
    if (!written || written->text == first || written->text == second) return written;
    report(diagnostic_code::invalid_value, written->at,
           "expected " + expected + ", found " + detail::in_backticks(written->text));
    return std::nullopt;
}

std::optional<std::uint32_t> checker::whole_number(node const& value) {
    auto const written = word(value, "a whole number");
    if (!written) return std::nullopt;
    std::string const& text = written->text;
    bool const digits = text.find_first_not_of("0123456789") == std::string::npos;
    if (digits && text.size() <= 9 && (text[0] != '0' || text.size() == 1))
        return static_cast<std::uint32_t>(std::stoul(text));
    report(diagnostic_code::invalid_value, written->at,
           "expected a whole number such as `1`, found " + detail::in_backticks(text));
    return std::nullopt;
}

}  // namespace rolecall::inline v0_1::yaml
