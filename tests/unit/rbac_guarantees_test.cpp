// A policy that is changed through the RBAC functions keeps what it guarantees, or stays.
#include "support/recording_sink.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/document.hpp>
#include <rolecall/rbac.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace rolecall;

namespace {

constexpr std::string_view text = R"(rolecall: 1
categories: {account: Addresses, payment: Payments}
roles:
  marketing: {may: {account: view}}
  billing: {may: {payment: view}}
guarantees:
  only-billing: {only: billing, may: any, categories: payment}
  marketing-works: {roles: marketing, keeps: {account: view}}
exercises:
  month-end: {as: billing, can: {payment: view}}
)";

struct shop {
    assignments staff{};
    testing::recording_sink sink{};
    authorizer pdp{yaml::load_text(text, "shop.yaml").value(), sink, staff};
    rbac functions{pdp, staff};
};

}  // namespace

TEST_CASE("a grant that a guarantee forbids is refused, and the policy stays") {
    shop of;
    rbac_result const refused = of.functions.grant_permission("payment", "view", "marketing");
    REQUIRE_FALSE(refused);
    CHECK(refused.text.find("only-billing") != std::string::npos);
    CHECK(of.pdp.version() == 1);
    CHECK_FALSE(of.pdp.current().allows("marketing", "view", "payment"));
    CHECK(of.functions.grant_permission("payment", "store", "billing"));
    // Also of a policy that replaced another.
    CHECK_FALSE(of.functions.grant_permission("payment", "store", "marketing"));
}

TEST_CASE("a right that a guarantee keeps can't be revoked") {
    shop of;
    rbac_result const refused = of.functions.revoke_permission("account", "view", "marketing");
    REQUIRE_FALSE(refused);
    CHECK(refused.text.find("marketing-works") != std::string::npos);
    CHECK(of.pdp.current().allows("marketing", "view", "account"));
}
