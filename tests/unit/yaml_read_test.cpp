// What is read: the tree, and the place of everything in it.
#include "unit/yaml_reading.hpp"

#include <doctest/doctest.h>

namespace {

using namespace rolecall::testing;
using rolecall::yaml::node;
using rolecall::yaml::read;

constexpr std::string_view everything = R"(--- # the document
# a comment
roles:
  support:
    about: Answers customers   # another
    inherits: [employee, "second line",
      {a: 'b', "c":d, e f: g}]
    may:
    - account
    -   payment: [view,]
        health: []
    - - nested
      - list
  "quoted key" : 'it''s'
text: |
  One.

    Two.
folded: >-
  One
  two.

  Three.
plain: goes on
  over lines

  and a paragraph
...
# the end
)";

TEST_CASE("mappings, lists and texts become a tree in the order of the file") {
    CHECK(found_in(everything) == "");
    CHECK(outline(everything) ==
          "{roles: {support: {about: Answers customers, inherits: [employee, \"second line\", "
          "{a: \"b\", \"c\": d, e f: g}], may: [account, {payment: [view], health: []}, "
          "[nested, list]]}, \"quoted key\": \"it's\"}, text: |One.<U+000A><U+000A>  Two.<U+000A>, "
          "folded: |One two.<U+000A>Three., plain: goes on over lines<U+000A>and a paragraph}");
}

TEST_CASE("a file without any value is an empty reading, not an error") {
    for (std::string_view const text : {"", "\n", "# only a comment\n", "  \n\r\n"}) {
        CAPTURE(text);
        CHECK(found_in(text) == "");
        CHECK(outline(text) == "?");
    }
}

TEST_CASE("a single text, list or mapping may be the whole file") {
    CHECK(outline("text\n") == "text");
    CHECK(outline("'text'\n") == "\"text\"");
    CHECK(outline("- a\n- b\n") == "[a, b]");
    CHECK(outline("{a: b}\n") == "{a: b}");
    CHECK(outline("  a: b\n  c: d\n") == "{a: b, c: d}");
    CHECK(outline("one\nand two\n") == "one and two");
}

TEST_CASE("scalars are text: no, off, 1.0 and dates stay as they are written") {
    CHECK(outline("[no, off, 1.0, 0x1F, 2027-03-31, true, .inf, 'null', \"~\"]\n") ==
          "[no, off, 1.0, 0x1F, 2027-03-31, true, .inf, \"null\", \"~\"]");
}

TEST_CASE("every node knows line, column and length of its first word") {
    node const root = read("a: 'b c'\nlist:\n  - one two # c\n  - {k: [v]}\n", 3).root;
    REQUIRE(root.entries.size() == 2);
    CHECK(root.at == rolecall::place{3, 1, 1, 1});
    CHECK(root.entries[0].key.at == rolecall::place{3, 1, 1, 1});
    CHECK(shown(root.entries[0].value.at) == "1:4+5");
    node const& list = root.entries[1].value;
    CHECK(shown(root.entries[1].key.at) == "2:1+4");
    CHECK(shown(list.at) == "3:3+1");
    CHECK(shown(list.items[0].at) == "3:5+7");
    CHECK(shown(list.items[1].at) == "4:5+1");
    CHECK(shown(list.items[1].entries[0].key.at) == "4:6+1");
    CHECK(shown(list.items[1].entries[0].value.at) == "4:9+1");
    CHECK(shown(list.items[1].entries[0].value.items[0].at) == "4:10+1");
}

TEST_CASE("columns and lengths count code points, not bytes") {
    node const root = read("é: [\"ü😀\", x]\nрусский: 日本\n", 0).root;
    CHECK(shown(root.entries[0].value.items[0].at) == "1:5+4");
    CHECK(shown(root.entries[0].value.items[1].at) == "1:11+1");
    CHECK(shown(root.entries[1].key.at) == "2:1+7");
    CHECK(shown(root.entries[1].value.at) == "2:10+2");
}

TEST_CASE("a text over several lines has the length of its first") {
    node const root = read("a: one two\n  three\nb: |-\n  four\n", 0).root;
    CHECK(shown(root.entries[0].value.at) == "1:4+7");
    CHECK(shown(root.entries[1].value.at) == "3:4+2");
}

TEST_CASE("lines may end with carriage return and line feed") {
    constexpr std::string_view text =
        "a: b\r\nc:\r\n  - 'd'\r\n  - e\r\n    f\r\ng: |\r\n  h\r\n\r\n  i\r\n";
    CHECK(found_in(text) == "");
    CHECK(outline(text) == "{a: b, c: [\"d\", e f], g: |h<U+000A><U+000A>i<U+000A>}");
    CHECK(shown(read(text, 0).root.entries[1].value.items[1].at) == "4:5+1");
}

TEST_CASE("a list may stand in the column of its key") {
    CHECK(outline("a:\n- b\n- c: d\n  e: f\ng:\n- h\n") == "{a: [b, {c: d, e: f}], g: [h]}");
}

TEST_CASE("a value may stand below its key") {
    CHECK(outline("a:\n  b\nc:\n\n  # comment\n  'd'\ne:\n    f\n  g\n") ==
          "{a: b, c: \"d\", e: f g}");
}

TEST_CASE("a closing bracket may stand in the column of the key") {
    CHECK(outline("a: [\n  b,\n  c\n]\nd: {\n  e: f,\n}\n") == "{a: [b, c], d: {e: f}}");
}

TEST_CASE("a comment needs a blank before it, a colon one behind it") {
    CHECK(outline("a#b: c#d # e\nf: http://x:80/#g\n") == "{a#b: c#d, f: http://x:80/#g}");
    CHECK(outline("[a:b, c::d]\n") == "[a:b, c::d]");
}

TEST_CASE("a dash is a list item only with a blank behind it") {
    CHECK(outline("- -a\n- --\n- - b\n") == "[-a, --, [b]]");
}

TEST_CASE("double quotes know the escapes of YAML") {
    CHECK(outline(R"(["\"", "\\", "\/", "\ ", "\n", "\x41", "\u00e9", "\U0001F600"])"
                  "\n") == R"([""", "\", "/", " ", "<U+000A>", "A", "é", "😀"])");
}

TEST_CASE("joiners stay in the text: whether they may is for the grammar to say") {
    CHECK(found_in("a: क्\u200Dष\n") == "");
    CHECK(read("a: क्\u200Dष\n", 0).root.entries[0].value.text == "क्\u200Dष");
}

TEST_CASE("a block keeps its line breaks or folds them, and ends with one unless it is stripped") {
    CHECK(outline("- |\n  a\n   b\n\n  c\n\n- |-\n  a\n\n- >\n\n  a\n  b\n\n") ==
          "[|a<U+000A> b<U+000A><U+000A>c<U+000A>, |a, |<U+000A>a b<U+000A>]");
    CHECK(outline("a: >\n  one\n  two\n\n\n  three\n    four\n  five\n") ==
          "{a: |one two<U+000A><U+000A>three<U+000A>  four<U+000A>five<U+000A>}");
}

TEST_CASE("a block may say how deep it is indented") {
    CHECK(outline("a:\n  - |2-  # first line indented more\n      x\n     y\n") ==
          "{a: [|  x<U+000A> y]}");
    CHECK(outline("a: |-1\n b\n") == "{a: |b}");
}

TEST_CASE("what looks like YAML inside of a block is text") {
    CHECK(outline("a: |\n  \"open\n  # no comment\n  - [b\n  %c\nd: e\n") ==
          "{a: |\"open<U+000A># no comment<U+000A>- [b<U+000A>%c<U+000A>, d: e}");
}

TEST_CASE("a block without lines is an empty text") {
    CHECK(outline("a: |\nb: >-\n\nc: d\n") == "{a: |, b: |, c: d}");
}

}  // namespace
