// A shop that the tests of exercises ask, one exercise at a time.
#ifndef ROLECALL_TESTS_SUPPORT_EXERCISED_SHOP_HPP
#define ROLECALL_TESTS_SUPPORT_EXERCISED_SHOP_HPP

#include <rolecall/document.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::tests {

inline constexpr std::string_view shop = R"(rolecall: 1
actions: {share: Pass it on}
facts:
  open-ticket: The customer has an open ticket
  consent: The customer agreed
  legal-hold: A court asked to keep the records
categories:
  account: Names
  payment: {about: Bank details, requires: {store: consent}}
  payment.card: {about: Card numbers, named-only: yes}
  payment.history: What was paid when
roles:
  employee: Everyone
  support:
    inherits: employee
    may:
      account: [view, modify]
      payment: {view: {if: open-ticket}, store: always}
  billing:
    inherits: employee
    may: {payment.*: view, account: delete}
  refunds: {may: {payment: delete}}
  marketing: {may: {account: view}}
users:
  dana: [support, billing]
  bo: {roles: billing, until: 2026-06-30}
  eve: [support, {roles: refunds, until: 2026-06-30}]
  mia: [marketing, support]
never:
  on-hold: {categories: account, actions: delete, if: legal-hold}
  no-money: {roles: marketing, categories: payment}
separation:
  desk-or-till: {roles: [support, billing], at-most: 1, per: session}
  take-or-refund: {roles: [billing, refunds], at-most: 1, per: person}
)";

inline constexpr date new_year = date::from_days(20454);  // 2026-01-01

inline policy shop_with(std::string_view exercises) {
    return yaml::load_text(std::string(shop) + "exercises:\n" + std::string(exercises), "shop.yaml")
        .value();
}

inline exercise_outcome run_one(std::string_view body, date on = new_year) {
    policy const of = shop_with("  one: " + std::string(body) + "\n");
    exercise_run const run = run_exercises(of, {on, {}});
    REQUIRE(run.exercises.size() == 1);
    return run.exercises.front();
}

inline bool passes(std::string_view body, date on = new_year) { return run_one(body, on).passed(); }

using names = std::vector<std::string>;

inline names failed(exercise_outcome const& of) {
    names result;
    for (failed_expectation const& f : of.failures) result.push_back(f.action + ' ' + f.category);
    return result;
}

inline names open_of(exercise_outcome const& of, bool certain) {
    names result;
    for (open_right const& r : of.open)
        if (r.certain == certain) result.push_back(r.action + ' ' + r.category);
    return result;
}

}  // namespace rolecall::tests

#endif
