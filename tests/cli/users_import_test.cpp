// `rolecall users import`, and that it reads what `users export` writes.
#include "support/staff.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::staff_folder;
using words = std::vector<std::string>;

std::size_t count_of(std::string const& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

TEST_CASE("a table adds users and roles, and says what it changed") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"support", "billing"}));
    std::string const table =
        "user,role,until\n"
        "dana,support,2999-03-31\n"
        "dana,employee,\n"
        "bo,billing,\n"
        "ivo,,\n";
    std::string const changes =
        "+ bo\n"
        "+ bo billing\n"
        "+ dana employee\n"
        "~ dana support until 2999-03-31 (had no end)\n"
        "+ ivo\n";
    std::string const summary =
        staff.store() + ": 2 users added, 2 roles assigned, 1 end changed\n";

    std::string const before = staff.content();
    outcome const dry = staff.import(table, {"--dry-run"});
    CHECK(dry.code == 0);
    CHECK(dry.out == changes + summary + "dry run: nothing was changed\n");
    CHECK(dry.err.empty());
    CHECK(staff.content() == before);

    outcome const done = staff.import(table);
    CHECK(done.code == 0);
    CHECK(done.out == changes + summary);
    CHECK(staff.content() ==
          "bo,billing,\n"
          "dana,billing,\n"  // the table does not have it, and it stays
          "dana,employee,\n"
          "dana,support,2999-03-31\n"
          "ivo,,\n");
    CHECK(staff.import(table).out == staff.store() + ": nothing to change\n");
}

TEST_CASE("with --replace, the store has afterwards what the table has") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"support", "billing"}));
    static_cast<void>(staff.assign("bo", {"refunds"}));
    static_cast<void>(staff.assign("eve", {"support"}, {"--until", "2999-01-01"}));
    std::string const table = "user,role,until\ndana,support,\neve,support,\nivo,,\n";
    std::string const before = staff.content();
    outcome const dry = staff.import(table, {"--replace", "--dry-run"});
    CHECK(dry.out == staff.store() +
                         " had 3 users with 4 roles\n"
                         "- bo, with refunds\n"
                         "- dana billing\n"
                         "~ eve support without an end (was until 2999-01-01)\n"
                         "+ ivo\n" +
                         staff.store() +
                         ": 1 user added, 1 end changed, 1 role taken away, 1 user removed\n"
                         "dry run: nothing was changed\n");
    CHECK(staff.content() == before);
    CHECK(staff.import(table, {"--replace"}).code == 0);
    CHECK(staff.content() == "dana,support,\neve,support,\nivo,,\n");
}

TEST_CASE("a table without users replaces nothing, and otherwise changes nothing") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"support"}));
    for (std::string const table : {"user,role,until\n", "user,role\n\n,,\n"}) {
        outcome const done = staff.import(table, {"--replace"});
        CHECK(done.code == 1);
        CHECK(has(done.err, "with `--replace` all would be removed; nothing was changed"));
    }
    outcome const added = staff.import("user,role,until\n");
    CHECK(added.code == 0);
    CHECK(has(added.out, "nothing to change"));
    CHECK(staff.import("", {"--replace"}).code == 1);
    CHECK(staff.content() == "dana,support,\n");
}

TEST_CASE("tables are read as businesses have them") {
    staff_folder const staff;
    CHECK(staff
              .import("\xEF\xBB\xBF"
                      "Name;User;Roles;Until\r\n"
                      "Dana D.; dana ;support billing;\r\n"
                      ";;;\r\n"
                      "Bo B.;bo;\"support, billing;employee\";2999-03-31\r\n"
                      "Eve E.;\" eve\";\"support\nemployee\"; 2999-03-31 \r\n")
              .code == 0);
    CHECK(staff.content() ==
          "\" eve\",employee,2999-03-31\n"
          "\" eve\",support,2999-03-31\n"
          "bo,billing,2999-03-31\n"
          "bo,employee,2999-03-31\n"
          "bo,support,2999-03-31\n"
          "dana,billing,\n"
          "dana,support,\n");
    CHECK(staff.import("role\tUSER\nsupport\tmia\n").code == 0);
    CHECK(has(staff.content(), "mia,support,\n"));
}

TEST_CASE("the same row twice is one, and two ends of one role are refused") {
    staff_folder const staff;
    CHECK(staff.import("user,role,until\na,support,\na,support,\na,,\nb,,\nb,,\n").code == 0);
    CHECK(staff.content() == "a,support,\nb,,\n");
    outcome const two = staff.import("user,role,until\nc,support,\nd,,\nc,support,2999-01-01\n");
    CHECK(two.code == 1);
    CHECK(has(two.err,
              "standard input:4:1: error: `c` has `support` until 2999-01-01 here, and "
              "without an end before; keep one of them [csv-value]\n"));
    CHECK(has(two.err, "standard input:2:1: note: here\n"));
    CHECK(staff.content() == "a,support,\nb,,\n");
}

TEST_CASE("every problem of a table is reported in one run, and nothing is written") {
    staff_folder const staff;
    std::string const table = staff.write("staff.csv",
                                          "user,role,until\n"
                                          "good,support,\n"
                                          "dana,suport,\n"
                                          "dana,billing,31.3.2027\n"
                                          ",support,\n"
                                          "eve,,2999-01-01\n"
                                          "\"a\xe2\x80\x8b\",support,\n"
                                          "mia,suport,\n"
                                          "bo\n"
                                          "x\"y,support,\n");
    outcome const done = staff.users({"import", staff.store(), table, "--policy", staff.policy()});
    CHECK(done.code == 1);
    CHECK(done.out.empty());
    for (std::string const problem :
         {":3:6: error: `suport` is not a role of ", ":4:14: error: `31.3.2027` is no day",
          ":5:1: error: this row has no user", ":6:6: error: this row has a last day, and no role",
          ":7:1: error: user `a<U+200B>` has the character U+200B",
          ":9:1: error: this row has 1 cell, and the header has 3",
          ":10:2: error: a quote within a cell"})
        CHECK_MESSAGE(has(done.err, table + problem), problem);
    CHECK(has(done.err, "did you mean `support`? (1 more row has it) [unknown-role]\n"));
    CHECK(has(done.err, "staff.csv is refused: 7 problems; nothing was changed\n"));
    CHECK(staff.content().empty());
}

TEST_CASE("of very many problems the first hundred are shown, and the others counted") {
    staff_folder const staff;
    std::string table = "user,role,until\n";
    for (int i = 0; i < 1'250; ++i) table += "dana,support,soon\n";
    outcome const done = staff.import(table);
    CHECK(done.code == 1);
    CHECK(count_of(done.err, ": error: ") == 100);
    CHECK(has(done.err, "and 1,150 more problems\n"));
    CHECK(has(done.err, "is refused: 1,250 problems"));
}

TEST_CASE("a table without its columns, or that is no table, is refused") {
    staff_folder const staff;
    CHECK(has(staff.import("name,group\nx,y\n").err, "no column `user`, `role`"));
    CHECK(has(staff.import("user,user,role\nx,y,support\n").err, "a second column `user`"));
    CHECK(has(staff.import("").err, "this file is empty"));
    CHECK(has(staff.import("user,role\n\xff,support\n").err, "this byte is no UTF-8"));
    CHECK(has(staff.import("user,role\n" + std::string(257, 'x') + ",support\n").err,
              "[invalid-user-id]"));
    outcome const missing =
        staff.users({"import", staff.store(), "/no/such.csv", "--policy", staff.policy()});
    CHECK(missing.code == 2);
    CHECK(has(missing.err, "`/no/such.csv` can't be read"));
    outcome const closed = run({"users", "import", staff.store(), "-", "--policy", staff.policy()},
                               {.close_in = true});
    CHECK(closed.code == 2);
    CHECK(has(closed.err, "standard input can't be read"));
    CHECK(staff.content().empty());
}

TEST_CASE("a table that lets one person hold too much is refused, with its line and the rule's") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"billing"}));
    outcome const done = staff.import(
        "user,role,until\n"
        "bo,support,\n"
        "owner,billing,\n"  // has refunds by the policy
        "dana,lead,\n"      // has billing in the store
        "eve,billing refunds,\n"
        "ivo,billing,\n"
        "ivo,refunds,2020-01-01\n");  // passed
    CHECK(done.code == 1);
    CHECK(done.out.empty());
    for (std::string const problem : {":3:1: error: `owner` can't have billing and refunds: ",
                                      ":4:1: error: `dana` can't have billing and lead: ",
                                      ":5:1: error: `eve` can't have billing and refunds: "})
        CHECK_MESSAGE(has(done.err, "standard input" + problem), problem);
    CHECK(has(done.err, staff.policy() + ":19:3: note: the rule\n"));
    CHECK(has(done.err, "[separation-by-user]"));
    CHECK(has(done.err, "standard input is refused: 3 problems; nothing was changed\n"));
    CHECK(staff.content() == "dana,billing,\n");
    // Taken away in the same run, it collides with nothing.
    CHECK(staff.import("user,role\ndana,lead\n", {"--replace"}).code == 0);
    CHECK(staff.content() == "dana,lead,\n");
}

TEST_CASE("many changes are counted, and not listed") {
    staff_folder const staff;
    std::string table = "user,role\n";
    for (int i = 0; i < 3'000; ++i) table += "user-" + std::to_string(i) + ",support\n";
    CHECK(staff.import(table).out == staff.store() + ": 3,000 users added, 3,000 roles assigned\n");
}

// ---- A round trip ------------------------------------------------------------------------

std::string random_id(std::mt19937& random) {
    static constexpr std::array<std::string_view, 26> parts{
        "a", "Z", "0",  " ",  ",", "\"", "'", ";", "=",  "+", "-", "@",  "\xc2\xa0",
        "é", "Ω", "日", "語", "ש", "ל",  "ا", "😀", "＝", "#", "|", "\\", "user"};
    std::uniform_int_distribution<std::size_t> part(0, parts.size() - 1);
    std::uniform_int_distribution<int> length(1, 8);
    std::string id;
    for (int i = length(random); i > 0; --i) id += parts[part(random)];
    return id;
}

std::string random_rows(std::string const& id, std::mt19937& random) {
    static constexpr std::array<std::string_view, 4> roles{"employee", "support", "billing",
                                                           "lead"};
    static constexpr std::array<std::string_view, 4> ends{"", "2020-02-29", "2999-12-31",
                                                          "9999-12-31"};
    std::uniform_int_distribution<std::size_t> choice(0, 3);
    std::string cell = "\"";
    for (char const c : id) cell += c == '"' ? "\"\"" : std::string(1, c);
    cell += '"';
    // Billing and lead collide, so one of them.
    std::set<std::string_view> chosen;
    for (std::size_t i = choice(random); i > 0; --i) chosen.insert(roles[choice(random)]);
    if (chosen.contains("lead")) chosen.erase("billing");
    if (chosen.empty()) return cell + ",,\n";
    std::string rows;
    for (std::string_view const role : chosen)
        rows += cell + ',' + std::string(role) + ',' + std::string(ends[choice(random)]) + '\n';
    return rows;
}

TEST_CASE("an export that is imported makes the same store, whatever the ids") {
    std::mt19937 random(20'270'331);
    staff_folder const staff;
    std::set<std::string> ids;
    while (ids.size() < 2'000) ids.insert(random_id(random));
    words add{"add", staff.store(), "--"};
    add.insert(add.end(), ids.begin(), ids.end());
    REQUIRE(staff.users(add).code == 0);  // as they are, without a table
    std::string table = "user,role,until\n";
    for (std::string const& id : ids) {
        bool const formula =
            std::string_view("=+-@'").find(id[0]) != std::string_view::npos || id.starts_with("＝");
        if (!formula) table += random_rows(id, random);
    }
    REQUIRE(staff.import(table).code == 0);

    std::string const copy = staff.create("copy.db");
    std::string const csv = staff.users({"export", staff.store()}).out;
    outcome const read = staff.users({"import", copy, "-", "--policy", staff.policy()}, csv);
    CHECK_MESSAGE(read.code == 0, read.err);
    auto const json = [&](std::string const& store) {
        return staff.users({"export", store, "--format", "json"}).out;
    };
    CHECK(json(copy) == json(staff.store()));
    CHECK(count_of(json(copy), "\"user\":") == ids.size());
    outcome const again =
        staff.users({"import", copy, "-", "--policy", staff.policy(), "--replace"}, csv);
    CHECK(has(again.out, copy + " had 2,000 users with "));
    CHECK(has(again.out, copy + ": nothing to change\n"));
}

}  // namespace
