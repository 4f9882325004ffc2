// `rolecall validate --format junit`. tests/schemas/run holds it against two descriptions of the
// format.
#include "cli/validate/reports.hpp"
#include "support/gate.hpp"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace {

using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::hostile_name;
using rolecall::testing::outcome;
using rolecall::testing::refused_text;
using rolecall::testing::validate;

std::string junit_report_of(std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "junit"});
    return validate(std::move(words)).out;
}

pugi::xml_document parsed(std::string const& text) {
    pugi::xml_document document;
    REQUIRE(document.load_string(text.c_str(), pugi::parse_full));
    return document;
}

std::string_view attribute(pugi::xml_node node, char const* name) {
    return node.attribute(name).value();
}

TEST_CASE("each policy is a test suite, and each of its files a test") {
    gate_folder const folder;
    folder.write("shop/policy.yaml", "rolecall: 1\ncategories: {account: Names}\n");
    folder.write("shop/roles/a.yaml", "rolecall: 1\nroles: {a: {may: {account: veiw}}}\n");
    folder.write("shop/roles/b.yaml", "rolecall: 1\nroles: {b: {may: {account: view}}}\n");
    auto const document = parsed(junit_report_of({folder.path("shop"), folder.sound}));
    pugi::xml_node const first = document.child("testsuites").first_child();
    CHECK(attribute(first, "name") == folder.path("shop"));
    CHECK(attribute(first, "tests") == "1");  // which others it has, only a policy would know
    CHECK(attribute(first, "failures") == "1");
    pugi::xml_node const test = first.child("testcase");
    CHECK(attribute(test, "name") == folder.path("shop/roles/a.yaml"));
    CHECK(attribute(test, "classname") == folder.path("shop"));
    CHECK(attribute(test.child("failure"), "message") ==
          "unknown action `veiw`; did you mean `view`? [unknown-action]");
    CHECK(has(test.child("failure").text().get(), "a.yaml:2:28: error: unknown action"));
    pugi::xml_node const second = first.next_sibling();
    CHECK(attribute(second, "failures") == "0");
    CHECK(attribute(second.child("testcase"), "name") == folder.sound);

    folder.write("shop/roles/a.yaml", "rolecall: 1\nroles: {a: {may: {account: all}}}\n");
    auto const mended = parsed(junit_report_of({folder.path("shop")}));
    CHECK(attribute(mended.child("testsuites").first_child(), "tests") == "3");
    CHECK(attribute(mended.child("testsuites").first_child(), "failures") == "0");
}

TEST_CASE("warnings are told, and with --strict they fail") {
    gate_folder const folder;
    auto const lenient = parsed(junit_report_of({folder.warned}));
    pugi::xml_node const suite = lenient.child("testsuites").first_child();
    CHECK(attribute(suite, "failures") == "0");
    CHECK(has(suite.child("system-out").text().get(), "[grant-inherited]"));
    CHECK(has(suite.child("system-out").text().get(), ": fine, with 1 warning, 1 note ("));

    auto const strict = parsed(junit_report_of({folder.warned, "--strict"}));
    pugi::xml_node const failing = strict.child("testsuites").first_child();
    CHECK(attribute(failing, "failures") == "1");
    CHECK(attribute(failing.child("testcase").child("failure"), "type") == "warning");
    CHECK(!has(failing.child("system-out").text().get(), "[grant-inherited]"));
    CHECK(has(failing.child("system-out").text().get(), "[roles-alike]"));
}

TEST_CASE("all that fails in a file is one failure, and what can't be read an error") {
    gate_folder const folder;
    auto const document = parsed(junit_report_of({folder.refused, folder.path("missing")}));
    pugi::xml_node const suite = document.child("testsuites").first_child();
    CHECK(attribute(suite.child("testcase").child("failure"), "message") ==
          "unknown action `veiw`; did you mean `view`? [unknown-action], and 1 more");
    CHECK(has(suite.child("testcase").child("failure").text().get(), "[unknown-category]"));
    pugi::xml_node const missing = suite.next_sibling();
    CHECK(attribute(missing, "errors") == "1");
    CHECK(attribute(missing, "failures") == "0");
    CHECK(missing.child("testcase").child("error"));
}

TEST_CASE("with a day, the same report comes out each time") {
    gate_folder const folder;
    std::string const report = junit_report_of({folder.warned, "--at", "2027-03-31"});
    CHECK(has(report, "timestamp=\"2027-03-31T00:00:00\""));
    CHECK(report == junit_report_of({folder.warned, "--at", "2027-03-31"}));
}

TEST_CASE("the XML has no character that XML can't have, whatever paths and lines hold") {
    gate_folder const folder;
    std::string const hostile = folder.write(std::string(hostile_name) + ".yaml", refused_text);
    std::string const control = folder.write("c.yaml", "rolecall: 1\n# \x01\x1B\xFF <b>]]>\n");
    outcome const done = validate({hostile, control, "", "--format", "junit"});
    CHECK(done.code == 3);
    for (char const c : done.out) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    CHECK(!has(done.out, "&#"));
    CHECK(!has(done.out, "\xFF"));
    auto const document = parsed(done.out);
    pugi::xml_node const suite = document.child("testsuites").first_child();
    CHECK(has(attribute(suite, "name"), "a<U+000A>::error::x,y: 100%<&>\"'\\<FF>.yaml"));
    CHECK(attribute(document.child("testsuites").last_child(), "name") == "policy");
}

}  // namespace
