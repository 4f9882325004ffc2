// `rolecall blast-radius`.
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using rolecall::user_store;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::temporary_directory;
using words = std::vector<std::string>;

constexpr char const* desk_text = R"(rolecall: 1

policy:
  name: Front desk

facts:
  asked: The customer asked
  on-hold: A court asked to keep the records

categories:
  account: {about: Names, level: confidential, laws: [GDPR]}
  account.phone: Numbers
  payment: {about: Bank details, level: restricted, laws: [PCI DSS]}
  payment.card: Card numbers
  attic: Nobody's

roles:
  staff: {may: {account: view}}
  desk: {inherits: staff, may: {account: [view, modify], payment: {view: {if: asked}}}}
  cash: {inherits: staff, may: {payment: all, payment.card: view}}
  idle: Nothing yet

users:
  ann: [desk]
  bob: [{roles: cash, until: 2026-12-31}, desk]
  cid: [desk]
  dee: [idle]
  old: {roles: cash, until: 2026-01-31}

never:
  kept:
    categories: payment
    actions: delete
    if: on-hold

separation:
  one-at-a-time:
    roles: [cash, desk]
    at-most: 1
    per: session
)";

class desk_folder : public temporary_directory {
public:
    std::string const policy = write("desk.yaml", desk_text);

    [[nodiscard]] outcome ask(words rest) const {
        rest.insert(rest.begin(), {"blast-radius", policy, "--at", "2026-06-15"});
        return run(rest);
    }
};

TEST_CASE("an account is shown with what it exposes, strictest level first, beside the others") {
    desk_folder const desk;
    outcome const done = desk.ask({"--user", "bob"});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(done.out ==
          R"(Blast radius of bob
Holds   cash, desk
On      2026-06-15 (UTC)
Policy  Front desk

If this account is taken over, 3 of 5 categories are exposed, with 7 rights: 6 for certain, and 1
under some facts.
Of 3 other users, all expose less, counted from the strictest level on.
Not all of these roles may be active at the same time; each may alone, one after the other.

By level
  Level         Categories          Rights  Certain  Least  Median  Most  More than  Most by
  restricted    ██████████  2 of 2       5        4      0       1     1     3 of 3  ann, 1 more
  confidential  █████·····  1 of 2       2        2      0       2     2     1 of 3  ann, 1 more
  no level      ··········  0 of 1       0        0      0       0     0     0 of 3
  █ for certain, ▒ only under some facts.
  Least, median and most are the rights of other users; `More than` is how many of them have fewer.

Exposed: restricted (PCI DSS)
  Category      Rights         As                             Only if
  payment       view           cash until 2026-12-31 or desk
                modify, store  cash until 2026-12-31
                delete         cash until 2026-12-31          not on-hold
  payment.card  view           cash until 2026-12-31

Exposed: confidential (GDPR)
  Category  Rights  As
  account   view    cash until 2026-12-31 or desk
            modify  desk

What it takes
  Facts that rights depend on: an attacker waits for them, or brings them about.
  Fact     Rights  What it states
  on-hold       1  A court asked to keep the records

Only this user has
  Nobody else can do this, under any facts.
  Category      Level       Rights
  payment       restricted  modify, store, delete
  payment.card  restricted  view

By level and action
  Level         Action  Rights  Certain  Least  Median  Most  More than
  restricted    view         2        2      0       1     1     3 of 3
                modify       1        1      0       0     0     3 of 3
                store        1        1      0       0     0     3 of 3
                delete       1        0      0       0     0     3 of 3
  confidential  view         1        1      0       1     1     1 of 3
                modify       1        1      0       1     1     1 of 3
)");
}

TEST_CASE("a role is compared with roles, and several are shown each alone, too") {
    desk_folder const desk;
    outcome const one = desk.ask({"desk"});
    CHECK(one.code == 0);
    CHECK(has(one.out, "Blast radius of desk\nOn      2026-06-15"));
    CHECK(has(one.out, "Of 3 other roles, 2 expose less, 1 exposes more,"));
    CHECK(has(one.out, "  restricted    ▒▒▒▒▒·····  1 of 2       1        0 "));
    CHECK(has(one.out, "  payment   view    asked\n"));
    CHECK(!has(one.out, "Each role alone"));
    CHECK(desk.ask({"--role", "desk"}).out == one.out);

    outcome const both = desk.ask({"--role", "desk", "--role", "cash"});
    CHECK(both.code == 0);
    CHECK(has(both.out, "Blast radius of cash or desk\n"));
    CHECK(has(both.out, "If whatever asks as these roles is taken over, 3 of 5 categories"));
    CHECK(has(both.out, "Not all of these roles may be active at the same time"));
    CHECK(has(both.out,
              "Each role alone\n"
              "  Role  restricted  confidential  no level    All\n"
              "  cash       5 (4)             1         0  6 (5)\n"
              "  desk       1 (0)             2         0  3 (2)\n"));
}

TEST_CASE("facts that are given make rights certain, or take them away") {
    desk_folder const desk;
    outcome const none = desk.ask({"desk", "--fact", "asked=false"});
    CHECK(has(none.out, "Given   asked=false\n"));
    CHECK(!has(none.out, "Exposed: restricted"));
    outcome const open = desk.ask({"desk", "--fact", "asked=true"});
    CHECK(has(open.out, "with 3 rights, all of them for certain.\n"));
    CHECK(!has(open.out, "What it takes"));
    CHECK(has(desk.ask({"desk", "--fact", "asked=unknown"}).out, "Only if"));
}

TEST_CASE("without a question, everybody is ranked by what they expose") {
    desk_folder const desk;
    outcome const done = desk.ask({});
    CHECK(done.code == 0);
    CHECK(done.out ==
          R"(Blast radius of everybody
On      2026-06-15 (UTC)
Policy  Front desk

3 of 4 roles and 3 of 4 users can reach something.

Roles
  Role   restricted  confidential  no level    All
  cash        5 (4)             1         0  6 (5)
  desk        1 (0)             2         0  3 (2)
  staff           0             1         0      1

Users
  User      restricted  confidential  no level    All  Roles
  bob            5 (4)             2         0  7 (6)  cash, desk
  ann, cid       1 (0)             2         0  3 (2)  desk
  Rights, the strictest level first; in brackets those that are certain, where they are fewer.
)");
}

TEST_CASE("a ranking has the first 20, or all") {
    temporary_directory const folder;
    std::string text = "rolecall: 1\ncategories: {account: Names}\nroles:\n";
    for (int i = 10; i < 35; ++i) text += "  r" + std::to_string(i) + ": {may: {account: view}}\n";
    std::string const policy = folder.write("many.yaml", text);
    outcome const some = run({"blast-radius", policy});
    CHECK(has(some.out, "  r29 "));
    CHECK(!has(some.out, "  r30 "));
    CHECK(has(some.out, "  The first 20 of 25; `--all` shows the others.\n"));
    outcome const all = run({"blast-radius", policy, "--all"});
    CHECK(has(all.out, "  r34 "));
    CHECK(!has(all.out, "--all"));
    CHECK(has(run({"blast-radius", policy, "--format", "csv"}).out, "role,r34,"));
}

TEST_CASE("the reverse lists who can reach a category, and how many of how many") {
    desk_folder const desk;
    outcome const done = desk.ask({"--category", "payment"});
    CHECK(done.code == 0);
    CHECK(done.out ==
          R"(Who can reach payment
Level   restricted
Laws    PCI DSS
On      2026-06-15 (UTC)
Policy  Front desk

2 of 4 roles (1 for certain) and 3 of 4 users (1 for certain) can reach it.

By action
  Category  Level       Action       Roles       Users
  payment   restricted  view    2 of 4 (1)  3 of 4 (1)
                        modify      1 of 4      1 of 4
                        store       1 of 4      1 of 4
                        delete  1 of 4 (0)  1 of 4 (0)
  In brackets: how many for certain, where that is fewer.

Roles
  Role  Rights               Only if
  cash  view, modify, store
        delete               not on-hold
  desk  view                 asked

Users
  User      Rights         As            Only if
  bob       view           cash or desk
            modify, store  cash
            delete         cash          not on-hold
  ann, cid  view           desk          asked
)");
    CHECK(!has(done.out, "payment.card"));
    outcome const below = desk.ask({"--category", "payment", "--below"});
    CHECK(has(below.out, "Who can reach payment and below\n"));
    CHECK(has(below.out, "  payment.card  restricted  view        1 of 4      1 of 4\n"));
    CHECK(has(desk.ask({"--category", "account"}).out, "  cash   view          staff\n"));
}

TEST_CASE("the reverse of a level ranks who can reach anything of it") {
    desk_folder const desk;
    outcome const done = desk.ask({"--level", "restricted"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "Who can reach anything restricted\n"));
    CHECK(has(done.out,
              "Roles\n"
              "  Role  Categories          Rights  Certain\n"
              "  cash  ██████████  2 of 2       5        4\n"
              "  desk  ▒▒▒▒▒·····  1 of 2       1        0\n"));
    CHECK(has(done.out, "  ann, cid  ▒▒▒▒▒·····  1 of 2       1        0  desk\n"));
    outcome const none = desk.ask({"--level", "public"});
    CHECK(none.code == 1);
    CHECK(has(none.out, "No category has this level.\n"));
}

TEST_CASE("what nobody reaches, and who exposes nothing, ends with 1") {
    desk_folder const desk;
    outcome const attic = desk.ask({"--category", "attic"});
    CHECK(attic.code == 1);
    CHECK(has(attic.out, "\nNobody can reach it.\n"));
    outcome const idle = desk.ask({"--user", "dee"});
    CHECK(idle.code == 1);
    CHECK(has(idle.out, "\nNothing is exposed.\n"));
    CHECK(desk.ask({"idle"}).code == 1);
    outcome const passed = desk.ask({"--user", "old"});
    CHECK(passed.code == 1);
    CHECK(has(passed.out, "has passed; the last ended on 2026-01-31. [expired]"));
}

TEST_CASE("the users of a store stand beside those of the policy") {
    desk_folder const desk;
    std::string const store = desk.path("staff.db");
    {
        user_store staff(store, {.create = true});
        for (char const* const id : {"=1+2", "zoë"}) {
            staff.add_user(id);
            staff.assign(id, "cash", rolecall::date::parse("2026-09-30"));
        }
    }
    CHECK(desk.ask({"--user", "zoë"}).code == 1);
    outcome const done = desk.ask({"--user", "zoë", "--users", store});
    CHECK(done.code == 0);
    CHECK(has(done.out, "Of 5 other users, 3 expose less, 1 exposes as much, 1 exposes more,"));
    CHECK(has(done.out, "Users of  the policy, " + store + "\n"));
    outcome const reach = desk.ask({"--category", "payment.card", "--users", store});
    CHECK(has(reach.out, "  =1+2 (until 2026-09-30), zoë (until 2026-09-30)  view    cash\n"));
    outcome const csv =
        desk.ask({"--category", "payment.card", "--users", store, "--format", "csv"});
    CHECK(csv.out ==
          "kind,name,category,action,effect,if,facts,through,until\n"
          "role,cash,payment.card,view,allow,,,cash,\n"
          "user,'=1+2,payment.card,view,allow,,,cash,2026-09-30\n"
          "user,zoë,payment.card,view,allow,,,cash,2026-09-30\n"
          "user,bob,payment.card,view,allow,,,cash,2026-12-31\n");
    CHECK(desk.ask({"--users", desk.path("none.db")}).code == 2);
}

TEST_CASE("exposure as CSV has a line for each right, or for each count") {
    desk_folder const desk;
    CHECK(desk.ask({"--user", "bob", "--format", "csv"}).out ==
          "level,category,laws,action,effect,if,facts,through,until,only\n"
          "restricted,payment,PCI DSS,view,allow,,,cash desk,,no\n"
          "restricted,payment,PCI DSS,modify,allow,,,cash,2026-12-31,yes\n"
          "restricted,payment,PCI DSS,store,allow,,,cash,2026-12-31,yes\n"
          "restricted,payment,PCI DSS,delete,conditional,not on-hold,on-hold,cash,2026-12-31,yes\n"
          "restricted,payment.card,PCI DSS,view,allow,,,cash,2026-12-31,yes\n"
          "confidential,account,GDPR,view,allow,,,cash desk,,no\n"
          "confidential,account,GDPR,modify,allow,,,desk,,no\n");
    CHECK(desk.ask({"--level", "restricted", "--format", "csv"}).out ==
          "kind,name,roles,level,categories,certain_categories,level_categories,rights,"
          "certain_rights\n"
          "role,cash,,restricted,2,2,2,5,4\n"
          "role,desk,,restricted,1,0,2,1,0\n"
          "user,bob,cash desk,restricted,2,2,2,5,4\n"
          "user,ann,desk,restricted,1,0,2,1,0\n"
          "user,cid,desk,restricted,1,0,2,1,0\n");
}

TEST_CASE("exposure as JSON has every count, and every comparison") {
    desk_folder const desk;
    std::string const bob = desk.ask({"--user", "bob", "--format", "json"}).out;
    for (
        std::string_view const part :
        {R"({"asked":{"user":"bob","roles":null,"category":null,"below":false,"level":null},)",
         R"("on":"2026-06-15","given":{},"refused":null,"compared_with":3,"less":3,"as_much":0,)",
         R"("apart":true,"holds":["cash","desk"],"total":{"categories":{"certain":3,"possible":3})",
         R"({"level":"restricted","of":2,"laws":["PCI DSS"],"count":{)",
         R"("possible":{"least":0,"median":1,"most":1,"fewer":3,"as_many":0,)"
         R"("most_by":["ann","cid"],"most_by_count":2})",
         R"({"action":"delete","only":true,"effect":"conditional","if":"not on-hold",)"
         R"("facts":["on-hold"],"until":"2026-12-31","apart":false,"through":[{"role":"cash")",
         R"({"level":null,"of":1,)", R"("each":[]})"})
        CHECK_MESSAGE(has(bob, part), part);
    CHECK(std::count(bob.begin(), bob.end(), '\n') == 1);

    std::string const everybody = desk.ask({"--format", "json"}).out;
    CHECK(has(everybody,
              R"("role_count":4,"user_count":4,"levels":[{"level":"restricted","of":2},)"));
    CHECK(has(everybody, R"({"users":["ann","cid"],"roles":["desk"],"levels":[)"));

    std::string const reach = desk.ask({"--category", "payment", "--format", "json"}).out;
    CHECK(has(reach, R"("reached_by":{"roles":{"certain":1,"possible":2},)"
                     R"("users":{"certain":1,"possible":3}})"));
    CHECK(has(reach, R"({"users":[{"user":"bob","until":null,)"
                     R"("ends":[null,"2026-12-31","2026-12-31","2026-12-31"]}],)"));

    outcome const refused = desk.ask({"dsek", "--format", "json"});
    CHECK(refused.code == 1);
    CHECK(has(refused.out, R"("refused":{"reason":"unknown-name","messages":["`dsek` is not a )"
                           R"(role of this policy; did you mean `desk`?"]}})"));
}

TEST_CASE("exposure as Markdown has tables, and names can't mark anything up") {
    temporary_directory const folder;
    std::string const policy =
        folder.write("odd.yaml",
                     "rolecall: 1\ncategories: {account: Names}\n"
                     "roles: {desk: {may: {account: view}}}\nusers: {'a|*b*<i>': desk}\n");
    std::string const all = run({"blast-radius", policy, "--format", "markdown"}).out;
    CHECK(has(all, "## Blast radius of everybody\n"));
    CHECK(has(all, "| Role | no level | All |\n| --- | ---: | ---: |\n| desk | 1 | 1 |\n"));
    CHECK(has(all, "| a\\|\\*b\\*\\<i\\> | 1 | 1 | desk |\n"));
    std::string const one =
        run({"blast-radius", policy, "--user", "a|*b*<i>", "--format", "markdown"}).out;
    CHECK(has(one, "## Blast radius of a\\|\\*b\\*\\<i\\>\n"));
    CHECK(has(one, "| no level | 100 % | 1 of 1 | 1 | 1 |\n"));
    CHECK(has(one, "There is no other user to compare with."));
}

TEST_CASE("a page of exposure has no script, asks nothing of anybody, and ids do nothing in it") {
    temporary_directory const folder;
    std::string const policy = folder.write(
        "odd.yaml",
        "rolecall: 1\n"
        "categories: {account: {about: Names, level: restricted, laws: ['<b>GDPR</b>']}}\n"
        "roles: {desk: {may: {account: view}}}\n"
        "users: {'<script>alert(1)</script>': desk, '\"><img src=x>': desk}\n");
    for (words const& question :
         {words{}, {"--user", "<script>alert(1)</script>"}, {"--category", "account"}}) {
        words line{"blast-radius", policy, "--format", "html"};
        line.insert(line.end(), question.begin(), question.end());
        outcome const done = run(line);
        CHECK(done.code == 0);
        for (std::string_view const part :
             {"<script", "src=\"", "href=", "url(", "http:", "https:", "@import", "<img", "<b>"})
            CHECK_MESSAGE(!has(done.out, part), part);
        CHECK(has(done.out, "<!DOCTYPE html>"));
        CHECK(has(done.out, "default-src 'none'"));
        CHECK(has(done.out, "</html>\n"));
        for (std::string_view const tag : {"table", "tr", "td", "th", "div", "span", "bdi", "p"}) {
            std::size_t opened = 0;
            std::size_t closed = 0;
            std::string const open = '<' + std::string(tag);
            for (std::size_t at = done.out.find(open); at != std::string::npos;
                 at = done.out.find(open, at + 1))
                opened += has(" >", done.out.substr(at + open.size(), 1)) ? 1U : 0U;
            std::string const close = "</" + std::string(tag) + '>';
            for (std::size_t at = done.out.find(close); at != std::string::npos;
                 at = done.out.find(close, at + 1))
                ++closed;
            CHECK_MESSAGE(opened == closed, tag);
        }
    }
    std::string const user =
        run({"blast-radius", policy, "--user", "<script>alert(1)</script>", "--format", "html"})
            .out;
    CHECK(has(user, "<bdi>Blast radius of &lt;script&gt;alert(1)&lt;/script&gt;</bdi>"));
    CHECK(has(user, "<span class=\"label\"><bdi>&lt;b&gt;GDPR&lt;/b&gt;</bdi></span>"));
    CHECK(has(user, "aria-label=\"1 for certain, 1 possible, of 1\""));
}

TEST_CASE("a name that a policy does not declare is named, with what was probably meant") {
    desk_folder const desk;
    for (auto const& [line, said] : std::vector<std::pair<words, std::string>>{
             {{"dsek"},
              "`dsek` is not a role of this policy; did you mean `desk`? [unknown-name]\n"},
             {{"--user", "bbo"},
              "`bbo` is not a user of this policy; did you mean `bob`? [unknown-name]\n"},
             {{"--category", "paymnt"},
              "`paymnt` is not a category of this policy; did you mean `payment`?"},
             {{"--level", "restrictd"},
              "`restrictd` is not a level of this policy; did you mean `restricted`?"},
             {{"--fact", "askd=true"},
              "`askd` is not a fact of this policy; did you mean `asked`?"},
             {{"desk", "--fact", "askd=true"}, "`askd` is not a fact of this policy"}}) {
        outcome const done = desk.ask(line);
        CHECK(done.code == 1);
        CHECK_MESSAGE(has(done.out, said), done.out);
        words as_page = line;
        as_page.insert(as_page.end(), {"--format", "html"});
        outcome const page = desk.ask(as_page);
        CHECK(page.code == 1);
        CHECK(page.out.empty());
        CHECK(has(page.err, said));
    }
}

TEST_CASE("options that ask two things at once, or don't go together, are refused") {
    desk_folder const desk;
    auto const refused = [&](words const& line, std::string_view said) {
        outcome const done = desk.ask(line);
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        CHECK_MESSAGE(has(done.err, said), done.err);
    };
    refused({"desk", "--user", "ann"}, "one question at a time: a role and `--user` are two");
    refused({"--category", "account", "--level", "public"}, "`--category` and `--level` are two");
    refused({"--role", "desk", "--level", "public"}, "`--role` and `--level` are two");
    refused({"--below"}, "`--below` goes with `--category`");
    refused({"desk", "--all"}, "`--all` goes with lists of everybody");
    refused({"desk", "--users", "staff.db"}, "roles are compared with roles");
    refused({"desk", "cash"}, "`cash` is one word too many");
    refused({"--format", "xml"}, "it takes text, json, csv, markdown, html");
    CHECK(run({"blast-radius"}).code == 2);
    CHECK(run({"blast-radius", desk.path("missing")}).code == 2);
    CHECK(run({"blast-radius", desk.write("bad.yaml", "rolecall: 1\nroels: {}\n")}).code == 3);
}

TEST_CASE("exposure has colours where they are wanted") {
    desk_folder const desk;
    std::string const out = desk.ask({"--user", "bob", "--color", "always"}).out;
    CHECK(has(out, "\x1b[1mBlast radius of bob\x1b[0m\n"));
    CHECK(has(out, "\x1b[33mnot on-hold\x1b[0m\n"));
    CHECK(!has(desk.ask({"--user", "bob"}).out, "\x1b"));
}

}  // namespace
