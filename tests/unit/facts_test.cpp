#include "support/small_shop.hpp"
#include <rolecall/facts.hpp>
#include <rolecall/session.hpp>

#include <doctest/doctest.h>

#include <optional>

using namespace rolecall;

namespace {

policy const shop = tests::small_shop();
fact_ref const ticket = *shop.fact("open-ticket");
fact_ref const consent = *shop.fact("consent");
role_ref const support = *shop.role("support");
category_ref const payment = *shop.category("payment");

bool view_payment(facts const& known) { return shop.allows(support, view, payment, known); }

}  // namespace

TEST_CASE("a fact opens only when it is known to be true") {
    CHECK(view_payment({{ticket, true}}));
    CHECK_FALSE(view_payment({{ticket, false}}));
    CHECK_FALSE(view_payment({{ticket, std::optional<bool>{}}}));
    CHECK_FALSE(view_payment({}));
    CHECK(view_payment({{ticket, std::optional<bool>{true}}}));
}

TEST_CASE("a fact that contradicts itself is unknown") {
    CHECK_FALSE(view_payment({{ticket, true}, {ticket, false}}));
    CHECK_FALSE(view_payment({{ticket, false}, {ticket, true}}));
    CHECK_FALSE(view_payment({{ticket, true}, {ticket, std::optional<bool>{}}}));
    CHECK_FALSE(view_payment({{ticket, std::optional<bool>{}}, {ticket, true}}));
    CHECK_FALSE(view_payment({{ticket, true}, {ticket, false}, {ticket, true}}));
    CHECK(view_payment({{ticket, true}, {ticket, true}}));
}

TEST_CASE("facts of a name that nothing declares are invalid, and every check denies") {
    facts const undeclared = shop.make_facts({{"open-ticket", true}, {"no-such-fact", true}});
    CHECK_FALSE(undeclared.valid());
    CHECK_FALSE(view_payment(undeclared));
    CHECK(shop.evaluate(support, view, *shop.category("account"), undeclared).reason ==
          reason::unknown_name);
    CHECK_FALSE(shop.allows("support", "view", "account", undeclared));
    CHECK_FALSE(facts({{fact_ref{}, true}}).valid());
    CHECK_FALSE(facts({{ticket, true}, {fact_ref{}, true}}).valid());
    CHECK_FALSE(facts({{fact_ref{}, true}, {ticket, true}}).valid());
}

TEST_CASE("facts of two policies don't mix") {
    policy const other = tests::small_shop();
    facts const mixed{{ticket, true}, {*other.fact("consent"), true}};
    CHECK_FALSE(mixed.valid());
    CHECK_FALSE(view_payment(mixed));
    CHECK_FALSE(view_payment({{*other.fact("open-ticket"), true}}));
}

TEST_CASE("no facts fit every policy") {
    CHECK(facts{}.valid());
    CHECK(shop.allows(support, view, *shop.category("account"), facts{}));
}

TEST_CASE("facts by name are those by reference") {
    CHECK(shop.make_facts({{"open-ticket", true}, {"consent", false}}) ==
          facts{{ticket, true}, {consent, false}});
}
