#include "import/columns.hpp"
#include "support/importing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using rolecall::csv::column_choice;
using rolecall::csv::read_choice;
using rolecall::testing::problems_of;
using rolecall::testing::rights_of;

// `role category view=view …`, or what is wrong.
std::string chosen(std::vector<std::string> const& lists) {
    column_choice choice;
    if (auto const wrong = read_choice(lists, choice)) return *wrong;
    std::string text = choice.role + ' ' + choice.category;
    for (auto const& column : choice.actions) text += ' ' + column.action + '=' + column.title;
    return text;
}

TEST_CASE("columns that nobody mentions have the names of what they hold") {
    CHECK(chosen({}) == "role category view=view modify=modify store=store delete=delete");
    CHECK(chosen({"category=Object,view=Read"}) ==
          "role Object view=Read modify=modify store=store delete=delete");
}

TEST_CASE("columns are named in one list or in several") {
    CHECK(chosen({"role=Who, category=What", "view = May read"}) ==
          "Who What view=May read modify=modify store=store delete=delete");
}

TEST_CASE("an action without a column is left out of an import only when that is said") {
    CHECK(chosen({"store=,delete="}) == "role category view=view modify=modify");
    CHECK(chosen({"view=,modify=,store=,delete="}) ==
          "no action has a column, so nothing could be granted");
}

TEST_CASE("other names among the columns are actions of the policy") {
    CHECK(chosen({"share=Share,sign-off=Sign"}) ==
          "role category view=view modify=modify store=store delete=delete share=Share "
          "sign-off=Sign");
}

TEST_CASE("columns that make no sense are refused in words") {
    CHECK(chosen({"role"}) == "`role` is not NAME=COLUMN, such as `view=Read`");
    CHECK(chosen({""}) == "`` is not NAME=COLUMN, such as `view=Read`");
    CHECK(chosen({"role=a,role=b"}) == "`role` is there twice; each has one column");
    CHECK(chosen({"sign-off=a,sign_off=b"}) == "`sign_off` is there twice; each has one column");
    CHECK(chosen({"category="}) == "`category` needs a column");
    CHECK(chosen({"share="}) == "action `share` needs a column");
    for (char const* const name : {"Share", "share--it", "all", "any", "-", ""}) {
        CAPTURE(name);
        CHECK(chosen({std::string(name) + "=x"}).find("can't be an action") != std::string::npos);
    }
}

TEST_CASE("an import has at most twelve actions of its own") {
    std::string list = "a0=x";
    for (int i = 1; i < 12; ++i) list += ",a" + std::to_string(i) + "=x";
    CHECK(chosen({list}).find("role category") == 0);
    CHECK(chosen({list, "one-more=x"}) == "a policy has at most 12 actions of its own");
}

TEST_CASE("columns are found by their titles in any case, in any order") {
    CHECK(rights_of({"Delete;STORE;modify;View;Notes;Category;Role\n;;x;x;hello;Files;Clerk\n"}) ==
          "clerk modify files\nclerk view files\n");
}

TEST_CASE("columns that are missing are named together, with what there is") {
    CHECK(problems_of({"rolle,object,view,Modify,store,del\na,b,1,1,1,1\n"}) ==
          "table.csv:1:1+5 csv-column: no column `role` (did you mean `rolle`?), `category`, "
          "`delete`; the table has `rolle`, `object`, `view`, `Modify`, `store`, `del`; say "
          "which to read with `--columns role=…,category=…,view=…`, where `store=` says that "
          "there is none\n");
}

TEST_CASE("a table in one column is told how cells are parted") {
    CHECK(problems_of({"role|category|view|modify|store|delete\na|b|1|1|1|1\n"}) ==
          "table.csv:1:1+38 csv-column: no column `role`, `category`, `view`, `modify`, "
          "`store`, `delete`; the table has `role|category|view|modify|store|delete`; cells "
          "are parted by comma, semicolon or tab\n");
}

TEST_CASE("two columns of one title are refused where the title is needed") {
    CHECK(problems_of({"role,category,view,modify,View,store,delete\na,b,1,1,0,1,1\n"}) ==
          "table.csv:1:27+4 csv-column: a second column `View`; give each a title of its own\n"
          "  table.csv:1:15+4 the first one\n");
    CHECK(
        rights_of(
            {"role,category,view,notes,notes\na,b,1,u,v\n", {}, {}, {"modify=,store=,delete="}}) ==
        "a view b\n");
}

TEST_CASE("a column of names can't be one of rights, but actions may share a column") {
    CHECK(problems_of(
              {"role,view,read\na,b,1\n", {}, {}, {"category=view,modify=,store=,delete="}}) ==
          "table.csv:1:6+4 csv-column: column `view` has names and can't be used twice; give "
          "the role, the category and the actions columns of their own\n");
    CHECK(problems_of({"who,view\na,1\n", {}, {}, {"role=who,category=who,modify=,store=,delete="}})
              .find("column `who` has names") != std::string::npos);
    CHECK(rights_of({"role,category,read,write\na,b,0,1\n",
                     {},
                     {},
                     {"view=read,modify=write,store=write,delete="}}) == "a modify b\na store b\n");
}

TEST_CASE("an action of the table's own is about what its column is called") {
    auto const made =
        rolecall::testing::imported({"role,category,view,Pass on to a partner\na,b,0,1\n",
                                     {},
                                     {},
                                     {"modify=,store=,delete=,share=pass on to a partner"}});
    REQUIRE(made);
    CHECK(made.policy.find("actions:\n  share: Pass on to a partner\n") != std::string::npos);
    CHECK(made.policy.find("b: share") != std::string::npos);
}

}  // namespace
