#include "support/shape_findings.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::written_condition;
using rolecall::testing::diagnostics;
using rolecall::testing::places;
using rolecall::testing::read_sections;
using rolecall::testing::texts;

std::string with_rights(std::string const& rights) {
    return "roles:\n  a:\n    may:\n      b: " + rights + "\n";
}

std::string with_requirement(std::string const& condition) {
    return "categories:\n  a:\n    about: x\n    requires:\n      view: " + condition + "\n";
}

// `a b|c`: alternatives are separated by bars, facts by spaces.
std::string spelled(written_condition const& when) {
    std::string text;
    for (auto const& facts : when.any_of) {
        if (!text.empty()) text += '|';
        for (auto const& fact : facts)
            text += (text.empty() || text.back() == '|' ? "" : " ") + fact.text;
    }
    return text;
}

// The rights as `view:condition` words.
std::string rights(std::string const& written) {
    auto const read = read_sections(with_rights(written));
    CHECK(places(diagnostics(read)) == "");
    std::string text;
    for (auto const& right : read.document.roles.at(0).may.at(0).rights)
        text += (text.empty() ? "" : ", ") + right.action.text +
                (right.when.always() ? "" : ": " + spelled(right.when));
    return text;
}

std::string requirement(std::string const& written) {
    auto const read = read_sections(with_requirement(written));
    CHECK(places(diagnostics(read)) == "");
    return spelled(read.document.categories.at(0).required.at(0).when);
}

TEST_CASE("rights are `all`, an action, or a list of these") {
    CHECK(rights("all") == "all");
    CHECK(rights("view") == "view");
    CHECK(rights("[view, share]") == "view, share");
}

TEST_CASE("rights under conditions are a mapping of actions") {
    CHECK(rights("{view: always, modify: {if: f}}") == "view, modify: f");
    CHECK(rights("{all: {if-all: [f, g]}}") == "all: f g");
    CHECK(rights("{view: {if-any: [f, g]}}") == "view: f|g");
    CHECK(rights("{view: {any-of: [{if-all: [f, g]}, {if: h}, {if-any: [i, j]}]}}") ==
          "view: f g|h|i|j");
    CHECK(rights("{view: {if-all: f, }}") == "view: f");
}

TEST_CASE("every word of a condition has its place") {
    auto const read = read_sections(with_rights("{view: {if-all: [f, g]}}"));
    auto const& right = read.document.roles.at(0).may.at(0).rights.at(0);
    CHECK(right.action.at == rolecall::place{0, 5, 11, 4});
    CHECK(right.when.at == rolecall::place{0, 5, 17, 1});
    CHECK(right.when.any_of.at(0).at(1).at == rolecall::place{0, 5, 30, 1});
}

TEST_CASE("in `requires` one fact alone is short for `if`") {
    CHECK(requirement("f") == "f");
    CHECK(requirement("{if: f}") == "f");
    CHECK(requirement("{if-any: [f, g]}") == "f|g");
}

TEST_CASE("a guardrail has one condition among its own keys") {
    auto const read = read_sections(
        "never:\n"
        "  a: {roles: b, if: f}\n"
        "  b: {roles: b, if-all: [f, g]}\n"
        "  c: {roles: b, if-any: [f, g]}\n"
        "  d: {roles: b}\n");
    CHECK(places(diagnostics(read)) == "");
    auto const& never = read.document.guardrails;
    CHECK(spelled(never.at(0).when) == "f");
    CHECK(spelled(never.at(1).when) == "f g");
    CHECK(spelled(never.at(2).when) == "f|g");
    CHECK(never.at(3).when.always());
}

TEST_CASE("a bare list does not say whether all or any") {
    CHECK(places(with_requirement("[f, g]")) == "6:13+1 bare-condition-list\n");
    CHECK(places(with_requirement("[f]")) == "6:13+1 bare-condition-list\n");
    CHECK(places(with_rights("{view: [f, g]}")) == "5:17+1 bare-condition-list\n");
    CHECK(texts(with_rights("{view: [f, g]}")) ==
          "a list does not say whether all or any: write `{if-all: [...]}` or "
          "`{if-any: [...]}`\n");
}

TEST_CASE("`if` takes one fact") {
    CHECK(places(with_rights("{view: {if: [f, g]}}")) == "5:22+1 bare-condition-list\n");
    CHECK(texts(with_rights("{view: {if: [f, g]}}")) ==
          "`if` takes one fact; write `if-all` or `if-any` for several\n");
    CHECK(places(with_rights("{view: {if: [f]}}")) == "5:22+1 wrong-shape\n");
    CHECK(places("never: {a: {roles: b, if: [f, g]}}\n") == "2:27+1 bare-condition-list\n");
}

TEST_CASE("in rights a fact alone is not a condition") {
    CHECK(texts(with_rights("{view: f}")) ==
          "expected `always` or a condition, found `f`; write `{if: f}` if it is a fact\n");
    CHECK(texts(with_rights("{view: alwyas}")) ==
          "expected `always` or a condition, found `alwyas`; did you mean `always`?\n");
    CHECK(places(with_rights("{view: f}")) == "5:17+1 wrong-shape\n");
}

TEST_CASE("a condition without its action is pointed at") {
    CHECK(places(with_rights("{if: f}")) == "5:11+2 wrong-shape\n");
    CHECK(texts(with_rights("{if-any: [f, g]}")) ==
          "expected an action before the condition, as in `view: {if-any: ...}`, found "
          "`if-any`\n");
    CHECK(places("categories: {a: {about: b, requires: {if-all: [f, g]}}}\n") ==
          "2:39+6 wrong-shape\n");
    CHECK(rights("{if: {if: f}}") == "if: f");
}

TEST_CASE("`always` stands in rights only") {
    CHECK(texts(with_requirement("always")) ==
          "`always` is the absence of a condition; leave this line out\n");
    CHECK(places(with_requirement("always")) == "6:13+6 invalid-value\n");
    CHECK(places(with_rights("{view: {any-of: [always, {if: f}]}}")) == "5:27+6 invalid-value\n");
}

TEST_CASE("`any-of` joins two or more conditions, and no further `any-of`") {
    CHECK(places(with_rights("{view: {any-of: [{if: f}]}}")) == "5:26+1 invalid-value\n");
    CHECK(places(with_rights("{view: {any-of: []}}")) == "5:26+1 empty-value\n");
    CHECK(places(with_rights("{view: {any-of: {if: f}}}")) == "5:26+1 wrong-shape\n");
    CHECK(places(with_rights("{view: {any-of: [f, {if: g}]}}")) == "5:27+1 wrong-shape\n");
    CHECK(places(with_rights("{view: {any-of: [{if: g}, {any-of: [{if: f}, {if: h}]}]}}")) ==
          "5:37+6 invalid-value\n");
}

TEST_CASE("a condition is one of its kinds") {
    CHECK(texts(with_rights("{view: {if: f, if-any: [g, h]}}")) ==
          "a condition is one of `if`, `if-all`, `if-any` and `any-of`; leave out all but one\n");
    CHECK(places("never: {a: {roles: b, if-any: [f, g], if: h}}\n") ==
          "2:39+2 invalid-value <- 2:23\n");
    CHECK(texts(with_rights("{view: {iff: f}}")) ==
          "unknown key `iff` in a condition; did you mean `if`?\n");
    CHECK(places(with_rights("{view: {}}")) == "5:17+1 empty-value\n");
    CHECK(texts("never: {a: {roles: b, any-of: [{if: f}, {if: g}]}}\n") ==
          "unknown key `any-of` in a guardrail; it belongs to a condition\n");
}

TEST_CASE("a fact twice in one list is reported where only the file shows it") {
    CHECK(places(with_rights("{view: {if-any: [f, g, f]}}")) == "5:33+1 repeated-name <- 5:27\n");
}

TEST_CASE("a condition in a list of rights is told to be a mapping") {
    CHECK(texts(with_rights("[view, {modify: {if: f}}]")) ==
          "expected an action (for conditions, a mapping without a list around it), found a "
          "mapping\n");
}

TEST_CASE("a broken condition keeps its action") {
    auto const read = read_sections(with_rights("{view: f, modify: {if: g}}"));
    CHECK(read.document.roles.at(0).may.at(0).rights.size() == 2);
}

TEST_CASE("`.*` needs a category before it") {
    CHECK(places("roles: {a: {may: {.*: view, b: view}}}\n") == "2:19+2 invalid-value\n");
}

}  // namespace
