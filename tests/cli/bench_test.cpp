// `rolecall bench`: what it measures and says; never how long anything takes.
#include "support/program.hpp"
#include "support/shop.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace json = boost::json;

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::run_options;
using rolecall::testing::shop_folder;
using rolecall::testing::temporary_directory;
using words = std::vector<std::string>;

outcome quick(words line, run_options const& options = {}) {
    line.insert(line.begin(), "bench");
    line.insert(line.end(), {"--seconds", "0.01"});
    return run(line, options);
}

json::object measured(words line, run_options const& options = {}) {
    line.insert(line.end(), {"--format", "json"});
    outcome const done = quick(line, options);
    REQUIRE_MESSAGE(done.code == 0, done.err);
    return json::parse(done.out).as_object();
}

std::string asking(std::string const& subject, std::string const& action,
                   std::string const& category, std::string const& facts = "{}") {
    return R"({"subject":)" + subject + R"(,"action":{"name":")" + action +
           R"("},"resource":{"type":")" + category + R"(","id":"1"},"context":{"facts":)" + facts +
           "}}\n";
}

std::string const support = R"({"type":"role","id":"support"})";
std::string const dana = R"({"type":"user","id":"dana"})";

std::string text(json::value const& of) { return std::string(of.as_string().c_str()); }

// `group: name` of each measure.
std::set<std::string> names(json::object const& report) {
    std::set<std::string> result;
    for (json::value const& one : report.at("measures").as_array())
        result.insert(text(one.at("group")) + ": " + text(one.at("name")));
    return result;
}

std::string why_left_out(json::object const& report, std::string const& group,
                         std::string const& name) {
    for (json::value const& one : report.at("left_out").as_array())
        if (text(one.at("group")) == group &&
            (one.at("name").is_null() ? name.empty() : text(one.at("name")) == name))
            return text(one.at("why"));
    return "(measured)";
}

void check_spread(json::value const& of) {
    double const p10 = of.at("p10").to_number<double>();
    double const median = of.at("median").to_number<double>();
    double const p90 = of.at("p90").to_number<double>();
    CHECK(p10 > 0);
    CHECK(p10 <= median);
    CHECK(median <= p90);
}

}  // namespace

TEST_CASE("bench measures every way to ask, to decide, and to load") {
    shop_folder const shop;
    json::object const report = measured({shop.policy(), "--questions", "100"});
    std::set<std::string> const got = names(report);
    for (std::string const expected : {"check by session: half denied at random",
                                       "check by session: all allowed",
                                       "check by session: all denied",
                                       "check by session: facts given, none needed",
                                       "check by reference: policy, half denied at random",
                                       "check by reference: authorizer, half denied at random",
                                       "check by reference: policy, facts given, none needed",
                                       "check by reference: policy, depending on facts",
                                       "check by reference: authorizer, depending on facts",
                                       "check by name: policy, half denied at random",
                                       "check by name: authorizer, half denied at random",
                                       "decide: no_records",
                                       "decide: recent_records",
                                       "decide: several, of both",
                                       "make a session: of one role",
                                       "make a session: of 3 roles",
                                       "make a session: of a listed user",
                                       "a policy: load",
                                       "a policy: compile, what was read",
                                       "a policy: fingerprint",
                                       "a policy: replace in an authorizer"}) {
        CAPTURE(expected);
        CHECK(got.contains(expected));
    }
    CHECK(why_left_out(report, "make a session", "of 8 roles") == "the policy has fewer roles");
}

TEST_CASE("bench gives each measure a floor, and both a spread") {
    shop_folder const shop;
    json::object const report = measured({shop.policy(), "--questions", "100"});
    for (json::value const& one : report.at("measures").as_array()) {
        CAPTURE(text(one.at("name")));
        check_spread(one.at("nanoseconds"));
        CHECK(one.at("batches").to_number<int>() >= 1);
        CHECK_FALSE(one.at("floors").as_array().empty());
        for (json::value const& floor : one.at("floors").as_array()) {
            check_spread(floor.at("nanoseconds"));
            CHECK(floor.at("ratio").to_number<double>() > 0);
        }
    }
}

TEST_CASE("bench says what it measured, on what machine, with which program") {
    shop_folder const shop;
    json::object const report =
        measured({shop.policy(), "--questions", "100", "--seed", "12345678901"});
    json::value const& policy = report.at("policy");
    CHECK(text(policy.at("path")) == shop.policy());
    CHECK(policy.at("roles").to_number<int>() == 3);
    CHECK(policy.at("categories").to_number<int>() == 2);
    CHECK(policy.at("actions").to_number<int>() == 4);
    CHECK(policy.at("facts").to_number<int>() == 2);
    CHECK(policy.at("users").to_number<int>() == 2);
    CHECK(policy.at("guardrails").to_number<int>() == 1);
    CHECK(policy.at("files").to_number<int>() == 1);
    CHECK(policy.at("bytes").to_number<std::size_t>() == rolecall::testing::shop_text.size());
    json::value const& machine = report.at("machine");
    CHECK_FALSE(text(machine.at("cpu")).empty());
    CHECK(machine.at("cpus").to_number<int>() >= 1);
    CHECK_FALSE(text(machine.at("compiler")).empty());
    json::value const& questions = report.at("questions");
    CHECK(text(questions.at("from")) == "random");
    CHECK(questions.at("count").to_number<int>() == 100);
    CHECK(questions.at("seed").to_number<std::uint64_t>() == 12345678901);
    CHECK(text(questions.at("asker")) == "billing");
    CHECK(report.at("doubts").is_array());
}

TEST_CASE("the table of bench is aligned, and fits into 120 columns") {
    shop_folder const shop;
    outcome const done = quick({shop.policy(), "--questions", "100"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "3 roles, 2 categories, 4 actions, 2 facts, 2 users; 1 file, "));
    CHECK(has(done.out, "100 random questions of each kind, seed 1; by session as billing\n"));
    CHECK(has(done.out, "\nLeft out\n  "));
    CHECK_FALSE(has(done.out, "\x1b["));
    std::istringstream lines(done.out);
    std::size_t column = 0;
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(line.size() <= 130);  // bytes
        std::size_t const found = line.find("  floor  ");
        if (found == std::string::npos) continue;
        if (column == 0) column = found;
        CHECK(found == column);
    }
    CHECK(column > 0);
}

TEST_CASE("bench colours its table where it is told to") {
    shop_folder const shop;
    outcome const done = quick({shop.policy(), "--questions", "10", "--color", "always"});
    CHECK(has(done.out, "\x1b[1mcheck by session\x1b[0m"));
}

TEST_CASE("a program that was built with asserts says so") {
    shop_folder const shop;
    outcome const done = quick({shop.policy(), "--questions", "10"});
#ifdef NDEBUG
    CHECK_FALSE(has(done.err, "with asserts"));
#else
    CHECK(has(done.err, "rolecall: this program was built "));
    CHECK(has(done.err, "with asserts"));
#endif
    CHECK_FALSE(has(done.err, "\r"));  // progress is for terminals
}

TEST_CASE("bench asks as the roles, or the user, that it is told") {
    shop_folder const shop;
    auto const asker = [&](words more) {
        more.insert(more.begin(), {shop.policy(), "--questions", "10"});
        return text(measured(more).at("questions").at("asker"));
    };
    CHECK(asker({"--role", "support"}) == "support");
    CHECK(asker({"--role", "support", "--role", "marketing"}) == "support, marketing");
    CHECK(asker({"--user", "dana"}) == "dana");
    CHECK(asker({"--user", "dana", "--role", "support"}) == "dana as support");
    json::object const dana_report = measured({shop.policy(), "--user", "dana"});
    CHECK(why_left_out(dana_report, "check by session", "depending on facts") ==
          "no right depends on facts");
}

TEST_CASE("bench refuses an asker who can't be active") {
    shop_folder const shop;
    outcome done = quick({shop.policy(), "--role", "suport"});
    CHECK(done.code == 2);
    CHECK(done.out.empty());
    CHECK(has(done.err, "rolecall: there is no role `suport`; did you mean `support`?\n"));
    done = quick({shop.policy(), "--user", "zoe"});
    CHECK(done.code == 2);
    CHECK(has(done.err, "`zoe` can't be active: unknown-name\n"));
    done = quick({shop.policy(), "--user", "dana", "--role", "billing"});
    CHECK(done.code == 2);
    CHECK(has(done.err, "`dana as billing` can't be active: not-assigned\n"));
}

TEST_CASE("bench measures recorded requests, as they were asked") {
    shop_folder const shop;
    std::string const file = shop.write(
        "requests.jsonl",
        asking(support, "view", "account") + "\n" + asking(support, "view", "payment") +
            asking(support, "view", "payment", R"({"open-ticket":true,"consent":null})") +
            asking(dana, "view", "account"));
    json::object const report = measured({shop.policy(), "--requests", file});
    json::value const& questions = report.at("questions");
    CHECK(text(questions.at("from")) == "requests");
    CHECK(questions.at("count").to_number<int>() == 4);
    CHECK(questions.at("allowed").to_number<int>() == 3);
    CHECK(questions.at("by_facts").to_number<int>() == 2);
    CHECK(questions.at("unknown_names").to_number<int>() == 0);
    CHECK(questions.at("first_unknown_name").is_null());
    std::set<std::string> const got = names(report);
    for (std::string const expected :
         {"recorded requests: by names", "recorded requests: by session",
          "recorded requests: by names, depending on facts",
          "recorded requests: by session, depending on facts",
          "check by reference: policy, as recorded",
          "check by reference: policy, depending on facts", "check by name: policy, as recorded",
          "decide: no_records", "a policy: load"}) {
        CAPTURE(expected);
        CHECK(got.contains(expected));
    }
    outcome const shown = quick({shop.policy(), "--requests", file});
    CHECK(has(shown.out, "4 recorded requests, 3 allowed, 2 depending on facts\n"));
}

TEST_CASE("bench reads requests from standard input") {
    shop_folder const shop;
    outcome const done =
        quick({shop.policy(), "--requests", "-"}, {.input = asking(support, "view", "account")});
    CHECK(done.code == 0);
    CHECK(has(done.out, "1 recorded request, 1 allowed"));
}

TEST_CASE("requests with unknown names are measured as denials, and told") {
    shop_folder const shop;
    std::string const file =
        shop.write("requests.jsonl",
                   asking(support, "view", "account") + asking(support, "fly", "account") +
                       asking(R"({"type":"user","id":"zoe"})", "view", "account") +
                       asking(R"({"type":"user","id":"bo","properties":{"roles":["support"]}})",
                              "view", "account"));
    json::object const report = measured({shop.policy(), "--requests", file});
    json::value const& questions = report.at("questions");
    CHECK(questions.at("allowed").to_number<int>() == 1);
    CHECK(questions.at("unknown_names").to_number<int>() == 2);
    CHECK(text(questions.at("first_unknown_name")) == "line 2: there is no action `fly`");
    CHECK(questions.at("not_active").to_number<int>() == 1);
    outcome const shown = quick({shop.policy(), "--requests", file});
    CHECK(has(shown.err,
              "2 requests name what the policy does not declare, and are denied; the "
              "first is line 2: there is no action `fly`\n"));
}

TEST_CASE("requests of unknown names alone are still measured by name") {
    shop_folder const shop;
    std::string const file = shop.write("requests.jsonl", asking(support, "fly", "account"));
    json::object const report = measured({shop.policy(), "--requests", file});
    CHECK(names(report).contains("recorded requests: by names"));
    CHECK(why_left_out(report, "recorded requests", "by session") != "(measured)");
    CHECK(why_left_out(report, "check by reference", "") ==
          "no request asks as a role that the policy has");
}

TEST_CASE("a line that is no request ends bench, with its place") {
    shop_folder const shop;
    std::string const file =
        shop.write("requests.jsonl", asking(support, "view", "account") + "\n" +
                                         R"({"subject":{"type":"role"}})" + "\nx\n");
    outcome const done = quick({shop.policy(), "--requests", file});
    CHECK(done.code == 2);
    CHECK(done.out.empty());
    CHECK(has(done.err, "requests.jsonl, line 3: `subject.id` is missing\n"));
    CHECK(has(done.err, "rolecall: 2 lines were no requests; nothing was measured\n"));
}

TEST_CASE("a file without requests, or that can't be read, ends bench") {
    shop_folder const shop;
    outcome done = quick({shop.policy(), "--requests", shop.write("empty", "\n \n")});
    CHECK(done.code == 2);
    CHECK(has(done.err, "empty holds no request\n"));
    done = quick({shop.policy(), "--requests", shop.path("missing")});
    CHECK(done.code == 2);
    CHECK(has(done.err, "can't read "));
    CHECK(has(done.err, "no such file or directory\n"));
    done = quick({shop.policy(), "--requests", shop.make_directory("folder")});
    CHECK(done.code == 2);
    CHECK(has(done.err, "is a directory\n"));
}

TEST_CASE("without a role or a category, bench measures what is left") {
    temporary_directory const folder;
    std::string const empty = folder.write("empty.yaml", "rolecall: 1\n");
    json::object report = measured({empty});
    CHECK(why_left_out(report, "check", "") == "the policy declares no role");
    CHECK(names(report).contains("a policy: load"));
    CHECK(quick({empty}).code == 0);

    report = measured({folder.write("roles.yaml", "rolecall: 1\nroles:\n  support: Helps\n")});
    CHECK(why_left_out(report, "check", "") == "the policy declares no category");

    report = measured({folder.write(
        "deny.yaml", "rolecall: 1\ncategories:\n  account: Names\nroles:\n  support: Helps\n")});
    CHECK(why_left_out(report, "check by session", "all allowed") ==
          "nothing is allowed without facts");
    CHECK(names(report).contains("check by session: half denied at random"));
    CHECK(names(report).contains("decide: no_records"));

    report = measured({folder.write("all.yaml",
                                    "rolecall: 1\ncategories:\n  account: Names\nroles:\n"
                                    "  support: {may: {account: all}}\n")});
    CHECK(why_left_out(report, "check by session", "all denied") ==
          "nothing is denied whatever the facts");
    CHECK(why_left_out(report, "make a session", "of a listed user") ==
          "the policy lists no users");

    report = measured({folder.write("facts.yaml",
                                    "rolecall: 1\nfacts:\n  consent: Agreed\n"
                                    "categories:\n  account: Names\nroles:\n"
                                    "  support: {may: {account: {all: {if: consent}}}}\n")});
    CHECK(names(report).contains("check by session: depending on facts"));
    CHECK(why_left_out(report, "check by name", "half denied at random") ==
          "every right depends on facts");
    CHECK(names(report).contains("decide: no_records"));
}

TEST_CASE("requests of a policy without roles are denials") {
    temporary_directory const folder;
    std::string const empty = folder.write("empty.yaml", "rolecall: 1\n");
    json::object const report =
        measured({empty, "--requests", folder.write("r", asking(support, "view", "account"))});
    CHECK(report.at("questions").at("unknown_names").to_number<int>() == 1);
    CHECK(names(report).contains("recorded requests: by names"));
}

TEST_CASE("bench needs a policy that is valid") {
    temporary_directory const folder;
    CHECK(quick({folder.write("bad.yaml", "rolecall: 2\n")}).code == 3);
    CHECK(quick({folder.path("missing.yaml")}).code == 2);
    CHECK(run({"bench"}).code == 2);
    CHECK(run({"bench", "a", "b"}).code == 2);
}

TEST_CASE("bench refuses numbers that make no sense") {
    shop_folder const shop;
    for (std::string const seconds : {"0", "-1", "1e9", "nan", "inf", "0x1", "3601", "", "1s"}) {
        CAPTURE(seconds);
        outcome const done = run({"bench", shop.policy(), "--seconds=" + seconds});
        CHECK(done.code == 2);
        CHECK(has(done.err, "`--seconds` takes a number from 0.01 to 3600, not "));
    }
    for (std::string const option : {"--questions", "--seed"})
        for (std::string const number : {"0", "-1", "1.5", "99999999999999999999", "x"}) {
            CAPTURE(number);
            outcome const done = run({"bench", shop.policy(), option + '=' + number});
            CHECK(done.code == 2);
            CHECK(has(done.err, '`' + option + "` takes a whole number from 1 to "));
        }
    CHECK(run({"bench", shop.policy(), "--questions", "1000001"}).code == 2);
    CHECK(quick({shop.policy(), "--questions", "1"}).code == 0);
    CHECK(run({"bench", shop.policy(), "--format", "csv"}).code == 2);
}

TEST_CASE("with requests, bench takes no other words on who asks what") {
    shop_folder const shop;
    for (words const& more :
         {words{"--role", "support"}, words{"--user", "dana"}, words{"--questions", "5"}}) {
        words line{shop.policy(), "--requests", "file"};
        line.insert(line.end(), more.begin(), more.end());
        outcome const done = quick(line);
        CHECK(done.code == 2);
        CHECK(has(done.err, "`" + more[0] + "` is one option too many"));
    }
}

TEST_CASE("bench leaves no file behind, and does without a folder for temporary files") {
    shop_folder const shop;
    std::string const folder = shop.make_directory("temporary");
    json::object report = measured({shop.policy()}, {.environment = {"TMPDIR=" + folder}});
    CHECK(names(report).contains("decide: json_lines_sink, in " + folder));
    CHECK(std::filesystem::is_empty(folder));

    report = measured({shop.policy()}, {.environment = {"TMPDIR=" + shop.path("missing")}});
    CHECK(has(why_left_out(report, "decide", "json_lines_sink"),
              "there is no folder for temporary files"));
    CHECK(names(report).contains("decide: no_records"));
}

TEST_CASE("a result that can't be written is told") {
    shop_folder const shop;
    outcome const done = quick({shop.policy(), "--questions", "10"}, {.out_path = "/dev/full"});
    CHECK(done.code == 2);
    CHECK(has(done.err, "can't write the result"));
}
