// The questions of docs/coming-from, asked in C++: of a user with all roles, of a user with roles
// that the application names, with and without the facts that a guardrail asks for.
#include <rolecall/format.hpp>
#include <rolecall/rolecall.hpp>

#include <fmt/core.h>

#include <string_view>
#include <utility>

namespace rc = rolecall;

namespace {

constexpr std::string_view policy_text = R"(rolecall: 1

facts:
  open-ticket: The customer has an open ticket with this employee
  legal-hold: A court asked to keep this customer's records

categories:
  account: Name and address
  payment: Card and bank details

roles:
  support:
    may:
      account: [view, modify]
      payment: {view: {if: open-ticket}}
  billing:
    may: {account: view, payment: view}
  marketing: Wins customers

users:
  dana: support
  bo: billing
  mia: [billing, marketing]

never:
  marketing-sees-no-money:
    roles: marketing
    categories: payment
  records-on-hold:
    categories: account
    actions: modify
    if: legal-hold
)";

// Where decisions go. An application keeps them: docs/audit.md
rc::recorded print(rc::audit_event const& event) {
    fmt::print("{} {} {}: {}\n", event.user(), event.action(), event.category(), event.answer());
    return rc::recorded::yes;
}

}  // namespace

int main() {
    auto loaded = rc::yaml::load_text(policy_text);
    if (!loaded) return 3;
    rc::authorizer pdp{std::move(loaded).value(), print};

    // Names are resolved once, and a person's roles are put together once.
    auto const account = pdp.category("account").value();
    auto const payment = pdp.category("payment").value();
    auto const open_ticket = pdp.fact("open-ticket").value();
    auto const legal_hold = pdp.fact("legal-hold").value();
    auto const dana = pdp.session("dana").value();

    // Subject, action, category, and what is known.
    pdp.decide(dana, rc::view, payment, {.record = "c-17", .facts = {{open_ticket, true}}});

    // The roles that are active, named by the application. A guardrail stops the person.
    auto const mia = pdp.session("mia", {"billing", "marketing"}).value();
    pdp.decide(mia, rc::view, payment, {.record = "c-17"});

    // What a guardrail asks for must be stated, also where it is false.
    pdp.decide(dana, rc::modify, account, {.record = "c-17"});
    pdp.decide(dana, rc::modify, account, {.record = "c-17", .facts = {{legal_hold, false}}});
    return 0;
}
