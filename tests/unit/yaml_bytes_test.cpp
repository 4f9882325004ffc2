// Bytes and characters that may not stand anywhere, and how a file has to end.
#include "unit/yaml_reading.hpp"

#include <doctest/doctest.h>

namespace {

using namespace rolecall::testing;
using namespace std::string_literals;
using rolecall::yaml::read;

TEST_CASE("what is not UTF-8 is refused byte by byte, in comments too") {
    CHECK(found_in("a: b\xFF\xFE\n") == "1:5+1 invalid-utf8, 1:6+1 invalid-utf8");
    CHECK(found_in("# \xC0\xAF\na: b\n") == "1:3+1 invalid-utf8, 1:4+1 invalid-utf8");
    CHECK(found_in("a: \xED\xA0\x80\n") ==
          "1:4+1 invalid-utf8, 1:5+1 invalid-utf8, 1:6+1 invalid-utf8");
    CHECK(found_in("a: \xF4\x90\x80\x80\n") ==
          "1:4+1 invalid-utf8, 1:5+1 invalid-utf8, 1:6+1 invalid-utf8, 1:7+1 invalid-utf8");
    CHECK(found_in("é: x\xC3\n") == "1:5+1 invalid-utf8");
}

TEST_CASE("a byte order mark is refused, and the file read all the same") {
    CHECK(found_in("\xEF\xBB\xBF"
                   "a: b\nc: d\n") == "1:1+1 byte-order-mark");
    CHECK(outline("\xEF\xBB\xBF"
                  "a: b\nc: d\n") == "{a: b, c: d}");
    CHECK(found_in("a: \xEF\xBB\xBF"
                   "b\n") == "1:4+1 hidden-character");
}

TEST_CASE("a file in UTF-16 is refused once, not byte by byte") {
    CHECK(found_in("\xFF\xFE"
                   "a\0:\0"s) == "1:1+1 invalid-utf8, incomplete");
    CHECK(found_in("\xFE\xFF\0a\0:"s) == "1:1+1 invalid-utf8, incomplete");
}

TEST_CASE("control characters are refused wherever they stand") {
    CHECK(found_in("a: b\0c\n"s) == "1:5+1 control-character");
    CHECK(found_in("a: 'b\x1B[0m'\n") == "1:6+1 control-character");
    CHECK(found_in("# a\x7F\nb: c\n") == "1:4+1 control-character");
    CHECK(found_in("a: \u009Fb\n") == "1:4+1 control-character");
    CHECK(found_in("a: b\vc\fd\n") == "1:5+1 control-character, 1:7+1 control-character");
}

TEST_CASE("a carriage return may stand before a line feed only") {
    CHECK(found_in("a: b\rc\n") == "1:5+1 control-character");
    CHECK(found_in("a: b\r\r\n") == "1:5+1 control-character");
    CHECK(found_in("# a\rb: c\n") == "1:4+1 control-character");
}

TEST_CASE("a tab may stand in a comment and nowhere else") {
    CHECK(found_in("# a\tb\nc: d #\te\n") == "");
    CHECK(found_in("a:\tb\n") == "1:3+1 control-character");
    CHECK(found_in("a:\n\t- b\n\t- c\n") == "2:1+1 control-character, 3:1+1 control-character");
    CHECK(found_in("a: 'b\t# c'\n") == "1:6+1 control-character");
    CHECK(found_in("a: b\t# c\td\n") == "1:5+1 control-character");
    CHECK(found_in("a: |\n  b\tc # no comment\td\n") ==
          "2:4+1 control-character, 2:19+1 control-character");
    CHECK(message("a:\n\tb: c\n") ==
          "a tab may stand in comments only; indent and align with spaces");
}

TEST_CASE("characters that hide, or hide others, are refused in comments too") {
    for (std::string const c :
         {"\u0085", "\u2028", "\u2029", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069",
          "\uFFFE", "\uFDD0", "\u200B", "\u2060", "\uFEFF"}) {
        CAPTURE(c);
        CHECK(found_in("a: b" + c + "c\n") == "1:5+1 hidden-character");
        CHECK(found_in("a: b # " + c + "\n") == "1:8+1 hidden-character");
        CHECK(outline("a: 'b" + c + "c'\n") == "{a: \"bc\"}");
    }
}

TEST_CASE("an escape is no way around it") {
    constexpr std::string_view text =
        R"(a: ["\0", "b\tc", "\x1b", "\u202E", "\N\L", "\uFEFF", "\u200d"])"
        "\n";
    CHECK(found_in(text) ==
          "1:6+2 control-character, 1:13+2 control-character, 1:20+4 control-character, 1:28+6 "
          "hidden-character, 1:38+2 hidden-character, 1:40+2 hidden-character, 1:46+6 "
          "hidden-character");
    CHECK(outline(text) == "{a: [\"\", \"bc\", \"\", \"\", \"\", \"\", \"<U+200D>\"]}");
}

TEST_CASE("an unknown escape is a syntax error, and reading goes on") {
    CHECK(found_in(R"(a: ["\q", "é\_", "\xZZ", "\ud83d", "\U00110000", b])"
                   "\n") ==
          "1:6+2 yaml-syntax, 1:13+2 yaml-syntax, 1:19+2 yaml-syntax, 1:27+6 yaml-syntax, 1:37+10 "
          "yaml-syntax");
}

TEST_CASE("a file must end with a line break") {
    CHECK(found_in("a: b\nc: dé") == "2:6+1 no-final-line-break");
    CHECK(outline("a: b\nc: dé") == "{a: b, c: dé}");
    CHECK(found_in("a: b\n# c") == "2:4+1 no-final-line-break");
    CHECK(found_in("a: b\r") == "1:6+1 no-final-line-break, 1:5+1 control-character");
}

TEST_CASE("the line `...` at the end can be demanded") {
    rolecall::yaml::read_options const options{.demand_end_marker = true};
    CHECK(found_in("a: b\n...\n", options) == "");
    CHECK(found_in("a: b\r\n...\r\n", options) == "");
    CHECK(found_in("a: b\n...  # the end\n", options) == "");
    CHECK(found_in("a: b\n...\n\n# the end\n", options) == "");
    CHECK(found_in("a: b\nc: d\n\n", options) == "2:1+4 no-end-marker");
    CHECK(found_in("a: b\n ...\n", options) == "2:1+4 no-end-marker");
    CHECK(found_in("", options) == "1:1+1 no-end-marker");
    CHECK(found_in("a: [b\n...\n", options) == "1:4+1 yaml-syntax, incomplete");
}

TEST_CASE("bytes are checked behind a syntax error, but for tabs: they may be in comments") {
    CHECK(found_in("a: ]\n# b\tc\nd:\te\nf: \x01\n") ==
          "1:4+1 yaml-syntax, 4:4+1 control-character, incomplete");
}

}  // namespace
