// Grants of core RBAC, INCITS 359, and the reviews of what roles and users may do.
#include "unit/rbac_office.hpp"
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <vector>

using namespace rolecall;
using rolecall::tests::list;
using rolecall::tests::office;
using rolecall::tests::shop_rules;

namespace {

using permissions = std::vector<permission>;

}  // namespace

TEST_CASE("grant_permission lets a role, and whoever inherits it, do one thing more") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    std::uint32_t const version = shop.pdp.version();
    CHECK(!shop.allowed("a1", "share", "payment"));
    rbac_result const granted = shop.rbac.grant_permission("payment", "share", "employee");
    CHECK(granted);
    CHECK(granted.policy_version == version + 1);
    CHECK(shop.allowed("a1", "share", "payment"));
    CHECK(!shop.allowed("a1", "share", "payment.card"));
    CHECK(!shop.allowed("a1", "view", "payment"));
    CHECK(shop.rbac.role_permissions("employee").value ==
          permissions{{"share", "payment"}, {"view", "leads"}});
}

TEST_CASE("grant_permission of what is granted already changes nothing") {
    office shop;
    std::string const before = shop.state();
    for (auto const& [object, operation, role] :
         {std::tuple{"account", "view", "support"}, std::tuple{"payment", "store", "billing"}}) {
        rbac_result const granted = shop.rbac.grant_permission(object, operation, role);
        CHECK(granted);
        CHECK(granted.policy_version == 0);
    }
    CHECK(shop.state() == before);
}

TEST_CASE("grant_permission of what a role inherits makes it the role's own") {
    office shop;
    REQUIRE(shop.rbac.grant_permission("leads", "view", "support"));
    REQUIRE(shop.rbac.delete_inheritance("support", "employee"));
    CHECK(shop.rbac.role_operations_on_object("support", "leads").value == list{"view"});
}

TEST_CASE("grant_permission over a grant with a condition makes it unconditional") {
    policy_builder rules = shop_rules();
    rules.role("helper").may("account", {"view", "modify"}, if_fact("open-ticket"));
    office shop(rules);
    shop.hire("ann", {"helper"}, "a1", {"helper"});
    CHECK(shop.rbac.check_access("a1", "view", "account").value.reason == reason::undecided);
    CHECK(shop.rbac.role_permissions("helper").value ==
          permissions{{"modify", "account", true}, {"view", "account", true}});

    rbac_result const granted = shop.rbac.grant_permission("account", "view", "helper");
    CHECK(granted);
    CHECK(granted.policy_version == shop.pdp.version());
    CHECK(shop.allowed("a1", "view", "account"));
    CHECK(shop.rbac.role_permissions("helper").value ==
          permissions{{"modify", "account", true}, {"view", "account", false}});
}

TEST_CASE("grant_permission refuses unknown objects, operations and roles, in this order") {
    office shop;
    for (std::string const object : {"weather", "", "payment.*", "payment.cash"})
        shop.refuses(rbac_error::unknown_object,
                     [&](rbac& r) { return r.grant_permission(object, "paint", "courier"); });
    for (std::string const operation : {"paint", "", "all", "any"})
        shop.refuses(rbac_error::unknown_operation,
                     [&](rbac& r) { return r.grant_permission("payment", operation, "courier"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.grant_permission("payment", "view", "courier"); });
}

TEST_CASE("revoke_permission takes one right away, and leaves what the role inherits") {
    office shop;
    REQUIRE(shop.rbac.grant_permission("leads", "view", "support"));
    rbac_result const revoked = shop.rbac.revoke_permission("leads", "view", "support");
    CHECK(revoked);
    CHECK(revoked.policy_version == shop.pdp.version());
    CHECK(shop.rbac.role_operations_on_object("support", "leads").value == list{"view"});

    shop.hire("ann", {"support"}, "a1", {"support"});
    REQUIRE(shop.rbac.revoke_permission("account", "modify", "support"));
    CHECK(!shop.allowed("a1", "modify", "account"));
    CHECK(shop.allowed("a1", "view", "account"));
}

TEST_CASE("revoke_permission of one action out of all leaves the other three") {
    office shop;
    REQUIRE(shop.rbac.revoke_permission("payment", "store", "billing"));
    CHECK(shop.rbac.role_operations_on_object("billing", "payment").value ==
          list{"delete", "modify", "view"});
    REQUIRE(shop.rbac.grant_permission("payment", "store", "billing"));
    CHECK(shop.rbac.role_operations_on_object("billing", "payment").value ==
          list{"delete", "modify", "store", "view"});
}

TEST_CASE("revoke_permission of one action out of all with a condition keeps it on the others") {
    policy_builder rules = shop_rules();
    rules.role("helper").may("account", {"all"}, if_fact("open-ticket"));
    office shop(rules);
    REQUIRE(shop.rbac.revoke_permission("account", "delete", "helper"));
    CHECK(shop.rbac.role_permissions("helper").value == permissions{{"modify", "account", true},
                                                                    {"store", "account", true},
                                                                    {"view", "account", true}});
    REQUIRE(shop.rbac.grant_permission("account", "view", "helper"));
    CHECK(shop.rbac.role_permissions("helper").value == permissions{{"modify", "account", true},
                                                                    {"store", "account", true},
                                                                    {"view", "account", false}});
}

TEST_CASE("revoke_permission of a role's last right leaves a role that may nothing") {
    office shop;
    REQUIRE(shop.rbac.revoke_permission("payment", "view", "refunds"));
    CHECK(shop.rbac.role_permissions("refunds").value.empty());
    CHECK(shop.rbac.grant_permission("account", "view", "refunds"));
}

TEST_CASE("revoke_permission refuses unknown names, and what the role itself does not grant") {
    office shop;
    shop.refuses(rbac_error::unknown_object,
                 [](rbac& r) { return r.revoke_permission("weather", "paint", "courier"); });
    shop.refuses(rbac_error::unknown_operation,
                 [](rbac& r) { return r.revoke_permission("payment", "all", "courier"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.revoke_permission("payment", "view", "courier"); });
    shop.refuses(rbac_error::not_granted,
                 [](rbac& r) { return r.revoke_permission("account", "store", "support"); });
    // Granted to employee, and inherited.
    shop.refuses(rbac_error::not_granted,
                 [](rbac& r) { return r.revoke_permission("leads", "view", "support"); });
}

TEST_CASE("revoke_permission refuses what a grant below a category gives, named beside it or not") {
    policy_builder rules = shop_rules();
    rules.role("clerk").may("payment.*", {"view"});
    rules.role("teller").may("payment.*", {"all"}).may("payment.card", {"view"});
    office shop(rules);
    shop.refuses(rbac_error::granted_by_pattern,
                 [](rbac& r) { return r.revoke_permission("payment.card", "view", "clerk"); });
    // To take only the named one away would leave the right, and look as if it were gone.
    shop.refuses(rbac_error::granted_by_pattern,
                 [](rbac& r) { return r.revoke_permission("payment.card", "view", "teller"); });
    shop.refuses(rbac_error::not_granted,
                 [](rbac& r) { return r.revoke_permission("payment", "view", "clerk"); });
    shop.refuses(rbac_error::not_granted,
                 [](rbac& r) { return r.revoke_permission("payment.card", "store", "clerk"); });
}

// ---- Reviews ---------------------------------------------------------------------------------

TEST_CASE("role_permissions tells what a role grants and inherits, sorted") {
    office shop;
    CHECK(shop.rbac.role_permissions("support").value ==
          permissions{{"modify", "account"}, {"view", "account"}, {"view", "leads"}});
    CHECK(shop.rbac.role_permissions("employee").value == permissions{{"view", "leads"}});
    auto const unknown = shop.rbac.role_permissions("courier");
    CHECK(unknown.error == rbac_error::unknown_role);
    CHECK(unknown.value.empty());
}

TEST_CASE("role_operations_on_object tells the same of one object") {
    office shop;
    CHECK(shop.rbac.role_operations_on_object("support", "account").value ==
          list{"modify", "view"});
    CHECK(shop.rbac.role_operations_on_object("support", "leads").value == list{"view"});
    CHECK(shop.rbac.role_operations_on_object("support", "payment").value.empty());
    CHECK(shop.rbac.role_operations_on_object("courier", "weather").error ==
          rbac_error::unknown_role);
    CHECK(shop.rbac.role_operations_on_object("support", "weather").error ==
          rbac_error::unknown_object);
}

TEST_CASE("user_permissions tells what a user can reach with any choice of roles") {
    office shop;
    shop.hire("ann", {"writer", "approver", "refunds"});
    // writer and approver are never active together, but each can be.
    CHECK(shop.rbac.user_permissions("ann").value ==
          permissions{{"share", "leads"}, {"store", "leads"}, {"view", "payment"}});
    CHECK(shop.rbac.user_permissions("bob").error == rbac_error::unknown_user);
}

TEST_CASE("user_permissions of somebody who holds what is kept apart says so") {
    office shop;
    shop.hire("ann", {"billing"});
    REQUIRE(shop.staff.assign("ann", "refunds"));  // behind the functions' back
    auto const told = shop.rbac.user_permissions("ann");
    CHECK(told.error == rbac_error::static_separation);
    CHECK(told.value.empty());
    CHECK(shop.rbac.user_operations_on_object("ann", "payment").error ==
          rbac_error::static_separation);
}

TEST_CASE("user_operations_on_object tells the same of one object") {
    office shop;
    shop.hire("ann", {"support", "refunds"});
    CHECK(shop.rbac.user_operations_on_object("ann", "payment").value == list{"view"});
    CHECK(shop.rbac.user_operations_on_object("ann", "account").value == list{"modify", "view"});
    CHECK(shop.rbac.user_operations_on_object("bob", "weather").error == rbac_error::unknown_user);
    CHECK(shop.rbac.user_operations_on_object("ann", "weather").error ==
          rbac_error::unknown_object);
}

TEST_CASE("assigned_users and assigned_roles tell of direct assignments alone, sorted") {
    office shop;
    shop.hire("cid", {"support"});
    shop.hire("ann", {"writer", "employee"});
    shop.hire("bob", {"support", "billing"});
    CHECK(shop.rbac.assigned_users("support").value == list{"bob", "cid"});
    CHECK(shop.rbac.assigned_users("employee").value == list{"ann"});
    CHECK(shop.rbac.assigned_users("approver").value.empty());
    CHECK(shop.rbac.assigned_roles("bob").value == list{"billing", "support"});
    CHECK(shop.rbac.assigned_users("courier").error == rbac_error::unknown_role);
    CHECK(shop.rbac.assigned_roles("dee").error == rbac_error::unknown_user);
}
