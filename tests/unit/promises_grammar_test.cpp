// How guarantees and exercises are read, and what is said about those that are not written well.
// What they mean is asked elsewhere.
#include "support/shape_findings.hpp"
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace rolecall;
using rolecall::testing::diagnostics;
using rolecall::testing::places;
using rolecall::testing::read_sections;

namespace {

written_guarantee guarantee(std::string_view body) {
    auto read = read_sections("guarantees: {g: " + std::string(body) + "}\n");
    CHECK(places(diagnostics(read)) == "");
    REQUIRE(read.document.guarantees.size() == 1);
    return read.document.guarantees.front();
}

written_exercise exercise(std::string_view body) {
    auto read = read_sections("exercises: {e: " + std::string(body) + "}\n");
    CHECK(places(diagnostics(read)) == "");
    REQUIRE(read.document.exercises.size() == 1);
    return read.document.exercises.front();
}

std::string problems(std::string_view section, std::string_view body) {
    auto const read = read_sections(std::string(section) + ":\n  x: " + std::string(body) + '\n');
    return places(diagnostics(read));
}

constexpr std::string_view names = R"(rolecall: 1
facts: {consent: Consent, hold: Hold}
categories: {account: Addresses, payment: Payments, payment.card: Cards}
roles:
  support: {may: {account: view}}
  billing: {may: {payment: view}}
users: {dana: support, bo: [support, billing]}
)";

// What loading says of some lines behind these names.
std::string told(std::string_view lines) {
    auto const loaded = yaml::load_text(std::string(names) + std::string(lines), "p.yaml");
    std::string result;
    for (diagnostic const& d : loaded.findings())
        result += std::to_string(d.where.line) + ':' + std::to_string(d.where.column) + ' ' +
                  std::string(to_string(d.code)) + '\n';
    return result;
}

std::string told_of(std::string_view exercise) {
    return told("exercises:\n  e: " + std::string(exercise) + '\n');
}

}  // namespace

TEST_CASE("each kind of guarantee is read with its keys") {
    using kind = written_guarantee::kind;
    auto const never =
        guarantee("{roles: [a, b], alone: yes, never: view, categories: c, level: l}");
    CHECK(never.what == kind::never);
    CHECK(never.roles.size() == 2);
    CHECK(never.alone);
    CHECK(never.first.actions.size() == 1);
    CHECK(never.first.categories.size() == 1);
    CHECK(never.first.levels.size() == 1);

    auto const may =
        guarantee("{only: a, may: any, only-if: {if-any: [f, g]}, unless: h, because: So it is}");
    CHECK(may.what == kind::may);
    CHECK(may.first.actions.empty());  // any
    CHECK(may.only.size() == 1);
    CHECK(may.only_if.any_of.size() == 2);
    CHECK(may.unless.size() == 1);
    CHECK(may.because == "So it is");
    CHECK(guarantee("{may: view, only-if: f}").only_if.any_of.size() == 1);

    auto const both =
        guarantee("{never-both: [{may: view, categories: c}, {may: [store, delete]}]}");
    CHECK(both.what == kind::never_both);
    CHECK(both.first.categories.size() == 1);
    CHECK(both.second.actions.size() == 2);

    auto const keeps = guarantee("{roles: a, keeps: {c: view, d.*: {store: {if: f}}}}");
    CHECK(keeps.what == kind::keeps);
    REQUIRE(keeps.kept.size() == 2);
    CHECK(keeps.kept[1].below);
    CHECK(keeps.kept[1].rights.front().when.any_of.size() == 1);
}

TEST_CASE("a guarantee says one thing") {
    CHECK(problems("guarantees", "{roles: a, categories: c}") == "3:3+1 missing-key\n");
    CHECK(problems("guarantees", "{roles: a, never: view, may: view}") ==
          "3:30+3 invalid-value <- 3:17\n");
    CHECK(problems("guarantees", "{keeps: {c: view}}") == "3:3+1 missing-key\n");
    CHECK(problems("guarantees", "{may: view}") == "3:3+1 missing-key\n");
    CHECK(problems("guarantees", "{roles: a, may: view, only: b}") ==
          "3:7+5 invalid-value <- 3:28\n");
    CHECK(problems("guarantees", "{alone: yes, never: view}") == "3:7+5 missing-key\n");
    CHECK(problems("guarantees", "{roles: a, keeps: {c: view}, categories: c}") ==
          "3:35+10 invalid-value\n");
    CHECK(problems("guarantees", "{never-both: [{may: view}]}") == "3:19+1 invalid-value\n");
    CHECK(problems("guarantees", "{never-both: [{may: view}, {categories: c}]}") ==
          "3:33+1 missing-key\n");
    CHECK(problems("guarantees", "{roles: a, never: [any, view]}") ==
          "3:30+4 overlapping-rights <- 3:25\n");
    CHECK(problems("guarantees", "marketing sees no money") == "3:6+23 wrong-shape\n");
    CHECK(problems("guarantees", "{roles: a, nevr: view}") == "3:17+4 unknown-key\n");
}

TEST_CASE("an exercise is read with all its keys") {
    auto const e = exercise(
        "{title: T, about: A, note: N, as: {user: dana, roles: a}, "
        "given: {facts: {f: yes, g: no, h: unknown}, date: 2026-12-24, lost: b}, "
        "can: {c: view}, cannot: {c.*: {view: unmet, store: forbidden}, d: any}}");
    CHECK(e.title == "T");
    CHECK(e.about == "A");
    CHECK(e.note == "N");
    REQUIRE(e.user);
    CHECK(e.user->text == "dana");
    CHECK(e.roles.size() == 1);
    REQUIRE(e.facts.size() == 3);
    CHECK(e.facts[0].value == true);
    CHECK(e.facts[1].value == false);
    CHECK_FALSE(e.facts[2].value.has_value());
    REQUIRE(e.on);
    CHECK(e.on->to_string() == "2026-12-24");
    CHECK(e.lost.size() == 1);
    CHECK_FALSE(e.compromised);
    REQUIRE(e.cannot.size() == 2);
    CHECK(e.cannot[0].below);
    CHECK(e.cannot[0].category.text == "c");
    REQUIRE(e.cannot[0].actions.size() == 2);
    CHECK(e.cannot[0].actions[1].reason->text == "forbidden");
    CHECK_FALSE(e.cannot[1].actions[0].reason.has_value());
    CHECK_FALSE(e.says_exactly());
}

TEST_CASE("exactly nothing, and exactly something") {
    CHECK(exercise("{as: a, exactly: nothing}").exactly_nothing);
    auto const e = exercise("{as: [a, b], given: {compromised: yes}, exactly: {c: all}}");
    CHECK(e.says_exactly());
    CHECK(e.compromised);
    CHECK(e.roles.size() == 2);
    CHECK(e.exactly.size() == 1);
}

TEST_CASE("what is no exercise is told at its place") {
    CHECK(problems("exercises", "{as: a}") == "3:3+1 missing-key\n");
    CHECK(problems("exercises", "{can: {c: view}}") == "3:3+1 missing-key\n");
    CHECK(problems("exercises", "{as: {roles: a}, can: {c: view}}") == "3:11+1 missing-key\n");
    CHECK(problems("exercises", "{as: a, can: {c: {view: unmet}}}") == "3:23+1 wrong-shape\n");
    CHECK(problems("exercises", "{as: a, cannot: {c: {view: granted}}}") ==
          "3:33+7 invalid-value\n");
    CHECK(problems("exercises", "{as: a, can: {c: view}, exactly: {c: view}}") ==
          "3:14+3 expectation-clash <- 3:30\n");
    CHECK(problems("exercises", "{as: a, given: {facts: {f: true}}, can: {c: view}}") ==
          "3:33+4 invalid-value\n");
    CHECK(problems("exercises", "{as: a, given: {date: 2026-02-30}, can: {c: view}}") ==
          "3:28+10 invalid-date\n");
}

TEST_CASE("names in guarantees are those that the policy declares") {
    CHECK(told("guarantees:\n  g: {roles: suport, never: vew, categories: [acount, account]}\n") ==
          "9:14 unknown-role\n9:29 unknown-action\n9:47 unknown-category\n");
    CHECK(told("guarantees:\n  g: {may: all, categories: payment.*, level: secret, only-if: "
               "fact}\n") ==
          "9:12 unknown-action\n9:29 invalid-value\n9:47 unknown-level\n9:64 unknown-fact\n");
    CHECK(told("guarantees:\n  g: {roles: support, keeps: {account.*: view}, unless: no-fact}\n") ==
          "9:31 nothing-below\n9:57 unknown-fact\n");
    CHECK(told("guarantees:\n  g-1: {never: view, level: public}\n"
               "  g_1: {never: view, level: public}\n") == "10:3 similar-names\n");
}

TEST_CASE("who asks in an exercise is somebody") {
    CHECK(told_of("{as: suport, can: {account: view}}") == "9:11 unknown-role\n");
    CHECK(told_of("{as: {user: dna}, can: {account: view}}") == "9:18 unknown-user\n");
    CHECK(told_of("{as: {user: a-stranger, roles: support}, exactly: nothing}") == "");
    CHECK(told_of("{as: {user: dana}, given: {lost: billing}, can: {account: view}}") ==
          "9:39 role-not-held\n");
    CHECK(told_of("{as: {user: bo}, given: {lost: billing}, can: {account: view}}") == "");
    CHECK(told_of("{as: support, given: {lost: billing}, can: {account: view}}") ==
          "9:34 role-not-held\n");
    CHECK(told_of("{as: {user: bo, roles: support}, given: {compromised: yes}, can: {account: "
                  "view}}") == "9:29 expectation-clash\n");
}

TEST_CASE("expectations do not contradict each other") {
    CHECK(told_of("{as: support, can: {payment.*: view}, cannot: {payment.card: any}}") ==
          "9:67 expectation-clash\n");
    CHECK(told_of("{as: support, exactly: {account: all}, cannot: {account: delete}}") ==
          "9:63 expectation-clash\n");
    CHECK(told_of("{as: support, cannot: {payment.*: {view: unmet}, payment.card: {view: "
                  "not-granted}}}") == "9:70 expectation-clash\n");
    CHECK(told_of("{as: support, cannot: {payment.*: {view: unmet}, payment.card: any}}") == "");
    CHECK(told_of("{as: support, can: {account: [all, view]}}") == "9:41 overlapping-rights\n");
    CHECK(told_of("{as: support, can: {account.*: view}}") == "9:26 nothing-below\n");
    CHECK(told_of("{as: support, given: {compromised: yes}, cannot: {account: {store: unmet}}}") ==
          "9:73 expectation-clash\n");
}

TEST_CASE("guarantees and exercises are written as they were read") {
    std::string const lines = R"(guarantees:
  both:
    never-both: [{may: store, categories: payment}, {may: any, level: [internal, public]}]
  kept:
    roles: support
    keeps: {account: {view: {if: consent}}}
    alone: yes
    unless: [hold, consent]
  may: {may: [store, delete], categories: payment, only-if: {any-of: [{if-all: [hold, consent]}, {if: hold}]}}
  never: {roles: support, alone: yes, never: any, categories: payment, because: No reason}
exercises:
  one:
    about: Somebody calls
    as: [support, billing]
    given: {facts: {hold: unknown, consent: no}, date: 2026-12-24}
    can: {payment: view}
    cannot: {payment: {store: not-granted}, account: [store, modify]}
  two: {as: {user: dana}, given: {compromised: yes, lost: support}, exactly: nothing}
  three: {as: support, exactly: {account: view}}
)";
    policy const read = yaml::load_text(std::string(names) + lines, "p.yaml").value();
    std::string const written = yaml::write(read);
    policy const again = yaml::load_text(written, "p.yaml").value();
    CHECK(yaml::write(again) == written);
    for (std::string_view const part :
         {"never-both: [{may: any, level: [internal, public]}, {may: store, categories: payment}]",
          "only-if: {if: hold}", "unless: [consent, hold]", "alone: yes",
          "cannot:\n      account: [modify, store]\n      payment: {store: not-granted}",
          "exactly: nothing", "as: {user: dana}", "lost: support", "consent: no",
          "date: 2026-12-24"})
        CHECK_MESSAGE(written.find(part) != std::string::npos, part << " in\n" << written);
}

TEST_CASE("a period is a number and a unit") {
    auto const read = read_sections("policy: {name: Shop, exercise-every: 6 months}\n");
    CHECK(places(diagnostics(read)) == "");
    REQUIRE(read.document.header);
    CHECK(read.document.header->exercise_every->to_string() == "6 months");
    CHECK(places(diagnostics(read_sections("policy: {name: Shop, exercise-every: often}\n"))) ==
          "2:38+5 invalid-value\n");
}
