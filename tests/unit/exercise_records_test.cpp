#include "support/temporary_directory.hpp"
#include <rolecall/exercise_records.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace rolecall;
using rolecall::testing::temporary_directory;

std::string const digest_text(64, 'a');

date day(std::string_view text) { return date::parse(text).value(); }

held_exercise held(std::string_view on, std::vector<std::string> who = {"Dana Reed"}) {
    return {day(on), std::move(who), digest_text, 3, {}, {}};
}

std::string item(std::string_view lines) {
    return "rolecall: 1\nheld:\n  - date: 2026-11-22\n    who: Dana\n    digest: " + digest_text +
           "\n    exercises: 3\n" + std::string(lines);
}

// `4:10+5 invalid-value: text`, a line for each finding.
std::string found(std::string_view text) {
    exercise_records const read = yaml::exercise_records_of(text);
    CHECK(read.held.empty());
    std::string lines;
    for (auto const& d : read.findings) {
        CHECK(d.where.path == ".rolecall-exercises.yaml");
        lines += std::to_string(d.where.line) + ':' + std::to_string(d.where.column) + '+' +
                 std::to_string(d.where.length) + ' ' + std::string(to_string(d.code)) + ": " +
                 d.text + '\n';
    }
    return lines;
}

std::vector<held_exercise> read(std::string_view text) {
    exercise_records const result = yaml::exercise_records_of(text);
    for (auto const& d : result.findings) MESSAGE(d.where.line, ": ", d.text);
    CHECK(result.findings.empty());
    CHECK(result.found);
    CHECK(result.text == text);
    return result.held;
}

TEST_CASE("a record says when, who, of which policy, how many, what failed and what is open") {
    auto const all = read(
        "rolecall: 1\n"
        "held:\n"
        "  - date: 2026-05-04\n"
        "    who: [Dana Reed, \"Li, Wei\"]\n"
        "    digest: " +
        digest_text +
        "\n    exercises: 12\n"
        "    failed: [stolen-laptop, night-call]\n"
        "    open: [\"Who calls the bank at night?\", Keys]\n"
        "  - {date: 2026-11-22, who: Bo, digest: " +
        digest_text + ", exercises: 0}\n");
    REQUIRE(all.size() == 2);
    held_exercise const first{day("2026-05-04"),
                              {"Dana Reed", "Li, Wei"},
                              digest_text,
                              12,
                              {"stolen-laptop", "night-call"},
                              {"Who calls the bank at night?", "Keys"}};
    CHECK(all[0] == first);
    CHECK(all[1] == held_exercise{day("2026-11-22"), {"Bo"}, digest_text, 0, {}, {}});
}

TEST_CASE("a file that says only its version has no record") {
    CHECK(read("rolecall: 1\n").empty());
}

TEST_CASE("a record that leaves something out is refused") {
    CHECK(found("rolecall: 1\nheld:\n  - who: Dana\n") ==
          "3:5+3 missing-key: `held` needs the key `date`\n"
          "3:5+3 missing-key: `held` needs the key `digest`\n"
          "3:5+3 missing-key: `held` needs the key `exercises`\n");
    CHECK(found(item("    who: Bo\n")).find("duplicate-key") != std::string::npos);
    std::string without = item("");
    without.erase(without.find("    who"), std::string_view("    who: Dana\n").size());
    CHECK(found(without) == "3:5+4 missing-key: `held` needs the key `who`\n");
}

TEST_CASE("what a record can't mean is refused where it stands") {
    std::string text = item("");
    CHECK(found(std::string(text).replace(text.find("2026-11-22"), 10, "2026-11-31")) ==
          "3:11+10 invalid-date: there is no day `2026-11-31` in the calendar\n");
    CHECK(found(std::string(text).replace(text.find(digest_text), 64, "5f0c")) ==
          "5:13+4 invalid-value: expected the 64 digits that `rolecall digest` prints, found "
          "`5f0c`\n");
    CHECK(found(std::string(text).replace(text.find(digest_text), 64, std::string(64, 'A')))
              .rfind("5:13+64 invalid-value: expected the 64 digits", 0) == 0);
    CHECK(found(item("    failed: [a, b, c, d]\n")) ==
          "7:13+1 invalid-value: more exercises failed than the 3 that were held\n");
    CHECK(found(item("    failed: [a, a]\n")) ==
          "7:17+1 repeated-name: `a` stands twice in this list\n");
    CHECK(found(item("    notes: none\n")) ==
          "7:5+5 unknown-key: unknown key `notes` in an item of `held`; write `date`, `who`, "
          "`digest`, `exercises`, `failed` or `open`\n");
    CHECK(found(item("    opne: Keys\n")) ==
          "7:5+4 unknown-key: unknown key `opne` in an item of `held`; did you mean `open`?\n");
}

TEST_CASE("what is no record at all is refused") {
    CHECK(found("") ==
          "1:1+1 missing-version: this file is empty; begin the file with `rolecall: "
          "1`\n");
    CHECK(found("held: []\n") ==
          "1:1+4 missing-version: begin the file with `rolecall: 1`\n"
          "1:7+1 empty-value: this list is empty; leave the key out instead\n");
    CHECK(found("rolecall: 2\nheld: later\n") ==
          "1:11+1 unsupported-version: this version of rolecall reads `rolecall: 1`, found `2`\n");
    CHECK(found("rolecall: 1\nheld: yes\n") ==
          "2:7+3 wrong-shape: expected a list of exercises that were held, found `yes`\n");
    CHECK(found("rolecall: 1\nheld: [today]\n") ==
          "2:8+5 wrong-shape: expected a mapping with `date`, found `today`\n");
    CHECK(found("rolecall: 1\nroles: {support: Answers}\n")
              .rfind("2:1+5 unknown-key: unknown key `roles` in the record of exercises", 0) == 0);
    CHECK(found("rolecall: 1\nheld: [") != "");
}

TEST_CASE("one mistake leaves no record at all, so that none is believed by half") {
    exercise_records const some =
        yaml::exercise_records_of(item("  - date: 2026-11-23\n    who: Bo\n"));
    CHECK(some.findings.size() == 2);
    CHECK(some.held.empty());
    CHECK_FALSE(some.last(day("2027-01-01")));
}

TEST_CASE("the last exercise is the latest that is no later than today, wherever it stands") {
    exercise_records records;
    CHECK_FALSE(records.last(day("2026-11-22")));
    records.held = {held("2026-06-30"), held("2026-09-01"), held("2026-01-31"), held("2027-05-01")};
    CHECK(records.last(day("2026-11-22")) == day("2026-09-01"));
    CHECK(records.last(day("2026-09-01")) == day("2026-09-01"));
    CHECK(records.last(day("2026-08-31")) == day("2026-06-30"));
    CHECK(records.last(day("2027-05-01")) == day("2027-05-01"));
    CHECK_FALSE(records.last(day("2026-01-30")));
}

TEST_CASE("what is written is read again, whatever people are called") {
    std::vector<std::string> const names{"Dana Reed",   "yes",    "12",
                                         "null",        "- Bo",   "a: b",
                                         "#1",          "\"Li\"", "O'Brien",
                                         "Ana, [cash]", "{x}",    "*all",
                                         "&",           "!",      "%",
                                         "@",           "`x`",    "\\n",
                                         "Zoë Çelik",   "陳大文", "| pipe",
                                         "> fold",      "?",      "~",
                                         "2026-11-22",  " lead ", "می\u200Cخواهم",
                                         "...",         "---",    "a #b",
                                         "<b>&amp;</b>"};
    std::vector<held_exercise> all{held("2026-11-22", names), held("2026-11-23")};
    all[1].open = names;
    all[1].failed = {"stolen-laptop", "yes", "12"};
    all[1].exercises = 12;
    std::string const text = yaml::write_exercise_records(all);
    CHECK(read(text) == all);
    CHECK(read(yaml::write_exercise_records({})).empty());
}

TEST_CASE("a record is written for people to read") {
    held_exercise one = held("2026-11-22", {"Dana Reed", "Bo Lind"});
    one.failed = {"stolen-laptop"};
    one.open = {"Who calls the bank at night?"};
    CHECK(yaml::write_exercise_records({one, held("2026-12-01")}) ==
          "rolecall: 1\n"
          "held:\n"
          "  - date: 2026-11-22\n"
          "    who: [Dana Reed, Bo Lind]\n"
          "    digest: " +
              digest_text +
              "\n    exercises: 3\n"
              "    failed: [stolen-laptop]\n"
              "    open: [\"Who calls the bank at night?\"]\n"
              "  - date: 2026-12-01\n"
              "    who: [Dana Reed]\n"
              "    digest: " +
              digest_text + "\n    exercises: 3\n");
}

TEST_CASE("one more record leaves what is there as it is, with its comments") {
    std::string const own = "# Kept by Dana\nrolecall: 1\n\nheld:   # oldest first\n";
    std::string const items[] = {
        "  - date: 2026-05-04\n    who: Bo   # alone\n    digest: " + digest_text +
            "\n    exercises: 1\n",
        "- date: 2026-05-04\n  who: Bo\n  digest: " + digest_text + "\n  exercises: 1\n",
        "    - {date: 2026-05-04, who: Bo, digest: " + digest_text + ", exercises: 1}\n"};
    for (std::string const& one : items) {
        std::string const longer = yaml::add_exercise_record(own + one, held("2026-11-22"));
        CHECK(longer.rfind(own + one, 0) == 0);
        REQUIRE(read(longer).size() == 2);
        CHECK(read(longer)[1] == held("2026-11-22"));
    }
}

TEST_CASE("the first record makes the file, or goes on with one that says nothing yet") {
    std::string const made = yaml::add_exercise_record("", held("2026-11-22"));
    CHECK(made == yaml::write_exercise_records({held("2026-11-22")}));
    std::string const begun = "rolecall: 1\n# none yet\n";
    CHECK(yaml::add_exercise_record(begun, held("2026-11-22")).rfind(begun + "held:\n", 0) == 0);
}

TEST_CASE("where nothing can be added at the end, all is written anew") {
    for (std::string const& text : {"rolecall: 1\nheld: [{date: 2026-05-04, who: Bo, digest: " +
                                        digest_text + ", exercises: 1}]\n",
                                    item("...\n")}) {
        auto expected = read(text);
        expected.push_back(held("2026-11-22"));
        CHECK(yaml::add_exercise_record(text, held("2026-11-22")) ==
              yaml::write_exercise_records(expected));
    }
}

TEST_CASE("a hundred records one after the other give what was recorded") {
    std::string text;
    std::vector<held_exercise> all;
    for (int i = 0; i < 100; ++i) {
        held_exercise one = held("2020-01-31");
        one.on = one.on.plus_months(i);
        one.open.assign(static_cast<std::size_t>(i % 3), "Point " + std::to_string(i));
        if (one.open.size() == 2) one.open[1] += " more";
        text = yaml::add_exercise_record(text, one);
        all.push_back(one);
    }
    CHECK(read(text) == all);
    CHECK(text == yaml::write_exercise_records(all));
}

TEST_CASE("a directory has its record within, and each policy of one file has its own beside it") {
    temporary_directory const here;
    here.make_directory("shop");
    here.write("desk.yaml", "rolecall: 1\n");
    CHECK(exercise_records_path(here.path("shop")) == here.path("shop/.rolecall-exercises.yaml"));
    CHECK(exercise_records_path(here.path("shop/")) == here.path("shop/.rolecall-exercises.yaml"));
    CHECK(exercise_records_path(here.path("desk.yaml")) ==
          here.path(".rolecall-exercises.desk.yaml"));
    CHECK(exercise_records_path("desk.yaml") == ".rolecall-exercises.desk.yaml");
    CHECK(exercise_records_path("desk") == ".rolecall-exercises.desk.yaml");
    CHECK(exercise_records_path("a/b.c.yaml") == "a/.rolecall-exercises.b.c.yaml");
}

TEST_CASE("a record that is not there is none, and one that can't be read is an error") {
    temporary_directory const here;
    exercise_records const none = yaml::read_exercise_records(here.path("none.yaml"));
    CHECK_FALSE(none.found);
    CHECK(none.findings.empty());
    here.link("dangling.yaml", "nowhere.yaml");
    here.make_directory("folder.yaml");
    for (auto const* name : {"dangling.yaml", "folder.yaml"}) {
        exercise_records const bad = yaml::read_exercise_records(here.path(name));
        REQUIRE(bad.findings.size() == 1);
        CHECK(bad.findings[0].code == diagnostic_code::unreadable_file);
        CHECK(bad.findings[0].where.path == here.path(name));
    }
    std::string const large = here.write("large.yaml", std::string((1U << 20U) + 1, '#'));
    exercise_records const refused = yaml::read_exercise_records(large);
    REQUIRE(refused.findings.size() == 1);
    CHECK(refused.findings[0].code == diagnostic_code::file_too_large);
    CHECK(refused.findings[0].text ==
          "this file has more than 1 MiB, the most that a record may have");
}

TEST_CASE("a record beside or in a policy is no part of it, also where it lists its files") {
    temporary_directory const here;
    std::string const policy =
        "rolecall: 1\npolicy: {name: Shop, files: [policy.yaml]}\n"
        "categories: {account: Names}\n"
        "roles: {support: {may: {account: view}}}\n";
    here.write("shop/policy.yaml", policy);
    here.write("desk.yaml", policy);
    std::string const before = yaml::write(*yaml::load(here.path("shop")));
    here.write("shop/.rolecall-exercises.yaml", "rolecall: 1\nheld: [broken\n");
    here.write(".rolecall-exercises.desk.yaml", "rolecall: 1\nheld: [broken\n");
    here.write("shop/.rolecall-exercises.desk.yaml", "also: broken\n");
    policy_result const folder = yaml::load(here.path("shop"));
    CHECK(folder.findings().empty());
    REQUIRE(folder);
    CHECK(yaml::write(*folder) == before);
    CHECK(folder->source().files.size() == 1);
}

// ---- exercise-overdue ----------------------------------------------------------------------

std::vector<std::string> overdue(std::string_view every, std::string_view today,
                                 std::optional<std::vector<held_exercise>> exercises) {
    std::string const text = "rolecall: 1\npolicy: {name: Shop" +
                             (every.empty() ? "" : ", exercise-every: " + std::string(every)) +
                             "}\ncategories: {account: Names}\n"
                             "roles: {support: {may: {account: view}}}\n";
    lint_result const told =
        lint(yaml::load_text(text), {.today = day(today), .exercises = std::move(exercises)});
    std::vector<std::string> result;
    for (lint_finding const& finding : told.findings) {
        CHECK(finding.what.code == diagnostic_code::exercise_overdue);
        CHECK(finding.what.level() == severity::warning);
        CHECK(finding.what.where.line == 2);
        CHECK(finding.what.where.column == 38);
        CHECK(finding.about == std::vector<std::string>{"Shop"});
        result.push_back(finding.what.text.substr(0, finding.what.text.find(';')));
    }
    return result;
}

TEST_CASE("an exercise is due on the day that its period ends, and overdue the day after") {
    std::vector<held_exercise> const once{held("2026-05-22")};
    CHECK(overdue("6 months", "2026-11-21", once).empty());
    CHECK(overdue("6 months", "2026-11-22", once).empty());
    CHECK(overdue("6 months", "2026-11-23", once) ==
          std::vector<std::string>{
              "exercises were last held on 2026-05-22, and again due by 2026-11-22"});
    CHECK(overdue("1 day", "2026-05-23", once).empty());
    CHECK(overdue("1 day", "2026-05-24", once).size() == 1);
}

TEST_CASE("a policy whose exercises were never held is told so at once") {
    std::vector<std::string> const never{"no exercise was ever recorded"};
    CHECK(overdue("999 years", "2026-11-22", std::vector<held_exercise>{}) == never);
    CHECK(overdue("6 months", "2026-05-21", std::vector{held("2026-05-22")}) ==
          std::vector<std::string>{"all exercises that are recorded are of days to come"});
}

TEST_CASE("nothing is overdue where the policy does not say how often, or nobody looked") {
    CHECK(overdue("", "2026-11-22", std::vector<held_exercise>{}).empty());
    CHECK(overdue("1 day", "2026-11-22", std::nullopt).empty());
}

TEST_CASE("of several records the latest counts, and none of a later day than today") {
    std::vector<held_exercise> const all{held("2026-10-01"), held("2025-01-01"),
                                         held("2027-10-01")};
    CHECK(overdue("3 months", "2027-01-01", all).empty());
    CHECK(overdue("3 months", "2027-01-02", all).size() == 1);
    CHECK(overdue("3 months", "2027-10-01", all).empty());
}

}  // namespace
