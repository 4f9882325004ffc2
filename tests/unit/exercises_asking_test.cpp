// Who asks in an exercise, and as what: docs/exercises.md, sentence by sentence.
#include "support/exercised_shop.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace rolecall;
using namespace rolecall::tests;

namespace {

TEST_CASE("a role asks with the facts that are given, and all others unknown") {
    CHECK(passes("{as: support, can: {account: view}, cannot: {payment: {view: undecided}}}"));
    CHECK(passes("{as: support, given: {facts: {open-ticket: yes}}, can: {payment: view}}"));
    CHECK(passes(
        "{as: support, given: {facts: {open-ticket: no}}, cannot: {payment: {view: unmet}}}"));
    CHECK(
        passes("{as: support, given: {facts: {open-ticket: unknown}}, "
               "cannot: {payment: {view: undecided}}}"));
    CHECK_FALSE(passes("{as: support, can: {payment: view}}"));
}

TEST_CASE("roles ask together, and separations hold") {
    CHECK(
        passes("{as: [support, marketing], can: {account: modify}, "
               "cannot: {payment: {view: forbidden}}}"));
    CHECK(passes("{as: [support, billing], cannot: {account: {view: separation}}}"));
}

TEST_CASE("a user asks with all roles assigned, or with those that are chosen") {
    CHECK(passes("{as: {user: dana}, cannot: {account: {view: separation}}}"));
    CHECK(passes("{as: {user: dana, roles: support}, can: {account: view}}"));
    CHECK(passes("{as: {user: dana, roles: employee}, cannot: {account: {view: not-granted}}}"));
    CHECK(passes("{as: {user: dana, roles: refunds}, cannot: {payment: {any: not-assigned}}}"));
    CHECK(
        passes("{as: {user: mia, roles: support}, given: {facts: {open-ticket: yes}}, "
               "cannot: {payment: {view: forbidden}}}"));
}

TEST_CASE("a stranger with roles is unknown where the policy lists its users") {
    CHECK(passes("{as: {user: zoe, roles: support}, cannot: {account: {view: unknown-name}}}"));
    policy const open = yaml::load_text(R"(rolecall: 1
categories: {account: Names}
roles: {support: {may: {account: view}}}
exercises:
  a: {as: {user: zoe, roles: support}, can: {account: view}}
  b: {as: {user: zoe, roles: support}, given: {lost: support}, cannot: {account: {view: unknown-name}}}
)",
                                        "open.yaml")
                            .value();
    CHECK(run_exercises(open).passed());
}

TEST_CASE("assignments end by the day of the exercise, and else by the day of the run") {
    CHECK(passes("{as: {user: bo}, given: {date: 2026-06-30}, can: {payment.history: view}}"));
    CHECK(passes("{as: {user: bo}, given: {date: 2026-07-01}, cannot: {account: {any: expired}}}"));
    CHECK(passes("{as: {user: bo}, can: {payment.history: view}}"));
    CHECK_FALSE(passes("{as: {user: bo}, can: {payment.history: view}}", new_year.plus_days(200)));
}

TEST_CASE("roles that are lost were never assigned") {
    CHECK(passes("{as: {user: eve}, can: {payment: delete}}"));
    CHECK(
        passes("{as: {user: eve}, given: {lost: refunds}, can: {account: view}, "
               "cannot: {payment: {delete: not-granted}}}"));
    // Two roles of a session are one now.
    CHECK(passes("{as: {user: dana}, given: {lost: billing}, can: {account: view}}"));
    // A guardrail of a role goes with it.
    CHECK(
        passes("{as: {user: mia}, given: {lost: marketing, facts: {open-ticket: yes}}, "
               "can: {payment: view}}"));
    CHECK(
        passes("{as: {user: dana, roles: billing}, given: {lost: billing}, "
               "cannot: {account: {view: not-assigned}}}"));
    CHECK(passes("{as: [support, billing], given: {lost: billing}, can: {account: view}}"));
}

TEST_CASE("who has no role left can do nothing, and is not expired") {
    CHECK(passes("{as: support, given: {lost: support}, cannot: {account: {view: not-granted}}}"));
    CHECK(
        passes("{as: {user: bo}, given: {lost: billing, date: 2027-01-01}, "
               "cannot: {payment.history: {view: not-granted}}}"));
    CHECK(
        passes("{as: {user: eve}, given: {lost: support, date: 2027-01-01}, "
               "cannot: {account: {view: expired}}}"));
}

}  // namespace
