// The administrative commands of core RBAC, INCITS 359: what each does, and what each demands.
#include "unit/rbac_office.hpp"
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

using namespace rolecall;
using rolecall::tests::day;
using rolecall::tests::list;
using rolecall::tests::office;

TEST_CASE("every error of the standard's functions has a word of its own") {
    std::set<std::string_view> words;
    for (auto at = static_cast<unsigned>(rbac_error::none);
         at <= static_cast<unsigned>(rbac_error::unavailable); ++at) {
        std::string_view const word = to_string(static_cast<rbac_error>(at));
        CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
        CHECK(words.insert(word).second);
    }
    CHECK(to_string(rbac_error::unknown_role) == "unknown-role");
    CHECK(to_string(rbac_error::granted_by_pattern) == "granted-by-pattern");
}

TEST_CASE("a result that nobody filled in is an error") {
    CHECK(!rbac_result{});
    CHECK(!rbac_answer<bool>{});
}

// ---- Users -----------------------------------------------------------------------------------

TEST_CASE("add_user makes a user who has no role and no session") {
    office shop;
    std::uint32_t const version = shop.pdp.version();
    rbac_result const made = shop.rbac.add_user("ann");
    CHECK(made);
    CHECK(made.text.empty());
    CHECK(made.policy_version == 0);
    CHECK(shop.pdp.version() == version);
    CHECK(shop.rbac.assigned_roles("ann").error == rbac_error::none);
    CHECK(shop.rbac.assigned_roles("ann").value.empty());
    CHECK(shop.rbac.sessions_of("ann").empty());
    CHECK(shop.staff.contains("ann"));

    // Who has no role may have a session, in which nothing is allowed.
    REQUIRE(shop.rbac.create_session("ann", "s", {}));
    CHECK(shop.rbac.check_access("s", "view", "leads").value.reason == reason::not_granted);
}

TEST_CASE("a new role has no users, whatever the directory assigned under its name before") {
    office shop;
    shop.hire("ann", {"support"});
    shop.staff.assign("ann", "auditor");
    CHECK(shop.rbac.add_role("auditor"));
    CHECK(shop.rbac.assigned_users("auditor").value.empty());
    CHECK(shop.rbac.assigned_roles("ann").value == list{"support"});

    shop.staff.assign("ann", "head");
    CHECK(shop.rbac.add_ascendant("head", "auditor"));
    CHECK(shop.rbac.assigned_users("head").value.empty());
    shop.staff.assign("ann", "junior");
    CHECK(shop.rbac.add_descendant("auditor", "junior"));
    CHECK(shop.rbac.authorized_users("junior").value.empty());
}

TEST_CASE("add_user refuses a user who is there, and what is no user id") {
    office shop;
    shop.hire("ann", {});
    shop.refuses(rbac_error::user_exists, [](rbac& r) { return r.add_user("ann"); });
    for (std::string const& id : list{"", "a\nb", "a\u202Eb", "\xff", std::string(257, 'a')})
        shop.refuses(rbac_error::invalid_name, [&](rbac& r) { return r.add_user(id); });
    CHECK(shop.rbac.add_user(std::string(256, 'a')));
}

TEST_CASE("delete_user takes assignments and sessions along, and those of nobody else") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    REQUIRE(shop.rbac.create_session("ann", "a2", {}));
    shop.hire("bob", {"support"}, "b1", {"support"});
    rbac_result const gone = shop.rbac.delete_user("ann");
    CHECK(gone);
    CHECK(gone.policy_version == 0);
    CHECK(shop.rbac.sessions() == list{"b1"});
    CHECK(shop.allowed("b1", "view", "account"));
    CHECK(shop.rbac.check_access("a1", "view", "account").error == rbac_error::unknown_session);
    CHECK(shop.rbac.assigned_users("support").value == list{"bob"});

    // Another user of that name inherits nothing.
    REQUIRE(shop.rbac.add_user("ann"));
    CHECK(shop.rbac.assigned_roles("ann").value.empty());
}

TEST_CASE("delete_user refuses a user who is not there") {
    office shop;
    shop.refuses(rbac_error::unknown_user, [](rbac& r) { return r.delete_user("ann"); });
    shop.refuses(rbac_error::unknown_user, [](rbac& r) { return r.delete_user(""); });
}

// ---- Roles -----------------------------------------------------------------------------------

TEST_CASE("add_role makes a role without grants, users or heirs, in a new policy version") {
    office shop;
    std::uint32_t const version = shop.pdp.version();
    rbac_result const made = shop.rbac.add_role("courier", "Brings parcels");
    CHECK(made);
    CHECK(made.policy_version == version + 1);
    CHECK(shop.pdp.version() == version + 1);
    CHECK(shop.rbac.role_permissions("courier").error == rbac_error::none);
    CHECK(shop.rbac.role_permissions("courier").value.empty());
    CHECK(shop.rbac.assigned_users("courier").value.empty());
    CHECK(shop.rbac.authorized_users("courier").value.empty());

    policy const rules = shop.pdp.current();
    bool found = false;
    for (written_role const& role : rules.source().roles)
        if (role.name.text == "courier") found = role.about == "Brings parcels";
    CHECK(found);
}

TEST_CASE("add_role refuses a role that is there, and what is no name of one") {
    office shop;
    shop.refuses(rbac_error::role_exists, [](rbac& r) { return r.add_role("support"); });
    for (std::string const& name :
         list{"", "Two Words", "-a", "a-", "a--b", "all", "everyone", std::string(129, 'a')})
        shop.refuses(rbac_error::invalid_name, [&](rbac& r) { return r.add_role(name); });
}

TEST_CASE("add_role refuses a name that is easily taken for another's") {
    office shop;
    REQUIRE(shop.rbac.add_role("night-shift"));
    shop.refuses(rbac_error::invalid_policy, [](rbac& r) { return r.add_role("night_shift"); });
}

TEST_CASE("delete_role takes assignments, grants and inheritance along") {
    office shop;
    shop.hire("ann", {"support", "employee"});
    rbac_result const gone = shop.rbac.delete_role("support");
    CHECK(gone);
    CHECK(gone.policy_version == shop.pdp.version());
    CHECK(!shop.pdp.role("support"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"employee"});

    // Another role of that name has none of it.
    REQUIRE(shop.rbac.add_role("support"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"employee"});
    CHECK(shop.rbac.role_permissions("support").value.empty());
    CHECK(shop.rbac.authorized_users("support").value.empty());
}

TEST_CASE("delete_role of a role that others inherit takes from them what they had by it") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    CHECK(shop.allowed("a1", "view", "leads"));
    REQUIRE(shop.rbac.delete_role("employee"));
    CHECK(!shop.allowed("a1", "view", "leads"));
    CHECK(shop.allowed("a1", "view", "account"));
    CHECK(shop.rbac.authorized_roles("ann").value == list{"support"});
}

TEST_CASE("delete_role ends the sessions in which the role is active, and no other") {
    office shop;
    shop.hire("ann", {"support", "writer"}, "a1", {"support", "writer"});
    REQUIRE(shop.rbac.create_session("ann", "a2", {"writer"}));
    REQUIRE(shop.rbac.create_session("ann", "a3", {"employee"}));
    shop.hire("bob", {"support"}, "b1", {});
    REQUIRE(shop.rbac.delete_role("support"));
    // In a3, employee was active, for which ann was authorized by support alone.
    CHECK(shop.rbac.sessions() == list{"a2", "b1"});
    CHECK(shop.allowed("a2", "store", "leads"));
}

TEST_CASE("delete_role takes the role out of sets that are large enough without it") {
    office shop;
    REQUIRE(shop.rbac.add_ssd_role_member("take-and-refund", "support"));
    REQUIRE(shop.rbac.delete_role("support"));
    CHECK(shop.rbac.ssd_role_set_roles("take-and-refund").value == list{"billing", "refunds"});
    REQUIRE(shop.rbac.add_role("support"));
    CHECK(shop.rbac.ssd_role_set_roles("take-and-refund").value == list{"billing", "refunds"});
}

TEST_CASE("delete_role refuses a role that is not there, or that a set can't do without") {
    office shop;
    shop.refuses(rbac_error::unknown_role, [](rbac& r) { return r.delete_role("courier"); });
    shop.refuses(rbac_error::cardinality, [](rbac& r) { return r.delete_role("billing"); });
    shop.refuses(rbac_error::cardinality, [](rbac& r) { return r.delete_role("writer"); });
    REQUIRE(shop.rbac.delete_ssd_set("take-and-refund"));
    CHECK(shop.rbac.delete_role("billing"));
}

// ---- Assignments -----------------------------------------------------------------------------

TEST_CASE("assign_user gives a user a role, and no new policy version") {
    office shop;
    shop.hire("ann", {});
    std::uint32_t const version = shop.pdp.version();
    rbac_result const given = shop.rbac.assign_user("ann", "support");
    CHECK(given);
    CHECK(given.policy_version == 0);
    CHECK(shop.pdp.version() == version);
    CHECK(shop.rbac.assigned_roles("ann").value == list{"support"});
    CHECK(shop.rbac.authorized_roles("ann").value == list{"employee", "support"});
    CHECK(shop.rbac.assigned_users("support").value == list{"ann"});
}

TEST_CASE("assign_user may give directly what the user has by inheritance") {
    office shop;
    shop.hire("ann", {"support"});
    CHECK(shop.rbac.assign_user("ann", "employee"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"employee", "support"});
    REQUIRE(shop.rbac.deassign_user("ann", "support"));
    CHECK(shop.rbac.authorized_roles("ann").value == list{"employee"});
}

TEST_CASE("assign_user refuses unknown names, and a role that is assigned already") {
    office shop;
    shop.hire("ann", {"support"});
    shop.refuses(rbac_error::unknown_user, [](rbac& r) { return r.assign_user("bob", "support"); });
    shop.refuses(rbac_error::unknown_role, [](rbac& r) { return r.assign_user("ann", "courier"); });
    shop.refuses(rbac_error::already_assigned,
                 [](rbac& r) { return r.assign_user("ann", "support"); });
    // The user's name is looked at before the role's.
    shop.refuses(rbac_error::unknown_user, [](rbac& r) { return r.assign_user("bob", "courier"); });
}

TEST_CASE("deassign_user takes a role away, and ends sessions that lived on it") {
    office shop;
    shop.hire("ann", {"support", "employee"}, "a1", {"support"});
    REQUIRE(shop.rbac.create_session("ann", "a2", {"employee"}));
    REQUIRE(shop.rbac.create_session("ann", "a3", {}));
    shop.hire("bob", {"support"}, "b1", {"support"});
    rbac_result const taken = shop.rbac.deassign_user("ann", "support");
    CHECK(taken);
    CHECK(taken.policy_version == 0);
    CHECK(shop.rbac.assigned_roles("ann").value == list{"employee"});
    CHECK(shop.rbac.sessions() == list{"a2", "a3", "b1"});
    CHECK(shop.allowed("a2", "view", "leads"));
    CHECK(shop.allowed("b1", "view", "account"));
}

TEST_CASE("deassign_user ends a session with a role that was inherited by the one taken away") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"employee"});
    REQUIRE(shop.rbac.deassign_user("ann", "support"));
    CHECK(shop.rbac.sessions().empty());
}

TEST_CASE("deassign_user refuses unknown names, and a role that is not assigned directly") {
    office shop;
    shop.hire("ann", {"support"});
    shop.refuses(rbac_error::unknown_user,
                 [](rbac& r) { return r.deassign_user("bob", "support"); });
    shop.refuses(rbac_error::unknown_role,
                 [](rbac& r) { return r.deassign_user("ann", "courier"); });
    shop.refuses(rbac_error::not_assigned,
                 [](rbac& r) { return r.deassign_user("ann", "billing"); });
    shop.refuses(rbac_error::not_assigned,
                 [](rbac& r) { return r.deassign_user("ann", "employee"); });
}

TEST_CASE("an assignment lasts through its last day, and then counts as none") {
    office shop;
    shop.hire("ann", {});
    REQUIRE(shop.rbac.assign_user("ann", "support", day("2027-01-11")));
    REQUIRE(shop.rbac.create_session("ann", "a1", {"support"}));
    shop.pdp.tick(day("2027-01-11"));
    CHECK(shop.allowed("a1", "view", "account"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"support"});

    shop.pdp.tick(day("2027-01-12"));
    CHECK(!shop.rbac.check_access("a1", "view", "account").value);
    CHECK(shop.rbac.assigned_roles("ann").value.empty());
    CHECK(shop.rbac.assigned_users("support").value.empty());
    CHECK(shop.rbac.authorized_users("employee").value.empty());
    CHECK(shop.rbac.user_permissions("ann").value.empty());
    CHECK(shop.rbac.deassign_user("ann", "support").error == rbac_error::not_assigned);

    // So it can be assigned anew, and stands in the way of nothing.
    CHECK(shop.rbac.assign_user("ann", "support"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"support"});
}

TEST_CASE("an assignment that had passed when it was made counts as none, however often made") {
    office shop;
    shop.hire("ann", {"employee"});
    for (int times = 0; times < 2; ++times) {
        CHECK(shop.rbac.assign_user("ann", "support", day("2027-01-09")));
        CHECK(shop.rbac.assigned_roles("ann").value == list{"employee"});
    }
    CHECK(shop.rbac.assign_user("ann", "support"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"employee", "support"});
}

TEST_CASE("who has only assignments that have passed has no session, not even an empty one") {
    office shop;
    shop.hire("ann", {});
    REQUIRE(shop.rbac.create_session("ann", "a1", {}));
    REQUIRE(shop.rbac.assign_user("ann", "support", day("2027-01-10")));
    CHECK(shop.rbac.sessions() == list{"a1"});
    shop.pdp.tick(day("2027-01-11"));
    CHECK(shop.rbac.sessions().empty());
    CHECK(shop.rbac.create_session("ann", "a1", {}).error == rbac_error::not_authorized);
    REQUIRE(shop.rbac.assign_user("ann", "refunds"));
    CHECK(shop.rbac.create_session("ann", "a1", {}));
}

TEST_CASE("an assignment that has passed does not count for a separation") {
    office shop;
    shop.hire("ann", {});
    REQUIRE(shop.rbac.assign_user("ann", "billing", day("2027-01-10")));
    CHECK(shop.rbac.assign_user("ann", "refunds").error == rbac_error::static_separation);
    shop.pdp.tick(day("2027-01-11"));
    CHECK(shop.rbac.assign_user("ann", "refunds"));
    CHECK(shop.rbac.assigned_roles("ann").value == list{"refunds"});
}
