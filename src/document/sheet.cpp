#include "document/sheet.hpp"

#include <rolecall/detail/text.hpp>

#include <array>
#include <iterator>

namespace rolecall::inline v0_1::yaml {

namespace {

// Words that some readers of YAML take for something else than text.
bool is_magic_word(std::string_view text) {
    constexpr std::array<std::string_view, 10> words{"null", "true", "false", "yes", "no",
                                                     "on",   "off",  "y",     "n",   "nan"};
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::find(words.begin(), words.end(), low) != words.end();
}

// Begins with a letter, and holds nothing that could end a plain scalar; `,` and `?` do so
// only in brackets.
bool is_plain(std::string_view text, bool in_brackets) {
    auto const letter = [](char32_t c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= 0x80 && !detail::is_control(c) && !detail::is_hidden(c));
    };
    auto const harmless = [&](char32_t c) {
        return letter(c) || (c >= '0' && c <= '9') || (!in_brackets && (c == ',' || c == '?')) ||
               std::u32string_view(U" -_./()'+=;!$%&@*").find(c) != std::u32string_view::npos;
    };
    if (text.empty() || text.back() == ' ' || is_magic_word(text)) return false;
    if (!letter(detail::first_code_point(text).value)) return false;
    while (!text.empty()) {
        auto const c = detail::first_code_point(text);
        if (!c.valid || !harmless(c.value)) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

// One alternative of a condition.
void write_facts(sheet& to, std::vector<std::string> const& facts) {
    to.key(facts.size() == 1 ? "if" : "if-all").names(facts);
}

}  // namespace

void sheet::word(std::string_view text) { scalar(text, is_plain(text, true)); }

void sheet::text(std::string_view text) { scalar(text, is_plain(text, false)); }

void write_text(sheet& to, std::string_view key, std::string const& text) {
    if (!text.empty()) to.key(key).text(text);
}

void write_names(sheet& to, std::string_view key, std::vector<std::string> const& list) {
    if (!list.empty()) to.key(key).names(list);
}

// A condition as a key and its value: `if: a`, or `if-all: [a, b]`. The alternatives are sorted
// by length, so those of one fact come first.
void write_keyed(sheet& to, normal_condition const& when) {
    assert(!always(when));
    if (when.size() == 1) return write_facts(to, when.front());
    auto const joint =
        std::find_if(when.begin(), when.end(), [](auto const& facts) { return facts.size() > 1; });
    std::vector<std::string> single;
    std::transform(when.begin(), joint, std::back_inserter(single),
                   [](auto const& facts) { return facts.front(); });
    auto const write_single = [&] { to.key(single.size() == 1 ? "if" : "if-any").names(single); };
    if (joint == when.end()) return write_single();
    to.key("any-of").brackets([&] {
        if (!single.empty()) to.braces(write_single);
        for (auto facts = joint; facts != when.end(); ++facts)
            to.braces([&] { write_facts(to, *facts); });
    });
}

void write_condition(sheet& to, normal_condition const& when) {
    if (always(when)) return to.word("always");
    to.braces([&] { write_keyed(to, when); });
}

void write_grant(sheet& to, normal_grant const& grant) {
    bool const plain = std::all_of(grant.rights.begin(), grant.rights.end(),
                                   [](normal_right const& right) { return always(right.when); });
    if (!plain) {
        to.key(grant.category).block([&] {
            for (normal_right const& right : grant.rights) {
                to.key(right.action);
                write_condition(to, right.when);
            }
        });
        return;
    }
    std::vector<std::string> actions;
    actions.reserve(grant.rights.size());
    for (normal_right const& right : grant.rights) actions.push_back(right.action);
    write_names(to, grant.category, actions);
}

}  // namespace rolecall::inline v0_1::yaml
