// What YAML allows and the format refuses: each with its own code, at its exact place, and
// what stands around it is still read.
#include "unit/yaml_reading.hpp"

#include <doctest/doctest.h>

namespace {

using namespace rolecall::testing;
using rolecall::yaml::read;

TEST_CASE("anchors and aliases are refused where they stand") {
    constexpr std::string_view text =
        "a: &base [x]\n"
        "b: *base\n"
        "&c d: &e\n"
        "  f: [&g h, *i]\n"
        "j: k\n";
    CHECK(found_in(text) ==
          "1:4+5 yaml-anchor, 2:4+5 yaml-alias, 3:1+2 yaml-anchor, 3:7+2 yaml-anchor, 4:7+2 "
          "yaml-anchor, 4:13+2 yaml-alias");
    CHECK(outline(text) == "{a: [x], b: ?, d: {f: [h, ?]}, j: k}");
}

TEST_CASE("an anchor before the first key does not move its column") {
    CHECK(outline("&a b: c\nd: e\n") == "{b: c, d: e}");
    CHECK(outline("x:\n  &a b: c\n  d: e\n") == "{x: {b: c, d: e}}");
    CHECK(outline("x: &a\ny: z\n") == "{x: ?, y: z}");
}

TEST_CASE("an alias as key ends the reading: which key it is can't be known") {
    CHECK(found_in("a: b\n*c : d\n") == "2:1+2 yaml-alias, incomplete");
    CHECK(found_in("*c : d\na: b\n") == "1:1+2 yaml-alias, incomplete");
}

TEST_CASE("tags are refused, the bare one too") {
    constexpr std::string_view text = "a: !!str b\nc: ! d\n!x e: [!y f, !<tag:z> g]\n";
    CHECK(found_in(text) ==
          "1:4+5 yaml-tag, 2:4+1 yaml-tag, 3:1+2 yaml-tag, 3:8+2 yaml-tag, 3:14+8 yaml-tag");
    CHECK(outline(text) == "{a: b, c: d, e: [f, g]}");
}

TEST_CASE("a merge key is refused, its quoted name is text") {
    CHECK(found_in("a:\n  <<: *b\n  c: d\n") == "2:3+2 merge-key, 2:7+2 yaml-alias");
    CHECK(outline("a:\n  <<: *b\n  c: d\n") == "{a: {?: ?, c: d}}");
    CHECK(found_in("'<<': a\n") == "");
}

TEST_CASE("a duplicate key is refused and left out, and the first is shown") {
    constexpr std::string_view text = "a: 1\nb: 2\n\"a\": 3\nc: {d: 4, d: 5, d: 6}\n";
    auto const reading = read(text, 0);
    CHECK(found_in(text) == "4:11+1 duplicate-key, 4:17+1 duplicate-key, 3:1+3 duplicate-key");
    CHECK(outline(text) == "{a: 1, b: 2, c: {d: 4}}");
    for (auto const& f : reading.found) REQUIRE(f.related.size() == 1);
    CHECK(shown(reading.found[1].related[0].at) == "4:5+1");
    CHECK(shown(reading.found[2].related[0].at) == "1:1+1");
}

TEST_CASE("keys of different mappings, or of different text, are not duplicates") {
    CHECK(found_in("a: {b: 1}\nc: {b: 2}\nA: 3\n'a ': 4\n") == "");
    CHECK(found_in("null: 1\n'null': 2\n~: 3\n") == "1:1+4 null-value, 3:1+1 null-value");
}

TEST_CASE("a key that is not a single name is refused") {
    CHECK(found_in("? a\n: b\n") == "1:1+1 complex-key, incomplete");
    CHECK(found_in("a:\n  [b, c]: d\n") == "2:3+1 complex-key, incomplete");
    CHECK(found_in("a: b\n{c: d}: e\n") == "2:1+1 complex-key, incomplete");
    CHECK(found_in("a: {? b : c}\n") == "1:5+1 complex-key, incomplete");
    CHECK(found_in("a: {[b]: c}\n") == "1:5+1 complex-key, incomplete");
}

TEST_CASE("a second document is refused and not read") {
    CHECK(found_in("a: b\n---\nc: d\n") == "2:1+3 several-documents, incomplete");
    CHECK(found_in("---\na: b\n...\n---\n") == "4:1+3 several-documents, incomplete");
    CHECK(found_in("a: b\n...\n\n# c\nd: e\n") == "5:1+1 several-documents, incomplete");
    CHECK(outline("a: b\n---\nc: d\n") == "{a: b}");
}

TEST_CASE("markers with nothing between them are an empty value") {
    CHECK(found_in("---\n") == "1:1+3 empty-value");
    CHECK(found_in("# a\n...\n") == "2:1+3 empty-value");
    CHECK(found_in("---\n...\n") == "1:1+3 empty-value");
}

TEST_CASE("a marker is only what stands alone at the begin of a line") {
    CHECK(outline("- ---\n- ...\n- a ---\n") == "[---, ..., a ---]");
    CHECK(outline("---a: b\n...c: d\n") == "{---a: b, ...c: d}");
}

TEST_CASE("directives are refused") {
    CHECK(found_in("%YAML 1.2\n%TAG ! x # y\n---\na: b\n") ==
          "1:1+9 yaml-directive, 2:1+12 yaml-directive");
    CHECK(outline("%YAML 1.2\n---\na: b\n") == "{a: b}");
}

TEST_CASE("words that YAML takes for no value are refused unless they are quoted") {
    constexpr std::string_view text = "a: null\nb: [Null, NULL, ~]\nc: 'null'\nd: \"~\"\ne: nUll\n";
    CHECK(found_in(text) ==
          "1:4+4 null-value, 2:5+4 null-value, 2:11+4 null-value, 2:17+1 null-value");
    CHECK(outline(text) == "{a: ?, b: [?, ?, ?], c: \"null\", d: \"~\", e: nUll}");
}

TEST_CASE("a key or an item without a value is refused, and its place is known") {
    constexpr std::string_view text =
        "a:\n"
        "b:   # only a comment\n"
        "c:\n"
        "  -\n"
        "  - d\n"
        "  -\n"
        "e: {f, g: , h: i}\n"
        "j:\n";
    CHECK(found_in(text) ==
          "1:1+1 empty-value, 2:1+1 empty-value, 4:3+1 empty-value, 6:3+1 empty-value, 7:5+1 "
          "empty-value, 7:8+1 empty-value, 8:1+1 empty-value");
    CHECK(outline(text) == "{a: ?, b: ?, c: [?, d, ?], e: {f: ?, g: ?, h: i}, j: ?}");
    CHECK(shown(read(text, 0).root.entries[0].value.at) == "1:1+1");
}

TEST_CASE("a comma with nothing before it is refused") {
    CHECK(found_in("[a,, b]\n") == "1:4+1 empty-value");
    CHECK(found_in("[, a]\n") == "1:2+1 empty-value");
    CHECK(found_in("{,}\n") == "1:2+1 empty-value");
    CHECK(found_in("[a, b,]\n") == "");
}

TEST_CASE("empty texts, lists and mappings are for the grammar to judge") {
    CHECK(found_in("a: ''\nb: []\nc: {}\n") == "");
    CHECK(outline("a: ''\nb: []\nc: {}\n") == "{a: \"\", b: [], c: {}}");
}

TEST_CASE("sixteen collections around a value may be, seventeen are too deep") {
    std::string const flow = std::string(16, '[') + "a" + std::string(16, ']') + "\n";
    CHECK(found_in(flow) == "");
    CHECK(found_in('[' + flow) == "1:17+1 too-deep, incomplete");

    std::string dashes;
    for (int i = 0; i < 16; ++i) dashes += "- ";
    CHECK(found_in(dashes + "a\n") == "");
    CHECK(found_in("- " + dashes + "a\n") == "1:33+1 too-deep, incomplete");

    std::string keys;
    for (std::size_t i = 0; i < 16; ++i) keys += std::string(i, ' ') + "k:\n";
    CHECK(found_in(keys + std::string(16, ' ') + "a\n") == "");
    CHECK(found_in(keys + std::string(16, ' ') + "a: b\n") == "17:17+1 too-deep, incomplete");
}

TEST_CASE("more than twenty findings of a kind are counted, not listed") {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "- ~\n";
    auto const reading = read(text + "- *a\n", 0);
    REQUIRE(reading.found.size() == 22);
    CHECK(reading.found[20].code == rolecall::diagnostic_code::yaml_alias);
    CHECK(reading.found[21].text == "80 more of this kind, of which this is the first");
    CHECK(shown(reading.found[21].at) == "21:3+1");
}

}  // namespace
