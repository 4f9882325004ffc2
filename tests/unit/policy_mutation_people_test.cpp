// What becomes of changes to who is what: inheritance, assignments, and who may ask.
#include "support/mutated.hpp"
#include <rolecall/policy_mutation.hpp>

#include <doctest/doctest.h>

namespace rc = rolecall;
using namespace rolecall::tests;

TEST_CASE("what is no longer inherited is missed by who chooses the junior role") {
    auto const found = changed(R"(categories: {notes: Notes}
roles:
  junior: {may: {notes: view}}
  senior: {inherits: junior, may: {notes: view}}
users: {ann: senior}
)");
    CHECK(question(find(found, "senior does not inherit junior")) ==
          "ann as junior: view notes: allowed");
}

TEST_CASE("an end that is left out differs only on the days after it") {
    auto const found = changed(R"(categories: {notes: Notes}
roles: {desk: {may: {notes: view}}}
users:
  ann: {roles: desk, until: 2026-11-30}
  bo: {roles: desk, until: 9999-12-31}
exercises:
  today: {as: {user: ann}, can: {notes: view}}
)");
    rc::mutant const& longer = find(found, "ann is desk for good, not until 2026-11-30");
    CHECK(question(longer) == "ann: view notes: expired");
    CHECK(longer.difference->on.to_string() == "2026-12-01");
    CHECK(became(found, "bo is desk for good, not until 9999-12-31") == outcome::no_effect);
    // Nobody would ask as somebody whom nobody lists.
    CHECK(find(found, "ann is not desk until 2026-11-30").by == "unknown-user");
    CHECK(question(find(found, "bo is not desk until 9999-12-31")) == "bo: view notes: allowed");
}

TEST_CASE("whether others than the listed users may ask is a change of its own") {
    auto const closed = changed(R"(categories: {notes: Notes}
roles: {desk: {may: {notes: view}}}
users: {ann: desk}
)");
    CHECK(question(find(closed, "users who are not listed may ask")) ==
          "somebody-else as desk: view notes: unknown-name");
    // Then nobody is listed, and the application vouches for her.
    CHECK(question(find(closed, "ann is not desk")) == "ann: view notes: allowed");

    auto const open = changed(R"(policy: {name: Shop, other-users: yes}
categories: {notes: Notes}
roles: {desk: {may: {notes: view}}}
users: {ann: desk}
exercises:
  stranger: {as: {user: zoe, roles: desk}, can: {notes: view}}
)");
    CHECK(find(open, "nobody may ask but the users who are listed").by == "stranger");
}

TEST_CASE("a compromised account notices what it can reach") {
    auto const found = changed(R"(facts: {a: A}
categories: {notes: Notes}
roles: {desk: {may: {notes: {view: {if: a}}}}, idle: Idle}
users: {ann: [desk, idle]}
exercises:
  stolen: {as: {user: ann}, given: {compromised: yes}, exactly: {notes: view}}
)");
    CHECK(find(found, "idle may delete notes").by == "stolen");
    CHECK(find(found, "desk may not view notes").by == "stolen");
    // She could bring it about anyway.
    CHECK(became(found, "desk may view notes always, not only if a") == outcome::survived);
}

TEST_CASE("guardrails for everyone are noticed by who lost all roles") {
    auto const found = changed(R"(facts: {a: A}
categories: {notes: Notes}
roles: {desk: The desk}
never:
  held: {categories: notes, if: a}
exercises:
  fired: {as: desk, given: {lost: desk}, cannot: {notes: {view: forbidden}}}
)");
    CHECK(find(found, "held is left out").by == "fired");
}
