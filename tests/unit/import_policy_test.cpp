#include "import/import_tables.hpp"
#include "support/importing.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::testing::imported;
using rolecall::testing::problems_of;
using rolecall::testing::rights_header;
using rolecall::testing::rights_of;

TEST_CASE("an imported policy reads well") {
    rolecall::csv::import_sources sources;
    sources.table = {"erp.csv", rights_header +
                                    "Sales User,Sales Order,1,1,0,0\n"
                                    "sales-manager,Sales Order,1,1,1,1\n"
                                    "sales-manager,prices,1,0,0,0\n"};
    sources.hierarchy =
        rolecall::source_file{"roles.csv", "senior,junior\nsales-manager,Sales User\n"};
    sources.policy_name = "erp";
    auto const made = rolecall::csv::import_tables(std::move(sources));
    CHECK(rolecall::testing::problem_lines(made.problems).empty());
    CHECK(made.policy ==
          "rolecall: 1\n"
          "\n"
          "policy:\n"
          "  name: erp\n"
          "\n"
          "categories:\n"
          "  prices: prices\n"
          "  sales-order:\n"
          "    about: Sales Order\n"
          "    title: Sales Order\n"
          "\n"
          "roles:\n"
          "  sales-manager:\n"
          "    inherits: sales-user\n"
          "    may:\n"
          "      prices: view\n"
          "      sales-order: all\n"
          "  sales-user:\n"
          "    title: Sales User\n"
          "    may:\n"
          "      sales-order: [view, modify]\n");
    CHECK(made.roles == 2);
    CHECK(made.categories == 2);
    CHECK(made.rights == 7);
}

TEST_CASE("an original keeps its words as title, in one line") {
    auto const made =
        imported({rights_header + "\"Head of\r\n  Sales\",\"a: 'b' # \"\"c\"\"\",1,0,0,0\n"});
    REQUIRE(made);
    auto const loaded = rolecall::yaml::load_text(made.policy);
    REQUIRE(loaded);
    CHECK(loaded->source().roles[0].title == "Head of Sales");
    CHECK(loaded->source().categories[0].title == "a: 'b' # \"c\"");
    CHECK(loaded->source().categories[0].about == "a: 'b' # \"c\"");
    CHECK(loaded->allows("head-of-sales", "view", "a-b-c"));
}

TEST_CASE("the order of rows does not change the policy") {
    CHECK(imported({rights_header + "a,b,1,0,0,0\nc,d,1,1,1,1\n"}).policy ==
          imported({rights_header + "c,d,1,1,1,1\na,b,1,0,0,0\n"}).policy);
}

TEST_CASE("a senior has what its juniors have, and roles that only stand in a hierarchy exist") {
    CHECK(rights_of({rights_header + "clerk,orders,1,0,0,0\n",
                     "Senior,Junior\nhead,clerk\nboss,head\nhead,clerk\n"}) ==
          "boss view orders\nclerk view orders\nhead view orders\n");
    CHECK(imported({rights_header + "clerk,orders,1,0,0,0\n", "senior;junior\nclerk;guest\n"})
              .roles == 2);
}

TEST_CASE("a cycle of a hierarchy is refused with its path, in the file of the hierarchy") {
    std::string const problems =
        problems_of({rights_header + "a,x,1,0,0,0\n", "senior,junior\na,b\nb,c\nc,a\n"});
    CHECK(problems.find("roles.csv:") == 0);
    CHECK(problems.find("inheritance-cycle") != std::string::npos);
    CHECK(problems_of({rights_header + "a,x,1,0,0,0\n", "senior,junior\na,a\n"})
              .find("roles.csv:2:3+1 inheritance-cycle") == 0);
}

TEST_CASE("a hierarchy needs its two columns") {
    CHECK(problems_of({rights_header + "a,x,1,0,0,0\n", "boss,clerk\na,b\n"}) ==
          "roles.csv:1:1+4 csv-column: no column `senior`, `junior`; the table has `boss`, "
          "`clerk`; a hierarchy has the columns `senior` and `junior`\n");
}

TEST_CASE("the role * is all-staff, which every other role inherits") {
    std::string const table = rights_header + "clerk,orders,0,1,0,0\n*,orders,1,0,0,0\n";
    CHECK(rights_of({table, "senior,junior\nhead,clerk\n"}) ==
          "all-staff view orders\nclerk modify orders\nclerk view orders\n"
          "head modify orders\nhead view orders\n");
    auto const made = imported({table});
    REQUIRE(made);
    CHECK(made.policy.find("  all-staff:\n"
                           "    about: \"Everybody: every other role inherits this one\"\n"
                           "    title: \"*\"\n") != std::string::npos);
}

TEST_CASE("the role * keeps its meaning under a given name") {
    CHECK(rights_of({rights_header + "clerk,orders,0,1,0,0\n*,orders,1,0,0,0\n",
                     {},
                     "original,name\n*,anyone\n"}) ==
          "anyone view orders\nclerk modify orders\nclerk view orders\n");
}

TEST_CASE("a role that is called all-staff already collides with the role *") {
    CHECK(problems_of({rights_header + "*,x,1,0,0,0\nAll Staff,x,0,1,0,0\n"}) ==
          "table.csv:2:1+1 csv-name: `*` and `All Staff` would both be the role `all-staff`; "
          "give each a name of its own with `--names` (a file of original,name)\n"
          "  table.csv:3:1+9 `All Staff` would be `all-staff`\n");
}

TEST_CASE("the role * can't inherit a role, since that one inherits it") {
    CHECK(problems_of({rights_header + "*,x,1,0,0,0\n", "senior,junior\n*,a\n"})
              .find("inheritance-cycle") != std::string::npos);
}

TEST_CASE("a policy whose name can't be shown goes without one") {
    rolecall::csv::import_sources sources;
    sources.table = {"t.csv", rights_header + "a,b,1,0,0,0\n"};
    for (char const* const name : {"", "a\nb", "a\xFF", "a\xE2\x80\xAE", "\x1B[1m"}) {
        CAPTURE(name);
        sources.policy_name = name;
        auto const made = rolecall::csv::import_tables(sources);
        REQUIRE(made);
        CHECK(made.policy.find("policy:") == std::string::npos);
    }
}

TEST_CASE("more categories than a policy can have are refused where the first is too many") {
    std::string table = rights_header;
    for (int i = 0; i < 65'536; ++i) table += "a,c" + std::to_string(i) + ",1,0,0,0\n";
    CHECK(problems_of({table}).find("table.csv:65537:3+6 too-many-names") == 0);
}

}  // namespace
