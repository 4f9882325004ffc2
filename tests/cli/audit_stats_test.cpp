// `rolecall audit stats`.
#include "cli/audit/stats/counts.hpp"
#include "journal/journal_key.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;
namespace json = boost::json;

bool is_decision(journal_record const& record) {
    return record.note == journal_note::event && record.event.kind == audit_kind::decision;
}

// Two writers, three days, twelve users, and two gaps.
struct busy_trail {
    temporary_directory folder;
    std::string path = folder.path("trail");

    busy_trail() {
        std::vector<std::string> const categories{"contact", "payment", "payment.card"};
        for (std::uint32_t writer : {1U, 2U}) {
            std::vector<journal_record> records;
            for (std::int64_t i = 0; i < 97; ++i) {
                sample_decision of;
                of.user = "user-" + std::to_string(i * i % 12);
                of.action = i % 4 == 0 ? "delete" : "view";
                of.category = categories[static_cast<std::size_t>(i % 3)];
                of.decision = i % 5 == 0 ? decision::deny : decision::allow;
                of.time = first_day + i * 2'000 * one_second;
                of.active = {i % 2 == 0 ? "support" : "billing"};
                records.push_back(record_of(of));
            }
            records.push_back(note_of(journal_note::gap, first_day + 2 * one_day,
                                      {{"lost", "1" + std::to_string(writer)}, {"allowed", "3"}}));
            if (writer == 2) std::filesystem::create_directory(path + "/writer-2");
            append_records(path, records, writer == 2 ? writer : 0, sample_segments::each_its_own);
        }
    }

    [[nodiscard]] outcome stats(words const& more = {}) const {
        words line{"audit", "stats", path, "--no-record"};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
    [[nodiscard]] json::object object(words more = {}) const {
        more.insert(more.end(), {"--format", "json"});
        outcome const done = stats(more);
        CHECK(done.err == "");
        CHECK(done.code == 0);
        return json::parse(done.out).as_object();
    }
};

using name_of = std::function<std::string(journal_record const&)>;
using answers = std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>;

// Counted once more, one question at a time.
answers counted(std::vector<journal_record> const& records, name_of const& name) {
    answers result;
    for (journal_record const& record : records) {
        if (!is_decision(record) || name(record).empty()) continue;
        auto& count = result[name(record)];
        ++(record.event.decision == decision::allow ? count.first : count.second);
    }
    return result;
}

answers told(json::object const& all, std::string const& list, std::string const& name) {
    answers result;
    for (json::value const& one : all.at(list).as_array()) {
        json::object const& entry = one.as_object();
        result[std::string(entry.at(name).as_string())] = {
            entry.at("allowed").to_number<std::uint64_t>(),
            entry.at("denied").to_number<std::uint64_t>()};
    }
    return result;
}

std::uint64_t number(json::value const& of) { return of.to_number<std::uint64_t>(); }

TEST_CASE("the counts of a journal are those of its records, counted one by one") {
    busy_trail const is;
    auto const records = records_in(is.path);
    json::object const all = is.object();
    CHECK(number(all.at("records")) == records.size());
    CHECK(told(all, "categories", "category") ==
          counted(records, [](journal_record const& r) { return r.event.category; }));
    CHECK(told(all, "actions", "action") ==
          counted(records, [](journal_record const& r) { return r.event.action; }));
    CHECK(told(all, "roles", "role") ==
          counted(records, [](journal_record const& r) { return r.event.granting_role; }));

    std::map<std::string, std::uint64_t> kinds, reasons, days;
    for (journal_record const& record : records) {
        ++kinds[std::string(record.kind())];
        if (is_decision(record)) ++reasons[std::string(to_string(record.event.reason))];
        ++days[date::from_days(static_cast<std::int32_t>(record.event.time / one_day)).to_string()];
    }
    std::map<std::string, std::uint64_t> kinds_told, reasons_told, days_told;
    for (json::value const& one : all.at("kinds").as_array())
        kinds_told[std::string(one.at("kind").as_string())] = number(one.at("records"));
    for (json::value const& one : all.at("reasons").as_array())
        reasons_told[std::string(one.at("reason").as_string())] = number(one.at("decisions"));
    for (json::value const& one : all.at("days").as_array())
        days_told[std::string(one.at("day").as_string())] = number(one.at("records"));
    CHECK(kinds_told == kinds);
    CHECK(reasons_told == reasons);
    CHECK(days_told == days);
    CHECK(days.size() == 3);
}

TEST_CASE("the ten users with most decisions are told, and how many there are") {
    busy_trail const is;
    auto const users =
        counted(records_in(is.path), [](journal_record const& r) { return r.event.user; });
    json::object const all = is.object();
    CHECK(number(all.at("user_count")) == users.size());
    auto const shown = told(all, "users", "user");
    CHECK(shown.size() == std::min<std::size_t>(users.size(), 10));
    for (auto const& [user, count] : shown) CHECK(users.at(user) == count);
}

TEST_CASE("of each writer its segments on the disk and what it lost are told") {
    busy_trail const is;
    json::object const all = is.object();
    json::array const& writers = all.at("writers").as_array();
    REQUIRE(writers.size() == 2);
    for (std::uint64_t n : {1U, 2U}) {
        json::value const& writer = writers[n - 1];
        std::uint64_t segments = 0, bytes = 0;
        for (auto const& file :
             std::filesystem::directory_iterator(is.path + "/writer-" + std::to_string(n))) {
            if (file.path().extension() != ".segment") continue;
            ++segments;
            bytes += file.file_size();
        }
        CHECK(segments > 90);
        CHECK(number(writer.at("writer")) == n);
        CHECK(number(writer.at("segments")) == segments);
        CHECK(number(writer.at("bytes")) == bytes);
        CHECK(number(writer.at("lost")) == 10 + n);
    }
    CHECK(number(all.at("gaps").at("records")) == 2);
    CHECK(number(all.at("gaps").at("lost")) == 23);
    CHECK(number(all.at("gaps").at("allowed")) == 6);
    CHECK(number(is.object({"--writer", "2"}).at("records")) * 2 == number(all.at("records")));
}

TEST_CASE("only what is between two times is counted") {
    busy_trail const is;
    json::object const day = is.object({"--from", "2021-04-01", "--to", "2021-04-01"});
    CHECK(day.at("days").as_array().size() == 1);
    CHECK(day.at("from").as_string() == "2021-04-01T00:00:00.000000000Z");
    CHECK(day.at("to").as_string() == "2021-04-02T00:00:00.000000000Z");
    CHECK(day.at("first").as_string() >= "2021-04-01");
    CHECK(day.at("last").as_string() < "2021-04-02");
    outcome const nothing = is.stats({"--to", "2020-01-01"});
    CHECK(nothing.code == 1);
    CHECK(nothing.out == "no records of that time\n");
    CHECK(is.stats({"--from", "2021-04-02", "--to", "2021-04-01"}).code == 2);
    CHECK(is.stats({"--format", "csv"}).code == 2);
    CHECK(is.stats({"--writer", "3"}).code == 2);
    CHECK(run({"audit", "stats", is.folder.path("none"), "--no-record"}).code == 2);
}

TEST_CASE("people see tables") {
    temporary_directory const folder;
    std::string const path = folder.path("trail");
    append_records(
        path,
        {record_of({}),
         record_of({"bo", "delete", "payment", decision::deny, first_day + one_second}),
         record_of({"", "view", "payment", decision::allow, first_day + one_day}),
         note_of(journal_note::gap, first_day + one_day, {{"lost", "1200"}, {"allowed", "1"}})});
    outcome const done = run({"audit", "stats", path, "--no-record"});
    CHECK(done.err == "");
    CHECK(done.code == 0);
    CHECK(done.out ==
          "5 records, from 2021-03-31T00:00:00Z to 2021-04-01T00:00:00Z\n"
          "\n"
          "Records by kind\n"
          "  decision       3\n"
          "  gap            1\n"
          "  stopped        1\n"
          "\n"
          "Decisions by reason\n"
          "  granted            2\n"
          "  not-granted        1\n"
          "  2 allowed, 1 denied\n"
          "\n"
          "Decisions by category  allowed  denied\n"
          "  payment                    1       1\n"
          "  contact                    1       0\n"
          "\n"
          "Decisions by action  allowed  denied\n"
          "  view                     2       0\n"
          "  delete                   0       1\n"
          "\n"
          "Decisions by the role that granted  allowed\n"
          "  support                                 2\n"
          "\n"
          "Decisions by user  allowed  denied\n"
          "  bo                     0       1\n"
          "  dana                   1       0\n"
          "  1 decision asked for by roles alone\n"
          "\n"
          "Decisions by day  allowed  denied\n"
          "  2021-03-31            1       1\n"
          "  2021-04-01            1       0\n"
          "\n"
          "Writers     records  segments  on disk  not recorded\n"
          "  writer 1        5         1   0.1 MB         1,200\n"
          "\n"
          "1,200 events could not be recorded, 1 of them let through: `audit query --kind gap`\n");
}

TEST_CASE("that somebody counts is recorded, and not counted") {
    temporary_directory const folder;
    journal_key_file const key;
    std::string const path = folder.path("trail");
    journal const trail(path, {.key = key.path()});
    outcome const first = run({"audit", "stats", path});
    CHECK(first.code == 0);
    CHECK(has(first.out, "1 record, from "));
    outcome const second = run({"audit", "stats", path});
    CHECK(has(second.out, "2 records, from "));
    CHECK(has(second.out, "\n  read "));
}

TEST_CASE("names beyond the limit are counted together") {
    cli::counts_by_name counts({.names = 2, .bytes = 10});
    counts.add("dana", decision::allow);
    counts.add("a name that is too long", decision::deny);
    counts.add("omar", decision::deny);
    counts.add("eve", decision::allow);
    counts.add("omar", decision::allow);
    CHECK(counts.names() == 2);
    CHECK(counts.others().allowed == 1);
    CHECK(counts.others().denied == 1);
    auto const most = counts.most(1);
    REQUIRE(most.size() == 1);
    CHECK(most[0].first == "omar");
    CHECK(most[0].second.all() == 2);
}

}  // namespace
