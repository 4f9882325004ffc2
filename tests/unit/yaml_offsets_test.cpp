#include "yaml/read.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

using rolecall::yaml::entry;
using rolecall::yaml::node;

constexpr std::string_view sample_text =
    "# Ünïcode above\n"
    "plain: one word   # a comment\n"
    "'quoted': \"it's\\u0020two\"\n"
    "folded: a text that\n"
    "  goes on\n"
    "block: |\n"
    "  first\n"
    "  second\n"
    "list:\n"
    "- one\n"
    "-   key: value\n"
    "    other: [a, {b: c}]  # not this\n"
    "-\n"
    "  below\n"
    "brackets: [ x ,\n"
    "  y ]   # behind\n"
    "braces: {k: v}\n";

struct tree {
    tree() : read(rolecall::yaml::read(sample_text, 0)) { REQUIRE(read.found.empty()); }

    [[nodiscard]] node const& value(std::string_view key) const {
        for (entry const& e : read.root.entries)
            if (e.key.text == key) return e.value;
        FAIL("no such key");
        return read.root;
    }

    rolecall::yaml::reading read;
};

std::string_view words(node const& of) { return sample_text.substr(of.begin, of.end - of.begin); }

TEST_CASE("a scalar has the offsets of its first and last character") {
    tree const t;
    CHECK(words(t.value("plain")) == "one word");
    CHECK(words(t.value("quoted")) == "\"it's\\u0020two\"");
    CHECK(words(t.read.root.entries[1].key) == "'quoted'");
    CHECK(words(t.value("folded")) == "a text that\n  goes on");
    CHECK(words(t.value("block")) == "|\n  first\n  second");
}

TEST_CASE("a list or mapping goes from its first character to the end of its last word") {
    tree const t;
    CHECK(words(t.value("list")) ==
          "- one\n-   key: value\n    other: [a, {b: c}]  # not this\n-\n  below");
    CHECK(words(t.value("list").items[1]) == "key: value\n    other: [a, {b: c}]");
    CHECK(words(t.value("list").items[2]) == "below");
    CHECK(words(t.value("brackets")) == "[ x ,\n  y ]");
    CHECK(words(t.value("braces")) == "{k: v}");
    CHECK(words(t.read.root) ==
          sample_text.substr(sample_text.find("plain"),
                             sample_text.size() - 1 - sample_text.find("plain")));
}

TEST_CASE("an item of a list in lines knows its dash") {
    tree const t;
    std::size_t from = sample_text.find("list:") + 5;
    for (node const& item : t.value("list").items) {
        CHECK(sample_text[item.dash] == '-');
        CHECK(item.dash > from);
        CHECK(item.dash < item.begin);
        from = item.begin;
    }
}

}  // namespace
