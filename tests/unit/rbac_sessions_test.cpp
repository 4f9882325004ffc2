// The supporting system functions of the RBAC standard: sessions, and what is allowed in them.
#include "unit/rbac_office.hpp"
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <vector>

using namespace rolecall;
using rolecall::tests::day;
using rolecall::tests::list;
using rolecall::tests::office;
using rolecall::tests::shop_rules;

using permissions = std::vector<permission>;

TEST_CASE("create_session makes the chosen roles active, and no other") {
    office shop;
    shop.hire("ann", {"support", "refunds"});
    rbac_result const made = shop.rbac.create_session("ann", "a1", {"support"});
    CHECK(made);
    CHECK(made.policy_version == 0);
    CHECK(shop.rbac.session_roles("a1").value == list{"support"});
    CHECK(shop.allowed("a1", "view", "account"));
    CHECK(!shop.allowed("a1", "view", "payment"));
}

TEST_CASE("create_session takes inherited roles, references, a role twice, or none") {
    office shop;
    shop.hire("ann", {"support", "refunds"});
    REQUIRE(shop.rbac.create_session("ann", "inherited", {"employee"}));
    CHECK(shop.rbac.session_roles("inherited").value == list{"employee"});
    CHECK(!shop.allowed("inherited", "view", "account"));

    REQUIRE(shop.rbac.create_session("ann", "references", {*shop.pdp.role("refunds")}));
    CHECK(shop.rbac.session_roles("references").value == list{"refunds"});

    REQUIRE(shop.rbac.create_session("ann", "twice", {"support", "refunds", "support"}));
    CHECK(shop.rbac.session_roles("twice").value == list{"refunds", "support"});

    REQUIRE(shop.rbac.create_session("ann", "none", {}));
    CHECK(shop.rbac.session_roles("none").value.empty());
    CHECK(shop.rbac.session_permissions("none").value.empty());
}

TEST_CASE("create_session refuses in the order in which its conditions are listed") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {});
    shop.hire("bob", {"writer", "approver"});
    shop.refuses(rbac_error::unknown_user,
                 [](rbac& r) { return r.create_session("dee", "a1", {"courier"}); });
    shop.refuses(rbac_error::unknown_role, [](rbac& r) {
        return r.create_session("ann", "a1", {"support", "courier"});
    });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.create_session("ann", "a1", {role_ref{}}); });
    shop.refuses(rbac_error::session_exists,
                 [](rbac& r) { return r.create_session("ann", "a1", {"billing"}); });
    shop.refuses(rbac_error::session_exists,
                 [](rbac& r) { return r.create_session("bob", "a1", {"writer"}); });
    shop.refuses(rbac_error::invalid_name,
                 [](rbac& r) { return r.create_session("ann", "", {"billing"}); });
    shop.refuses(rbac_error::not_authorized, [](rbac& r) {
        return r.create_session("ann", "a2", {"support", "billing"});
    });
}

TEST_CASE("create_session keeps apart what no session may have together") {
    office shop;
    shop.hire("ann", {"writer", "approver", "support"});
    rbac_result const said = shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.create_session("ann", "a1", {"support", "writer", "approver"});
    });
    CHECK(said.whose == "a1");
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].rule == "four-eyes");
    CHECK(said.violations[0].per == separation_scope::session);
    CHECK(said.violations[0].at_most == 1);
    CHECK(said.violations[0].because == "Nobody approves what they wrote");
    CHECK(said.violations[0].roles == list{"approver", "writer"});
    CHECK(said.text.find("four-eyes") != std::string::npos);

    // One after the other, or in two sessions, they may be active.
    CHECK(shop.rbac.create_session("ann", "a1", {"support", "writer"}));
    CHECK(shop.rbac.create_session("ann", "a2", {"approver"}));
}

TEST_CASE("create_session counts what the active roles inherit") {
    office shop;
    REQUIRE(shop.rbac.add_ascendant("editor", "approver"));
    shop.hire("ann", {"writer", "editor"});
    rbac_result const said = shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.create_session("ann", "a1", {"writer", "editor"});
    });
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].roles == list{"editor", "writer"});
    REQUIRE(said.violations[0].members.size() == 2);
    CHECK(said.violations[0].members[0].role == "approver");
    CHECK(said.violations[0].members[0].through == "editor");
    CHECK(said.violations[0].members[1].role == "writer");
    CHECK(said.violations[0].members[1].through == "writer");
}

TEST_CASE("create_session refuses somebody who holds what one person must not") {
    office shop;
    shop.hire("ann", {"billing"});
    REQUIRE(shop.staff.assign("ann", "refunds"));  // behind the functions' back
    rbac_result const said = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.create_session("ann", "a1", {"billing"});
    });
    CHECK(said.whose == "ann");
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].rule == "take-and-refund");
}

TEST_CASE("delete_session ends one session of its owner") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    REQUIRE(shop.rbac.create_session("ann", "a2", {}));
    CHECK(shop.rbac.delete_session("ann", "a1"));
    CHECK(shop.rbac.sessions() == list{"a2"});
    CHECK(shop.rbac.check_access("a1", "view", "account").error == rbac_error::unknown_session);
    CHECK(shop.rbac.create_session("ann", "a1", {}));
    CHECK(shop.rbac.session_roles("a1").value.empty());
}

TEST_CASE("delete_session refuses unknown users and sessions, and the session of another") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    shop.hire("bob", {});
    shop.refuses(rbac_error::unknown_user, [](rbac& r) { return r.delete_session("dee", "s"); });
    shop.refuses(rbac_error::unknown_session, [](rbac& r) { return r.delete_session("bob", "s"); });
    shop.refuses(rbac_error::not_owner, [](rbac& r) { return r.delete_session("bob", "a1"); });
}

TEST_CASE("add_active_role makes one role more active, inherited or not") {
    office shop;
    shop.hire("ann", {"support", "refunds"}, "a1", {"refunds"});
    CHECK(shop.rbac.add_active_role("ann", "a1", "employee"));
    CHECK(shop.allowed("a1", "view", "leads"));
    CHECK(!shop.allowed("a1", "view", "account"));
    // What is active by inheritance can be made active by itself as well.
    CHECK(shop.rbac.add_active_role("ann", "a1", "support"));
    CHECK(shop.rbac.session_roles("a1").value == list{"employee", "refunds", "support"});
    CHECK(shop.allowed("a1", "view", "account"));
}

TEST_CASE("add_active_role refuses in the order in which its conditions are listed") {
    office shop;
    shop.hire("ann", {"support", "writer", "approver"}, "a1", {"support", "writer"});
    shop.hire("bob", {"support"});
    shop.refuses(rbac_error::unknown_user,
                 [](rbac& r) { return r.add_active_role("dee", "s", "courier"); });
    shop.refuses(rbac_error::unknown_session,
                 [](rbac& r) { return r.add_active_role("bob", "s", "courier"); });
    shop.refuses(rbac_error::not_owner,
                 [](rbac& r) { return r.add_active_role("bob", "a1", "courier"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.add_active_role("ann", "a1", "courier"); });
    shop.refuses(rbac_error::already_active,
                 [](rbac& r) { return r.add_active_role("ann", "a1", "support"); });
    shop.refuses(rbac_error::not_authorized,
                 [](rbac& r) { return r.add_active_role("ann", "a1", "billing"); });
    rbac_result const said = shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.add_active_role("ann", "a1", "approver");
    });
    CHECK(said.whose == "a1");
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].roles == list{"approver", "writer"});
}

TEST_CASE("drop_active_role makes a role inactive, and what it inherits unless another does") {
    office shop;
    shop.hire("ann", {"support", "billing"}, "a1", {"support", "billing"});
    CHECK(shop.rbac.drop_active_role("ann", "a1", "support"));
    CHECK(!shop.allowed("a1", "view", "account"));
    CHECK(shop.allowed("a1", "view", "leads"));
    CHECK(shop.rbac.drop_active_role("ann", "a1", "billing"));
    CHECK(!shop.allowed("a1", "view", "leads"));
    CHECK(shop.rbac.session_roles("a1").value.empty());
    CHECK(shop.rbac.add_active_role("ann", "a1", "support"));
}

TEST_CASE("drop_active_role makes room for a role that was kept apart") {
    office shop;
    shop.hire("ann", {"writer", "approver"}, "a1", {"writer"});
    REQUIRE(shop.rbac.drop_active_role("ann", "a1", "writer"));
    CHECK(shop.rbac.add_active_role("ann", "a1", "approver"));
}

TEST_CASE("drop_active_role refuses in the order in which its conditions are listed") {
    office shop;
    shop.hire("ann", {"support", "refunds"}, "a1", {"support"});
    shop.hire("bob", {"support"});
    shop.refuses(rbac_error::unknown_user,
                 [](rbac& r) { return r.drop_active_role("dee", "s", "courier"); });
    shop.refuses(rbac_error::unknown_session,
                 [](rbac& r) { return r.drop_active_role("bob", "s", "courier"); });
    shop.refuses(rbac_error::not_owner,
                 [](rbac& r) { return r.drop_active_role("bob", "a1", "courier"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.drop_active_role("ann", "a1", "courier"); });
    shop.refuses(rbac_error::not_active,
                 [](rbac& r) { return r.drop_active_role("ann", "a1", "refunds"); });
    // Active by inheritance alone.
    shop.refuses(rbac_error::not_active,
                 [](rbac& r) { return r.drop_active_role("ann", "a1", "employee"); });
}

TEST_CASE("check_access asks the active roles with all that they inherit, and tells the sink") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    (void)shop.sink.taken();
    auto const allowed = shop.rbac.check_access("a1", "view", "leads", {.record = "lead-7"});
    CHECK(allowed.error == rbac_error::none);
    CHECK(allowed.value.decision == decision::allow);
    CHECK(allowed.value.policy_version == shop.pdp.version());
    CHECK(shop.pdp.pinned()->name(allowed.value.granting_role) == "support");
    auto const denied = shop.rbac.check_access("a1", "store", "leads");
    CHECK(denied.error == rbac_error::none);
    CHECK(denied.value.reason == reason::not_granted);

    auto const records = shop.sink.taken();
    REQUIRE(records.size() == 2);
    CHECK(records[0].user == "ann");
    CHECK(records[0].active_roles == list{"support"});
    CHECK(records[0].action == "view");
    CHECK(records[0].category == "leads");
    CHECK(records[0].record == "lead-7");
    CHECK(records[0].decision == decision::allow);
    CHECK(records[1].decision == decision::deny);
}

TEST_CASE("check_access refuses unknown names, and tells nobody of what is no decision") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    (void)shop.sink.taken();
    for (auto const& [session, operation, object, why] :
         {std::tuple{"s", "paint", "weather", rbac_error::unknown_session},
          std::tuple{"a1", "paint", "weather", rbac_error::unknown_operation},
          std::tuple{"a1", "all", "account", rbac_error::unknown_operation},
          std::tuple{"a1", "view", "payment.*", rbac_error::unknown_object}}) {
        auto const said = shop.rbac.check_access(session, operation, object);
        CHECK(said.error == why);
        CHECK(!said.text.empty());
        CHECK(!said.value);
    }
    CHECK(shop.sink.records.empty());
}

TEST_CASE("check_access denies what the sink could not record") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    shop.sink.records.clear();
    shop.sink.answers = {recorded::no};
    auto const said = shop.rbac.check_access("a1", "view", "account");
    CHECK(!said.value);
    CHECK(said.value.reason == reason::unavailable);
}

TEST_CASE("check_access takes what is known, and session_permissions what is not") {
    policy_builder rules = shop_rules();
    rules.role("helper").may("account", {"view"}, if_fact("open-ticket"));
    office shop(rules);
    shop.hire("ann", {"helper"}, "a1", {"helper"});
    auto const open_ticket = *shop.pdp.fact("open-ticket");
    CHECK(shop.rbac.check_access("a1", "view", "account").value.reason == reason::undecided);
    CHECK(shop.rbac.check_access("a1", "view", "account", {.facts = {{open_ticket, true}}}).value);
    CHECK(shop.rbac.check_access("a1", "view", "account", {.facts = {{open_ticket, false}}})
              .value.reason == reason::unmet);
    CHECK(shop.rbac.session_permissions("a1").value == permissions{{"view", "account", true}});
}

TEST_CASE("session_roles tells what was made active, and session_permissions what that permits") {
    office shop;
    shop.hire("ann", {"support", "refunds"}, "a1", {"support", "refunds"});
    CHECK(shop.rbac.session_roles("a1").value == list{"refunds", "support"});
    CHECK(shop.rbac.session_permissions("a1").value ==
          permissions{
              {"modify", "account"}, {"view", "account"}, {"view", "leads"}, {"view", "payment"}});
    CHECK(shop.rbac.session_roles("s").error == rbac_error::unknown_session);
    CHECK(shop.rbac.session_permissions("s").error == rbac_error::unknown_session);
}

TEST_CASE("sessions are listed by their ids, all of them or those of one user") {
    office shop;
    CHECK(shop.rbac.sessions().empty());
    shop.hire("ann", {}, "z", {});
    REQUIRE(shop.rbac.create_session("ann", "a", {}));
    shop.hire("bob", {}, "m", {});
    CHECK(shop.rbac.sessions() == list{"a", "m", "z"});
    CHECK(shop.rbac.sessions_of("ann") == list{"a", "z"});
    CHECK(shop.rbac.sessions_of("dee").empty());
}

TEST_CASE("a session goes on by each new policy") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    REQUIRE(shop.rbac.revoke_permission("account", "modify", "support"));
    CHECK(!shop.allowed("a1", "modify", "account"));
    // More names than one lineage has numbers for.
    for (int i = 0; i < 60; ++i) {
        std::string const name = "temporary-" + std::to_string(i);
        REQUIRE(shop.rbac.add_role(name));
        REQUIRE(shop.rbac.grant_permission("account", "store", name));
        REQUIRE(shop.allowed("a1", "view", "account"));
        REQUIRE(shop.rbac.delete_role(name));
    }
    CHECK(shop.allowed("a1", "view", "account"));
    CHECK(!shop.allowed("a1", "store", "account"));
    CHECK(shop.rbac.session_roles("a1").value == list{"support"});
    CHECK(shop.rbac.add_active_role("ann", "a1", "employee"));
}

TEST_CASE("a session whose assignment has passed allows nothing, whatever else changes") {
    office shop;
    shop.hire("ann", {});
    REQUIRE(shop.rbac.assign_user("ann", "support", day("2027-01-10")));
    REQUIRE(shop.rbac.create_session("ann", "a1", {"support"}));
    shop.pdp.tick(day("2027-01-11"));
    CHECK(!shop.rbac.check_access("a1", "view", "account").value);
    shop.hire("bob", {"support"});
    REQUIRE(shop.rbac.deassign_user("bob", "support"));
    CHECK(!shop.rbac.check_access("a1", "view", "account").value);
}
