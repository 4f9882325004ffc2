// Tables of users, before a store or a policy looks at them.
#include "import/formula_guard.hpp"
#include "import/user_table.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/user_edits.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>

namespace {

using namespace rolecall;

struct read_table {
    std::string rows;      // `dana support 2027-03-31`, a line each
    std::string problems;  // `2:6 unknown-role`, a line each
};

read_table users_of(std::string const& text) {
    source_file const file{"users.csv", text};
    csv::problems found;
    csv::user_table const table = csv::read_users(file, found);
    read_table result;
    for (csv::user_row const& row : table.rows) {
        CHECK(valid_user_id(row.id));
        result.rows += row.id;
        if (row.role != csv::user_row::no_role) result.rows += ' ' + table.roles[row.role].name;
        if (row.until) result.rows += ' ' + row.until->to_string();
        result.rows += '\n';
    }
    for (diagnostic const& d : rolecall::detail::to_diagnostics(found.kept(), {&file, 1}))
        result.problems += std::to_string(d.where.line) + ':' + std::to_string(d.where.column) +
                           ' ' + std::string(to_string(d.code)) + '\n';
    return result;
}

TEST_CASE("the rows of a table of users are sorted by id and role, each once") {
    CHECK(users_of("user,role,until\n"
                   "b,x,\na,z y,2027-03-31\nb,,\nB,x,\na,y,2027-03-31\nc,,\nc,,\n")
              .rows == "B x\na y 2027-03-31\na z 2027-03-31\nb x\nc\n");
}

TEST_CASE("a table of users says where each role stands first, and how often") {
    source_file const file{"users.csv", "role,user\nx,a\n\"y x\",b\nx,c\n"};
    csv::problems found;
    csv::user_table const table = csv::read_users(file, found);
    REQUIRE(table.roles.size() == 2);
    CHECK(table.roles[0].name == "x");
    CHECK(table.roles[0].count == 3);
    CHECK(table.roles[0].first.line == 2);
    CHECK(table.roles[1].name == "y");
    CHECK(table.roles[1].first.line == 3);
    CHECK(table.rows[3].line == 4);
    CHECK(table.rows[3].column == 3);
}

TEST_CASE("blanks around an id belong to it in quotes, and nowhere else") {
    CHECK(users_of("user,role\n  a  ,x\n\" b \",x\n\xc2\xa0"
                   "c,x\n\"\xc2\xa0"
                   "d\",x\n")
              .rows ==
          " b  x\na x\nc x\n\xc2\xa0"
          "d x\n");
}

TEST_CASE("what is wrong in a table of users is found at its place, and its row is left out") {
    read_table const done = users_of(
        "user,role,until\n"
        "a,x,2027-02-29\n"
        ",x,\n"
        "b,,2027-01-01\n"
        "c,x,2027-01-01\n"
        "c,x,2027-01-02\n"
        "d,x\n" +
        std::string(257, 'e') + ",x,\n");
    CHECK(done.rows == "c x 2027-01-01\n");
    CHECK(done.problems ==
          "2:5 invalid-date\n3:1 csv-value\n4:4 csv-value\n6:1 csv-value\n7:3 csv-syntax\n"
          "8:1 invalid-user-id\n");
}

TEST_CASE("a cell that is a formula is guarded, and read back as it was") {
    for (std::string const text : {"=1", "+1", "-1", "@a", "'=1", "''@", "＝1"}) {
        CHECK(csv::guarded(text) == "'" + text);
        CHECK(csv::unguarded(csv::guarded(text)) == text);
    }
    for (std::string const text : {"", "'", "a", "'a", "''", "a=b", "1", " =1", "\xef\xbc"}) {
        CHECK(csv::guarded(text) == text);
        CHECK(csv::unguarded(text) == text);
    }
    // No two texts become the same cell.
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> letter(0, 4);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (std::size_t n = letter(random) + 1; n > 0; --n) text += "'=+a-"[letter(random)];
        CHECK(csv::unguarded(csv::guarded(text)) == text);
        CHECK(csv::guarded(text)[0] != '=');
        CHECK(csv::guarded(text)[0] != '+');
        CHECK(csv::guarded(text)[0] != '-');
    }
}

TEST_CASE("a table of users that was damaged is read without an accident") {
    std::string const table =
        "user,role,until\n"
        "dana,support billing,2027-03-31\n"
        "\"Zoë, \"\"the lead\"\"\",lead,\n"
        "'=1,,\n"
        "\" eve \",support;refunds,2027-12-31\n";
    std::mt19937 random(20'270'331);
    std::uniform_int_distribution<std::size_t> place(0, table.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255);
    std::uniform_int_distribution<int> kind(0, 2);
    for (int i = 0; i < 5'000; ++i) {
        std::string damaged = table;
        for (int changes = kind(random) + 1; changes > 0; --changes) {
            std::size_t const at = place(random) % damaged.size();
            switch (kind(random)) {
                case 0: damaged[at] = static_cast<char>(byte(random)); break;
                case 1: damaged.erase(at, 1); break;
                default: damaged.insert(at, 1, ",;\"\n' \t="[byte(random) % 8]);
            }
        }
        static_cast<void>(users_of(damaged));
    }
}

}  // namespace
