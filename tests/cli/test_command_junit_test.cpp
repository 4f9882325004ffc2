// `rolecall test --format junit`. tests/schemas/run holds it against two descriptions of the
// format.
#include "support/desk.hpp"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::testing::desk_folder;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;

pugi::xml_document parsed(std::string const& text) {
    pugi::xml_document document;
    REQUIRE(document.load_string(text.c_str(), pugi::parse_full));
    return document;
}

std::string_view attribute(pugi::xml_node node, char const* name) {
    return node.attribute(name).value();
}

TEST_CASE("each policy is a test suite, and each of its exercises a test") {
    desk_folder const folder;
    folder.fail();
    outcome const done = folder.test({"--format", "junit", "--at", "2026-11-22"});
    CHECK(done.code == 1);
    auto const document = parsed(done.out);
    pugi::xml_node const suite = document.child("testsuites").first_child();
    CHECK(attribute(suite, "name") == folder.desk);
    CHECK(attribute(suite, "timestamp") == "2026-11-22T00:00:00");
    CHECK(attribute(suite, "tests") == "3");
    CHECK(attribute(suite, "failures") == "1");
    CHECK(attribute(suite, "errors") == "0");
    pugi::xml_node const test = suite.child("testcase");
    CHECK(attribute(test, "name") == "night-call");
    CHECK(attribute(test, "classname") == folder.desk);
    pugi::xml_node const failure = test.child("failure");
    CHECK(attribute(failure, "type") == "exercise");
    CHECK(attribute(failure, "message") == "`view` on `account` is allowed, and should be denied");
    CHECK(has(failure.text().get(), "night.yaml:7:16: `view` on `account` is allowed"));
    CHECK(has(failure.text().get(), "     |                ^~~~\n"));
    CHECK(test.next_sibling().first_child().empty());
    CHECK(has(suite.child("system-out").text().get(), "1 of 3 exercises fails"));
}

TEST_CASE("several failures of one exercise are one, which says how many") {
    desk_folder const folder;
    folder.write("desk/none.yaml",
                 "rolecall: 1\nexercises: {a: {as: support, exactly: nothing}}\n");
    auto const document = parsed(folder.test({"--format", "junit", "--filter", "none.yaml"}).out);
    pugi::xml_node const failure =
        document.first_element_by_path("testsuites/testsuite/testcase/failure");
    CHECK(has(attribute(failure, "message"), ", and 1 more"));
    CHECK(failure.next_sibling().empty());
}

TEST_CASE("a policy that is refused is an error") {
    desk_folder const folder;
    std::string const bad = folder.write("bad.yaml", "rolecall: 1\nroles: {a: {may: {b: view}}}\n");
    outcome const done = folder.test({bad, "--format", "junit"});
    CHECK(done.code == 3);
    auto const document = parsed(done.out);
    pugi::xml_node const suite = document.child("testsuites").last_child();
    CHECK(attribute(suite, "name") == bad);
    CHECK(attribute(suite, "tests") == "1");
    CHECK(attribute(suite, "errors") == "1");
    pugi::xml_node const error = suite.child("testcase").child("error");
    CHECK(has(attribute(error, "message"), "unknown category `b`"));
    CHECK(has(error.text().get(), "bad.yaml:2:"));
}

TEST_CASE("less than --fail-under is a failure of its own") {
    desk_folder const folder;
    auto const document = parsed(
        folder.test({"--format", "junit", "--coverage", "--fail-under", "100", "--filter", "phone"})
            .out);
    pugi::xml_node const suite = document.child("testsuites").first_child();
    CHECK(attribute(suite, "tests") == "2");
    CHECK(attribute(suite, "failures") == "1");
    pugi::xml_node const test = suite.find_child_by_attribute("testcase", "name", "--fail-under");
    CHECK(attribute(test.child("failure"), "message") ==
          "less than the 100 percent of --fail-under");
}

}  // namespace
