// `rolecall validate --format sarif`. tests/schemas/run holds it against SARIF's own schema.
#include "cli/validate/reports.hpp"
#include "support/gate.hpp"
#include <rolecall/diagnostic_code.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

namespace {

namespace json = boost::json;
using rolecall::diagnostic_code;
using rolecall::cli::sarif_report;
using rolecall::cli::validated_finding;
using rolecall::cli::validated_policy;
using rolecall::cli::validation;
using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::hostile_name;
using rolecall::testing::json_of;
using rolecall::testing::outcome;
using rolecall::testing::refused_text;
using rolecall::testing::text_of;
using rolecall::testing::validate;

json::value run_of(std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "sarif"});
    return json_of(validate(std::move(words)).out).at("runs").at(0);
}

// The log of one finding that nothing loads.
json::value result_of(validated_finding finding) {
    validation run;
    run.policies.push_back(validated_policy{.path = "shop"});
    run.policies.back().findings.push_back(std::move(finding));
    return json_of(sarif_report(run)).at("runs").at(0).at("results").at(0);
}

TEST_CASE("a log of SARIF names every rule, and each result its rule") {
    gate_folder const folder;
    json::value const run = run_of({folder.warned, folder.refused});
    json::array const& rules = run.at("tool").at("driver").at("rules").as_array();
    std::set<std::string> ids;
    for (json::value const& rule : rules) {
        ids.insert(text_of(rule.at("id")));
        CHECK(!rule.at("shortDescription").at("text").as_string().empty());
    }
    CHECK(ids.size() == rules.size());
    CHECK(ids.contains("unknown-action"));
    CHECK(ids.contains("roles-alike"));
    CHECK(!ids.contains("csv-value"));
    REQUIRE(run.at("results").as_array().size() == 4);
    for (json::value const& result : run.at("results").as_array()) {
        json::value const& rule = rules.at(result.at("ruleIndex").to_number<std::size_t>());
        CHECK(rule.at("id") == result.at("ruleId"));
        CHECK(rule.at("defaultConfiguration").at("level") == result.at("level"));
    }
    CHECK(run.at("columnKind") == "unicodeCodePoints");
    CHECK(run.at("invocations").at(0).at("exitCode") == 3);
    CHECK(run.at("invocations").at(0).at("executionSuccessful") == true);
    CHECK(run_of({folder.path("missing")}).at("invocations").at(0).at("executionSuccessful") ==
          false);
}

TEST_CASE("a result has its region, in code points, and related places") {
    gate_folder const folder;
    json::value const results = run_of({folder.warned}).at("results");
    json::value const& alike = results.at(1);
    CHECK(alike.at("level") == "note");
    json::value const& at = alike.at("locations").at(0).at("physicalLocation");
    CHECK(text_of(at.at("artifactLocation").at("uri")) == "file://" + folder.warned);
    CHECK(at.at("region").at("startLine") == 7);
    CHECK(at.at("region").at("startColumn") == 3);
    CHECK(at.at("region").at("endColumn") == 11);
    CHECK(at.at("region").at("snippet").at("text") == "  till-two: {may: {payment: view}}");
    json::value const& other = alike.at("relatedLocations").at(0);
    CHECK(other.at("physicalLocation").at("region").at("startLine") == 6);
    CHECK(!other.at("message").at("text").as_string().empty());
}

TEST_CASE("paths below the current folder are relative, and none breaks out of its URI") {
    auto const uri = [](std::string const& path) {
        json::value const result =
            result_of({.what = {diagnostic_code::unknown_role, "x", {path, 1, 1, 1, ""}, {}}});
        json::value const& at = result.at("locations").at(0).at("physicalLocation");
        return text_of(at.at("artifactLocation").at("uri"));
    };
    CHECK(uri("./shop//roles/a.yaml") == "shop/roles/a.yaml");
    CHECK(uri((std::filesystem::current_path() / "shop/a.yaml").string()) == "shop/a.yaml");
    CHECK(uri("/else where/a.yaml") == "file:///else%20where/a.yaml");
    CHECK(uri(std::string(hostile_name)) ==
          "a%0A%3A%3Aerror%3A%3Ax%2Cy%3A%20100%25%3C%26%3E%22%27%5C%FF");
    CHECK(uri("") == "shop");
}

TEST_CASE("a message is plain text: nothing in it is a placeholder or a link") {
    auto const text = [](std::string const& message) {
        json::value const result =
            result_of({.what = {diagnostic_code::unknown_role, message, {}, {}}});
        return text_of(result.at("message").at("text"));
    };
    CHECK(text("`{0}` and `[a]`") == "`{{0}}` and `[a]`");
    CHECK(text("`[a](1)`") == "`\\[a\\](1)`");
}

TEST_CASE("what the settings switch off is a suppressed result, with its reason") {
    gate_folder const folder;
    folder.write(".rolecall.yaml",
                 "rolecall: 1\n"
                 "lint: {roles-alike: {severity: off, because: Two tills}}\n");
    json::value const results = run_of({folder.warned}).at("results");
    REQUIRE(results.as_array().size() == 2);
    CHECK(results.at(0).at("suppressions").as_array().empty());
    json::value const& off = results.at(1).at("suppressions").at(0);
    CHECK(off.at("kind") == "external");
    CHECK(off.at("justification") == "Two tills");
}

TEST_CASE("a fingerprint stays while lines move, and no two results share one") {
    gate_folder const folder;
    auto const prints = [&] {
        std::vector<std::string> all;
        json::value const run = run_of({folder.warned});
        for (json::value const& result : run.at("results").as_array())
            all.push_back(text_of(result.at("partialFingerprints").at("rolecall/v1")));
        return all;
    };
    auto const before = prints();
    CHECK(std::set<std::string>(before.begin(), before.end()).size() == 2);
    std::string moved = folder.read("warned.yaml");
    moved.insert(moved.find("roles:"), "# a new line\n\n");
    folder.write("warned.yaml", moved);
    CHECK(prints() == before);

    validation run;
    run.policies.push_back(validated_policy{.path = "shop"});
    validated_finding const twice{.what = {diagnostic_code::role_unheld, "x", {}, {}},
                                  .fingerprint = "f"};
    run.policies.back().findings = {twice, twice};
    json::value const results = json_of(sarif_report(run)).at("runs").at(0).at("results");
    CHECK(results.at(0).at("partialFingerprints").at("rolecall/v1") == "f:1");
    CHECK(results.at(1).at("partialFingerprints").at("rolecall/v1") == "f:2");
}

TEST_CASE("with a baseline, each result is new or unchanged") {
    gate_folder const folder;
    std::string const known = folder.path("known.json");
    CHECK(!run_of({folder.warned}).at("results").at(0).as_object().contains("baselineState"));
    CHECK(validate({folder.warned, "--write-baseline", known}).code == 0);
    std::string text = folder.read("warned.yaml");
    folder.write("warned.yaml", text + "  till-three: {may: {payment: view}}\n");
    json::value const results = run_of({folder.warned, "--baseline", known}).at("results");
    std::set<std::string> states;
    for (json::value const& result : results.as_array())
        states.insert(text_of(result.at("baselineState")));
    CHECK(states == std::set<std::string>{"new", "unchanged"});
}

TEST_CASE("a policy of a hostile name makes a log all the same") {
    gate_folder const folder;
    std::string const hostile = folder.write(std::string(hostile_name) + ".yaml", refused_text);
    outcome const done = validate({hostile, folder.sound, "--format", "sarif"});
    CHECK(done.code == 3);
    CHECK(json_of(done.out).at("runs").at(0).at("results").as_array().size() == 2);
}

}  // namespace
