#include "support/shape_findings.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::document;
using rolecall::separation_scope;
using rolecall::testing::diagnostics;
using rolecall::testing::places;
using rolecall::testing::read_files;
using rolecall::testing::read_sections;
using rolecall::testing::texts;

document read(std::string_view sections) {
    auto result = read_sections(sections);
    CHECK(places(diagnostics(result)) == "");
    return std::move(result.document);
}

TEST_CASE("the section `policy` is read with all its keys") {
    document const d = read(
        "policy:\n"
        "  name: Corner Shop\n"
        "  title: Our rules\n"
        "  about: What we keep\n"
        "  owner: privacy@corner-shop.example\n"
        "  review-by: 2027-03-31\n"
        "  hierarchy: limited\n"
        "  other-users: yes\n");
    REQUIRE(d.header);
    CHECK(d.header->name == "Corner Shop");
    CHECK(d.header->title == "Our rules");
    CHECK(d.header->about == "What we keep");
    CHECK(d.header->owner == "privacy@corner-shop.example");
    REQUIRE(d.header->review_by);
    CHECK(d.header->review_by->to_string() == "2027-03-31");
    CHECK(d.header->review_by_at == rolecall::place{0, 7, 14, 10});
    CHECK(d.header->limited_hierarchy);
    CHECK(d.header->other_users);
}

TEST_CASE("an action, a fact, a category and a role may be a text") {
    document const d = read(
        "actions: {share: Pass it on}\n"
        "facts: {consent: They agreed}\n"
        "categories: {leads: People who asked}\n"
        "roles: {employee: Everyone}\n");
    REQUIRE(d.actions.size() == 1);
    CHECK(d.actions[0].about == "Pass it on");
    CHECK(d.facts.at(0).about == "They agreed");
    CHECK(d.categories.at(0).about == "People who asked");
    CHECK(d.roles.at(0).about == "Everyone");
    CHECK(d.roles.at(0).name.at == rolecall::place{0, 5, 9, 8});
}

TEST_CASE("a category is read with all its keys") {
    document const d = read(
        "categories:\n"
        "  payment.card:\n"
        "    about: Card numbers\n"
        "    title: Cards\n"
        "    level: restricted\n"
        "    laws: [PCI DSS, GDPR]\n"
        "    named-only: yes\n"
        "    requires: {store: encrypted, any: {if: consent}}\n");
    auto const& c = d.categories.at(0);
    CHECK(c.name.text == "payment.card");
    CHECK(c.title == "Cards");
    REQUIRE(c.level);
    CHECK(c.level->text == "restricted");
    CHECK(c.level->at == rolecall::place{0, 6, 12, 10});
    CHECK(c.laws == std::vector<std::string>{"PCI DSS", "GDPR"});
    CHECK(c.named_only);
    REQUIRE(c.required.size() == 2);
    CHECK(c.required[0].action.text == "store");
    CHECK(c.required[0].when.any_of.at(0).at(0).text == "encrypted");
    CHECK(c.required[1].action.text == "any");
}

TEST_CASE("where a list of names is expected, one name may stand alone") {
    document const d = read(
        "levels: internal\n"
        "roles: {support: {inherits: employee, may: {account: view}}}\n"
        "never: {no: {roles: support, categories: account, actions: view, if-all: a}}\n");
    CHECK(d.levels.at(0).text == "internal");
    CHECK(d.roles.at(0).inherits.at(0).text == "employee");
    CHECK(d.roles.at(0).may.at(0).rights.at(0).action.text == "view");
    CHECK(d.guardrails.at(0).roles.at(0).text == "support");
    CHECK(d.guardrails.at(0).categories.at(0).text == "account");
    CHECK(d.guardrails.at(0).actions.at(0).text == "view");
    CHECK(d.guardrails.at(0).when.any_of.at(0).at(0).text == "a");
}

TEST_CASE("`category.*` is the category and what it means") {
    document const d = read("roles: {billing: {may: {payment.*: view, payment: view}}}\n");
    auto const& may = d.roles.at(0).may;
    CHECK(may.at(0).category.text == "payment");
    CHECK(may.at(0).below);
    CHECK_FALSE(may.at(1).below);
}

TEST_CASE("a user is a role, a mapping, or a list of both") {
    document const d = read(
        "users:\n"
        "  dana: support\n"
        "  bo: {roles: [billing], until: 2026-12-31}\n"
        "  eve: [support, {roles: refunds, until: 2026-11-30}, auditor]\n");
    REQUIRE(d.users.size() == 3);
    CHECK(d.users[0].assignments.at(0).roles.at(0).text == "support");
    CHECK(d.users[1].assignments.at(0).until->to_string() == "2026-12-31");
    REQUIRE(d.users[2].assignments.size() == 2);
    CHECK(d.users[2].assignments[0].roles.size() == 2);
    CHECK(d.users[2].assignments[0].roles[1].text == "auditor");
    CHECK_FALSE(d.users[2].assignments[0].until);
    CHECK(d.users[2].assignments[1].roles.at(0).text == "refunds");
}

TEST_CASE("a separation is read with all its keys") {
    document const d = read(
        "separation:\n"
        "  two-hands: {roles: [a, b, c], at-most: 2, per: session, because: So}\n");
    auto const& s = d.separations.at(0);
    CHECK(s.roles.size() == 3);
    CHECK(s.at_most == 2);
    CHECK(s.at_most_at == rolecall::place{0, 3, 42, 1});
    CHECK(s.per == separation_scope::session);
    CHECK(s.because == "So");
}

TEST_CASE("free text may be a block, and loses its last line break") {
    document const d = read("facts:\n  consent: |\n    They agreed.\n    In writing.\n");
    CHECK(d.facts.at(0).about == "They agreed.\nIn writing.");
    CHECK(places("levels: |\n  internal\n") == "2:9+1 block-scalar\n");
    CHECK(places("roles: {a: {inherits: [b]}}\nusers:\n  bo: >\n    support\n") ==
          "4:7+1 block-scalar\n");
}

TEST_CASE("`rolecall: 1` is the first key of each file") {
    auto const found = [](std::string const& text) {
        return places(diagnostics(read_files({{"p.yaml", text}})));
    };
    CHECK(found("facts: {a: b}\n") == "1:1+5 missing-version\n");
    CHECK(found("facts: {a: b}\nrolecall: 1\n") == "2:1+8 missing-version\n");
    CHECK(found("# nothing\n") == "1:1+1 missing-version\n");
    CHECK(found("rolcall: 1\nfacts: {a: b}\n") == "1:1+7 unknown-key\n");
    CHECK(found("rolecall: 2\nguarantees: {}\n") == "1:11+1 unsupported-version\n");
    CHECK(found("rolecall: 1.0\n") == "1:11+3 unsupported-version\n");
    CHECK(found("rolecall: [1]\n") == "1:11+1 wrong-shape\n");
    CHECK(found("- rolecall: 1\n") == "1:1+1 wrong-shape\n");
    CHECK(found("rolecall\n") == "1:1+8 wrong-shape\n");
}

TEST_CASE("a file of another version may declare names that are not known") {
    auto const read = read_files({{"a.yaml", "rolecall: 2\n"}, {"b.yaml", "rolecall: 1\n"}});
    CHECK(read.document.incomplete);
}

TEST_CASE("an unknown key is reported with what was probably meant") {
    CHECK(texts("facts: {a: {abuot: x}}\n") ==
          "unknown key `abuot` in a fact; did you mean `about`?\n");
    CHECK(texts("roles: {a: {mya: {b: view}}}\n") ==
          "unknown key `mya` in a role; did you mean `may`?\n");
    CHECK(texts("inherits: [a]\n") ==
          "unknown key `inherits` in a policy file; it belongs to a role\n");
    CHECK(texts("categories: {a: {about: x, may: y}}\n") ==
          "unknown key `may` in a category; it belongs to a role, a guarantee or an item of "
          "`never-both`\n");
    CHECK(texts("separation: {a: {roles: [b, c], at-most: 1, per: person, until: x}}\n") ==
          "unknown key `until` in a separation; it belongs to an assignment of roles\n");
    CHECK(texts("policy: {name: x, reviewer: y}\n") ==
          "unknown key `reviewer` in the section `policy`; write `name`, `title`, `about`, "
          "`owner`, `review-by`, `exercise-every`, `hierarchy`, `other-users` or `files`\n");
    CHECK(places("roles:\n  a: {may: {b: view}, maya: x}\n") == "3:23+4 unknown-key\n");
}

TEST_CASE("sections of later versions are unknown") {
    for (std::string const section : {"obligations", "budgets", "lockdowns"})
        CHECK(places(section + ": {a: b}\n").find(" unknown-key\n") != std::string::npos);
}

TEST_CASE("a mistyped section still declares its names") {
    auto const read = read_sections("roels: {support: Helps}\n");
    CHECK(places(diagnostics(read)) == "2:1+5 unknown-key\n");
    REQUIRE(read.document.roles.size() == 1);
    CHECK(read.document.roles[0].name.text == "support");
}

TEST_CASE("a required key that is missing is reported at the name that lacks it") {
    CHECK(places("policy: {title: x}\n") == "2:1+6 missing-key\n");
    CHECK(places("facts: {a: {title: x}}\n") == "2:9+1 missing-key\n");
    CHECK(places("actions: {share: {title: x}}\n") == "2:11+5 missing-key\n");
    CHECK(places("categories: {b: {level: x}}\n") == "2:14+1 missing-key\n");
    CHECK(places("users: {bo: {until: 2026-12-31}}\n") == "2:13+1 missing-key\n");
    CHECK(places("never: {a: {because: b}}\n") == "2:9+1 missing-key\n");
    CHECK(places("separation:\n  a: {roles: [b, c]}\n") ==
          "3:3+1 missing-key\n3:3+1 missing-key\n");
    CHECK(texts("facts: {a: {title: x}}\n") == "`a` needs the key `about`\n");
}

TEST_CASE("a file that broke off is not blamed for the keys that it did not reach") {
    auto const read = read_files(
        {{"p.yaml",
          "rolecall: 1\nseparation:\n  a:\n    roles: [b, c]\n    at-most: 1\n    per: [\n"}});
    CHECK(places(diagnostics(read)).find("missing-key") == std::string::npos);
    CHECK(read.document.incomplete);
}

TEST_CASE("what is empty is better left out") {
    CHECK(places("facts: {}\n") == "2:8+1 empty-value\n");
    CHECK(places("levels: []\n") == "2:9+1 empty-value\n");
    CHECK(places("facts: {a: \"\"}\n") == "2:12+2 empty-value\n");
    CHECK(places("facts: ''\n") == "2:8+2 empty-value\n");
    CHECK(places("roles: {a: {}}\n") == "2:12+1 empty-value\n");
    CHECK(places("roles: {a: {inherits: [], may: {}}}\n") ==
          "2:23+1 empty-value\n2:32+1 empty-value\n");
    CHECK(places("roles: {a: {inherits: [b, '']}}\n") == "2:27+2 empty-value\n");
    CHECK(places("categories: {a: {about: b, laws: ['']}}\n") == "2:35+2 empty-value\n");
    CHECK(places("users: {bo: []}\n") == "2:13+1 empty-value\n");
    CHECK(places("users: {bo: {}}\n") == "2:13+1 empty-value\n");
    CHECK(places("never: {a: {roles: b, because: ''}}\n") == "2:32+2 empty-value\n");
    CHECK(texts("levels: []\n") == "this list is empty; leave the key out instead\n");
}

TEST_CASE("a value of the wrong shape is reported with what was expected") {
    CHECK(texts("roles: [support, billing]\n") == "expected a mapping of roles, found a list\n");
    CHECK(texts("roles: {a: {inherits: {b: c}}}\n") ==
          "expected a list of roles, found a mapping\n");
    CHECK(texts("roles: {a: {inherits: [[b]]}}\n") == "expected a role, found a list\n");
    CHECK(texts("policy: Corner Shop\n") ==
          "expected a mapping with `name`, found `Corner Shop`\n");
    CHECK(texts("categories: {a: [b]}\n") ==
          "expected a text, or a mapping with `about`, found a list\n");
    CHECK(texts("never: {a: b}\n") ==
          "expected a mapping such as `{roles: ..., categories: ...}`, found `b`\n");
    CHECK(places("policy: {name: [x]}\n") == "2:16+1 wrong-shape\n");
    CHECK(places("users: {bo: [[support]]}\n") == "2:14+1 wrong-shape\n");
}

TEST_CASE("a flag is `yes`, or not there") {
    CHECK(texts("categories: {a: {about: b, named-only: true}}\n") ==
          "expected `yes`, found `true`; write `yes`, or leave the key out\n");
    CHECK(places("policy: {name: a, other-users: no}\n") == "2:32+2 invalid-value\n");
}

TEST_CASE("words and numbers that mean nothing are reported") {
    CHECK(texts("policy: {name: a, hierarchy: strict}\n") ==
          "expected `general` or `limited`, found `strict`\n");
    CHECK(texts("separation: {a: {roles: [b, c], at-most: one, per: user}}\n") ==
          "expected a whole number such as `1`, found `one`\n"
          "expected `person` or `session`, found `user`\n");
    for (std::string const number : {"-1", "1.0", "01", "+1", "0x1", "1e3", "12345678901"})
        CHECK(places("separation: {a: {roles: [b, c], at-most: " + number + ", per: person}}\n")
                  .find(" invalid-value\n") != std::string::npos);
}

TEST_CASE("a date that does not exist is reported") {
    for (std::string const day : {"2027-02-29", "2027-3-31", "31.03.2027", "tomorrow"})
        CHECK(places("policy: {name: a, review-by: " + day + "}\n").find(" invalid-date\n") !=
              std::string::npos);
    CHECK(places("users: {bo: {roles: a, until: 2026-13-01}}\n") == "2:31+10 invalid-date\n");
}

TEST_CASE("a separation of one role is none") {
    CHECK(places("separation: {a: {roles: [b], at-most: 1, per: person}}\n") ==
          "2:25+1 separation-count\n");
    CHECK(places("separation: {a: {roles: b, at-most: 1, per: person}}\n") ==
          "2:25+1 separation-count\n");
}

TEST_CASE("`policy` and `levels` stand in one file only") {
    auto const read =
        read_files({{"a.yaml", "rolecall: 1\npolicy: {name: A}\nlevels: [x]\n"},
                    {"b.yaml", "rolecall: 1\nlevels: [y]\npolicy: {name: B, title: [c]}\n"}});
    auto const found = diagnostics(read);
    CHECK(places(found) ==
          "2:1+6 section-twice <- 3:1\n3:1+6 section-twice <- 2:1\n3:26+1 wrong-shape\n");
    CHECK(found[0].where.path == "b.yaml");
    CHECK(found[0].related[0].where.path == "a.yaml");
    CHECK(read.document.header->name == "A");
    CHECK(read.document.levels.at(0).text == "x");
}

TEST_CASE("sections of several files are united") {
    auto const read = read_files(
        {{"a.yaml", "rolecall: 1\nroles: {a: A}\n"}, {"b.yaml", "rolecall: 1\nroles: {b: B}\n"}});
    CHECK(diagnostics(read).empty());
    REQUIRE(read.document.roles.size() == 2);
    CHECK(read.document.roles[1].name.at == rolecall::place{1, 2, 9, 1});
}

TEST_CASE("a law or a file stands once in its list") {
    CHECK(places("categories:\n  a: {about: b, laws: [X, Y, X]}\n") ==
          "3:30+1 repeated-name <- 3:24\n");
    CHECK(places("policy: {name: a, files: [p.yaml, p.yaml]}\n") ==
          "2:35+6 repeated-name <- 2:27\n");
}

TEST_CASE("joiners may stand in free text and nowhere else") {
    std::string const joiner = "\xE2\x80\x8D";
    CHECK(places("facts: {a: x" + joiner + "y}\n") == "");
    CHECK(places("roles: {supp" + joiner + "ort: x}\n") == "2:9+8 hidden-character\n");
    CHECK(places("users: {b" + joiner + "o: x}\n") == "2:9+3 hidden-character\n");
    auto const read = read_sections("roles: {a: {inherits: [b" + joiner + "]}}\n");
    CHECK(places(diagnostics(read)) == "2:24+2 hidden-character\n");
    CHECK(read.document.roles.at(0).inherits.at(0).text == "b");
}

TEST_CASE("a broken body declares its name all the same") {
    auto const read = read_sections("roles: {a: [x], b: {may: 3}, c: {may: {account: 3}}}\n");
    CHECK(read.document.roles.size() == 3);
    CHECK_FALSE(read.document.incomplete);
}

TEST_CASE("a section without its shape may have declared anything") {
    CHECK(read_sections("roles: [a]\n").document.incomplete);
    CHECK(read_sections("levels: {a: b}\n").document.incomplete);
    CHECK_FALSE(read_sections("roles: {a: b}\n").document.incomplete);
}

}  // namespace
