// The log of a municipality, 4TU's "receipt phase of an environmental permit application process",
// imported into a journal and asked; and the same asked of the log itself, in the most naive way.
#include "data/real_data.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include "trail_store/store.hpp"
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using trail::question;

constexpr char const* packed = "usage-log/receipt_municipality.csv.gz";

std::string unpacked_log() {
    std::string const command = "gzip -dc '" + real_data(packed) + '\'';
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 65'536> piece{};
    while (std::size_t const got = std::fread(piece.data(), 1, piece.size(), pipe))
        text.append(piece.data(), got);
    REQUIRE(::pclose(pipe) == 0);
    return text;
}

// What the log says, by its columns: time,user,group,activity,case.
struct naive_log {
    std::map<std::string, std::uint64_t> by_user, by_group, by_activity, by_case, by_utc_day;
    std::map<std::string, std::set<std::string>> users_of_case;
    std::uint64_t rows = 0;
};

// `2011-10-12 00:26:25…+02:00` is on the day before: by hours, and months of 28 to 31 days.
std::string utc_day(std::string const& time) {
    int year = std::stoi(time.substr(0, 4)), month = std::stoi(time.substr(5, 2));
    int day = std::stoi(time.substr(8, 2));
    int const minutes = std::stoi(time.substr(11, 2)) * 60 + std::stoi(time.substr(14, 2));
    int const zone = std::stoi(time.substr(27, 2)) * 60 + std::stoi(time.substr(30, 2));
    if (minutes < zone) --day;
    if (day == 0) {
        if (--month == 0) {
            month = 12;
            --year;
        }
        int const days[] = {31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        day = days[month - 1];
    }
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return text;
}

naive_log read_naively(std::string const& text) {
    naive_log log;
    auto const rows = naive_rows(text);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        REQUIRE(rows[i].size() == 5);
        REQUIRE(rows[i][0].size() == 32);
        REQUIRE(rows[i][0][26] == '+');
        ++log.rows;
        ++log.by_utc_day[utc_day(rows[i][0])];
        ++log.by_user[rows[i][1]];
        ++log.by_group[rows[i][2]];
        ++log.by_activity[rows[i][3]];
        ++log.by_case[rows[i][4]];
        log.users_of_case[rows[i][4]].insert(rows[i][1]);
    }
    return log;
}

outcome import_log(std::string const& journal, std::string const& text) {
    run_options options;
    options.input = text;
    return run({"audit", "import", journal, "-", "--map", "time=time", "--map", "user=user",
                "--map", "role=group", "--map", "action=activity", "--map", "record=case", "--set",
                "category=environmental-permit"},
               options);
}

TEST_CASE("real data: the log of a municipality is imported, and every count is that of the log") {
    if (!has_real_data(packed)) return;
    std::string const text = unpacked_log();
    REQUIRE(text.find('"') == std::string::npos);
    naive_log const log = read_naively(text);
    REQUIRE(log.rows == 8'577);

    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    outcome const done = import_log(journal, text);
    CHECK(done.err == "");
    REQUIRE(done.code == 0);
    CHECK(has(done.out,
              "8,577 records of 48 users, from 2010-10-02T07:20:39.266000000Z to "
              "2012-01-23T14:42:54.644000000Z"));
    CHECK(check_journal(journal).good());
    CHECK(import_log(journal, text).code == 1);  // not twice

    std::string const index = folder.path("trail.db");
    trail::fill_report const filled = trail::fill_index(journal, index);
    CHECK(filled.problem.empty());
    CHECK(filled.added == 8'577 + 3);  // and started, imported, stopped

    auto const count = [&](std::vector<std::string> question::*member, std::string const& name) {
        question asked;
        asked.*member = {name};
        return trail::count_index(index, asked);
    };
    CHECK(count(&question::categories, "environmental-permit") == 8'577);
    CHECK(count(&question::kinds, "decision") == 8'577);
    for (auto const& [user, times] : log.by_user) CHECK(count(&question::users, user) == times);
    for (auto const& [group, times] : log.by_group) CHECK(count(&question::roles, group) == times);
    for (auto const& [activity, times] : log.by_activity)
        CHECK(count(&question::actions, activity) == times);
    std::size_t cases = 0;
    for (auto const& [id, times] : log.by_case)
        if (cases++ % 40 == 0) CHECK(count(&question::records, id) == times);
    CHECK(cases == 1'434);
}

TEST_CASE("real data: the days and users of a municipality's log are found by reading all of it") {
    if (!has_real_data(packed)) return;
    std::string const text = unpacked_log();
    naive_log const log = read_naively(text);
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    REQUIRE(import_log(journal, text).code == 0);

    naive_log read;
    std::int64_t last = INT64_MIN;
    journal_reader records(journal);
    while (journal_record const* record = records.next()) {
        if (!record->imported) continue;
        audit_record const& event = record->event;
        CHECK(event.time >= last);
        last = event.time;
        ++read.rows;
        ++read.by_utc_day[date::from_days(
                              static_cast<std::int32_t>(event.time / 86'400'000'000'000))
                              .to_string()];
        ++read.by_user[event.user];
        read.users_of_case[event.record].insert(event.user);
    }
    CHECK(records.problems().empty());
    CHECK(read.rows == log.rows);
    CHECK(read.by_utc_day == log.by_utc_day);
    CHECK(read.by_user == log.by_user);
    CHECK(read.users_of_case == log.users_of_case);
}

}  // namespace
