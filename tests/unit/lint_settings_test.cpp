#include "support/temporary_directory.hpp"
#include <rolecall/lint_settings.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using rolecall::diagnostic_code;
using rolecall::lint_settings;
using rolecall::lint_settings_of;
using rolecall::lint_settings_path;
using rolecall::lint_settings_result;
using rolecall::load_lint_settings;
using rolecall::severity;
using rolecall::testing::temporary_directory;

lint_settings read(std::string_view text) {
    lint_settings_result result = lint_settings_of("rolecall: 1\n" + std::string(text));
    for (auto const& d : result.findings) MESSAGE(d.where.line, ": ", d.text);
    CHECK(result.findings.empty());
    CHECK(result.found);
    return std::move(result.settings);
}

// `2:7+5 unknown-code: text`, a line for each finding.
std::string found(std::string_view text) {
    lint_settings_result const result = lint_settings_of(text);
    CHECK(result.settings.rules.empty());
    CHECK(result.settings.vendor_words == lint_settings{}.vendor_words);
    std::string lines;
    for (auto const& d : result.findings) {
        CHECK(d.where.path == ".rolecall.yaml");
        lines += std::to_string(d.where.line) + ':' + std::to_string(d.where.column) + '+' +
                 std::to_string(d.where.length) + ' ' + std::string(to_string(d.code)) + ": " +
                 d.text + '\n';
    }
    return lines;
}

std::string found_in_lint(std::string_view rules) {
    return found("rolecall: 1\nlint:\n" + std::string(rules));
}

TEST_CASE("a kind of problem gets another severity by one word") {
    lint_settings const s =
        read("lint:\n  roles-alike: warning\n  role-unheld: note\n  broad-grant: error\n");
    REQUIRE(s.rules.size() == 3);
    CHECK(s.rules[0].code == diagnostic_code::roles_alike);
    CHECK(s.rules[0].level == severity::warning);
    CHECK(s.rules[0].because.empty());
    CHECK(s.rules[0].names.empty());
    CHECK(s.rules[1].level == severity::note);
    CHECK(s.rules[2].level == severity::error);
}

TEST_CASE("a kind of problem is switched off with a reason, for all names or for some") {
    lint_settings const s = read(
        "lint:\n"
        "  role-unheld: {severity: off, because: Shifts begin in May}\n"
        "  category-unreachable:\n"
        "    severity: off\n"
        "    because: The archive is kept for the tax office\n"
        "    names: [archive, archive.scans]\n"
        "  roles-alike: {severity: warning, names: clerk}\n");
    REQUIRE(s.rules.size() == 3);
    CHECK_FALSE(s.rules[0].level);
    CHECK(s.rules[0].because == "Shifts begin in May");
    CHECK_FALSE(s.rules[1].level);
    CHECK(s.rules[1].names == std::vector<std::string>{"archive", "archive.scans"});
    CHECK(s.rules[2].level == severity::warning);
    CHECK(s.rules[2].names == std::vector<std::string>{"clerk"});
}

TEST_CASE("one kind may have several settings, in their order") {
    lint_settings const s = read(
        "lint:\n"
        "  assignment-passed:\n"
        "    - {severity: error, because: We clean up}\n"
        "    - severity: off\n"
        "      because: >\n"
        "        She comes back\n"
        "        in June\n"
        "      names: \"eve@corner-shop.example\"\n");
    REQUIRE(s.rules.size() == 2);
    CHECK(s.rules[0].level == severity::error);
    CHECK(s.rules[0].because == "We clean up");
    CHECK_FALSE(s.rules[1].level);
    CHECK(s.rules[1].because == "She comes back in June");
    CHECK(s.rules[1].names == std::vector<std::string>{"eve@corner-shop.example"});
}

TEST_CASE("words for outsiders replace the usual ones, in lower case") {
    CHECK(read("vendor-words: [Contractor, TEMP]\n").vendor_words ==
          std::vector<std::string>{"contractor", "temp"});
    CHECK(read("vendor-words: agency\n").vendor_words == std::vector<std::string>{"agency"});
    CHECK(read("lint: {role-unheld: note}\n").vendor_words ==
          std::vector<std::string>{"vendor", "vendors"});
}

TEST_CASE("a code that does not exist is refused, with the one that was meant") {
    CHECK(found_in_lint("  roles-alkie: note\n") ==
          "3:3+11 unknown-code: there is no kind of problem `roles-alkie`; did you mean "
          "`roles-alike`?\n");
    CHECK(found_in_lint("  everything: note\n") ==
          "3:3+10 unknown-code: there is no kind of problem `everything`; write the code that "
          "stands in brackets behind a problem, such as `roles-alike`\n");
    CHECK(found_in_lint("  roles_alike: note\n").find("did you mean `roles-alike`?") !=
          std::string::npos);
}

TEST_CASE("an error stays an error, whatever is asked for") {
    for (std::string const value : {"warning", "error", "off", "{severity: off, because: So}"})
        CHECK(found_in_lint("  unknown-role: " + std::string(value) + "\n") ==
              "3:3+12 fixed-severity: an error stays an error: `unknown-role` refuses a policy, "
              "whatever its settings say; leave it out\n");
}

TEST_CASE("nothing is switched off without a reason") {
    CHECK(found_in_lint("  roles-alike: off\n") ==
          "3:16+3 missing-key: nothing is switched off without a reason: write `{severity: off, "
          "because: ...}`\n");
    CHECK(found_in_lint("  roles-alike: {severity: off}\n") ==
          "3:16+1 missing-key: `roles-alike` needs the key `because`\n");
    CHECK(found_in_lint("  roles-alike: {severity: off, because: ''}\n") ==
          "3:41+2 empty-value: this text is empty; leave the key out instead\n");
}

TEST_CASE("what has not the shape of settings is reported where it stands") {
    CHECK(found_in_lint("  roles-alike: loud\n") ==
          "3:16+4 invalid-value: expected `error`, `warning`, `note`, or a mapping with "
          "`severity`, found `loud`\n");
    CHECK(found_in_lint("  roles-alike: {severity: loud}\n") ==
          "3:27+4 invalid-value: expected `error`, `warning`, `note` or `off`, found `loud`\n");
    CHECK(found_in_lint("  roles-alike: {because: So}\n") ==
          "3:16+1 missing-key: `roles-alike` needs the key `severity`\n");
    CHECK(found_in_lint("  roles-alike: {severity: [note]}\n") ==
          "3:27+1 wrong-shape: expected `error`, `warning`, `note` or `off`, found a list\n");
    CHECK(found_in_lint("  roles-alike: [note]\n") ==
          "3:17+4 wrong-shape: expected a mapping with `severity`, found `note`\n");
    CHECK(found_in_lint("  roles-alike: []\n") ==
          "3:16+1 empty-value: this list is empty; leave the key out instead\n");
    CHECK(found_in_lint("  roles-alike: {severity: note, name: clerk}\n") ==
          "3:33+4 unknown-key: unknown key `name` in a setting of lint; did you mean `names`?\n");
    CHECK(found_in_lint("  roles-alike: {severity: note, names: [a, a]}\n").substr(0, 22) ==
          "3:44+1 repeated-name: ");
    CHECK(found("rolecall: 1\nlint: note\n") ==
          "2:7+4 wrong-shape: expected kinds of problems, as in `roles-alike: note`, found "
          "`note`\n");
    CHECK(found("rolecall: 1\nlnit: {roles-alike: loud}\n") ==
          "2:1+4 unknown-key: unknown key `lnit` in the settings; did you mean `lint`?\n"
          "2:21+4 invalid-value: expected `error`, `warning`, `note`, or a mapping with "
          "`severity`, found `loud`\n");
    CHECK(found("rolecall: 1\nroles: {a: b}\n") ==
          "2:1+5 unknown-key: unknown key `roles` in the settings; write `rolecall`, `lint` or "
          "`vendor-words`\n");
    CHECK(found("rolecall: 1\nvendor-words: {a: b}\n").substr(0, 18) == "2:15+1 wrong-shape");
}

TEST_CASE("settings begin with `rolecall: 1`") {
    CHECK(found("lint: {role-unheld: note}\n") ==
          "1:1+4 missing-version: begin the file with `rolecall: 1`\n");
    CHECK(found("lint: {role-unheld: note}\nrolecall: 1\n").substr(0, 22) ==
          "2:1+8 missing-version:");
    CHECK(found("rolecall: 2\nanything: goes\n").substr(0, 27) == "1:11+1 unsupported-version:");
    CHECK(found("").substr(0, 22) == "1:1+1 missing-version:");
    CHECK(found("# nothing yet\n").substr(0, 22) == "1:1+1 missing-version:");
    CHECK(found("- a\n").substr(0, 17) == "1:1+1 wrong-shape");
    CHECK(read("").rules.empty());
}

TEST_CASE("settings are the strict YAML of a policy") {
    CHECK(found("rolecall: 1\nlint: &a {role-unheld: note}\n").find("yaml-anchor") !=
          std::string::npos);
    CHECK(found("rolecall: 1\nlint: {role-unheld: note, role-unheld: note}\n")
              .find("duplicate-key") != std::string::npos);
    CHECK(found("rolecall: 1\nlint: {role-unheld: note").find("yaml-syntax") != std::string::npos);
    CHECK(found("rolecall: 1").find("no-final-line-break") != std::string::npos);
    CHECK(found("rolecall: 1\nlint: ~\n").find("null-value") != std::string::npos);
    CHECK(found("rolecall: 1\nlint:\n  role-unheld: {severity: off, because: \"a\\u202Eb\"}\n")
              .find("hidden-character") != std::string::npos);
    CHECK(found(std::string("rolecall: 1\nlint: {role\0unheld: note}\n", 38))
              .find("control-character") != std::string::npos);
}

TEST_CASE("hostile settings end in findings, never in a crash or a setting") {
    std::string const good =
        "rolecall: 1\nlint:\n  roles-alike:\n    - {severity: off, because: So, names: [a]}\n"
        "  role-unheld: note\nvendor-words: [temp, agency]\n";
    REQUIRE(lint_settings_of(good).findings.empty());
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (char const c : {'\0', '{', ']', ':', '\n', '"', '\xFF', '-', '#', ' '}) {
            std::string text = good;
            text[i] = c;
            auto const result = lint_settings_of(text);
            for (auto const& d : result.findings) {
                CHECK_FALSE(d.text.empty());
                CHECK(d.text.find('\n') == std::string::npos);
            }
            if (!result.findings.empty()) CHECK(result.settings.rules.empty());
        }
        CHECK_NOTHROW(static_cast<void>(lint_settings_of(std::string_view(good).substr(0, i))));
    }
    std::string many = "rolecall: 1\nlint:\n";
    for (int i = 0; i < 20'000; ++i) many += "  no-such-kind-" + std::to_string(i) + ": note\n";
    CHECK(lint_settings_of(many).findings.size() == 20'000);
    CHECK(lint_settings_of("rolecall: 1\nlint: " + std::string(100'000, '[') + '\n')
              .findings.size() == 1);
}

TEST_CASE("settings lie in the policy's directory, or beside its file") {
    temporary_directory const here;
    std::string const file = here.write("shop/policy.yaml", "rolecall: 1\n");
    CHECK(lint_settings_path(here.path("shop")) == here.path("shop/.rolecall.yaml"));
    CHECK(lint_settings_path(here.path("shop/")) == here.path("shop/.rolecall.yaml"));
    CHECK(lint_settings_path(file) == here.path("shop/.rolecall.yaml"));
    CHECK(lint_settings_path("policy.yaml") == ".rolecall.yaml");
    CHECK(lint_settings_path(here.path("no-such-thing")) == here.path(".rolecall.yaml"));
}

TEST_CASE("without a file there are the usual settings") {
    temporary_directory const here;
    auto const result = load_lint_settings(here.path(".rolecall.yaml"));
    CHECK_FALSE(result.found);
    CHECK(result.findings.empty());
    CHECK(result.settings.rules.empty());
    CHECK_FALSE(load_lint_settings(here.path("no-such-folder/.rolecall.yaml")).found);
}

TEST_CASE("a file is read, and named in what is wrong with it") {
    temporary_directory const here;
    std::string const path = here.write(".rolecall.yaml", "rolecall: 1\nlint: {nonsense: note}\n");
    auto result = load_lint_settings(path);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.found);
    CHECK(result.findings[0].where.path == path);
    CHECK(result.findings[0].where.text == "lint: {nonsense: note}");
    here.write(".rolecall.yaml", "rolecall: 1\nlint: {role-unheld: note}\n");
    result = load_lint_settings(path);
    CHECK(result.findings.empty());
    CHECK(result.settings.rules.size() == 1);
}

TEST_CASE("a file that can't be read is an error, and not the usual settings") {
    temporary_directory const here;
    auto const code_of = [](std::string const& path) {
        auto const result = load_lint_settings(path);
        REQUIRE(result.findings.size() == 1);
        CHECK(result.found);
        CHECK(result.findings[0].where.line == 0);
        CHECK(result.findings[0].where.path == path);
        return result.findings[0].code;
    };
    std::filesystem::create_directory(here.path("folder"));
    CHECK(code_of(here.path("folder")) == diagnostic_code::unreadable_file);
    std::filesystem::create_symlink("nowhere", here.path("link"));
    CHECK(code_of(here.path("link")) == diagnostic_code::unreadable_file);
    CHECK(code_of(here.write("large", std::string((1U << 20U) + 1, '#'))) ==
          diagnostic_code::file_too_large);
    CHECK(code_of(std::string("a\0b", 3)) == diagnostic_code::unreadable_file);
}

TEST_CASE("the settings that the documentation shows are read without a finding") {
    std::ifstream file(ROLECALL_SOURCE_DIR "/docs/lint.md");
    std::string const page{std::istreambuf_iterator<char>(file), {}};
    std::string const opening = "```yaml part\n";
    std::size_t const begin = page.find(opening) + opening.size();
    REQUIRE(begin > opening.size());
    auto const result =
        lint_settings_of(std::string_view(page).substr(begin, page.find("```", begin) - begin));
    CHECK(result.findings.empty());
    CHECK(result.settings.rules.size() == 5);
    CHECK(result.settings.vendor_words.size() == 3);
}

}  // namespace
