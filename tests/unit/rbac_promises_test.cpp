// Guarantees and exercises of a policy whose roles are changed by the functions of the standard.
#include "support/recording_sink.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/rbac.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;

namespace {

constexpr std::string_view shop_text = R"(rolecall: 1
categories: {leads: Offers, account: Addresses, payment: Card and bank details}
facts: {open-ticket: A ticket is open}
roles:
  employee: {may: {leads: view}}
  marketing: {may: {leads: all}}
  campaigns: Sends letters
  support: {inherits: employee, may: {account: view}}
  billing: {inherits: employee, may: {payment: {view: always, store: {if: open-ticket}}}}
separation:
  apart: {roles: [marketing, campaigns, billing], at-most: 1, per: person}
guarantees:
  campaigns-see-no-money: {roles: campaigns, never: any, categories: payment}
  letters-see-no-money: {roles: [marketing, campaigns], never: any, categories: payment}
  money-is-for-billing: {only: billing, may: any, categories: payment}
  stored-with-a-ticket: {only: [billing, support], may: store, categories: payment, only-if: open-ticket}
  staff-sees-offers: {roles: support, keeps: {leads: view}}
exercises:
  billing-looks: {as: billing, can: {payment: view}}
  billing-is-lost: {as: [billing, support], given: {lost: billing}, cannot: {payment: view}}
  dana-bills: {as: {user: dana, roles: [support, billing]}, can: {payment: view}}
  support-looks: {as: support, can: {account: view}}
)";

struct promising_office {
    assignments staff{};
    testing::recording_sink sink{};
    authorizer pdp{yaml::load_text(shop_text).value(), sink, staff};
    rolecall::rbac rbac{pdp, staff};

    [[nodiscard]] policy now() { return pdp.current(); }
};

written_guarantee const* guarantee(policy const& in, std::string_view name) {
    for (written_guarantee const& g : in.source().guarantees)
        if (g.name.text == name) return &g;
    return nullptr;
}

std::vector<std::string> exercises(policy const& in) {
    std::vector<std::string> names;
    for (written_exercise const& e : in.source().exercises) names.push_back(e.name.text);
    return names;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("a change by which a guarantee is broken is refused, and says which") {
    promising_office shop;
    auto const refused = [&](rbac_result const& result, std::string_view name) {
        CHECK(result.error == rbac_error::invalid_policy);
        INFO(result.text);
        CHECK(result.text.find("guarantee `" + std::string(name) + '`') != std::string::npos);
    };
    refused(shop.rbac.grant_permission("payment", "delete", "marketing"), "letters-see-no-money");
    refused(shop.rbac.grant_permission("payment", "view", "support"), "campaigns-see-no-money");
    refused(shop.rbac.grant_permission("payment", "store", "billing"), "stored-with-a-ticket");
    refused(shop.rbac.revoke_permission("leads", "view", "employee"), "staff-sees-offers");
    refused(shop.rbac.delete_inheritance("support", "employee"), "staff-sees-offers");
    refused(shop.rbac.delete_role("employee"), "staff-sees-offers");
    refused(shop.rbac.delete_ssd_set("apart"), "campaigns-see-no-money");
    CHECK(shop.now().allows("billing", "view", "payment"));
    CHECK(shop.rbac.grant_permission("payment", "modify", "billing"));
}

TEST_CASE("a guarantee about a role that is deleted goes, and stays for the other roles") {
    promising_office shop;
    REQUIRE(shop.rbac.delete_role("campaigns"));
    policy const left = shop.now();
    CHECK(guarantee(left, "campaigns-see-no-money") == nullptr);
    REQUIRE(guarantee(left, "letters-see-no-money") != nullptr);
    REQUIRE(guarantee(left, "letters-see-no-money")->roles.size() == 1);
    CHECK(guarantee(left, "letters-see-no-money")->roles.front().text == "marketing");
    CHECK(exercises(left) ==
          list{"billing-looks", "billing-is-lost", "dana-bills", "support-looks"});
}

TEST_CASE("what only a deleted role could do, nobody can from then on") {
    promising_office shop;
    REQUIRE(shop.rbac.delete_role("billing"));
    policy const left = shop.now();
    written_guarantee const* const money = guarantee(left, "money-is-for-billing");
    REQUIRE(money != nullptr);
    CHECK(money->what == written_guarantee::kind::never);
    CHECK(money->roles.empty());
    CHECK(money->first.categories.front().text == "payment");
    CHECK(guarantee(left, "stored-with-a-ticket")->only.size() == 1);
    CHECK(shop.rbac.grant_permission("payment", "view", "marketing").error ==
          rbac_error::invalid_policy);
    CHECK(shop.rbac.grant_permission("payment", "view", "support").error ==
          rbac_error::invalid_policy);
}

TEST_CASE("an exercise that names a deleted role goes with it, and the others stay") {
    promising_office shop;
    REQUIRE(shop.rbac.delete_role("billing"));
    CHECK(exercises(shop.now()) == list{"support-looks"});
}
