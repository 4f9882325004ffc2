// Hierarchical RBAC of the standard, general and limited.
#include "unit/rbac_office.hpp"
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace rolecall;
using rolecall::tests::list;
using rolecall::tests::office;
using rolecall::tests::shop_rules;

namespace {

policy_builder limited_rules() {
    policy_builder rules = shop_rules();
    rules.header("Limited shop").limited_hierarchy = true;
    return rules;
}

}  // namespace

TEST_CASE("add_inheritance gives the senior what the junior may, and its users the junior") {
    office shop;
    shop.hire("ann", {"refunds"}, "a1", {"refunds"});
    std::uint32_t const version = shop.pdp.version();
    rbac_result const made = shop.rbac.add_inheritance("refunds", "support");
    CHECK(made);
    CHECK(made.policy_version == version + 1);
    CHECK(shop.allowed("a1", "modify", "account"));
    CHECK(shop.allowed("a1", "view", "leads"));
    CHECK(shop.rbac.authorized_roles("ann").value == list{"employee", "refunds", "support"});
    CHECK(shop.rbac.authorized_users("employee").value == list{"ann"});
    CHECK(shop.rbac.assigned_users("employee").value.empty());
}

TEST_CASE("add_inheritance refuses unknown roles, what is inherited already, and cycles") {
    office shop;
    REQUIRE(shop.rbac.add_inheritance("refunds", "support"));
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.add_inheritance("courier", "support"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.add_inheritance("support", "courier"); });
    shop.refuses(rbac_error::already_inherited,
                 [](rbac& r) { return r.add_inheritance("support", "employee"); });
    // Not directly, and yet.
    shop.refuses(rbac_error::already_inherited,
                 [](rbac& r) { return r.add_inheritance("refunds", "employee"); });
    shop.refuses(rbac_error::cycle,
                 [](rbac& r) { return r.add_inheritance("employee", "refunds"); });
    shop.refuses(rbac_error::cycle,
                 [](rbac& r) { return r.add_inheritance("support", "support"); });
}

TEST_CASE("add_inheritance refuses to make a person hold too many roles of a set") {
    office shop;
    shop.hire("ann", {"billing", "support"});
    shop.hire("bob", {"support"});
    rbac_result const said = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.add_inheritance("support", "refunds");
    });
    CHECK(said.whose == "ann");
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].rule == "take-and-refund");
    CHECK(said.violations[0].roles == list{"billing", "support"});
    REQUIRE(said.violations[0].members.size() == 2);
    CHECK(said.violations[0].members[1].role == "refunds");
    CHECK(said.violations[0].members[1].through == "support");
    REQUIRE(shop.rbac.deassign_user("ann", "billing"));
    CHECK(shop.rbac.add_inheritance("support", "refunds"));
}

TEST_CASE("add_inheritance refuses a role that would break a rule by itself") {
    office shop;
    rbac_result const person = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.add_inheritance("billing", "refunds");
    });
    CHECK(person.whose == "billing");
    REQUIRE(person.violations.size() == 1);
    CHECK(person.violations[0].roles == list{"billing"});
    rbac_result const session = shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.add_inheritance("writer", "approver");
    });
    CHECK(session.whose == "writer");
}

TEST_CASE("add_inheritance refuses to break a rule in a session that is open") {
    office shop;
    shop.hire("ann", {"support", "writer"}, "a1", {"support", "writer"});
    rbac_result const said = shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.add_inheritance("support", "approver");
    });
    CHECK(said.whose == "a1");
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].roles == list{"support", "writer"});
    REQUIRE(shop.rbac.drop_active_role("ann", "a1", "writer"));
    CHECK(shop.rbac.add_inheritance("support", "approver"));
}

TEST_CASE("delete_inheritance takes what was inherited, and leaves what other ways lead to") {
    office shop;
    REQUIRE(shop.rbac.add_ascendant("head", "support"));
    REQUIRE(shop.rbac.add_inheritance("head", "billing"));
    shop.hire("ann", {"head"}, "a1", {"head"});
    rbac_result const cut = shop.rbac.delete_inheritance("head", "billing");
    CHECK(cut);
    CHECK(cut.policy_version == shop.pdp.version());
    CHECK(!shop.allowed("a1", "view", "payment"));
    CHECK(shop.allowed("a1", "view", "leads"));  // by support, as before
    CHECK(shop.rbac.authorized_roles("ann").value == list{"employee", "head", "support"});
}

TEST_CASE("delete_inheritance ends sessions with a role that nothing leads to any more") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"employee"});
    REQUIRE(shop.rbac.create_session("ann", "a2", {"support"}));
    shop.hire("bob", {"support", "employee"}, "b1", {"employee"});
    REQUIRE(shop.rbac.delete_inheritance("support", "employee"));
    CHECK(shop.rbac.sessions() == list{"a2", "b1"});
    CHECK(!shop.allowed("a2", "view", "leads"));
}

TEST_CASE("delete_inheritance refuses unknown roles, and what is not inherited directly") {
    office shop;
    REQUIRE(shop.rbac.add_ascendant("head", "support"));
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.delete_inheritance("courier", "support"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.delete_inheritance("support", "courier"); });
    shop.refuses(rbac_error::not_inherited,
                 [](rbac& r) { return r.delete_inheritance("head", "employee"); });
    shop.refuses(rbac_error::not_inherited,
                 [](rbac& r) { return r.delete_inheritance("employee", "support"); });
}

TEST_CASE("add_ascendant makes a new role above one") {
    office shop;
    rbac_result const made = shop.rbac.add_ascendant("head", "support");
    CHECK(made);
    CHECK(made.policy_version == shop.pdp.version());
    CHECK(shop.rbac.role_permissions("head").value == shop.rbac.role_permissions("support").value);
    CHECK(shop.rbac.assigned_users("head").value.empty());
}

TEST_CASE("add_ascendant refuses a role that is there, no name, and an unknown junior") {
    office shop;
    shop.refuses(rbac_error::role_exists,
                 [](rbac& r) { return r.add_ascendant("billing", "courier"); });
    shop.refuses(rbac_error::invalid_name,
                 [](rbac& r) { return r.add_ascendant("The Head", "courier"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.add_ascendant("head", "courier"); });
    shop.refuses(rbac_error::unknown_role, [](rbac& r) { return r.add_ascendant("head", "head"); });
}

TEST_CASE("add_descendant makes a new role below one") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    rbac_result const made = shop.rbac.add_descendant("support", "trainee");
    CHECK(made);
    CHECK(made.policy_version == shop.pdp.version());
    CHECK(shop.rbac.role_permissions("trainee").value.empty());
    CHECK(shop.rbac.authorized_users("trainee").value == list{"ann"});
    REQUIRE(shop.rbac.grant_permission("account", "share", "trainee"));
    CHECK(shop.allowed("a1", "share", "account"));
}

TEST_CASE("add_descendant refuses a role that is there, no name, and an unknown senior") {
    office shop;
    shop.refuses(rbac_error::role_exists,
                 [](rbac& r) { return r.add_descendant("courier", "billing"); });
    shop.refuses(rbac_error::invalid_name,
                 [](rbac& r) { return r.add_descendant("courier", "The Trainee"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.add_descendant("courier", "trainee"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.add_descendant("trainee", "trainee"); });
}

TEST_CASE("where the hierarchy is limited, a role inherits at most one other") {
    office shop(limited_rules());
    shop.refuses(rbac_error::limited_hierarchy,
                 [](rbac& r) { return r.add_inheritance("support", "writer"); });
    shop.refuses(rbac_error::limited_hierarchy,
                 [](rbac& r) { return r.add_descendant("support", "trainee"); });
    // A second heir is another matter; and what is given up makes room.
    CHECK(shop.rbac.add_inheritance("writer", "employee"));
    CHECK(shop.rbac.add_ascendant("head", "support"));
    REQUIRE(shop.rbac.delete_inheritance("support", "employee"));
    CHECK(shop.rbac.add_descendant("support", "trainee"));
    // Where it is not, several.
    office general;
    CHECK(general.rbac.add_inheritance("support", "writer"));
    CHECK(general.rbac.add_descendant("support", "trainee"));
}

TEST_CASE("where the hierarchy is limited, already inherited and cycles are said first") {
    office shop(limited_rules());
    shop.refuses(rbac_error::already_inherited,
                 [](rbac& r) { return r.add_inheritance("support", "employee"); });
    shop.refuses(rbac_error::cycle,
                 [](rbac& r) { return r.add_inheritance("support", "support"); });
}

TEST_CASE("authorized_users and authorized_roles follow inheritance, sorted") {
    office shop;
    shop.hire("cid", {"employee"});
    shop.hire("ann", {"support", "writer"});
    shop.hire("bob", {"billing"});
    shop.hire("dee", {});
    CHECK(shop.rbac.authorized_users("employee").value == list{"ann", "bob", "cid"});
    CHECK(shop.rbac.authorized_users("support").value == list{"ann"});
    CHECK(shop.rbac.authorized_users("refunds").value.empty());
    CHECK(shop.rbac.authorized_roles("ann").value == list{"employee", "support", "writer"});
    CHECK(shop.rbac.authorized_roles("dee").value.empty());
    CHECK(shop.rbac.authorized_users("courier").error == rbac_error::unknown_role);
    CHECK(shop.rbac.authorized_roles("eve").error == rbac_error::unknown_user);
}
