// `rolecall test --format json`.
#include "support/desk.hpp"
#include "support/gate.hpp"

#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <string>

namespace {

namespace json = boost::json;
using rolecall::testing::desk_folder;
using rolecall::testing::json_of;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::text_of;

TEST_CASE("one object tells what passes, who asked and what is open") {
    desk_folder const folder;
    outcome const done = folder.test({"--format", "json", "--at", "2026-11-22"});
    CHECK(done.code == 0);
    CHECK(done.out.find('\n') == done.out.size() - 1);
    json::value const report = json_of(done.out);
    CHECK(report.at("passed") == true);
    CHECK(report.at("exercises") == 2);
    CHECK(report.at("failed") == 0);
    CHECK(report.at("on") == "2026-11-22");
    CHECK(report.at("exit_code") == 0);
    json::value const& policy = report.at("policies").at(0);
    CHECK(text_of(policy.at("policy")) == folder.desk);
    CHECK(policy.at("valid") == true);
    CHECK(policy.at("passed") == true);
    CHECK(policy.at("answers") == 10);
    CHECK(policy.at("left_out") == 0);
    CHECK(policy.at("findings").as_array().empty());
    CHECK_FALSE(policy.as_object().contains("coverage"));
    CHECK_FALSE(policy.as_object().contains("mutation"));
    CHECK_FALSE(policy.as_object().contains("enough"));

    json::value const& phone = policy.at("scenarios").at(0);
    CHECK(phone.at("name") == "on-the-phone");
    CHECK(phone.at("passed") == true);
    CHECK(phone.at("title").is_null());
    CHECK(phone.at("about") == "A customer with an open ticket calls");
    CHECK(phone.at("note") == "Who may answer?");
    CHECK(phone.at("who") == "support");
    CHECK(phone.at("situation") == "open-ticket is true");
    CHECK(phone.at("compromised") == false);
    CHECK(phone.at("on") == "2026-11-22");
    CHECK(text_of(phone.at("file")) == folder.path("desk/exercises.yaml"));
    CHECK(phone.at("line") == 3);
    CHECK(phone.at("answers") == 2);
    CHECK(phone.at("failures").as_array().empty());
    REQUIRE(phone.at("rights").as_array().size() == 3);
    CHECK(json::serialize(phone.at("rights").at(2)) ==
          R"({"category":"payment","action":"view","effect":"allow"})");
    json::value const& laptop = policy.at("scenarios").at(1);
    CHECK(laptop.at("compromised") == true);
    CHECK(laptop.at("situation").is_null());
}

TEST_CASE("a failure tells what was expected, what is answered, and where") {
    desk_folder const folder;
    folder.fail();
    outcome const done = folder.test({"--format", "json", "--filter", "night"});
    CHECK(done.code == 1);
    json::value const report = json_of(done.out);
    CHECK(report.at("passed") == false);
    CHECK(report.at("failed") == 1);
    CHECK(report.at("exit_code") == 1);
    json::value const& policy = report.at("policies").at(0);
    CHECK(policy.at("left_out") == 2);
    json::value const& failure = policy.at("scenarios").at(0).at("failures").at(0);
    CHECK(failure.at("action") == "view");
    CHECK(failure.at("category") == "account");
    CHECK(failure.at("expected") == false);
    CHECK(failure.at("expected_reason").is_null());
    CHECK(failure.at("allowed") == true);
    CHECK(failure.at("reason") == "granted");
    CHECK(failure.at("message") == "`view` on `account` is allowed, and should be denied");
    CHECK(failure.at("line") == 7);
    CHECK(failure.at("column") == 16);
    CHECK(failure.at("length") == 4);
    CHECK(failure.at("text") == "      account: view");
    CHECK(failure.at("explanation").as_array().size() == 1);
    CHECK(text_of(failure.at("decided_at").at(0).at("file")) == folder.path("desk/policy.yaml"));
    CHECK(failure.at("decided_at").at(0).at("line") == 7);
}

TEST_CASE("a policy that is refused has its findings, and no exercises") {
    desk_folder const folder;
    std::string const bad = folder.write("bad.yaml", "rolecall: 1\nroles: {a: {may: {b: view}}}\n");
    outcome const done = folder.test({bad, "--format", "json"});
    CHECK(done.code == 3);
    json::value const report = json_of(done.out);
    CHECK(report.at("passed") == false);
    CHECK(report.at("exercises") == 2);
    json::value const& policy = report.at("policies").at(1);
    CHECK(policy.at("valid") == false);
    CHECK(policy.at("passed") == false);
    CHECK(policy.at("findings").at(0).at("code") == "unknown-category");
    CHECK_FALSE(policy.as_object().contains("scenarios"));
}

TEST_CASE("coverage, mutation and whether there is enough are members of a policy") {
    desk_folder const folder;
    json::value const report = json_of(
        folder.test({"--format", "json", "--coverage", "--mutate", "--fail-under", "100"}).out);
    json::value const& policy = report.at("policies").at(0);
    CHECK(policy.as_object().contains("coverage"));
    CHECK(policy.at("mutation").is_object());
    CHECK(policy.at("enough") == false);
    CHECK(policy.at("passed") == false);
    CHECK(report.at("exit_code") == 1);

    folder.fail();
    json::value const failing = json_of(folder.test({"--format", "json", "--mutate"}).out);
    CHECK(failing.at("policies").at(0).at("mutation").is_null());
}

}  // namespace
