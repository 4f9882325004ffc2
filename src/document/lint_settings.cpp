#include "document/checker.hpp"
#include "document/companion_file.hpp"
#include "document/version_key.hpp"
#include "yaml/read.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/lint_settings.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

namespace rolecall::inline v0_1 {

namespace {

using yaml::checker;
using yaml::entry;
using yaml::fields;
using yaml::node;
using yaml::node_kind;

constexpr std::size_t max_settings_bytes = std::size_t{1} << 20U;
constexpr yaml::noun a_name{"a name", "names"};
constexpr yaml::noun a_word{"a word", "words"};
constexpr std::string_view a_setting = "`error`, `warning`, `note`, or a mapping with `severity`";
constexpr std::string_view write_a_code =
    "; write the code that stands in brackets behind a problem, such as `roles-alike`";

std::optional<diagnostic_code> code_of(std::string_view text) {
    for (std::size_t i = 0; i < diagnostic_code_count; ++i)
        if (detail::code_entries[i].text == text) return static_cast<diagnostic_code>(i);
    return std::nullopt;
}

std::optional<severity> severity_called(std::string_view text) {
    for (severity const s : {severity::error, severity::warning, severity::note})
        if (to_string(s) == text) return s;
    return std::nullopt;
}

// What nothing can change, or nobody has heard of, is reported where it is named.
std::optional<diagnostic_code> read_code(checker& check, node const& key) {
    auto const name = check.name(key);
    if (!name) return std::nullopt;
    auto const code = code_of(name->text);
    if (!code) {
        std::array<std::string_view, diagnostic_code_count> known{};
        std::transform(detail::code_entries.begin(), detail::code_entries.end(), known.begin(),
                       [](detail::code_entry const& one) { return one.text; });
        auto const meant = detail::closest(name->text, known);
        check.report(diagnostic_code::unknown_code, name->at,
                     "there is no kind of problem " + detail::in_backticks(name->text) +
                         (meant ? detail::did_you_mean(meant) : std::string(write_a_code)));
    } else if (severity_of(*code) == severity::error) {
        check.report(diagnostic_code::fixed_severity, name->at,
                     "an error stays an error: " + detail::in_backticks(name->text) +
                         " refuses a policy, whatever its settings say; leave it out");
        return std::nullopt;
    }
    return code;
}

// `roles-alike: warning`
std::optional<lint_setting> read_short(checker& check, diagnostic_code code, node const& value) {
    auto const word = check.word(value, a_setting);
    if (!word) return std::nullopt;
    if (auto const level = severity_called(word->text)) return lint_setting{code, level, {}, {}};
    if (word->text == "off")
        check.report(diagnostic_code::missing_key, word->at,
                     "nothing is switched off without a reason: write `{severity: off, because: "
                     "...}`");
    else
        check.report(
            diagnostic_code::invalid_value, word->at,
            "expected " + std::string(a_setting) + ", found " + detail::in_backticks(word->text));
    return std::nullopt;
}

// `{severity: off, because: The tax office wants it, names: archive}`
std::optional<lint_setting> read_long(checker& check, diagnostic_code code, node const& value) {
    if (!check.is_mapping(value, a_setting)) return std::nullopt;
    fields const from = check.fields_of(value, yaml::lint_setting_keys);
    written_name const owner{std::string(to_string(code)), value.at};
    lint_setting result{code, std::nullopt, {}, {}};
    if (node const* names = from.value("names"))
        for (written_name& name : check.texts(*names, a_name, false))
            result.names.push_back(std::move(name.text));
    result.because = check.free_text(from.value("because"));
    node const* const level = check.required(from, "severity", owner);
    if (!level) return std::nullopt;
    auto const word = check.word(*level, "`error`, `warning`, `note` or `off`");
    if (!word) return std::nullopt;
    result.level = severity_called(word->text);
    if (!result.level && word->text != "off") {
        check.report(diagnostic_code::invalid_value, word->at,
                     "expected `error`, `warning`, `note` or `off`, found " +
                         detail::in_backticks(word->text));
        return std::nullopt;
    }
    if (!result.level && !check.required(from, "because", owner)) return std::nullopt;
    return result;
}

void read_rule(checker& check, entry const& rule, lint_settings& into) {
    auto const code = read_code(check, rule.key);
    if (!code) return;
    auto const keep = [&](std::optional<lint_setting> setting) {
        if (setting) into.rules.push_back(std::move(*setting));
    };
    if (rule.value.kind == node_kind::scalar) return keep(read_short(check, *code, rule.value));
    if (rule.value.kind != node_kind::sequence) return keep(read_long(check, *code, rule.value));
    if (!check.is_list(rule.value, a_setting)) return;
    for (node const& item : rule.value.items)
        if (check.is_mapping(item, "a mapping with `severity`"))
            keep(read_long(check, *code, item));
}

void read_words(checker& check, node const& value, lint_settings& into) {
    into.vendor_words.clear();
    for (written_name& word : check.texts(value, a_word, false)) {
        std::transform(word.text.begin(), word.text.end(), word.text.begin(), detail::ascii_lower);
        into.vendor_words.push_back(std::move(word.text));
    }
}

void read_settings(checker& check, yaml::reading const& file, lint_settings& into) {
    node const& root = file.root;
    if (root.kind == node_kind::nothing && file.complete && file.found.empty())
        return check.report(diagnostic_code::missing_version, {0, 1, 1, 1},
                            "this file is empty; " + std::string(yaml::version_line));
    if (!check.is_mapping(root, "settings such as `lint:`, after `rolecall: 1`") ||
        !yaml::is_version_1(check, root))
        return;
    fields const from = check.fields_of(root, yaml::settings_keys);
    if (!from.find("rolecall"))
        check.report(diagnostic_code::missing_version, root.entries.front().key.at,
                     std::string(yaml::version_line));
    node const* const lint = from.value("lint");
    if (lint && check.is_mapping(*lint, "kinds of problems, as in `roles-alike: note`"))
        for (entry const& rule : lint->entries) read_rule(check, rule, into);
    if (node const* words = from.value("vendor-words")) read_words(check, *words, into);
}

lint_settings_result finished(lint_settings settings, detail::findings const& found,
                              std::vector<source_file> const& files) {
    lint_settings_result result{{}, detail::to_diagnostics(found, files), true};
    if (!detail::has_errors(result.findings)) result.settings = std::move(settings);
    return result;
}

lint_settings_result refused_settings(std::string const& path, yaml::file_problem problem) {
    if (problem.code == diagnostic_code::file_too_large)
        problem.text = "this file has more than 1 MiB, the most that settings may have";
    return finished({}, {{problem.code, {0, 0, 0, 0}, std::move(problem.text), {}}}, {{path, ""}});
}

}  // namespace

std::string lint_settings_path(std::string const& policy_path) {
    return yaml::companion_path(policy_path, ".rolecall.yaml");
}

lint_settings_result lint_settings_of(std::string_view text, std::string_view name) {
    std::vector<source_file> const files{{std::string(name), std::string(text)}};
    yaml::reading read = yaml::read(files.front().text, 0);
    detail::findings found;
    lint_settings settings;
    checker check(found);
    read_settings(check, read, settings);
    std::move(read.found.begin(), read.found.end(), std::back_inserter(found));
    return finished(std::move(settings), found, files);
}

lint_settings_result load_lint_settings(std::string const& path) {
    yaml::companion_text read = yaml::read_companion(path, max_settings_bytes);
    if (!read.found) return {};
    return read.problem ? refused_settings(path, std::move(*read.problem))
                        : lint_settings_of(read.text, path);
}

}  // namespace rolecall::inline v0_1
