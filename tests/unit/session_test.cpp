#include "support/small_shop.hpp"
#include <rolecall/session.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;

namespace {

policy const shop = tests::small_shop();
category_ref const account = *shop.category("account");
category_ref const payment = *shop.category("payment");
fact_ref const ticket = *shop.fact("open-ticket");
fact_ref const hold = *shop.fact("legal-hold");

date day(std::string_view text) { return date::parse(text).value(); }

}  // namespace

TEST_CASE("a session permits the union of what its roles permit") {
    session const s = shop.activate({"support", "billing"}).value();
    CHECK(s.allows(modify, account));
    CHECK(s.allows(view, payment));
    CHECK_FALSE(s.allows(modify, payment));
}

TEST_CASE("a guardrail of one role stops what another grants to the same person") {
    session const s = shop.activate({"marketing", "billing"}).value();
    CHECK_FALSE(s.allows(view, payment));
    CHECK(s.evaluate(view, payment).reason == reason::forbidden);
    CHECK(s.evaluate(view, *shop.category("payment.history")).reason == reason::forbidden);
}

TEST_CASE("a guardrail of a role that is held but not active still stops") {
    policy const p = tests::listed_shop();
    session const s = p.activate_user("eve", {"support"}, day("2026-11-01")).value();
    auto const pay = *p.category("payment");
    CHECK(s.evaluate(view, pay, {{*p.fact("open-ticket"), true}}).reason == reason::forbidden);
}

TEST_CASE("a guardrail with a condition fires until the condition is known not to hold") {
    session const s = shop.activate({"billing"}).value();
    CHECK(s.evaluate(delete_, account).reason == reason::forbidden);
    CHECK_FALSE(s.allows(delete_, account));
    CHECK_FALSE(s.allows(delete_, account, {{hold, true}}));
    CHECK(s.allows(delete_, account, {{hold, false}}));
}

TEST_CASE("a session with no roles grants nothing") {
    session const s = shop.activate({}).value();
    CHECK(s.evaluate(view, account).reason == reason::not_granted);
    CHECK(s.evaluate(delete_, account).reason == reason::forbidden);
    CHECK(s.active_roles().empty());
}

TEST_CASE("names, references, braces, vectors and spans make the same session") {
    std::vector<std::string> const strings{"support", "billing"};
    std::vector<std::string_view> const views{"support", "billing"};
    std::vector<role_ref> const references{*shop.role("support"), *shop.role("billing")};
    for (session const& s :
         {shop.activate(strings).value(), shop.activate(views).value(),
          shop.activate(references).value(), shop.activate({references[0], references[1]}).value(),
          shop.activate(std::span(strings)).value(), shop.activate({"billing", "support"}).value()})
        CHECK(s.active_roles() ==
              std::vector<role_ref>{*shop.role("billing"), *shop.role("support")});
}

TEST_CASE("roles that separation keeps apart make no session") {
    activation const refused = shop.activate({"billing", "refunds"});
    CHECK_FALSE(refused);
    CHECK(refused.why() == reason::separation);
}

TEST_CASE("a role that is not declared, or of another policy, makes no session") {
    policy const other = tests::small_shop();
    CHECK(shop.activate({"support", "nobody"}).why() == reason::unknown_name);
    CHECK(shop.activate({*other.role("support")}).why() == reason::unknown_name);
    CHECK(shop.activate({role_ref{}}).why() == reason::unknown_name);
    CHECK_THROWS_AS(static_cast<void>(shop.activate({"nobody"}).value()), std::bad_optional_access);
}

TEST_CASE("references of another policy are denied by a session") {
    policy const other = tests::small_shop();
    session const s = shop.activate({"billing"}).value();
    CHECK(s.allows(view, account));
    CHECK_FALSE(s.allows(view, *other.category("account")));
    CHECK_FALSE(s.allows(view, category_ref{}));
    CHECK_FALSE(s.allows(action{}, account));
    CHECK_FALSE(s.allows(*other.action("share"), account));
    CHECK(s.evaluate(view, *other.category("account")).reason == reason::unknown_name);
}

TEST_CASE("an action of the policy's own is refused by every other policy") {
    policy const other = tests::small_shop();
    auto const photo = *shop.category("testimonial");
    facts const consent{{*shop.fact("consent"), true}};
    session const s = shop.activate({"marketing"}).value();
    CHECK(s.allows(*shop.action("share"), photo, consent));
    CHECK_FALSE(s.allows(*other.action("share"), photo, consent));
}

TEST_CASE("a session that was moved from denies everything") {
    session first = shop.activate({"support", "billing"}).value();
    session const second = std::move(first);
    CHECK(second.allows(view, account));
    CHECK_FALSE(first.allows(view, account));  // NOLINT(bugprone-use-after-move)
    CHECK(first.evaluate(view, account).reason == reason::unknown_name);
}

TEST_CASE("a session keeps its policy alive") {
    session s = [] {
        policy const gone = tests::small_shop();
        return gone.activate({"billing", "support"}).value();
    }();
    category_ref const on = *s.of().category("account");
    CHECK(s.allows(view, on));
}

TEST_CASE("an assignment holds through its last day, and a user without any is expired") {
    policy const p = tests::listed_shop();
    auto const held = [&](std::string_view on) {
        return p.activate_user("eve", day(on)).value().held_roles().size();
    };
    CHECK(held("2026-11-30") == 2);
    CHECK(held("2026-12-01") == 1);
    CHECK(p.activate_user("eve", day("2027-01-01")).why() == reason::expired);
    CHECK(p.activate_user("dana", day("2199-01-01")));
}

TEST_CASE("a listed user chooses among roles held directly or by inheritance, or none") {
    policy const p = tests::listed_shop();
    date const on = day("2026-11-01");
    CHECK(p.activate_user("dana", {"employee"}, on));
    CHECK(p.activate_user("dana", role_list{}, on));
    CHECK(p.activate_user("dana", {"billing"}, on).why() == reason::not_assigned);
    CHECK(p.activate_user("eve", {"support"}, day("2026-12-01")).why() == reason::not_assigned);
    CHECK(p.activate_user("dana", {"nobody"}, on).why() == reason::unknown_name);
    CHECK(p.activate_user("someone", on).why() == reason::unknown_name);
    CHECK(p.activate_user("someone", {"support"}, on).why() == reason::unknown_name);
}

TEST_CASE("without a list of users the application vouches, by giving all roles") {
    CHECK(shop.activate_user("anyone", {"support"}));
    CHECK(shop.activate_user("anyone", role_list{}).why() == reason::unknown_name);
    CHECK(shop.activate_user("anyone").why() == reason::unknown_name);
    CHECK(shop.activate_user("anyone", {"billing", "refunds"}).why() == reason::separation);
}
