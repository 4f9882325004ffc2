// `rolecall matrix` and `rolecall digest`.
#include "cli/matrix/matrix_formats.hpp"
#include "cli/matrix/matrix_text.hpp"
#include "support/program.hpp"
#include "support/shop.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using rolecall::cli::action_letters;
using rolecall::cli::csv_field;
using rolecall::cli::markdown_text;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::shop_folder;
using rolecall::testing::temporary_directory;

TEST_CASE("the matrix is a grid of letters, small ones under conditions, which are listed") {
    shop_folder const shop;
    outcome const done = run({"matrix", shop.policy()});
    CHECK(done.code == 0);
    CHECK(done.out ==
          "Corner shop\n"
          "\n"
          "           account  payment\n"
          "billing    ·        VMSD\n"
          "marketing  V···     ·\n"
          "support    VM··     vm··\n"
          "\n"
          "V view  M modify  S store  D delete  · no  small letters under a condition\n"
          "\n"
          "Under conditions\n"
          "  support  payment  view    if open-ticket\n"
          "  support  payment  modify  if consent and open-ticket\n");
    CHECK(done.err.empty());
}

TEST_CASE("the matrix as CSV has a line for every right, sorted") {
    shop_folder const shop;
    outcome const done = run({"matrix", shop.policy(), "--format", "csv"});
    CHECK(done.code == 0);
    CHECK(done.out ==
          "role,category,action,effect,if\n"
          "billing,payment,delete,allow,\n"
          "billing,payment,modify,allow,\n"
          "billing,payment,store,allow,\n"
          "billing,payment,view,allow,\n"
          "marketing,account,view,allow,\n"
          "support,account,modify,allow,\n"
          "support,account,view,allow,\n"
          "support,payment,modify,conditional,consent and open-ticket\n"
          "support,payment,view,conditional,open-ticket\n");
}

TEST_CASE("the matrix as Markdown is a table with footnotes") {
    shop_folder const shop;
    CHECK(run({"matrix", shop.policy(), "--format", "markdown"}).out ==
          "## Corner shop\n"
          "\n"
          "| role | account | payment |\n"
          "|---|---|---|\n"
          "| billing | | view, modify, store, delete |\n"
          "| marketing | view | |\n"
          "| support | view, modify | view[^1], modify[^2] |\n"
          "\n"
          "[^1]: if open-ticket\n"
          "\n"
          "[^2]: if consent and open-ticket\n");
}

TEST_CASE("the matrix as JSON has every name and every right") {
    shop_folder const shop;
    std::string const out = run({"matrix", shop.policy(), "--format", "json"}).out;
    CHECK(out.rfind(R"({"roles":["billing","marketing","support"],"categories":["account",)"
                    R"("payment"],"actions":["view","modify","store","delete"],"rights":[)",
                    0) == 0);
    CHECK(has(out, R"({"role":"marketing","category":"account","action":"view","effect":"allow",)"
                   R"("if":null})"));
    CHECK(has(out, R"({"role":"support","category":"payment","action":"view",)"
                   R"("effect":"conditional","if":"open-ticket"})"));
    CHECK(out.find('\n') == out.size() - 1);
}

// A policy with as many roles and categories as asked for, and a grant for each `every`th.
std::string large_policy(int roles, int categories, int every) {
    std::string text = "rolecall: 1\ncategories:\n";
    auto const number = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    for (int c = 0; c < categories; ++c) text += "  category-" + number(c) + ": Data\n";
    text += "roles:\n";
    for (int r = 0; r < roles; ++r) {
        text += "  role-" + number(r) + ":\n    may:\n";
        for (int c = r % every; c < categories; c += every)
            text += "      category-" + number(c) + ": view\n";
    }
    return text;
}

std::size_t longest_line(std::string const& text) {
    std::istringstream lines(text);
    std::size_t longest = 0;
    for (std::string line; std::getline(lines, line);) {
        auto const continued = std::count_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
        });
        longest = std::max(longest, line.size() - static_cast<std::size_t>(continued));
    }
    return longest;
}

TEST_CASE("a matrix that is too wide is cut into blocks that fit") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", large_policy(12, 12, 1));
    for (std::string const width : {"40", "80", "100"}) {
        std::string const out = run({"matrix", policy, "--width", width}).out;
        CHECK(longest_line(out) <= std::stoul(width));
        for (int c = 0; c < 12; ++c)
            CHECK(has(out, "category-" + std::string(c < 10 ? "0" : "") + std::to_string(c)));
    }
    CHECK(run({"matrix", policy, "--width", "1"}).code == 0);
}

TEST_CASE("many categories and few roles go down and across so that they fit") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", large_policy(3, 30, 1));
    CHECK(has(run({"matrix", policy, "--width", "80"}).out,
              "             role-00  role-01  role-02\n"
              "category-00  V···     V···     V···\n"));
}

TEST_CASE("a large matrix that is mostly empty becomes a list of what each role may do") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", large_policy(60, 60, 30));
    std::string const out = run({"matrix", policy, "--width", "80"}).out;
    CHECK(has(out,
              "role-00\n"
              "  category-00  view\n"
              "  category-30  view\n"
              "\n"
              "role-01\n"
              "  category-01  view\n"));
}

TEST_CASE("a list says what a role may under conditions, and where it may nothing") {
    temporary_directory const folder;
    std::string text = "rolecall: 1\nfacts: {asked: Somebody asked}\n";
    text += large_policy(40, 40, 20).substr(12);
    text +=
        "  x-idle: Nobody's role\n"
        "  x-other:\n"
        "    may:\n"
        "      category-07: {view: always, store: {if: asked}, delete: {if: asked}}\n";
    std::string const out = run({"matrix", folder.write("p.yaml", text)}).out;
    CHECK(has(out, "x-idle\n  nothing\n\nx-other\n  category-07  view; store, delete if asked\n"));
}

TEST_CASE("a policy without roles, or without categories, has a matrix as well") {
    temporary_directory const folder;
    std::string const bare = folder.write("bare.yaml", "rolecall: 1\n");
    std::string const roles = folder.write("roles.yaml", "rolecall: 1\nroles: {idle: Nobody}\n");
    for (std::string const& policy : {bare, roles})
        for (std::string const format : {"text", "csv", "json", "markdown"}) {
            CAPTURE(format);
            CHECK(run({"matrix", policy, "--format", format}).code == 0);
        }
    CHECK(run({"matrix", roles, "--format", "csv"}).out == "role,category,action,effect,if\n");
}

TEST_CASE("every action has a letter of its own") {
    CHECK(action_letters({"view", "modify", "store", "delete"}) == "VMSD");
    CHECK(action_letters({"view", "modify", "store", "delete", "share", "2-x", "v", "print"}) ==
          "VMSDHXAP");
    std::vector<std::string> const many{"view", "modify", "store", "delete", "a1", "a2",
                                        "a3",   "a4",     "a5",    "a6",     "a7", "a8",
                                        "a9",   "10",     "11",    "12"};
    std::string const letters = action_letters(many);
    CHECK(std::set<char>(letters.begin(), letters.end()).size() == many.size());
}

TEST_CASE("fields of CSV are quoted where RFC 4180 wants it") {
    CHECK(csv_field("") == "");
    CHECK(csv_field("a b") == "a b");
    CHECK(csv_field("a,b") == "\"a,b\"");
    CHECK(csv_field("say \"a\"") == "\"say \"\"a\"\"\"");
    CHECK(csv_field("a\nb") == "\"a\nb\"");
    CHECK(csv_field("a\r") == "\"a\r\"");
}

TEST_CASE("text in Markdown is shown as it is") {
    CHECK(markdown_text("payment.card-numbers") == "payment.card-numbers");
    CHECK(markdown_text("a|b *c* <d> [e](f) `g` \\ # _h_") ==
          "a\\|b \\*c\\* \\<d\\> \\[e\\]\\(f\\) \\`g\\` \\\\ \\# \\_h\\_");
}

TEST_CASE("an invalid policy has no matrix and no digest") {
    temporary_directory const folder;
    std::string const broken = folder.write("p.yaml", "rolecall: 1\nroels: {}\n");
    for (std::string const command : {"matrix", "digest"}) {
        outcome const refused = run({command, broken});
        CHECK(refused.code == 3);
        CHECK(refused.out.empty());
        CHECK(has(refused.err, "[unknown-key]"));
        CHECK(run({command, folder.path("missing")}).code == 2);
    }
}

TEST_CASE("the digest is 64 hexadecimal digits, and changes with what the policy says alone") {
    shop_folder const shop;
    outcome const done = run({"digest", shop.policy()});
    CHECK(done.code == 0);
    CHECK(done.out.size() == 65);
    CHECK(done.out.find_first_not_of("0123456789abcdef") == 64);

    std::string text(rolecall::testing::shop_text);
    std::string const commented = shop.write("b/commented.yaml", "# A comment\n" + text);
    CHECK(run({"digest", commented}).out == done.out);
    text.replace(text.find("account: view"), 13, "account: all");
    CHECK(run({"digest", shop.write("c/changed.yaml", text)}).out != done.out);

    std::string const digits = done.out.substr(0, 64);
    CHECK(run({"digest", shop.policy(), "--format", "json"}).out ==
          R"({"policy":")" + shop.policy() + R"(","sha256":")" + digits + "\"}\n");
}

}  // namespace
