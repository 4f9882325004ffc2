#include "support/small_shop.hpp"
#include <rolecall/policy.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string_view>

using namespace rolecall;

namespace {

policy const shop = tests::small_shop();

response ask(std::string_view role, std::string_view what, std::string_view category,
             std::vector<std::pair<std::string_view, fact_value>> known = {}) {
    return shop.evaluate({subject::role(role), what, category, std::move(known)});
}

}  // namespace

TEST_CASE("a right that was never granted is denied") {
    CHECK(ask("support", "store", "account").reason == reason::not_granted);
    CHECK_FALSE(shop.allows("support", "store", "account"));
    CHECK(ask("employee", "view", "account").reason == reason::not_granted);
}

TEST_CASE("a forgotten response refuses") {
    CHECK_FALSE(response{});
    CHECK(response{}.reason == reason::unavailable);
    CHECK(decision{} == decision::deny);
    CHECK(reason{} == reason::unavailable);
}

TEST_CASE("a grant names the role that gives it") {
    response const r = ask("support", "view", "account");
    CHECK(r);
    CHECK(r.reason == reason::granted);
    CHECK(shop.name(r.granting_role) == "support");
}

TEST_CASE("of several roles that grant, the first by name is told") {
    response const r = shop.evaluate({subject::roles({"support", "billing"}), "view", "account"});
    CHECK(shop.name(r.granting_role) == "billing");
}

TEST_CASE("a name that the policy does not declare is a denial with its own reason") {
    CHECK(ask("nobody", "view", "account").reason == reason::unknown_name);
    CHECK(ask("support", "peek", "account").reason == reason::unknown_name);
    CHECK(ask("support", "view", "secrets").reason == reason::unknown_name);
    CHECK(ask("support", "view", "account", {{"mood", true}}).reason == reason::unknown_name);
    CHECK(ask("", "", "").reason == reason::unknown_name);
    CHECK(ask("support", "all", "account").reason == reason::unknown_name);
    CHECK(ask("support", "view", "payment.*").reason == reason::unknown_name);
    CHECK_FALSE(shop.allows("support", "view", "accounts"));
    CHECK_FALSE(shop.allows("Support", "view", "account"));
}

TEST_CASE("a grant on a category covers neither what lies below nor above") {
    CHECK(ask("billing", "store", "payment", {{"encrypted", true}}));
    CHECK(ask("billing", "store", "payment.history", {{"encrypted", true}}).reason ==
          reason::not_granted);
}

TEST_CASE("a grant on all below a category leaves out what is named-only") {
    CHECK(ask("billing", "view", "payment.history"));
    CHECK(ask("billing", "view", "payment.card").reason == reason::not_granted);
}

TEST_CASE("a requirement holds for everyone, here and below") {
    CHECK(ask("billing", "store", "payment").reason == reason::undecided);
    CHECK(ask("billing", "store", "payment", {{"encrypted", false}}).reason == reason::unmet);
    CHECK(ask("billing", "store", "payment", {{"encrypted", true}}));
    CHECK(ask("marketing", "share", "testimonial").reason == reason::undecided);
}

TEST_CASE("undecided becomes unmet once a known fact rules every grant out") {
    CHECK(ask("support", "view", "payment").reason == reason::undecided);
    CHECK(ask("support", "view", "payment", {{"open-ticket", false}}).reason == reason::unmet);
    CHECK(ask("support", "view", "payment", {{"open-ticket", std::optional<bool>{}}}).reason ==
          reason::undecided);
}

TEST_CASE("references resolve to their names and back") {
    CHECK(shop.name(*shop.role("billing")) == "billing");
    CHECK(shop.name(*shop.category("payment.card")) == "payment.card");
    CHECK(shop.name(*shop.fact("consent")) == "consent");
    CHECK(shop.name(*shop.action("share")) == "share");
    CHECK(shop.name(delete_) == "delete");
    CHECK(*shop.action("delete") == delete_);
    CHECK_FALSE(shop.role("account"));
    CHECK_FALSE(shop.category(""));
    CHECK_FALSE(shop.action("all"));
    CHECK(shop.name(role_ref{}).empty());
    CHECK(shop.name(action{}).empty());
    CHECK(shop.name(*tests::small_shop().role("billing")).empty());
}

TEST_CASE("a copy of a policy outlives the original") {
    std::optional<policy> first = tests::small_shop();
    policy const second = *first;  // NOLINT(performance-unnecessary-copy-initialization)
    auto const role = *first->role("support");
    first.reset();
    CHECK(second.allows(role, view, *second.category("account")));
}

TEST_CASE("a policy that was moved from is as good as before") {
    policy first = tests::small_shop();
    policy const second = std::move(first);
    CHECK(second.allows("support", "view", "account"));
    CHECK(first.allows("support", "view", "account"));  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("every reason has its word, and a number out of range is unavailable") {
    CHECK(to_string(reason::granted) == "granted");
    CHECK(to_string(reason::unmet) == "unmet");
    CHECK(to_string(static_cast<reason>(200)) == "unavailable");
    CHECK(to_string(decision::allow) == "allow");
}
