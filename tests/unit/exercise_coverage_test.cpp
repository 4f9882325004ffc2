// What exercises touch: docs/exercises.md, "Coverage", counted by hand.
#include <rolecall/exercise_coverage.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using kind = covered_item::kind;

namespace {

// 3 roles, 4 actions and 4 categories: 48 cells.
constexpr std::string_view shop = R"(rolecall: 1
facts: {ticket: A ticket is open, consent: The customer agreed, hold: A court asked}
categories:
  account: Names
  payment: {about: Bank details, requires: {any: consent, store: {if-all: [consent, ticket]}}}
  payment.history: Past payments
  payment.card: {about: Cards, named-only: yes}
roles:
  employee: {may: {account: {view: {if-any: [ticket, consent]}}}}
  support:
    inherits: employee
    may:
      payment: {view: {if: ticket}}
  till: {may: {payment.*: {delete: {if: ticket}}, payment: delete, account: modify}}
users:
  dana: [support, till]
  bo: {roles: till, until: 2025-12-31}
never:
  on-hold: {categories: payment, actions: delete, if-any: [hold, ticket]}
  no-cards: {roles: employee, categories: payment.card}
separation:
  one-desk: {roles: [employee, till], at-most: 1, per: session}
)";

std::string policy_text(std::string_view exercises) {
    std::string text(shop);
    if (!exercises.empty()) text += "exercises:\n" + std::string(exercises);
    return text;
}

exercise_coverage coverage(std::string_view exercises) {
    auto const made = yaml::load_text(policy_text(exercises), "shop.yaml");
    REQUIRE(made);
    return coverage_of(made.value(), {date::from_days(20454), {}});  // 2026-01-01
}

coverage_count const& of_kind(exercise_coverage const& found, kind what) {
    return found.kinds.at(static_cast<std::size_t>(what));
}

std::size_t covered(exercise_coverage const& found, kind what) {
    return of_kind(found, what).covered;
}

// The one item whose sentence begins so.
covered_item const& item(exercise_coverage const& found, std::string_view begin) {
    auto const fits = [&](covered_item const& one) { return one.sentence.starts_with(begin); };
    REQUIRE(std::count_if(found.items.begin(), found.items.end(), fits) == 1);
    return *std::find_if(found.items.begin(), found.items.end(), fits);
}

std::string missing(std::string_view exercises, std::string_view begin) {
    return item(coverage(exercises), begin).missing;
}

}  // namespace

TEST_CASE("without exercises nothing is covered, and everything is counted") {
    auto const found = coverage("");
    REQUIRE(found.kinds.size() == 6);
    std::size_t const expected[] = {48, 3, 2, 2, 1, 2};
    for (std::size_t number = 0; number < 6; ++number) {
        CAPTURE(number);
        CHECK(found.kinds[number].of == expected[number]);
        CHECK(found.kinds[number].covered == 0);
    }
    CHECK(found.total.of == 58);
    CHECK(found.total.covered == 0);
    for (covered_item const& one : found.items) CHECK(one.missing == "nobody asks");
}

TEST_CASE("nothing to touch is covered in full") {
    CHECK(coverage_count{}.percent() == 100);
    CHECK(coverage_count{1, 4}.percent() == 25);
}

TEST_CASE("an item knows its line, and reads as a sentence") {
    auto const found = coverage("");
    CHECK(item(found, "support may view payment if ticket").where.line == 13);
    CHECK(item(found, "whether support may view account").where.line == 10);  // inherited
    CHECK(item(found, "whether till may modify account").where.line == 14);
    CHECK(item(found, "whether support may delete payment.card").where.line == 10);
    CHECK(item(found, "whether till may delete payment.history").where.line == 14);
    CHECK(item(found, "payment requires consent for any action").where.line == 5);
    CHECK(item(found, "no-cards: ").where.line == 20);
    CHECK(item(found, "one-desk: ").where.line == 22);
    CHECK(item(found, "dana").where.line == 16);
    covered_item const& cell = item(found, "whether till may modify account");
    CHECK(cell.role == "till");
    CHECK(cell.action == "modify");
    CHECK(cell.category == "account");
}

TEST_CASE("a cell is asked of the role itself, and not of one that is inherited") {
    auto const found = coverage("  e: {as: support, cannot: {account: modify}}\n");
    CHECK(covered(found, kind::cell) == 1);
    CHECK(item(found, "whether support may modify account").covered());
    CHECK(item(found, "whether employee may modify account").missing == "nobody asks");
}

TEST_CASE("exactly covers all cells of a role") {
    auto const found = coverage("  e: {as: support, exactly: nothing}\n");
    CHECK(covered(found, kind::cell) == 16);
    for (covered_item const& one : found.items)
        if (one.what == kind::cell) CHECK(one.covered() == (one.role == "support"));
}

TEST_CASE("a condition is to be seen holding and not") {
    constexpr std::string_view what = "support may view payment if ticket";
    CHECK(missing("  e: {as: support, cannot: {payment: store}}\n", what) == "nobody asks");
    CHECK(missing("  e: {as: support, cannot: {payment: view}}\n", what) == "it never holds");
    CHECK(missing("  e: {as: support, given: {facts: {ticket: no}}, cannot: {payment: view}}\n",
                  what) == "it never holds");
    // The requirement does not hold: what counts is the condition.
    CHECK(missing("  e: {as: support, given: {facts: {ticket: yes}}, cannot: {payment: view}}\n",
                  what) == "it never fails");
    CHECK(missing("  e: {as: support, given: {facts: {ticket: yes}}, cannot: {payment: view}}\n"
                  "  f: {as: support, cannot: {payment: view}}\n",
                  what)
              .empty());
}

TEST_CASE("a condition is asked of a role that is inherited, too") {
    auto const found = coverage(
        "  e: {as: support, given: {facts: {consent: yes}}, can: {account: view}}\n"
        "  f: {as: support, cannot: {account: view}}\n");
    covered_item const& one = item(found, "employee may view account if");
    CHECK(one.covered());
    CHECK(one.exercises == 2);
}

TEST_CASE("a right on what lies below does not cover what is named-only") {
    constexpr std::string_view what = "till may delete payment.*";
    CHECK(missing("  e: {as: till, cannot: {payment.card: delete, payment: delete}}\n", what) ==
          "nobody asks");
    CHECK(missing("  e: {as: till, cannot: {payment.history: delete}}\n", what) ==
          "it never holds");
}

TEST_CASE("a guardrail with a condition is to be seen firing and not") {
    auto const on_hold = [](std::string const& facts) {
        return missing(
            "  e: {as: till, given: {facts: {" + facts + "}}, cannot: {payment.card: delete}}\n",
            "on-hold: ");
    };
    CHECK(on_hold("consent: yes") == "it never fails");  // unknown facts let it fire
    CHECK(on_hold("hold: no") == "it never fails");
    CHECK(on_hold("hold: no, ticket: no") == "it never holds");
    CHECK(missing("  e: {as: till, cannot: {payment: [view, store, modify], account: delete}}\n",
                  "on-hold: ") == "nobody asks");
    CHECK(missing("  e: {as: till, cannot: {payment: delete}}\n"
                  "  f: {as: support, given: {facts: {hold: no, ticket: no}},"
                  " cannot: {payment: delete}}\n",
                  "on-hold: ")
              .empty());
}

TEST_CASE("a guardrail of roles is asked by somebody who holds one, active or not") {
    CHECK(missing("  e: {as: till, cannot: {payment.card: view}}\n", "no-cards: ") ==
          "nobody asks");
    CHECK(missing("  e: {as: support, cannot: {payment.card: view}}\n", "no-cards: ").empty());
    CHECK(missing("  e: {as: {user: dana, roles: till}, cannot: {payment.card: view}}\n",
                  "no-cards: ")
              .empty());
    CHECK(missing("  e: {as: {user: dana, roles: till}, given: {lost: support},"
                  " cannot: {payment.card: view}}\n",
                  "no-cards: ") == "nobody asks");
}

TEST_CASE("a requirement for any action and one below") {
    constexpr std::string_view any = "payment requires consent for any";
    constexpr std::string_view to_store = "payment requires consent and ticket to store";
    auto const found = coverage(
        "  e: {as: support, cannot: {payment.card: modify}}\n"
        "  f: {as: till, given: {facts: {consent: yes}}, cannot: {payment: store}}\n");
    CHECK(item(found, any).covered());
    CHECK(item(found, any).exercises == 2);
    CHECK(item(found, to_store).missing == "it never holds");
    CHECK(item(found, to_store).exercises == 1);
}

TEST_CASE("an exercise that is refused touches separations and users alone") {
    auto const found = coverage("  e: {as: {user: dana}, cannot: {payment: any}}\n");
    CHECK(covered(found, kind::separation) == 1);
    CHECK(covered(found, kind::user) == 1);
    CHECK(found.total.covered == 2);
    CHECK(item(found, "on-hold: ").missing == "nobody asks");
    auto const expired = coverage("  e: {as: {user: bo}, cannot: {payment: any}}\n");
    CHECK(covered(expired, kind::user) == 1);
    CHECK(expired.total.covered == 1);
    auto const earlier =
        coverage("  e: {as: {user: bo}, given: {date: 2025-12-31}, cannot: {payment: any}}\n");
    CHECK(covered(earlier, kind::cell) == 4);
}

TEST_CASE("who is refused for roles that they don't hold breaks no separation") {
    auto const found = coverage(
        "  e: {as: {user: bo, roles: [support, till]}, given: {date: 2025-12-31},"
        " cannot: {payment: any}}\n"
        "  f: {as: {user: stranger, roles: [support, till]}, cannot: {account: any}}\n");
    CHECK(covered(found, kind::separation) == 0);
    CHECK(found.total.covered == 1);  // bo
}

TEST_CASE("chosen and lost roles are what counts") {
    auto const chosen =
        coverage("  e: {as: {user: dana, roles: employee}, cannot: {account: store}}\n");
    CHECK(covered(chosen, kind::cell) == 1);
    CHECK(item(chosen, "whether employee may store account").covered());
    CHECK(covered(chosen, kind::separation) == 0);
    auto const lost =
        coverage("  e: {as: {user: dana}, given: {lost: till}, cannot: {account: store}}\n");
    CHECK(covered(lost, kind::cell) == 1);
    CHECK(item(lost, "whether support may store account").covered());
    auto const nothing = coverage(
        "  e: {as: {user: dana}, given: {lost: [till, support]}, cannot: {payment: delete}}\n");
    CHECK(covered(nothing, kind::cell) == 0);
    CHECK(item(nothing, "on-hold: ").missing == "it never fails");  // it is for everyone
}

TEST_CASE("a compromised account is asked in all states that fit, with all its roles") {
    auto const found = coverage(
        "  e: {as: {user: dana}, given: {compromised: yes}, cannot: {payment.card: delete},"
        " can: {payment: [view, delete], payment.history: delete, account: view}}\n");
    CHECK(covered(found, kind::cell) == 10);  // of support and of till
    CHECK(covered(found, kind::condition) == 3);
    CHECK(covered(found, kind::guardrail) == 2);
    CHECK(item(found, "payment requires consent for").covered());
    CHECK(item(found, "payment requires consent and ticket to store").missing == "nobody asks");
    CHECK(covered(found, kind::separation) == 1);
}

TEST_CASE("what is given of a compromised account stays as it is, unknown as well") {
    auto const found = coverage(
        "  e: {as: support, given: {compromised: yes, facts: {ticket: unknown, hold: no}},"
        " cannot: {payment: [view, delete]}}\n");
    CHECK(item(found, "support may view payment if ticket").missing == "it never holds");
    CHECK(item(found, "on-hold: ").missing == "it never fails");
    CHECK(item(found, "payment requires consent for").covered());
    auto const known = coverage(
        "  e: {as: support, given: {compromised: yes, facts: {ticket: yes}},"
        " cannot: {payment: delete}, can: {payment: view}}\n");
    CHECK(item(known, "support may view payment if ticket").missing == "it never fails");
}

TEST_CASE("a filter leaves out what it leaves out of the run") {
    auto const made = yaml::load_text(policy_text("  e: {as: support, cannot: {account: store}}\n"
                                                  "  f: {as: till, cannot: {account: store}}\n"),
                                      "shop.yaml");
    REQUIRE(made);
    auto const found = coverage_of(made.value(), {date::from_days(20454), {"till"}});
    CHECK(covered(found, kind::cell) == 1);
    CHECK(item(found, "whether till may store account").covered());
}

TEST_CASE("another exercise never lowers what is covered") {
    std::vector<std::string> const asked{"support",
                                         "till",
                                         "employee",
                                         "{user: dana, roles: till}",
                                         "{user: dana, roles: support}",
                                         "{user: bo}",
                                         "{user: dana}"};
    std::vector<std::string> const facts{"ticket", "consent", "hold"};
    std::vector<std::string> const values{"yes", "no", "unknown"};
    std::vector<std::string> const lines{"payment: delete", "payment.card: any", "payment.*: store",
                                         "account: [view, modify]", "payment: {view: not-granted}"};
    std::mt19937 random(7);
    auto const one_of = [&](auto const& list) { return list[random() % list.size()]; };
    std::size_t grew = 0;
    for (int round = 0; round < 40; ++round) {
        std::string exercises;
        exercise_coverage before = coverage("");
        for (int number = 0; number < 5; ++number) {
            exercises += "  e" + std::to_string(number) + ": {as: " + one_of(asked) +
                         ", given: {facts: {" + one_of(facts) + ": " + one_of(values) +
                         "}}, cannot: {" + one_of(lines) + "}}\n";
            exercise_coverage const after = coverage(exercises);
            REQUIRE(after.items.size() == before.items.size());
            for (std::size_t i = 0; i < after.items.size(); ++i) {
                CHECK(after.items[i].sentence == before.items[i].sentence);
                CHECK((after.items[i].covered() || !before.items[i].covered()));
                CHECK(after.items[i].exercises >= before.items[i].exercises);
            }
            if (after.total.covered > before.total.covered) ++grew;
            before = after;
        }
    }
    CHECK(grew > 40);
}
