// What an exercise expects, and how a failure is explained: docs/exercises.md, sentence by
// sentence.
#include "support/exercised_shop.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace rolecall;
using namespace rolecall::tests;

namespace {

TEST_CASE("`.*` is all below, what is named-only as well, and not the category itself") {
    exercise_outcome const one = run_one("{as: billing, cannot: {payment.*: view}}");
    CHECK(one.expectations == 2);
    CHECK(failed(one) == names{"view payment.history"});
    CHECK(passes("{as: billing, can: {payment.history: view}, cannot: {payment: any}}"));
}

TEST_CASE("`any` is every action there is, and `all` the four") {
    CHECK(run_one("{as: support, cannot: {payment.card: any}}").expectations == 5);
    CHECK(run_one("{as: support, cannot: {payment.card: all}}").expectations == 4);
}

TEST_CASE("`exactly` expects everything else to be denied") {
    CHECK(passes("{as: marketing, exactly: {account: view}}"));
    CHECK(passes("{as: employee, exactly: nothing}"));
    exercise_outcome const one = run_one("{as: support, exactly: {account: view}}");
    CHECK(one.expectations == 20);
    CHECK(failed(one) == names{"modify account"});
    CHECK(one.failures.front().where.text.substr(one.failures.front().where.column - 1, 7) ==
          "exactly");
    CHECK(failed(run_one("{as: marketing, exactly: {account: [view, delete]}}")) ==
          names{"delete account"});
}

TEST_CASE("`cannot` beside `exactly` says for which reasons") {
    CHECK(passes("{as: marketing, exactly: {account: view}, cannot: {payment: {any: forbidden}}}"));
    exercise_outcome const one =
        run_one("{as: marketing, exactly: {account: view}, cannot: {payment: {view: unmet}}}");
    CHECK(one.expectations == 20);
    CHECK(failed(one) == names{"view payment"});
    CHECK(one.failures.front().expected_reason == reason::unmet);
    CHECK(one.failures.front().why == reason::forbidden);
    CHECK_FALSE(one.failures.front().allowed);
}

TEST_CASE("of two words about one answer the one with a reason counts") {
    exercise_outcome const one =
        run_one("{as: billing, cannot: {payment.*: any, payment.card: {any: unmet}}}");
    CHECK(one.expectations == 10);
    CHECK(one.failures.size() == 6);  // five by their reason, and view payment.history
}

TEST_CASE("a failure knows its word, and why the policy answers so") {
    exercise_outcome const one =
        run_one("{as: support, can: {account: delete}, cannot: {account: [view, store]}}");
    REQUIRE(failed(one) == names{"delete account", "view account"});
    failed_expectation const& denied = one.failures[0];
    CHECK(denied.expected);
    CHECK(denied.why == reason::forbidden);
    CHECK(denied.where.path == "shop.yaml");
    CHECK(denied.where.text.substr(denied.where.column - 1, denied.where.length) == "delete");
    REQUIRE(denied.explanation.size() >= 2);
    CHECK(denied.explanation[0] ==
          "support may not delete account: guardrail `on-hold` forbids it (shop.yaml:30).");
    CHECK(denied.explanation[1] ==
          "Guardrail `on-hold` stops only once it is known that legal-hold (now unknown) is "
          "false.");
    REQUIRE(denied.decided_at.size() == 1);
    CHECK(denied.decided_at.front().line == 30);
    failed_expectation const& allowed = one.failures[1];
    CHECK(allowed.allowed);
    CHECK(allowed.explanation ==
          names{"support may view account: support may view account (shop.yaml:17)."});
}

TEST_CASE("refusals before any right is looked at are explained, too") {
    auto const first = [](std::string_view body) {
        exercise_outcome const one = run_one(body);
        REQUIRE(one.failures.size() == 1);
        REQUIRE_FALSE(one.failures.front().explanation.empty());
        return one.failures.front().explanation.front();
    };
    CHECK(first("{as: {user: bo}, given: {date: 2027-01-01}, can: {account: view}}") ==
          "Every assignment of `bo` has passed; the last ended on 2026-06-30.");
    CHECK(first("{as: {user: eve}, given: {lost: support, date: 2027-01-01}, "
                "can: {account: view}}") ==
          "Of what eve has without support, every assignment has passed by 2027-01-01.");
    CHECK(first("{as: {user: dana, roles: billing}, given: {lost: billing}, "
                "can: {account: view}}") ==
          "The roles that are chosen are not among what dana has without billing.");
    CHECK(first("{as: {user: zoe, roles: support}, can: {account: view}}") ==
          "`zoe` is not a user of this policy.");
}

TEST_CASE("of many failures of one exercise only the first are explained") {
    std::string text = "rolecall: 1\ncategories:\n";
    for (int i = 0; i < 30; ++i) text += "  c" + std::to_string(i) + ": Data\n";
    text += "roles: {a: {may: {c0: view}}}\nexercises:\n  e:\n    as: a\n    can:\n";
    for (int i = 0; i < 30; ++i) text += "      c" + std::to_string(i) + ": modify\n";
    exercise_run const run = run_exercises(yaml::load_text(text, "p.yaml").value());
    REQUIRE(run.exercises.front().failures.size() == 30);
    CHECK(run.exercises.front().failures[most_explained - 1].explanation.size() == 1);
    CHECK(run.exercises.front().failures[most_explained].explanation.empty());
}

}  // namespace
