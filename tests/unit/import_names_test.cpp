#include "import/names.hpp"
#include "support/importing.hpp"
#include <rolecall/detail/compile/name_rules.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace {

using rolecall::csv::derived_name;
using rolecall::testing::import_case;
using rolecall::testing::imported;
using rolecall::testing::problems_of;
using rolecall::testing::rights_of;

std::string const only_view = "modify=,store=,delete=";

// A table in which `a` may view each category of a list.
import_case viewing(std::string const& categories, std::optional<std::string> names = {}) {
    import_case result{"role,category,view\n", {}, std::move(names), {only_view}};
    std::size_t begin = 0;
    while (begin < categories.size()) {
        std::size_t const end = categories.find('|', begin);
        result.table += "a,\"" + categories.substr(begin, end - begin) + "\",1\n";
        begin = end == std::string::npos ? end : end + 1;
    }
    return result;
}

TEST_CASE("a name is its original in small letters with one separator for other characters") {
    CHECK(derived_name("Sales User") == "sales-user");
    CHECK(derived_name("account.account") == "account-account");
    CHECK(derived_name("BOM") == "bom");
    CHECK(derived_name("  R&D / QA (EU)  ") == "r-d-qa-eu");
    CHECK(derived_name("Stra\xC3\x9F"
                       "e 7") == "stra-e-7");
    CHECK(derived_name("*/*/scale") == "scale");
}

TEST_CASE("underscores of an original stay, but one at a time and not at its ends") {
    CHECK(derived_name("account_payment.group_payment") == "account_payment-group_payment");
    CHECK(derived_name("__a__b__") == "a_b");
    CHECK(derived_name("a_-b") == "a-b");
    CHECK(derived_name("a - _ b") == "a-b");
}

TEST_CASE("only letters of ASCII become small letters, as other scripts have none of a-z") {
    CHECK(derived_name("\xC3\x84RZTE") == "rzte");
    CHECK(derived_name("\xD0\x9A\xD0\xBB\xD0\xB8\xD0\xB5\xD0\xBD\xD1\x82").empty());
    CHECK(derived_name("*").empty());
    CHECK(derived_name("___").empty());
    CHECK(derived_name("").empty());
}

TEST_CASE("whatever the original, its derived name is a name or nothing") {
    std::mt19937 random(20240717);
    std::string const letters = "aZ9_- .\xC3\xA4*\n";
    for (int i = 0; i < 20'000; ++i) {
        std::string original;
        for (auto left = random() % 12; left > 0; --left)
            original += letters[random() % letters.size()];
        std::string const name = derived_name(original);
        CAPTURE(original);
        CHECK((name.empty() || rolecall::detail::is_name(name)));
        CHECK(derived_name(name) == name);
    }
}

TEST_CASE("originals that would have one name are named together, all of them") {
    CHECK(problems_of(viewing("Sales Order|Other|sales order|SALES.ORDER")) ==
          "table.csv:2:3+13 csv-name: `Sales Order`, `sales order` and `SALES.ORDER` would all "
          "be the category `sales-order`; give each a name of its own with `--names` (a file of "
          "original,name)\n"
          "  table.csv:4:3+13 `sales order` would be `sales-order`\n"
          "  table.csv:5:3+13 `SALES.ORDER` would be `sales-order`\n");
}

TEST_CASE("originals whose names would differ only in - against _ are refused too") {
    CHECK(problems_of(viewing("read only|read_only|Case|case")) ==
          "table.csv:2:3+11 csv-name: `read only` and `read_only` would both be the category "
          "`read-only`; give each a name of its own with `--names` (a file of original,name)\n"
          "  table.csv:3:3+11 `read_only` would be `read_only`\n"
          "table.csv:4:3+6 csv-name: `Case` and `case` would both be the category `case`; give "
          "each a name of its own with `--names` (a file of original,name)\n"
          "  table.csv:5:3+6 `case` would be `case`\n");
}

TEST_CASE("an original that leaves nothing for a name is refused where it first stands") {
    CHECK(problems_of(viewing("Orders|\xD0\xA1\xD1\x87\xD0\xB5\xD1\x82\xD0\xB0|*")) ==
          "table.csv:3:3+7 csv-name: category `\xD0\xA1\xD1\x87\xD0\xB5\xD1\x82\xD0\xB0` "
          "leaves no a-z and no digit for a name; name it with `--names` (a file of "
          "original,name)\n"
          "table.csv:4:3+3 csv-name: category `*` leaves no a-z and no digit for a name; name "
          "it with `--names` (a file of original,name)\n");
}

TEST_CASE("an original that is too long for a name is refused") {
    CHECK(rights_of(viewing(std::string(128, 'x'))) == "a view " + std::string(128, 'x') + '\n');
    CHECK(problems_of(viewing(std::string(129, 'x'))).find("is too long for a name") !=
          std::string::npos);
}

TEST_CASE("a reserved word gets its kind before it, and the user is told") {
    auto const made =
        imported({"role,category,view\nAll,Any,1\nall staff,Always,1\n", {}, {}, {only_view}});
    REQUIRE(made);
    CHECK(made.notes ==
          std::vector<std::string>{
              "role `All` is named `role-all`, because `all` is a reserved word",
              "category `Any` is named `category-any`, because `any` is a reserved word",
              "category `Always` is named `category-always`, because `always` is a reserved "
              "word"});
    CHECK(problems_of(viewing("Any|Category any"))
              .find("`Any` and `Category any` would both be the category `category-any`") !=
          std::string::npos);
}

TEST_CASE("what could not be named is handed back as a file to fill in") {
    auto const made = imported(viewing("A b|a-b|\xC3\xA4,\xC3\xB6|Fine"));
    CHECK(made.names_to_give == "original,name\n\"\xC3\xA4,\xC3\xB6\",\nA b,\na-b,\n");
    CHECK(imported(viewing("Fine")).names_to_give.empty());
}

TEST_CASE("a large group is named in part, and handed back in full") {
    std::string categories, to_give = "original,name\n";
    for (int i = 1; i <= 30; ++i) {
        std::string const original = "a" + std::string(static_cast<std::size_t>(i), '.') + "b";
        categories += (i == 1 ? "" : "|") + original;
        to_give += original + ",\n";
    }
    auto const made = imported(viewing(categories));
    REQUIRE(made.problems.size() == 1);
    CHECK(made.problems[0].text.find("`a..........b` and 20 more would all be the") !=
          std::string::npos);
    CHECK(made.problems[0].related.size() == 8);
    CHECK(made.names_to_give == to_give);
}

TEST_CASE("given names come before derived ones, for roles and categories alike") {
    CHECK(rights_of({"role,category,view\nCase,case,1\ncase,Case,1\n",
                     {},
                     "original,name\nCase,big-case\n",
                     {only_view}}) == "big-case view case\ncase view big-case\n");
    CHECK(rights_of(
              viewing("\xD0\xA1\xD1\x87\xD0\xB5\xD1\x82\xD0\xB0|*", "Name;Original\nAccounts;x\n"))
              .find("`Accounts` is no name") != std::string::npos);
    CHECK(rights_of(viewing("\xD0\xA1\xD1\x87\xD0\xB5\xD1\x82\xD0\xB0|*",
                            "NAME;Original\r\n rest ; *\r\naccounts;"
                            "\xD0\xA1\xD1\x87\xD0\xB5\xD1\x82\xD0\xB0\r\n")) ==
          "a view accounts\na view rest\n");
}

TEST_CASE("a given name that is taken already is a collision like any other") {
    CHECK(problems_of(viewing("Orders|Sales", "original,name\nSales,orders\n")) ==
          "table.csv:2:3+8 csv-name: `Orders` and `Sales` would both be the category `orders`; "
          "give each a name of its own with `--names` (a file of original,name)\n"
          "  table.csv:3:3+7 `Sales` would be `orders`\n");
    CHECK(problems_of(viewing("Orders|Sales", "original,name\nSales,x\nOrders,x\n"))
              .find("would both be the category `x`") != std::string::npos);
}

TEST_CASE("given names are checked one by one, and reserved words are not taken") {
    CHECK(problems_of(viewing("A|B|C|D", "original,name\nA,Aa\nB,b--b\nC,all\nD,d.any\n")) ==
          "names.csv:2:3+2 csv-name: `Aa` is no name: it is made of a-z and 0-9 with single - "
          "or _ between them, at most 128 bytes\n"
          "names.csv:3:3+4 csv-name: `b--b` is no name: it is made of a-z and 0-9 with single "
          "- or _ between them, at most 128 bytes\n"
          "names.csv:4:3+3 csv-name: `all` is a reserved word: `all`, `any`, `always` and "
          "`everyone` have a meaning of their own\n"
          "names.csv:5:3+5 csv-name: `d.any` is a reserved word: `all`, `any`, `always` and "
          "`everyone` have a meaning of their own\n");
}

TEST_CASE("dots of an original make no tree, but dots of a given name do, for categories") {
    auto const made =
        imported(viewing("pay.card|pay", "original,name\npay.card,payment.card\npay,payment\n"));
    REQUIRE(made);
    CHECK(made.policy.find("  payment.card:\n    about: pay.card\n") != std::string::npos);
    CHECK(rights_of(viewing("pay.card|pay", "original,name\npay.card,pay.card\n")) ==
          "a view pay\na view pay.card\n");
    CHECK(problems_of({"role,category,view\nr,b,1\n", {}, "original,name\nr,r.s\n", {only_view}}) ==
          "names.csv:2:3+3 csv-name: `r.s` can't name a role; only a category's name has "
          "dots\n");
}

TEST_CASE("a name for what the table does not have is an error with a suggestion") {
    CHECK(problems_of(viewing("Orders", "original,name\nOrdres,o\n")) ==
          "names.csv:2:1+6 csv-name: no role and no category is called `Ordres` in the table; "
          "did you mean `Orders`?\n");
}

TEST_CASE("a name for what a broken row may have held is not reported") {
    CHECK(problems_of(
              {"role,category,view\na,b,1\na,c\n", {}, "original,name\nc,d\n", {only_view}}) ==
          "table.csv:3:3+1 csv-syntax: this row has 2 cells, and the header has 3\n");
}

TEST_CASE("an original that is named twice, or not at all, is refused in the file of names") {
    CHECK(problems_of(viewing("A", "original,name\nA,x\nA,x\n ,y\nA,\n")) ==
          "names.csv:3:1+1 csv-name: `A` is named twice\n"
          "  names.csv:2:1+1 named here first\n"
          "names.csv:4:1+1 csv-value: this row has no original; every row needs one, so write "
          "again what stands above where cells were merged\n"
          "names.csv:5:3+1 csv-value: this row has no name; every row needs one, so write "
          "again what stands above where cells were merged\n");
}

TEST_CASE("a file of names needs its two columns, and may have no row") {
    CHECK(problems_of(viewing("A", "orginal,nom\nA,x\n")) ==
          "names.csv:1:1+7 csv-column: no column `original` (did you mean `orginal`?), `name`; "
          "the table has `orginal`, `nom`; a file of names has the columns `original` and "
          "`name`\n");
    CHECK(rights_of(viewing("A", "original,name\n")) == "a view a\n");
}

}  // namespace
