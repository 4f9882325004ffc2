// `rolecall audit import`: the log of another application becomes part of a journal, all or
// nothing, and once.
#include "journal/journal_key.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_head.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;

constexpr char const* log_text =
    "when;who;did;of;as;ok\n"
    "2021-03-31 02:00:02 +02:00;dana;look up;c-2;desk;yes\n"
    "2021-03-31 00:00:01Z;bo;erase;c-1;;no\n";
words const columns{"--map", "time=when", "--map", "user=who", "--map", "action=did",
                    "--map", "record=of", "--map", "role=as",  "--map", "decision=ok"};

// A folder with a log, and a journal to come.
struct desk {
    temporary_directory folder;
    std::string journal = folder.path("trail");
    std::string log = folder.write("desk.csv", log_text);

    [[nodiscard]] outcome import(words const& more = {}, std::string const& file = {}) const {
        words line{"audit", "import", journal, file.empty() ? log : file};
        line.insert(line.end(), columns.begin(), columns.end());
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }

    [[nodiscard]] std::vector<journal_record> imported() const {
        std::vector<journal_record> some;
        for (journal_record& record : records_in(journal))
            if (record.imported) some.push_back(std::move(record));
        return some;
    }
};

std::string detail_of(journal_record const& note, std::string const& wanted) {
    for (auto const& [name, text] : note.details)
        if (name == wanted) return text;
    return "none";
}

TEST_CASE("the rows of a log become records of a journal, in the order of their times") {
    desk const is;
    outcome const done = is.import();
    CHECK(done.err == "");
    REQUIRE(done.code == 0);
    CHECK(done.out.find(is.log + ": 2 records of 2 users, from 2021-03-31T00:00:01.000000000Z to "
                                 "2021-03-31T00:00:02.000000000Z\n") == 0);
    CHECK(has(done.out, "made the journal " + is.journal + '\n'));
    CHECK(has(done.out, "2 records imported as writer 1, numbers 3 to 4\n"));

    auto const all = records_in(is.journal);
    REQUIRE(all.size() == 5);
    CHECK(all[0].note == journal_note::started);
    CHECK(all[1].note == journal_note::imported);
    CHECK(detail_of(all[1], "from") == is.log);
    CHECK(detail_of(all[1], "records") == "2");
    CHECK(has(done.out, "sha256 of the file: " + detail_of(all[1], "sha256") + '\n'));
    CHECK(detail_of(all[1], "sha256").size() == 64);
    CHECK(has(detail_of(all[1], "columns"), "--map record=of"));
    CHECK(all[4].note == journal_note::stopped);

    audit_record const& first = all[2].event;
    CHECK(all[2].imported);
    CHECK(first.time == first_day + one_second);
    CHECK(first.user == "bo");
    CHECK(first.action == "erase");
    CHECK(first.record == "c-1");
    CHECK(first.active_roles.empty());
    CHECK(first.decision == decision::deny);
    CHECK(first.reason == reason::not_granted);
    audit_record const& second = all[3].event;
    CHECK(second.time == first_day + 2 * one_second);
    CHECK(second.active_roles == words{"desk"});
    CHECK(second.decision == decision::allow);
    CHECK(second.reason == reason::granted);
}

TEST_CASE("the same file is not imported twice, and another one is") {
    desk const is;
    REQUIRE(is.import().code == 0);
    std::string const copy = is.folder.write("copy.csv", log_text);
    outcome const again = is.import({}, copy);
    CHECK(again.code == 1);
    CHECK(has(again.err, "already"));
    CHECK(has(again.err, "nothing was imported"));
    CHECK(is.imported().size() == 2);
    std::string const more =
        is.folder.write("more.csv", std::string(log_text) + "2021-04-01 00:00Z;eve;x;y;;1\n");
    CHECK(is.import({}, more).code == 0);
    CHECK(is.imported().size() == 5);
}

TEST_CASE("a dry run says what would be imported, and makes nothing") {
    desk const is;
    outcome const dry = is.import({"--dry-run"});
    CHECK(dry.code == 0);
    CHECK(has(dry.out, "2 records of 2 users"));
    CHECK(has(dry.out, "dry run: nothing was imported\n"));
    CHECK(!std::filesystem::exists(is.journal));
}

TEST_CASE("with one row that is wrong, nothing is imported, and each such row is told") {
    desk const is;
    std::string const bad = is.folder.write(
        "bad.csv", std::string(log_text) + "yesterday;eve;x;y;;1\n2021-03-31 00:00Z;;x;y;;1\n");
    outcome const refused = is.import({}, bad);
    CHECK(refused.code == 1);
    CHECK(refused.out == "");
    CHECK(has(refused.err, bad + ":4:1: error: `yesterday` is no time such as"));
    CHECK(has(refused.err, bad + ":5:19: error: this row has no user [csv-value]"));
    CHECK(has(refused.err, "is refused: 2 problems; nothing was imported"));
    CHECK(!std::filesystem::exists(is.journal));

    std::string const empty = is.folder.write("empty.csv", "when;who;did;of;as;ok\n");
    CHECK(is.import({}, empty).code == 1);
    CHECK(is.import({}, is.folder.path("none.csv")).code == 2);
}

TEST_CASE("a line that does not say where everything stands is wrong usage") {
    desk const is;
    outcome const no_action =
        run({"audit", "import", is.journal, is.log, "--map", "time=when", "--map", "user=who"});
    CHECK(no_action.code == 2);
    CHECK(has(no_action.err, "nothing says where the action stands"));
    CHECK(is.import({"--zone", "CET"}).code == 2);
    CHECK(is.import({"--time-format", "%q"}).code == 2);
    CHECK(is.import({"--set", "colour=red"}).code == 2);
    CHECK(!std::filesystem::exists(is.journal));
}

TEST_CASE("times of another form, and texts that are the same in all rows") {
    temporary_directory const folder;
    std::string const log = folder.write("log.csv", "t,u\n31.03.2021 02:00:01,dana\n");
    std::string const journal = folder.path("trail");
    outcome const done = run({"audit", "import", journal, log, "--map", "time=t", "--map", "user=u",
                              "--set", "action=view", "--set", "category=permits", "--time-format",
                              "%d.%m.%Y %H:%M:%S", "--zone", "+02:00"});
    CHECK(done.err == "");
    REQUIRE(done.code == 0);
    audit_record const event = records_in(journal)[2].event;
    CHECK(event.time == first_day + one_second);
    CHECK(event.category == "permits");
    CHECK(event.action == "view");
}

TEST_CASE("an import goes into a journal that is in use beside its writers") {
    desk const is;
    append_records(is.journal, {record_of({})});
    {
        trail::taken_writer taken;
        must(trail::take_writer(trail::real_files(), is.journal, 1, taken));
        CHECK(has(is.import().out, "2 records imported as writer 2, numbers 3 to 4"));
    }
    CHECK(is.imported().size() == 2);
    CHECK(records_in(is.journal).size() == 7);
}

TEST_CASE("an import that was stopped is finished by the same line, and by no other") {
    desk const is;
    REQUIRE(is.import().code == 0);
    auto all = records_in(is.journal);
    std::filesystem::remove_all(is.journal);
    // What a kill between two frames leaves: the note, and the first record only.
    append_records(is.journal, {all[1], all[2]});
    CHECK(is.imported().size() == 1);

    std::string const other =
        is.folder.write("other.csv", std::string(log_text) + "2021-04-01 00:00Z;eve;x;y;;1\n");
    outcome const refused = is.import({}, other);
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "came to 1 of 2 records"));
    CHECK(is.import({"--set", "category=x"}).code == 1);
    CHECK(is.imported().size() == 1);

    outcome const done = is.import();
    CHECK(done.code == 0);
    CHECK(has(done.out, "goes on with an import that was stopped after 1 record\n"));
    CHECK(has(done.out, "1 record imported as writer 1"));
    auto const both = is.imported();
    REQUIRE(both.size() == 2);
    CHECK(both[0].event.user == "bo");
    CHECK(both[1].event.user == "dana");
    CHECK(is.import({}, other).code == 0);
}

TEST_CASE("what was imported stands the check of the journal, signed where a key is given") {
    desk const is;
    journal_key_file const key;
    outcome const done = is.import({"--key", key.path()});
    CHECK(done.err == "");
    REQUIRE(done.code == 0);
    std::string problem;
    auto const trusted = journal_public_key::from_pem(content_of(key.path()), problem);
    REQUIRE(trusted);
    journal_check_options options;
    options.keys = {*trusted};
    journal_report const report = check_journal(is.journal, options);
    CHECK(report.good());
    CHECK(report.signatures_checked == 1);
    for (journal_finding const& finding : report.findings) FAIL_CHECK(finding.text);
    CHECK(
        is.import({"--key", is.log}, is.folder.write("b.csv", std::string(log_text) + '\n')).code ==
        2);
    CHECK(is.imported().size() == 2);
}

TEST_CASE("without the key nothing is imported into a journal that was signed") {
    desk const is;
    journal_key_file const key;
    { journal const trail(is.journal, {.key = key.path()}); }
    outcome const refused = is.import();
    CHECK(refused.code == 2);
    CHECK(has(refused.err, "is signed: name its private key with `--key`"));
    CHECK(is.import({"--key", key.path()}).code == 0);
}

}  // namespace
