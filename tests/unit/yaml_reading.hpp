// Readings of YAML as short texts, so that a test shows all of them on one line.
#ifndef ROLECALL_TESTS_UNIT_YAML_READING_HPP
#define ROLECALL_TESTS_UNIT_YAML_READING_HPP

#include "yaml/read.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace rolecall::testing {

/// `{roles: ["a b", |text]}`: plain text as it is, quoted text in quotes, a block behind `|`,
/// `?` for what is missing or was refused, `…` at the end of what the file broke off in.
inline std::string outline(yaml::node const& of) {
    std::string const cut = of.open ? "…" : "";
    auto const text = detail::printable(of.text);
    std::string inside;
    switch (of.kind) {
        case yaml::node_kind::nothing: return "?";
        case yaml::node_kind::scalar:
            if (of.style == yaml::scalar_style::quoted) return '"' + text + '"' + cut;
            return (of.style == yaml::scalar_style::block ? "|" : "") + text + cut;
        case yaml::node_kind::sequence:
            for (auto const& item : of.items)
                inside += (inside.empty() ? "" : ", ") + outline(item);
            return '[' + inside + cut + ']';
        case yaml::node_kind::mapping:
            for (auto const& [key, value] : of.entries)
                inside += (inside.empty() ? "" : ", ") + outline(key) + ": " + outline(value);
            return '{' + inside + cut + '}';
    }
    return {};
}

inline std::string outline(std::string_view text) { return outline(yaml::read(text, 0).root); }

/// `7:20+4`: line, column, length.
inline std::string shown(place const& at) {
    return std::to_string(at.line) + ':' + std::to_string(at.column) + '+' +
           std::to_string(at.length);
}

/// `7:20+4 yaml-alias, 9:1+3 yaml-syntax, incomplete`: what was found, in the order in which
/// the reader came upon it, and whether the reading broke off. Empty where all is well.
inline std::string found_in(std::string_view text, yaml::read_options const& options = {}) {
    auto const reading = yaml::read(text, 0, options);
    std::string result;
    for (auto const& f : reading.found)
        result += shown(f.at) + ' ' + std::string(to_string(f.code)) + ", ";
    if (!reading.complete) result += "incomplete, ";
    return result.substr(0, result.size() - std::min<std::size_t>(result.size(), 2));
}

/// What is said about the first thing that is wrong.
inline std::string message(std::string_view text) {
    auto const reading = yaml::read(text, 0);
    return reading.found.empty() ? "" : reading.found.front().text;
}

}  // namespace rolecall::testing

#endif
