// Syntax errors: one finding, at the word that is wrong, and what stands before it is read.
#include "unit/yaml_reading.hpp"

#include <doctest/doctest.h>

namespace {

using namespace rolecall::testing;
using rolecall::yaml::read;

std::string syntax_error_at(std::string const& at) { return at + " yaml-syntax, incomplete"; }

TEST_CASE("a line that is no key is told to be one") {
    CHECK(found_in("a: b\nkey\nc: d\n") == syntax_error_at("2:1+3"));
    CHECK(message("a: b\nkey\nc: d\n") == "expected `:` behind the key `key`");
    CHECK(found_in("rolecall 1\npolicy: x\n") == syntax_error_at("1:1+10"));
    CHECK(found_in("a: b\n'key'\n") == syntax_error_at("2:1+5"));
}

TEST_CASE("a colon without a space behind it is pointed at") {
    CHECK(found_in("a: b\nkey:value\n") == syntax_error_at("2:4+1"));
    CHECK(found_in("a: b\n'key':value\n") == syntax_error_at("2:6+1"));
    CHECK(found_in("a: {b:c}\n") == syntax_error_at("1:6+1"));
    CHECK(found_in("a: {b:[c]}\n") == syntax_error_at("1:6+1"));
    CHECK(message("a: {b:c}\n") == "put a space behind the `:` of a key");
}

TEST_CASE("indentation that fits no line above is an error") {
    CHECK(found_in("a:\n    b: c\n  d: e\n") == syntax_error_at("3:3+1"));
    CHECK(found_in("a: 'b'\n  c: d\n") == syntax_error_at("2:3+1"));
    CHECK(found_in("  a: b\nc: d\n") == syntax_error_at("2:1+1"));
    CHECK(found_in("- a: b\n c: d\n") == syntax_error_at("2:2+1"));
    CHECK(found_in("a:\n  - b\n c: d\n") == syntax_error_at("3:2+1"));
}

TEST_CASE("a value can't have something below it") {
    CHECK(found_in("a: b\n  c: d\n") == syntax_error_at("2:3+1"));
    CHECK(found_in("- a\n - b\n") == syntax_error_at("2:2+1"));
    CHECK(found_in("a: b\n  - c\n") == syntax_error_at("2:3+1"));
    CHECK(found_in("a: b # comment\n  goes on\n") == syntax_error_at("2:3+7"));
}

TEST_CASE("lists and mappings do not mix in one column") {
    CHECK(found_in("a: b\n- c\n") == syntax_error_at("2:1+1"));
    CHECK(found_in("- a\nb: c\n") == syntax_error_at("2:1+1"));
    CHECK(found_in("a:\n  - b\n  c: d\n") == syntax_error_at("3:3+1"));
}

TEST_CASE("a line holds one key, or one list") {
    CHECK(found_in("a: b: c\n") == syntax_error_at("1:5+1"));
    CHECK(found_in("a: - b\n") == syntax_error_at("1:4+1"));
    CHECK(message("a: - b\n") ==
          "a list can't begin on the line of its key; begin it on the next line");
}

TEST_CASE("brackets must match, and their commas be there") {
    CHECK(found_in("a: [b, c\nd: e\n") == syntax_error_at("1:4+1"));
    CHECK(found_in("a: [b, {c: d]\n") == syntax_error_at("1:13+1"));
    CHECK(found_in("a: [b\n") == syntax_error_at("1:4+1"));
    CHECK(found_in("a: b]\nc: ]\n") == syntax_error_at("2:4+1"));
    CHECK(found_in("a: [b]]\n") == syntax_error_at("1:7+1"));
    CHECK(found_in("a: [b 'c']\n") == "");
    CHECK(found_in("a: ['b' c]\n") == syntax_error_at("1:9+1"));
    CHECK(found_in("a: [b,\n  c\n  d]\n") == syntax_error_at("3:3+1"));
    CHECK(found_in("a: {b c: d e: f}\n") == syntax_error_at("1:13+1"));
    CHECK(found_in("a: [b: c]\n") == syntax_error_at("1:6+1"));
    CHECK(message("a: [b: c]\n") ==
          "put braces around a key and its value in a list: `{key: value}`");
}

TEST_CASE("a bracket that is not closed shows the line that does not belong to it") {
    auto const reading = read("a:\n  b: [c,\n    d\n  e: f\n", 0);
    REQUIRE(reading.found.size() == 1);
    CHECK(reading.found[0].text == "this `[` is not closed");
    CHECK(shown(reading.found[0].at) == "2:6+1");
    REQUIRE(reading.found[0].related.size() == 1);
    CHECK(shown(reading.found[0].related[0].at) == "4:3+1");
}

TEST_CASE("text behind a closing quote or bracket is pointed at") {
    CHECK(found_in("a: 'it's'\n") == syntax_error_at("1:8+2"));
    CHECK(found_in("a: \"b\" c\n") == syntax_error_at("1:8+1"));
    CHECK(found_in("a: [b] c\n") == syntax_error_at("1:8+1"));
    CHECK(found_in("a: 'b'#c\n") == syntax_error_at("1:7+1"));
}

TEST_CASE("text that begins with punctuation wants quotes") {
    for (char const c : std::string_view("@`%,}]?:")) {
        CAPTURE(c);
        CHECK(found_in(std::string("a: ") + c + "b\n") == syntax_error_at("1:4+1"));
    }
    CHECK(message("a: @b\n") == "text can't begin with `@`; put it in quotes");
    CHECK(found_in("a: [|b]\n") == syntax_error_at("1:5+1"));
    CHECK(found_in("a: [- b]\n") == syntax_error_at("1:5+1"));
    CHECK(found_in("a: [really?]\n") == syntax_error_at("1:11+1"));
    CHECK(found_in("a: really?\n") == "");
}

TEST_CASE("a block of text begins on the line of its key, and is well indented") {
    CHECK(found_in("a:\n  |\n  b\n") == syntax_error_at("2:3+1"));
    CHECK(found_in("a: | b\n") == syntax_error_at("1:6+1"));
    CHECK(found_in("a: >+\n  b\n") == syntax_error_at("1:5+1"));
    CHECK(found_in("a: |--\n  b\n") == syntax_error_at("1:6+1"));
    CHECK(found_in("a: |\n    \n  b\n") == syntax_error_at("3:1+2"));
}

TEST_CASE("nothing may stand on the line of a marker") {
    CHECK(found_in("--- a: b\n") == syntax_error_at("1:5+1"));
    CHECK(found_in("a: b\n... c\n") == syntax_error_at("2:5+1"));
}

TEST_CASE("a key has at most 1024 bytes, as in all of YAML") {
    CHECK(found_in(std::string(1024, 'k') + ": v\n") == "");
    CHECK(found_in(std::string(1025, 'k') + ": v\n") == syntax_error_at("1:1+1025"));
    CHECK(found_in("- {" + std::string(1025, 'k') + ": v}\n") == syntax_error_at("1:4+1025"));
}

TEST_CASE("what was read before an error is in the tree, and the rest is open") {
    CHECK(outline("a: b\nc:\n  - d\n  - {e: f, g: [h\ni: j\n") ==
          "{a: b, c: [d, {e: f, g: [h…]…}…]…}");
    CHECK(outline("a: {b: c}\nd: @\n") == "{a: {b: c}, d: ?…}");
    CHECK(outline("a: {b: c}\nd\n") == "{a: {b: c}…}");
}

TEST_CASE("a value is open if what stands behind or below it may have been meant as a part of it") {
    CHECK(outline("a: b\n  c: d\n") == "{a: b……}");
    CHECK(outline("a: 'b' c\n") == "{a: \"b\"……}");
    CHECK(outline("a: [b] c\n") == "{a: [b…]…}");
    CHECK(outline("a: b\n  c\n  - d\n") == "{a: b c……}");
    CHECK(outline("a: |\n    \n  b\n") == "{a: |……}");
}

TEST_CASE("duplicate keys before an error are found as well") {
    CHECK(found_in("a: b\na: c\nd: ]\n") == "3:4+1 yaml-syntax, 2:1+1 duplicate-key, incomplete");
}

TEST_CASE("a quote that is not closed on its line is pointed at, and reading goes on") {
    for (std::string const quote : {"\"", "'"}) {
        CAPTURE(quote);
        CHECK(found_in("a: " + quote + "b\nc: d\n") == "1:4+1 unclosed-quote");
        CHECK(outline("a: " + quote + "b\nc: d\n") == "{a: ?, c: d}");
        CHECK(outline("a:\n  - " + quote + "b\n  - c\nd: e\n") == "{a: [?, c], d: e}");
    }
    CHECK(found_in("a: \"b\\\"\nc: 'd''\ne: \"f\\\n") ==
          "1:4+1 unclosed-quote, 2:4+1 unclosed-quote, 3:4+1 unclosed-quote");
}

TEST_CASE("an unclosed quote hides no section of the policy") {
    constexpr std::string_view text =
        "roles:\n"
        "  support:\n"
        "    about: \"Answers customers\n"
        "    may: {payment: view}\n"
        "never:\n"
        "  support-sees-no-money:\n"
        "    roles: [support]\n"
        "    because: \"It is not needed\"\n";
    CHECK(found_in(text) == "3:12+1 unclosed-quote");
    CHECK(outline(text) ==
          "{roles: {support: {about: ?, may: {payment: view}}}, never: {support-sees-no-money: "
          "{roles: [support], because: \"It is not needed\"}}}");
}

TEST_CASE("text in quotes over several lines is refused once, not line by line") {
    constexpr std::string_view text =
        "about: \"one line,\n"
        "  two: lines,\n"
        "\n"
        "  'three'\"\n"
        "next: a\n";
    CHECK(found_in(text) == "1:8+1 unclosed-quote");
    CHECK(outline(text) == "{about: ?, next: a}");
}

TEST_CASE("an unclosed quote in a key or between brackets ends the reading") {
    CHECK(found_in("a: b\n\"key: c\n") == "2:1+1 unclosed-quote, incomplete");
    CHECK(found_in("a: ['b, c]\n") == "1:5+1 unclosed-quote, incomplete");
    CHECK(found_in("a: {'b: c}\n") == "1:5+1 unclosed-quote, incomplete");
    CHECK(found_in("\"a\n") == "1:1+1 unclosed-quote, incomplete");
}

}  // namespace
