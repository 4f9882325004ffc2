// What becomes of changes to rules: guardrails, conditions, separations and categories.
#include "support/mutated.hpp"
#include <rolecall/policy_mutation.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace rc = rolecall;
using namespace rolecall::tests;

TEST_CASE("a right that a guardrail stops for all who have it is a change without effect") {
    auto const found = changed(R"(categories: {notes: Notes}
roles: {desk: {may: {notes: view}}, other: Others}
never:
  no-deletes: {roles: desk, categories: notes, actions: delete}
)");
    CHECK(became(found, "desk may delete notes") == outcome::no_effect);
    CHECK(became(found, "other may delete notes") == outcome::survived);
    // Now nobody can delete anyway.
    CHECK(became(found, "no-deletes is left out") == outcome::no_effect);
}

TEST_CASE("a guardrail is noticed by two roles of one person, where the one stops the other") {
    auto const found = changed(R"(categories: {notes: Notes, cards: Cards}
roles: {desk: {may: {notes: view}}, cash: {may: {cards: view}}}
never:
  never-both: {roles: desk, categories: [notes, cards], actions: [view, store], if: held}
facts: {held: Held}
)");
    CHECK(sentences(found, kind::guardrail) ==
          std::vector<std::string>{
              "never-both is left out", "never-both is not about category notes",
              "never-both is not about category cards", "never-both is not about action view",
              "never-both is not about action store",
              "never-both forbids always, and not only unless it is known that not (held)"});
    CHECK(question(find(found, "never-both is not about category cards")) ==
          "cash as desk: view cards: forbidden");
    CHECK(question(find(found, "never-both is not about category notes")) ==
          "desk: view notes: forbidden");
    CHECK(question(find(found,
                        "never-both forbids always, and not only unless it is known that "
                        "not (held)")) == "desk: view notes not held: allowed");
    CHECK(became(found, "never-both is not about action store") == outcome::no_effect);
}

TEST_CASE("two roles that a separation keeps apart notice nothing together") {
    auto const found = changed(R"(categories: {cards: Cards}
roles: {desk: The desk, cash: {may: {cards: view}}}
never:
  no-cards: {roles: desk, categories: cards}
separation:
  apart: {roles: [desk, cash], at-most: 1, per: person}
)");
    CHECK(became(found, "no-cards is left out") == outcome::no_effect);
    // Together they are forbidden it then, instead of refused: denied both times.
    CHECK(became(found, "apart is left out") == outcome::no_effect);
}

TEST_CASE("a condition is left out, and each of its alternatives and facts") {
    auto const found = changed(R"(facts: {a: A, b: B, c: C}
categories: {notes: Notes}
roles:
  desk: {may: {notes: {view: {any-of: [{if-all: [a, b]}, {if: c}]}}}}
exercises:
  with-c: {as: desk, given: {facts: {c: yes}}, can: {notes: view}}
  without: {as: desk, cannot: {notes: {view: undecided}}}
)");
    CHECK(sentences(found, kind::condition) ==
          std::vector<std::string>{"desk may view notes always, not only if a and b or c",
                                   "desk may view notes if c, not if a and b or c",
                                   "desk may view notes if b or c, not if a and b or c",
                                   "desk may view notes if a or c, not if a and b or c",
                                   "desk may view notes if a and b, not if a and b or c"});
    CHECK(find(found, "desk may view notes always, not only if a and b or c").by == "without");
    CHECK(find(found, "desk may view notes if a and b, not if a and b or c").by == "with-c");
    rc::mutant const& narrower = find(found, "desk may view notes if c, not if a and b or c");
    CHECK(question(narrower) == "desk: view notes with a with b: allowed");
    rc::mutant const& wider = find(found, "desk may view notes if b or c, not if a and b or c");
    CHECK(question(wider) == "desk: view notes with b: undecided");
    CHECK(wider.where.column == 50);  // the fact that is left out
}

TEST_CASE("a condition that another line makes superfluous is without effect") {
    auto const found = changed(R"(facts: {a: A, b: B}
categories: {notes: Notes, notes.old: Old ones}
roles:
  desk:
    may:
      notes.*: {view: {if: a}, store: {if: a}}
      notes.old: view
)");
    CHECK(became(found, "desk may view notes.* always, not only if a") == outcome::no_effect);
    CHECK(became(found, "desk may store notes.* always, not only if a") == outcome::survived);
    CHECK(became(found, "desk may not view notes.old") == outcome::survived);
}

TEST_CASE("a requirement is left out, and each of its alternatives") {
    auto const found = changed(R"(facts: {a: A, b: B}
categories:
  notes: {about: Notes, requires: {view: {if-any: [a, b]}, any: a, store: b}}
roles:
  desk: {may: {notes: view}}
exercises:
  one: {as: desk, given: {facts: {a: yes}}, can: {notes: view}}
)");
    CHECK(became(found, "notes requires nothing for any action, not a") == outcome::survived);
    CHECK(became(found, "notes requires nothing to view, not a or b") == outcome::no_effect);
    CHECK(became(found, "notes requires nothing to store, not b") == outcome::no_effect);
    CHECK(find(found, "notes requires b to view, not a or b").by == "one");
    CHECK(question(find(found, "notes requires nothing for any action, not a")) ==
          "desk: view notes with b: undecided");
}

TEST_CASE("a separation lets more meet, or fewer, and refuses users then") {
    auto const found = changed(R"(categories: {notes: Notes}
roles:
  a: {may: {notes: view}}
  b: {may: {notes: store}}
  c: {may: {notes: modify}}
users: {ann: [a, b], bo: c}
separation:
  trio: {roles: [a, b, c], at-most: 2, per: person}
)");
    CHECK(sentences(found, kind::separation) ==
          std::vector<std::string>{"trio is left out", "trio counts per session, not per person",
                                   "trio allows 1, not 2"});
    CHECK(find(found, "trio allows 1, not 2").is == outcome::refused);
    CHECK(find(found, "trio allows 1, not 2").by == "separation-by-user");
    CHECK(question(find(found, "trio is left out")) == "a as b as c: view notes: separation");
    // Roles that ask are held and active alike.
    CHECK(became(found, "trio counts per session, not per person") == outcome::no_effect);
}

TEST_CASE("per session instead of per person is noticed by who holds both and has one active") {
    auto const found = changed(R"(categories: {notes: Notes}
roles: {a: {may: {notes: view}}, b: {may: {notes: store}}}
users: {ann: [a, b]}
separation:
  duo: {roles: [a, b], at-most: 1, per: session}
)");
    CHECK(find(found, "duo counts per person, not per session").by == "separation-by-user");
    CHECK(question(find(found, "duo is left out")) == "a as b: view notes: separation");
}

TEST_CASE("named-only takes what `.*` gives") {
    auto const found = changed(R"(categories:
  notes: Notes
  notes.old: {about: Old ones, named-only: yes}
  notes.new: New ones
roles:
  desk: {may: {notes.*: view, notes.old: view}}
exercises:
  new-notes: {as: desk, can: {notes.new: view}}
)");
    CHECK(became(found, "notes is named-only") == outcome::no_effect);
    CHECK(became(found, "notes.old is not named-only") == outcome::no_effect);
    CHECK(find(found, "notes.new is named-only").by == "new-notes");
}
