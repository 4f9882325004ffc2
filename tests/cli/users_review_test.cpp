// `rolecall users review`: text, CSV and JSON.
#include "cli/review/report.hpp"
#include "support/office.hpp"
#include "support/program.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::date;
using rolecall::user_store;
using rolecall::testing::fill;
using rolecall::testing::has;
using rolecall::testing::office_folder;
using rolecall::testing::outcome;
using rolecall::testing::run;
using words = std::vector<std::string>;

std::string without_line(std::string text, std::string_view beginning) {
    std::size_t const at = text.find(beginning);
    return at == std::string::npos ? text : text.erase(at, text.find('\n', at) + 1 - at);
}

// On one line, however it was broken into lines.
std::string unfolded(std::string_view text) {
    std::string result;
    for (char const c : text) {
        bool const blank = c == ' ' || c == '\n';
        if (!blank || (!result.empty() && result.back() != ' ')) result += blank ? ' ' : c;
    }
    return result;
}

std::vector<std::string> lines_of(std::string const& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// ---- Text --------------------------------------------------------------------------------

TEST_CASE("a review says first what needs attention, then what ends, who has what, and access") {
    office_folder const shop;
    fill(shop);
    outcome const done = shop.review();
    CHECK(done.code == 1);
    CHECK(done.err.empty());
    CHECK(without_line(done.out, "policy ") ==
          "Access review of Files of the office on 2026-11-22\n"
          "7 users; 1 thing needs attention\n"
          "\n"
          "Needs attention\n"
          "  gus\n"
          "      assigned `dsek`, which the policy does not declare: they are denied everything\n"
          "\n"
          "Ends within 30 days\n"
          "  2026-12-10  ann  desk\n"
          "\n"
          "Users without roles\n"
          "  new, old (desk until 2026-01-31)\n"
          "\n"
          "Roles without users\n"
          "  idle, refunds\n"
          "\n"
          "Who has which role\n"
          "  ann\n"
          "      desk                 until 2026-12-10\n"
          "      staff  through desk  until 2026-12-10\n"
          "  bob\n"
          "      desk\n"
          "      staff  through desk\n"
          "  boss\n"
          "      cash\n"
          "      staff  through cash\n"
          "  cid\n"
          "      desk   until 2027-12-31\n"
          "      staff\n"
          "  gus\n"
          "      desk\n"
          "      staff  through desk\n"
          "\n"
          "Who has access\n"
          "  account (confidential, GDPR, PCI DSS)\n"
          "    view                         cash: boss\n"
          "    view                         desk: ann (until 2026-12-10), bob\n"
          "    view                         desk or staff: cid\n"
          "    modify                       desk: ann (until 2026-12-10), bob, cid (until "
          "2027-12-31)\n"
          "  payment\n"
          "    view, modify, store, delete  cash: boss\n"
          "    view                         desk if asked: ann (until 2026-12-10), bob, cid (until "
          "2027-12-31)\n"
          "\n"
          "Categories that nobody has access to\n"
          "  attic\n"
          "\n"
          "Signed\n"
          "  Reviewed by      ______________________________  on  __________\n"
          "  Acknowledged by  ______________________________  on  __________\n"
          "  Next review due by 2027-05-22\n");
    CHECK(has(done.out, "\npolicy "));
}

TEST_CASE("a separation that is broken is told with its rule, place and reason, and ends with 1") {
    office_folder const shop;
    shop.assign("eve", "cash");
    shop.assign("eve", "refunds");
    shop.assign("flo", "cash");
    shop.assign("flo", "refunds");
    outcome const done = shop.review();
    CHECK(done.code == 1);
    std::string const text = unfolded(done.out);
    CHECK(has(text, "1 thing needs attention"));
    CHECK(has(text, "Needs attention eve, flo separation `four-eyes` (" + shop.policy + ":26): "));
    CHECK(has(text, "because: Nobody pays out alone"));
    // They are denied everything, so they have no access.
    CHECK(has(text, "view, modify, store, delete cash: boss Categories"));
}

TEST_CASE("without a store, the users of the policy itself are reviewed") {
    office_folder const shop;
    outcome const done = run({"users", "review", "--policy", shop.policy, "--at", "2026-11-22"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "1 user; nothing needs attention\n"));
    CHECK(has(done.out, "  boss\n      cash\n      staff  through cash\n"));
}

TEST_CASE("a review is of a day, and of assignments that end so soon") {
    office_folder const shop;
    shop.assign("ann", "desk", "2026-12-10");
    words const late{"users", "review", shop.store, "--policy", shop.policy, "--at", "2026-12-11"};
    CHECK(has(run(late).out, "Users without roles\n  ann (desk until 2026-12-10)\n"));
    CHECK(has(shop.review({"--ending-within", "18"}).out,
              "Ends within 18 days\n  2026-12-10  ann  desk\n"));
    CHECK(!has(shop.review({"--ending-within", "17"}).out, "Ends within"));
}

TEST_CASE("a long list of users is cut in text, and lines are no wider than they must be") {
    office_folder const shop;
    std::vector<rolecall::user_edit> edits;
    std::vector<std::string> ids;
    for (int i = 0; i < 60; ++i) ids.push_back("employee-" + std::to_string(i) + "@office.example");
    for (std::string const& id : ids) {
        edits.push_back(rolecall::user_edit::add_user(id));
        edits.push_back(rolecall::user_edit::assign(id, "desk", std::nullopt));
    }
    user_store(shop.store).apply(edits);
    outcome const done = shop.review();
    CHECK(done.code == 0);
    CHECK(has(unfolded(done.out), "and 40 more desk"));
    CHECK(has(unfolded(done.out), "and 50 more"));
    for (std::string const& line : lines_of(done.out)) CHECK(line.size() <= 100);
}

TEST_CASE("what needs attention has a colour where colours are wanted") {
    office_folder const shop;
    fill(shop);
    CHECK(has(shop.review({"--color", "always"}).out, "\x1b[1;31mgus\x1b[0m"));
    CHECK(!has(shop.review().out, "\x1b"));
}

TEST_CASE("there is no review of nobody, of what can't be read, or by no policy") {
    office_folder const shop;
    std::string const bare = shop.write("bare.yaml", "rolecall: 1\nroles: {desk: At the desk}\n");
    outcome const nobody = run({"users", "review", shop.store, "--policy", bare});
    CHECK(nobody.code == 2);
    CHECK(nobody.out.empty());
    CHECK(has(nobody.err, "there is nobody to review: " + bare + " lists no users, and " +
                              shop.store + " has none\n"));
    outcome const alone = run({"users", "review", "--policy", bare});
    CHECK(alone.code == 2);
    CHECK(has(alone.err, "and no store is given\n"));
    CHECK(run({"users", "review", shop.path("none.db"), "--policy", shop.policy}).code == 2);
    CHECK(run({"users", "review", shop.store}).code == 2);
    CHECK(run({"users", "review", shop.store, "--policy", shop.path("none.yaml")}).code == 2);
    CHECK(run({"users", "review", shop.store, "--policy",
               shop.write("broken.yaml", "rolecall: 1\nroels: {}\n")})
              .code == 3);
}

TEST_CASE("a review changes nothing in the store") {
    office_folder const shop;
    fill(shop);
    auto const users = [&] { return run({"users", "export", shop.store}).out; };
    std::string const before = users();
    CHECK(shop.review().code == 1);
    CHECK(users() == before);
}

// ---- CSV ---------------------------------------------------------------------------------

TEST_CASE("a review as CSV has a row for each role of each user, and room for a decision") {
    office_folder const shop;
    fill(shop);
    outcome const done = shop.review({"--format", "csv"});
    CHECK(done.code == 1);
    CHECK(done.out ==
          "user,role,how,through,until,source,attention,decision,initials\n"
          "ann,desk,assigned,,2026-12-10,store,,,\n"
          "ann,staff,inherited,desk,2026-12-10,,,,\n"
          "bob,desk,assigned,,,store,,,\n"
          "bob,staff,inherited,desk,,,,,\n"
          "boss,cash,assigned,,,policy,,,\n"
          "boss,staff,inherited,cash,,,,,\n"
          "cid,desk,assigned,,2027-12-31,store,,,\n"
          "cid,staff,assigned,,,store,,,\n"
          "gus,dsek,undeclared,,,store,the policy does not declare this role,,\n"
          "gus,desk,assigned,,,store,,,\n"
          "gus,staff,inherited,desk,,,,,\n"
          "new,,none,,,store,,,\n"
          "old,desk,passed,,2026-01-31,store,,,\n");
}

TEST_CASE("in a review as CSV, the roles that break a separation say so") {
    office_folder const shop;
    shop.assign("eve", "cash");
    shop.assign("eve", "refunds");
    for (std::string const& line : lines_of(shop.review({"--format", "csv"}).out)) {
        bool const part = line.starts_with("eve,cash,") || line.starts_with("eve,refunds,");
        CHECK(has(line, "separation `four-eyes`") == part);
    }
}

TEST_CASE("no id becomes a formula of a spreadsheet, whatever it takes for the end of a cell") {
    office_folder const shop;
    for (std::string_view const id :
         {"=1+2", "+1", "-1", "@SUM(A1)", "'=1", "a;=1+2", "a,\"b\"", "＝1", "it's"})
        shop.add(id);
    auto lines = lines_of(shop.review({"--format", "csv"}).out);
    std::vector<std::string> ids;
    for (std::string const& line : lines)
        if (has(line, ",,none,,,store")) ids.push_back(line.substr(0, line.find(",,none")));
    std::sort(ids.begin(), ids.end());
    std::vector<std::string> wanted{"'+1",  "'-1",  "'=1+2",      "''=1",           "'@SUM(A1)",
                                    "'＝1", "it's", "\"a;=1+2\"", "\"a,\"\"b\"\"\""};
    std::sort(wanted.begin(), wanted.end());
    CHECK(ids == wanted);
}

// ---- JSON --------------------------------------------------------------------------------

TEST_CASE("a review as JSON has everything, in one line") {
    office_folder const shop;
    shop.assign("ann", "desk", "2026-12-10");
    outcome const done = shop.review({"--format", "json"});
    CHECK(done.code == 0);
    std::size_t const digest = done.out.find("\"sha256\":\"") + 10;
    std::string const out = done.out.substr(0, digest) + done.out.substr(digest + 64);
    CHECK(out ==
          R"({"policy":{"path":")" + shop.policy +
              R"(","name":"Files of the office","owner":"privacy@office.example","sha256":""},)"
              R"("store":")" +
              shop.store +
              R"(","on":"2026-11-22","next_review":"2027-05-22","needs_attention":[],)"
              R"("ending_within_days":30,"ending":[{"user":"ann","role":"desk",)"
              R"("until":"2026-12-10"}],"users_without_roles":[],)"
              R"("roles_without_users":["idle","refunds"],"users":[)"
              R"({"user":"ann","in_policy":false,"in_store":true,"refused":null,"roles":[)"
              R"({"role":"desk","assigned":true,"through":["desk"],"until":"2026-12-10",)"
              R"("assigned_until":"2026-12-10","from":["store"]},)"
              R"({"role":"staff","assigned":false,"through":["desk","staff"],)"
              R"("until":"2026-12-10","assigned_until":null,"from":[]}],"passed":[],)"
              R"("undeclared":[],"violations":[]},)"
              R"({"user":"boss","in_policy":true,"in_store":false,"refused":null,"roles":[)"
              R"({"role":"cash","assigned":true,"through":["cash"],"until":null,)"
              R"("assigned_until":null,"from":["policy"]},)"
              R"({"role":"staff","assigned":false,"through":["cash","staff"],"until":null,)"
              R"("assigned_until":null,"from":[]}],"passed":[],"undeclared":[],)"
              R"("violations":[]}],"access":[)" +
              out.substr(out.find("\"access\":[") + 10));
    CHECK(has(out, R"({"category":"account","level":"confidential","laws":["GDPR","PCI DSS"],)"
                   R"("action":"modify","ways":[{"effect":"allow","if":null,"facts":[],)"
                   R"("apart":false,"through":[{"role":"desk","if":null}],)"
                   R"("users":[{"user":"ann","until":"2026-12-10"}]}]})"));
    CHECK(has(out, R"("if":"asked","facts":["asked"],"apart":false,)"
                   R"("through":[{"role":"desk","if":"asked"}])"));
    CHECK(has(out, R"("categories_without_access":["attic"]})"
                   "\n"));
    CHECK(lines_of(out).size() == 1);
}

TEST_CASE("a review as JSON has what needs attention, with the users") {
    office_folder const shop;
    shop.assign("eve", "cash");
    shop.assign("eve", "refunds");
    shop.assign("gus", "dsek");
    std::string const out = shop.review({"--format", "json"}).out;
    CHECK(has(out, R"("needs_attention":[{"kind":"separation","name":"four-eyes","message":)"));
    CHECK(has(out, R"("users":["eve"]},{"kind":"undeclared-role","name":"dsek","message":)"));
    CHECK(has(out, R"("refused":"separation")"));
    CHECK(has(out, R"("violations":[{"separation":"four-eyes","roles":["cash","refunds"],)"
                   R"("because":"Nobody pays out alone")"));
    CHECK(has(out, R"("refused":"unknown-name","roles":[],"passed":[],"undeclared":["dsek"])"));
}

}  // namespace
