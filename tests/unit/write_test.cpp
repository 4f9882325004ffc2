#include "support/shape_findings.hpp"
#include <rolecall/document.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::testing::diagnostics;
using rolecall::testing::places;
using rolecall::testing::read_files;
using rolecall::testing::read_sections;
namespace yaml = rolecall::yaml;

// The canonical text without its first line; what is written is read back without findings,
// and written again as the same bytes.
std::string written(std::string_view sections) {
    auto const read = read_sections(sections);
    CHECK(places(diagnostics(read)) == "");
    std::string const text = yaml::write(read.document);
    auto const again = read_files({{"again.yaml", text}});
    CHECK(places(diagnostics(again)) == "");
    CHECK(yaml::write(again.document) == text);
    std::string const begin = "rolecall: 1\n\n";
    CHECK(text.substr(0, begin.size()) == begin);
    return text.size() < begin.size() ? text : text.substr(begin.size());
}

std::string rights(std::string const& line) {
    std::string const begin = "roles:\n  a:\n    may:\n";
    std::string const text = written("roles: {a: {may: {b: " + line + "}}}\n");
    CHECK(text.substr(0, begin.size()) == begin);
    return text.substr(begin.size());
}

TEST_CASE("a policy is written with its sections and entries in a fixed order") {
    CHECK(written("separation: {s: {because: Z, per: person, at-most: 1, roles: [b, a]}}\n"
                  "never: {g: {because: X, actions: [delete, share, view], roles: [b, a]}}\n"
                  "users: {bo: b, ann: a}\n"
                  "roles: {b: B, a: {may: {d-x: view, d.e: view, d: view}, title: T, about: A}}\n"
                  "categories: {d-x: DX, d.e: DE, d: D}\n"
                  "facts: {g: G, f: {title: T, about: F}}\n"
                  "actions: {share: S}\n"
                  "levels: [low, high]\n"
                  "policy: {owner: O, review-by: 2027-03-31, about: A, title: T, name: Shop,\n"
                  "  other-users: yes, hierarchy: limited, files: [p.yaml]}\n") ==
          "policy:\n"
          "  name: Shop\n"
          "  title: T\n"
          "  about: A\n"
          "  owner: O\n"
          "  review-by: 2027-03-31\n"
          "  hierarchy: limited\n"
          "  other-users: yes\n"
          "\n"
          "levels: [low, high]\n"
          "\n"
          "actions:\n"
          "  share: S\n"
          "\n"
          "facts:\n"
          "  f:\n"
          "    about: F\n"
          "    title: T\n"
          "  g: G\n"
          "\n"
          "categories:\n"
          "  d: D\n"
          "  d.e: DE\n"
          "  d-x: DX\n"
          "\n"
          "roles:\n"
          "  a:\n"
          "    about: A\n"
          "    title: T\n"
          "    may:\n"
          "      d: view\n"
          "      d.e: view\n"
          "      d-x: view\n"
          "  b: B\n"
          "\n"
          "users:\n"
          "  ann: a\n"
          "  bo: b\n"
          "\n"
          "never:\n"
          "  g:\n"
          "    roles: [a, b]\n"
          "    actions: [view, delete, share]\n"
          "    because: X\n"
          "\n"
          "separation:\n"
          "  s:\n"
          "    roles: [a, b]\n"
          "    at-most: 1\n"
          "    per: person\n"
          "    because: Z\n");
}

TEST_CASE("defaults are left out") {
    CHECK(written("levels: [public, internal, confidential, restricted]\n"
                  "policy: {name: Shop, hierarchy: general}\n") == "policy:\n  name: Shop\n");
    CHECK(written("levels: [restricted, confidential, internal, public]\n") ==
          "levels: [restricted, confidential, internal, public]\n");
}

TEST_CASE("a law without a name, which code can give, is left out") {
    rolecall::document d;
    d.categories.push_back({{"a", {}}, "", "A", {}, {""}, false, {}});
    CHECK(yaml::write(d) == "rolecall: 1\n\ncategories:\n  a: A\n");
}

TEST_CASE("a category keeps all that it says") {
    CHECK(written("categories:\n"
                  "  payment: {requires: {any: {if-all: [g, f]}, share: {if-any: [f]},\n"
                  "    store: {if: e}}, named-only: yes, laws: [PCI DSS, GDPR], level: low,\n"
                  "    title: T, about: P}\n") ==
          "categories:\n"
          "  payment:\n"
          "    about: P\n"
          "    title: T\n"
          "    level: low\n"
          "    laws: [GDPR, PCI DSS]\n"
          "    named-only: yes\n"
          "    requires:\n"
          "      any: {if-all: [f, g]}\n"
          "      store: e\n"
          "      share: f\n");
}

TEST_CASE("actions without a condition are a list, and the four together are `all`") {
    CHECK(rights("view") == "      b: view\n");
    CHECK(rights("[view]") == "      b: view\n");
    CHECK(rights("{store: always, view: always}") == "      b: [view, store]\n");
    CHECK(rights("[delete, store, modify, view]") == "      b: all\n");
    CHECK(rights("[share, all]") == "      b: [all, share]\n");
}

TEST_CASE("actions under conditions are lines of their own") {
    CHECK(rights("{modify: {if: f}, view: always}") ==
          "      b:\n        view: always\n        modify: {if: f}\n");
    CHECK(rights("{delete: {if: f}, store: {if: f}, modify: {if: f}, view: {if: f}}") ==
          "      b:\n        all: {if: f}\n");
}

TEST_CASE("a condition is written in its shortest spelling") {
    auto const condition = [](std::string const& written) {
        std::string const begin = "      b:\n        view: ";
        std::string text = rights("{view: " + written + "}");
        CHECK(text.substr(0, begin.size()) == begin);
        return text.substr(begin.size());
    };
    CHECK(condition("{if-all: [f]}") == "{if: f}\n");
    CHECK(condition("{if-any: f}") == "{if: f}\n");
    CHECK(condition("{if-all: [g, f]}") == "{if-all: [f, g]}\n");
    CHECK(condition("{any-of: [{if: g}, {if: f}]}") == "{if-any: [f, g]}\n");
    CHECK(condition("{any-of: [{if: f}, {if: f}]}") == "{if: f}\n");
    CHECK(condition("{any-of: [{if-all: [f, g]}, {if: f}]}") == "{if: f}\n");
    CHECK(condition("{any-of: [{if-all: [f, g, h]}, {if-all: [h, g]}]}") == "{if-all: [g, h]}\n");
    CHECK(condition("{any-of: [{if-all: [h, g]}, {if-any: [j, i]}]}") ==
          "{any-of: [{if-any: [i, j]}, {if-all: [g, h]}]}\n");
    CHECK(condition("{any-of: [{if-all: [h, g]}, {if: i}]}") ==
          "{any-of: [{if: i}, {if-all: [g, h]}]}\n");
    CHECK(condition("{any-of: [{if-all: [i, h]}, {if-all: [g, f]}]}") ==
          "{any-of: [{if-all: [f, g]}, {if-all: [h, i]}]}\n");
}

TEST_CASE("rights that were granted piece by piece are one line") {
    rolecall::document d;
    rolecall::written_role role;
    role.name.text = "a";
    auto const grant = [&](std::string const& action, std::string const& fact) {
        rolecall::written_right right{{action, {}}, {}};
        if (!fact.empty()) right.when.any_of = {{{fact, {}}}};
        role.may.push_back({{"b", {}}, false, {right}});
    };
    grant("view", "g");
    grant("view", "f");
    grant("modify", "f");
    grant("all", "");
    grant("share", "g");
    d.roles.push_back(role);
    CHECK(yaml::write(d) ==
          "rolecall: 1\n\nroles:\n  a:\n    may:\n      b:\n"
          "        all: always\n        share: {if: g}\n");
}

TEST_CASE("assignments are sorted, and each role keeps its latest day") {
    CHECK(written("users:\n"
                  "  a: [v, u]\n"
                  "  b: [u]\n"
                  "  c: [{roles: [z], until: 2027-01-01}]\n"
                  "  d: [{roles: z, until: 2028-01-01}, {roles: [v, u], until: 2027-01-01}, w]\n"
                  "  e: [{roles: z, until: 2027-01-01}, {roles: z, until: 2028-01-01}]\n"
                  "  f: [{roles: [v, z], until: 2027-01-01}, z]\n"
                  "  g: {roles: [v, u]}\n") ==
          "users:\n"
          "  a: [u, v]\n"
          "  b: u\n"
          "  c: {roles: z, until: 2027-01-01}\n"
          "  d: [w, {roles: [u, v], until: 2027-01-01}, {roles: z, until: 2028-01-01}]\n"
          "  e: {roles: z, until: 2028-01-01}\n"
          "  f: [z, {roles: v, until: 2027-01-01}]\n"
          "  g: [u, v]\n");
}

TEST_CASE("a guardrail that a file can't spell becomes several that together say the same") {
    rolecall::document d;
    rolecall::written_guardrail rail;
    rail.name.text = "hold";
    rail.actions = {{"delete", {}}};
    rail.when.any_of = {{{"f", {}}}, {{"g", {}}, {"h", {}}}, {{"i", {}}}};
    d.guardrails.push_back(rail);
    rail.name.text = "hold_2";
    rail.when.any_of = {{{"f", {}}}};
    d.guardrails.push_back(rail);
    CHECK(yaml::write(d) ==
          "rolecall: 1\n\nnever:\n"
          "  hold:\n    actions: delete\n    if-any: [f, i]\n"
          "  hold-3:\n    actions: delete\n    if-all: [g, h]\n"
          "  hold_2:\n    actions: delete\n    if: f\n");
}

TEST_CASE("text that YAML could take for something else is quoted") {
    auto const about = [](std::string const& quoted_text) {
        std::string const text = written("facts: {a: " + quoted_text + "}\n");
        CHECK(text.substr(0, 12) == "facts:\n  a: ");
        return text.substr(12, text.size() - 13);
    };
    for (std::string const word :
         {"null", "~",          "Null", "yes", "No",  "TRUE", "on", "1",    "1.0",
          "-",    "2027-03-31", "- a",  "? a", "---", "...",  " a", "a ",   "# a",
          "a: b", "a #b",       "&a",   "*a",  "!a",  "|",    ">",  "%a",   "@a",
          "[a",   "{a",         "'a",   "0x1", "a:",  "=",    "<<", ".inf", "`a`"}) {
        CAPTURE(word);
        CHECK(about('"' + word + '"') == '"' + word + '"');
    }
    CHECK(about("'say \"hi\" \\ bye'") == "\"say \\\"hi\\\" \\\\ bye\"");
    CHECK(about("'Name, address and so on'") == "Name, address and so on");
    CHECK(about("\"two\\nlines\"") == "\"two\\nlines\"");
    CHECK(about("It's theirs; nobody else's!") == "It's theirs; nobody else's!");
    CHECK(about("'12 months'") == "\"12 months\"");
    CHECK(about("' \\n: #'") == "\" \\\\n: #\"");
    CHECK(about("'Who, and why? He''s'") == "Who, and why? He's");
    CHECK(written("categories: {a: {about: A, laws: ['A, B', 'A?', 'A: B', 'A''s B']}}\n") ==
          "categories:\n  a:\n    about: A\n    laws: [A's B, \"A, B\", \"A: B\", \"A?\"]\n");
}

TEST_CASE("text in any language stays readable") {
    CHECK(written("facts: {a: 'Größe, 日本語, नमस्ते 🙂'}\n") ==
          "facts:\n  a: Größe, 日本語, नमस्ते 🙂\n");
    CHECK(written("facts: {a: 'می\xE2\x80\x8Cخواهم'}\n") == "facts:\n  a: می\xE2\x80\x8Cخواهم\n");
}

TEST_CASE("a long text stays on its line") {
    std::string text = "word";
    for (int i = 0; i < 2'000; ++i) text += " word";
    CHECK(written("facts: {a: " + text + "}\n") == "facts:\n  a: " + text + "\n");
}

TEST_CASE("names and ids that are no words for YAML are quoted") {
    CHECK(written("roles: {\"null\": {inherits: ['no', '1']}, '1': One}\n"
                  "users: {'a, b: [c]': '1', 'j.doe@shop': 'null'}\n") ==
          "roles:\n"
          "  \"1\": One\n"
          "  \"null\":\n"
          "    inherits: [\"1\", \"no\"]\n"
          "\n"
          "users:\n"
          "  \"a, b: [c]\": \"1\"\n"
          "  j.doe@shop: \"null\"\n");
}

TEST_CASE("equal rules give equal bytes, however they are spread and ordered") {
    auto const one =
        read_files({{"p.yaml",
                     "rolecall: 1\n"
                     "policy: {name: Shop}\n"
                     "facts: {f: F, g: G}\n"
                     "categories: {b: B}\n"
                     "roles: {r: {may: {b: [view, modify]}}, s: {inherits: [r, q]}, q: Q}\n"}});
    auto const two = read_files(
        {{"a.yaml",
          "---\nrolecall: 1\nroles:\n  q: {about: Q}\n  s:\n    inherits:\n    - q\n    - r\n"},
         {"b.yaml",
          "rolecall: 1\nfacts: {g: {about: G}}\npolicy: {hierarchy: general, name: 'Shop'}\n"},
         {"c.yaml",
          "rolecall: 1\nroles: {r: {may: {b: {modify: always, view: always}}}}\n"
          "facts: {f: F}\ncategories: {b: {about: B}}\n...\n"}});
    CHECK(yaml::write(one.document) == yaml::write(two.document));
}

TEST_CASE("a policy is written as its document") {
    auto const loaded = yaml::load_text("rolecall: 1\nroles: {a: A}\n");
    REQUIRE(loaded);
    CHECK(yaml::write(*loaded) == "rolecall: 1\n\nroles:\n  a: A\n");
}

}  // namespace
