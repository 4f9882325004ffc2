// yaml-cpp has to confirm what our reader made of a text: the least difference refuses it.
#include "unit/yaml_reading.hpp"
#include "yaml/second_reading.hpp"

#include <doctest/doctest.h>

namespace {

using namespace rolecall::testing;
using namespace rolecall::yaml;

constexpr std::string_view confirmed_text = "a: b\nlist: [c, 'd']\n";

// Where a difference is reported; empty where yaml-cpp finds this tree in the text.
std::string difference(std::string_view in, node const& tree) {
    reporter report(in, 0);
    bool const same = confirm(in, 0, tree, report);
    auto const found = std::move(report).take();
    CHECK(same == found.empty());
    return same ? "" : shown(found.front().at) + ' ' + std::string(to_string(found.front().code));
}

// The tree of our reader, with one thing in it changed.
template <class Change>
std::string difference_after(Change change) {
    node tree = read(confirmed_text, 0).root;
    change(tree);
    return difference(confirmed_text, tree);
}

TEST_CASE("the tree of our reader is confirmed") {
    CHECK(difference(confirmed_text, read(confirmed_text, 0).root) == "");
    CHECK(difference("# nothing\n", node{}) == "");
}

TEST_CASE("another text, style, kind or place of one word is a difference") {
    CHECK(difference_after([](node& t) { t.entries[0].value.text = "B"; }) == "1:4+1 yaml-syntax");
    CHECK(difference_after([](node& t) { t.entries[0].key.text = "A"; }) == "1:1+1 yaml-syntax");
    CHECK(difference_after([](node& t) { t.entries[0].value.style = scalar_style::quoted; }) ==
          "1:4+1 yaml-syntax");
    CHECK(difference_after([](node& t) {
              t.entries[1].value.items[1].style = scalar_style::plain;
          }) == "2:11+1 yaml-syntax");
    CHECK(difference_after([](node& t) { t.entries[1].value.kind = node_kind::mapping; }) ==
          "2:7+1 yaml-syntax");
    CHECK(difference_after([](node& t) { ++t.entries[0].value.at.column; }) == "1:4+1 yaml-syntax");
    CHECK(difference_after([](node& t) { ++t.entries[1].key.at.line; }) == "2:1+1 yaml-syntax");
}

TEST_CASE("a word too many or too few is a difference") {
    CHECK(difference_after([](node& t) { t.entries[1].value.items.pop_back(); }) ==
          "2:11+1 yaml-syntax");
    CHECK(difference_after([](node& t) { t.entries[1].value.items.emplace_back(); }) ==
          "2:11+1 yaml-syntax");
    CHECK(difference_after([](node& t) { t.entries.pop_back(); }) == "2:1+1 yaml-syntax");
    CHECK(difference_after([](node& t) { t = node{}; }) == "1:1+1 yaml-syntax");
    CHECK(difference("# nothing\n", read(confirmed_text, 0).root) == "1:1+1 yaml-syntax");
}

TEST_CASE("what yaml-cpp refuses, or takes for ever over when asked again, is a difference") {
    CHECK(difference("a: [b\n", read("a: [b]\n", 0).root) != "");
    CHECK(difference(",\n", node{}) != "");
    CHECK(difference("a: *b\n", node{}) != "");
    CHECK(difference("a: &b c\n", read("a:    c\n", 0).root) != "");
    CHECK(difference("a: !b c\n", read("a:    c\n", 0).root) != "");
    CHECK(difference("a: !b [c]\n", read("a:    [c]\n", 0).root) != "");
}

}  // namespace
