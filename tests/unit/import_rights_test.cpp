#include "import/rights_table.hpp"
#include "support/importing.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::csv::yes_or_no;
using rolecall::testing::imported;
using rolecall::testing::problems_of;
using rolecall::testing::rights_header;
using rolecall::testing::rights_of;

TEST_CASE("a cell says yes or no in the words that spreadsheets use, and in no other") {
    for (char const* const yes : {"1", "yes", "YES", "y", "Y", "true", "TRUE", "True", "x", "X"}) {
        CAPTURE(yes);
        CHECK(yes_or_no(yes) == true);
    }
    for (char const* const no : {"0", "no", "No", "n", "N", "false", "FALSE", ""}) {
        CAPTURE(no);
        CHECK(yes_or_no(no) == false);
    }
    for (char const* const neither :
         {"2", "10", "01", "-", "ja", "xx", "maybe", "yes!", " ", "?"}) {
        CAPTURE(neither);
        CHECK_FALSE(yes_or_no(neither).has_value());
    }
}

TEST_CASE("a right of a table is a right of the policy, and what it does not give is denied") {
    CHECK(rights_of({rights_header + "clerk,orders,1,0,x,\nclerk,bills,no,yes,False,TRUE\n"}) ==
          "clerk delete bills\nclerk modify bills\nclerk store orders\nclerk view orders\n");
}

TEST_CASE("rows of one role and category unite") {
    CHECK(rights_of({rights_header + "a,b,1,0,0,0\nc,b,0,0,0,1\na,b,0,0,1,0\na,b,0,0,0,0\n"}) ==
          "a store b\na view b\nc delete b\n");
    auto const made = imported({rights_header + "a,b,1,1,0,0\na,b,1,0,0,0\n"});
    CHECK(made.rights == 2);
}

TEST_CASE("all four actions are written as all, and an action of one's own beside it") {
    auto const made = imported(
        {"role,category,view,modify,store,delete,share\na,b,1,1,1,1,1\n", {}, {}, {"share=share"}});
    REQUIRE(made);
    CHECK(made.policy.find("b: [all, share]") != std::string::npos);
    CHECK(made.rights == 5);
}

TEST_CASE("roles and categories of nothing but zeros are declared") {
    auto const made = imported({rights_header + "a,b,1,0,0,0\nIdle,Unused,0,,no,\n"});
    REQUIRE(made);
    CHECK(made.roles == 2);
    CHECK(made.categories == 2);
    CHECK(made.rights == 1);
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    CHECK(loaded->role("idle"));
    CHECK(loaded->category("unused"));
    CHECK(rights_of({rights_header + "idle,unused,0,0,0,0\n"}).empty());
}

TEST_CASE("a cell that is neither yes nor no is refused where it stands") {
    CHECK(problems_of({rights_header + "a,b,1,maybe,0,0\na,c,0,0,0,\"1,0\"\na,d,0,0,0,1\n"}) ==
          "table.csv:2:7+5 csv-value: `maybe` in column `modify` is neither yes nor no; write "
          "1, yes, y, true or x, or else 0, no, n, false or nothing\n"
          "table.csv:3:11+5 csv-value: `1,0` in column `delete` is neither yes nor no; write "
          "1, yes, y, true or x, or else 0, no, n, false or nothing\n");
}

TEST_CASE("a row without a role or a category is refused, merged cells included") {
    CHECK(problems_of({rights_header + "a,b,1,0,0,0\n,c,1,0,0,0\na,,1,0,0,0\n,,1,,,\n"}) ==
          "table.csv:3:1+1 csv-value: this row has no role; every row needs one, so write "
          "again what stands above where cells were merged\n"
          "table.csv:4:3+1 csv-value: this row has no category; every row needs one, so write "
          "again what stands above where cells were merged\n"
          "table.csv:5:1+1 csv-value: this row has no role; every row needs one, so write "
          "again what stands above where cells were merged\n"
          "table.csv:5:2+1 csv-value: this row has no category; every row needs one, so write "
          "again what stands above where cells were merged\n");
}

TEST_CASE("a name with a character that nobody sees is refused") {
    CHECK(problems_of({rights_header + "a\xE2\x80\x8B"
                                       "b,c,1,0,0,0\n"}) ==
          "table.csv:2:1+3 csv-value: role `a<U+200B>b` has the character U+200B, which nobody "
          "sees; remove it\n");
    CHECK(rights_of({"role,category,view,note\na,b,1,x\xE2\x80\x8By\n",
                     {},
                     {},
                     {"modify=,store=,delete="}}) == "a view b\n");
}

TEST_CASE("a table without a row has nothing to import") {
    CHECK(problems_of({rights_header}) ==
          "table.csv:1:1+4 csv-syntax: no row follows the header; there is nothing to "
          "import\n");
    CHECK(problems_of({""}).find("table.csv+0 csv-syntax: this file is empty") == 0);
}

TEST_CASE("problems of all files are reported in one run, sorted by place") {
    CHECK(problems_of({rights_header + "a,b,?,0,0,0\na,*,1,0,0,0\na,c\n", "senior,junior\na,\n",
                       "original,name\nb,B\n"}) ==
          "names.csv:2:3+1 csv-name: `B` is no name: it is made of a-z and 0-9 with single - "
          "or _ between them, at most 128 bytes\n"
          "roles.csv:2:3+1 csv-value: this row has no junior; every row needs one, so write "
          "again what stands above where cells were merged\n"
          "table.csv:2:5+1 csv-value: `?` in column `view` is neither yes nor no; write 1, "
          "yes, y, true or x, or else 0, no, n, false or nothing\n"
          "table.csv:3:3+1 csv-name: category `*` leaves no a-z and no digit for a name; name "
          "it with `--names` (a file of original,name)\n"
          "table.csv:4:3+1 csv-syntax: this row has 2 cells, and the header has 6\n");
}

TEST_CASE("a hundred problems of an import are shown, and the others counted") {
    std::string table = rights_header;
    for (int i = 0; i < 200; ++i) table += "a,b,?,0,0,0\n";
    auto const made = imported({table});
    CHECK(made.problems.size() == 100);
    CHECK(made.more_problems == 100);
    CHECK(made.policy.empty());
}

}  // namespace
