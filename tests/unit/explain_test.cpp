#include <rolecall/explain.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;

namespace {

constexpr std::string_view text = R"(rolecall: 1
facts:
  consent: The customer signed a release
  dispute: The customer disputes a charge
  open-ticket: The customer has an open ticket
  legal-hold: A court asked to keep the records
categories:
  account: Name and address
  payment: {about: Card and bank details, requires: {store: consent}}
  payment.card: {about: Card numbers, named-only: yes}
  payment.history: What was paid when
roles:
  employee: Everyone on the payroll
  support:
    inherits: employee
    may:
      account: [view, modify]
      payment:
        view: {any-of: [{if-all: [open-ticket, consent]}, {if: dispute}]}
  billing:
    inherits: employee
    may:
      account: delete
      payment: [view, store]
      payment.*: view
  marketing: Wins customers
  refunds: Approves refunds
users:
  dana: support
  bo: {roles: billing, until: 2026-12-31}
never:
  no-money: {roles: marketing, categories: payment, because: Campaigns need no card data.}
  hold: {categories: account, actions: delete, if-any: [legal-hold, dispute]}
separation:
  take-and-refund: {roles: [billing, refunds], at-most: 1, per: session}
)";

policy const shop = yaml::load_text(text, "shop.yaml").value();

explanation as_role(std::string_view role, std::string_view what, std::string_view category,
                    std::vector<std::pair<std::string_view, fact_value>> known = {}) {
    return explain(shop, {subject::role(role), what, category, std::move(known)});
}

std::uint32_t line_of(std::string_view words) {
    std::size_t const at = text.find(words);
    REQUIRE(at != std::string_view::npos);
    return static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + at, '\n')) + 1;
}

}  // namespace

TEST_CASE("a grant is explained by its line") {
    explanation const e = as_role("support", "modify", "account");
    CHECK(e.answer);
    REQUIRE(e.decided_by.size() == 1);
    CHECK(e.decided_by[0].where.path == "shop.yaml");
    CHECK(e.decided_by[0].where.line == line_of("account: [view, modify]"));
    CHECK(e.decided_by[0].sentence == "support may modify account");
    CHECK(e.for_owner == "support may modify account: support may modify account (shop.yaml:17).");
    CHECK(e.missing.empty());
}

TEST_CASE("a grant on all below a category is explained by that line") {
    explanation const e = as_role("billing", "view", "payment.history");
    REQUIRE(e.decided_by.size() == 1);
    CHECK(e.decided_by[0].sentence == "billing may view payment.*");
    CHECK(e.decided_by[0].where.line == line_of("payment.*: view"));
}

TEST_CASE("a guardrail is explained by its line, its reason, and what would stop it") {
    explanation const e = as_role("marketing", "view", "payment.card");
    CHECK(e.answer.reason == reason::forbidden);
    REQUIRE(e.decided_by.size() == 1);
    CHECK(e.decided_by[0].what == policy_line::kind::guardrail);
    CHECK(e.decided_by[0].where.line == line_of("no-money"));
    CHECK(e.for_owner.find("because: Campaigns need no card data.") != std::string::npos);
    CHECK(e.missing == std::vector<std::string>{
                           "Guardrail `no-money` would have to change: it has no condition.",
                           "And a grant: no active role has one."});
}

TEST_CASE("of a guardrail with a condition, the facts that keep it firing are named") {
    explanation const e = as_role("billing", "delete", "account", {{"dispute", false}});
    CHECK(e.answer.reason == reason::forbidden);
    CHECK(e.missing ==
          std::vector<std::string>{"Guardrail `hold` stops only once it is known that legal-hold "
                                   "(now unknown) is false."});
    REQUIRE(e.nearest);
    CHECK(e.nearest->sentence == "billing may delete account");
}

TEST_CASE("a grant that lacks facts names the closest alternative and what it needs") {
    explanation const few = as_role("support", "view", "payment", {{"open-ticket", true}});
    CHECK(few.answer.reason == reason::undecided);
    CHECK(few.missing.size() == 1);
    explanation const other = as_role("support", "view", "payment", {{"open-ticket", false}});
    CHECK(other.missing ==
          std::vector<std::string>{"Fact dispute, known to be true: it is unknown."});
}

TEST_CASE("a requirement that is not met is told beside the grant") {
    explanation const e = as_role("billing", "store", "payment", {{"consent", false}});
    CHECK(e.answer.reason == reason::unmet);
    REQUIRE(e.decided_by.size() == 2);
    CHECK(e.decided_by[1].sentence == "payment requires consent to store");
    CHECK(e.missing == std::vector<std::string>{"Fact consent, known to be true: it is false."});
}

TEST_CASE("without a grant the nearest one is shown, and who has the right") {
    explanation const e = as_role("support", "store", "payment");
    CHECK(e.answer.reason == reason::not_granted);
    REQUIRE(e.nearest);
    CHECK(e.nearest->where.line == line_of("view: {any-of"));
    CHECK(e.missing == std::vector<std::string>{"A grant of store on payment.",
                                                "Or one of these, active: billing."});
    explanation const none = as_role("refunds", "view", "payment.history");
    REQUIRE(none.nearest);
    CHECK(none.nearest->sentence == "billing may view payment.*");
}

TEST_CASE("unknown names are told one by one, with a suggestion") {
    explanation const e =
        explain(shop, {subject::role("suport"), "veiw", "paymnt", {{"consnet", true}}});
    CHECK(e.answer.reason == reason::unknown_name);
    CHECK(e.missing == std::vector<std::string>{
                           "`suport` is not a role of this policy; did you mean `support`?",
                           "`veiw` is not an action of this policy; did you mean `view`?",
                           "`paymnt` is not a category of this policy; did you mean `payment`?",
                           "`consnet` is not a fact of this policy; did you mean `consent`?"});
}

TEST_CASE("assignments that have passed are told with their last day") {
    request question{subject::user("bo"), "view", "payment"};
    question.on = *date::parse("2027-01-01");
    explanation const e = explain(shop, question);
    CHECK(e.answer.reason == reason::expired);
    CHECK(e.for_owner == "Every assignment of `bo` has passed; the last ended on 2026-12-31.");
    REQUIRE(e.decided_by.size() == 1);
    CHECK(e.decided_by[0].where.line == line_of("bo: {roles"));
}

TEST_CASE("a role that a user does not hold is named") {
    explanation const e =
        explain(shop, {subject::user("dana", {"billing", "employee"}), "view", "payment"});
    CHECK(e.answer.reason == reason::not_assigned);
    CHECK(e.missing == std::vector<std::string>{"An assignment of `billing`."});
}

TEST_CASE("a separation that is broken is told with its roles") {
    explanation const e =
        explain(shop, {subject::roles({"billing", "refunds"}), "view", "payment"});
    CHECK(e.answer.reason == reason::separation);
    REQUIRE(e.decided_by.size() == 1);
    CHECK(e.decided_by[0].where.line == line_of("take-and-refund"));
    CHECK(e.missing == std::vector<std::string>{
                           "Of billing and refunds, at most 1 may be active in one session."});
}

TEST_CASE("what staff read names no people, no facts and no rules") {
    for (auto const& e :
         {as_role("marketing", "view", "payment"), as_role("support", "view", "payment"),
          as_role("support", "view", "payment", {{"open-ticket", false}, {"dispute", false}}),
          as_role("refunds", "view", "account"), as_role("nobody", "view", "account"),
          explain(shop, {subject::user("dana", {"billing"}), "view", "payment"}),
          explain(shop, {subject::roles({"billing", "refunds"}), "view", "payment"})}) {
        INFO(e.for_staff);
        CHECK_FALSE(e.for_staff.empty());
        CHECK(e.for_staff.back() == '.');
        for (auto const* inner : {"dana", "no-money", "open-ticket", "dispute", "consent",
                                  "Campaigns", "billing", "take-and-refund", "shop.yaml"})
            CHECK(e.for_staff.find(inner) == std::string::npos);
    }
}

TEST_CASE("a session explains as a request does") {
    session const s = shop.activate({"support"}).value();
    explanation const e =
        explain(s, view, *shop.category("payment"), {{*shop.fact("open-ticket"), true}});
    CHECK(e.for_owner == as_role("support", "view", "payment", {{"open-ticket", true}}).for_owner);
    CHECK(explain(s, view, category_ref{}).answer.reason == reason::unknown_name);
}
