#include "document/checker.hpp"
#include "document/companion_file.hpp"
#include "document/sheet.hpp"
#include "document/version_key.hpp"
#include "yaml/read.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/exercise_records.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace rolecall::inline v0_1 {

namespace {

using yaml::checker;
using yaml::fields;
using yaml::node;

constexpr std::size_t max_records_bytes = std::size_t{1} << 20U;
constexpr std::size_t digest_digits = 64;
constexpr yaml::noun a_person{"a name", "names"};
constexpr yaml::noun a_point{"a text", "texts"};
constexpr std::string_view an_item = "a mapping with `date`";

std::vector<std::string> texts_of(checker& check, node const* value, yaml::noun what, bool free) {
    std::vector<std::string> result;
    if (value == nullptr) return result;
    for (written_name& one : check.texts(*value, what, free)) result.push_back(std::move(one.text));
    return result;
}

std::string digest_of(checker& check, node const* value) {
    auto const written =
        value == nullptr ? std::nullopt : check.word(*value, "what `rolecall digest` prints");
    if (!written) return {};
    bool const is_one = written->text.size() == digest_digits &&
                        written->text.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_one)
        check.report(diagnostic_code::invalid_value, written->at,
                     "expected the 64 digits that `rolecall digest` prints, found " +
                         detail::in_backticks(written->text));
    return written->text;
}

void read_item(checker& check, node const& item, std::vector<held_exercise>& into) {
    if (!check.is_mapping(item, an_item)) return;
    fields const from = check.fields_of(item, yaml::held_exercise_keys);
    written_name const owner{"held", item.entries.front().key.at};
    held_exercise result;
    if (node const* day = check.required(from, "date", owner))
        result.on = check.day(*day).value_or(date());
    result.who = texts_of(check, check.required(from, "who", owner), a_person, true);
    result.digest = digest_of(check, check.required(from, "digest", owner));
    if (node const* count = check.required(from, "exercises", owner))
        result.exercises = check.whole_number(*count).value_or(0);
    node const* const failed = from.value("failed");
    result.failed = texts_of(check, failed, yaml::an_exercise, false);
    result.open = texts_of(check, from.value("open"), a_point, true);
    if (failed != nullptr && result.failed.size() > result.exercises && from.value("exercises"))
        check.report(diagnostic_code::invalid_value, failed->at,
                     "more exercises failed than the " + std::to_string(result.exercises) +
                         " that were held");
    into.push_back(std::move(result));
}

void read_records(checker& check, yaml::reading const& file, std::vector<held_exercise>& into) {
    node const& root = file.root;
    if (root.kind == yaml::node_kind::nothing && file.complete && file.found.empty())
        return check.report(diagnostic_code::missing_version, {0, 1, 1, 1},
                            "this file is empty; " + std::string(yaml::version_line));
    if (!check.is_mapping(root, "`held:`, after `rolecall: 1`") || !yaml::is_version_1(check, root))
        return;
    fields const from = check.fields_of(root, yaml::records_keys);
    if (!from.find("rolecall"))
        check.report(diagnostic_code::missing_version, root.entries.front().key.at,
                     std::string(yaml::version_line));
    node const* const held = from.value("held");
    if (held == nullptr || !check.is_list(*held, "a list of exercises that were held")) return;
    for (node const& item : held->items) read_item(check, item, into);
}

exercise_records refused(std::string const& path, yaml::file_problem problem) {
    if (problem.code == diagnostic_code::file_too_large)
        problem.text = "this file has more than 1 MiB, the most that a record may have";
    std::vector<source_file> const files{{path, ""}};
    detail::findings const found{{problem.code, {0, 0, 0, 0}, std::move(problem.text), {}}};
    return {{}, detail::to_diagnostics(found, files), {}, true};
}

// An item as it stands in a list in block style.
std::string item_text(held_exercise const& one, std::size_t indent) {
    std::string const whole = yaml::write_exercise_records({one});
    std::string_view rest = whole;
    rest.remove_prefix(std::min(whole.find("- "), whole.size()));
    std::size_t const own = whole.size() - rest.size() - (whole.rfind('\n', whole.find("- ")) + 1);
    std::string result;
    for (bool first = true; !rest.empty(); first = false) {
        std::size_t const end = std::min(rest.find('\n') + 1, rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end);
        if (!first) line.remove_prefix(std::min(own, line.find_first_not_of(' ')));
        result += std::string(indent, ' ') + std::string(line);
    }
    return result;
}

}  // namespace

std::optional<date> last_held(std::span<held_exercise const> held, date today) noexcept {
    std::optional<date> last;
    for (held_exercise const& one : held)
        if (one.on <= today && (!last || *last < one.on)) last = one.on;
    return last;
}

std::string exercise_records_path(std::string_view policy) {
    constexpr std::string_view begin = ".rolecall-exercises.";
    constexpr std::string_view end = "yaml";
    std::string const path(policy);
    std::string name(begin);
    if (!yaml::is_policy_directory(path)) {
        std::string_view own = policy.substr(policy.rfind('/') + 1);  // npos + 1 is the first byte
        if (own.ends_with(".yaml")) own.remove_suffix(end.size() + 1);
        name += own;
        name += '.';
    }
    return yaml::companion_path(path, name + std::string(end));
}

namespace yaml {

exercise_records exercise_records_of(std::string_view text, std::string_view name) {
    if (text.size() > max_records_bytes)
        return refused(std::string(name), {diagnostic_code::file_too_large, {}});
    std::vector<source_file> const files{{std::string(name), std::string(text)}};
    reading file = read(files.front().text, 0);
    detail::findings found;
    exercise_records result;
    result.found = true;
    result.text = text;
    checker check(found);
    read_records(check, file, result.held);
    std::move(file.found.begin(), file.found.end(), std::back_inserter(found));
    result.findings = detail::to_diagnostics(found, files);
    if (detail::has_errors(result.findings)) result.held.clear();
    return result;
}

exercise_records read_exercise_records(std::string const& path) {
    companion_text file = read_companion(path, max_records_bytes);
    if (!file.found) return {};
    return file.problem ? refused(path, std::move(*file.problem))
                        : exercise_records_of(file.text, path);
}

std::string write_exercise_records(std::vector<held_exercise> const& held) {
    sheet to;
    auto const texts = [&](std::string_view key, std::vector<std::string> const& list) {
        if (list.empty()) return;
        to.key(key).brackets([&] {
            for (std::string const& one : list) to.word(one);
        });
    };
    to.block([&] {
        to.key("rolecall").literal("1");
        if (held.empty()) return;
        to.key("held").list([&] {
            for (held_exercise const& one : held)
                to.block([&] {
                    to.key("date").literal(one.on.to_string());
                    texts("who", one.who);
                    to.key("digest").literal(one.digest);
                    to.key("exercises").literal(std::to_string(one.exercises));
                    texts("failed", one.failed);
                    texts("open", one.open);
                });
        });
    });
    to.end_line();
    return to.written();
}

std::string add_exercise_record(std::string_view text, held_exercise const& one) {
    std::vector<held_exercise> all = exercise_records_of(text).held;
    bool const is_first = all.empty();
    all.push_back(one);
    for (std::size_t const indent : {std::size_t{2}, std::size_t{0}, std::size_t{4}}) {
        std::string longer(text);
        if (longer.empty()) break;
        if (is_first) longer += "held:\n";
        longer += item_text(one, indent);
        exercise_records const read = exercise_records_of(longer);
        if (read.findings.empty() && read.held == all) return longer;
    }
    return write_exercise_records(all);
}

}  // namespace yaml
}  // namespace rolecall::inline v0_1
