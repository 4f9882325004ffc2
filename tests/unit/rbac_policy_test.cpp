// What the standard does not have, beside what it has: guardrails, users whom the policy lists,
// a directory that fails, several threads.
#include "unit/rbac_office.hpp"
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace rolecall;
using rolecall::tests::day;
using rolecall::tests::list;
using rolecall::tests::office;
using rolecall::tests::shop_rules;

namespace {

using permissions = std::vector<permission>;

written_guardrail const* guardrail(policy const& rules, std::string_view name) {
    for (written_guardrail const& one : rules.source().guardrails)
        if (one.name.text == name) return &one;
    return nullptr;
}

// The policy lists eve, as support for good and as billing until a day that has passed.
policy_builder listing_rules() {
    policy_builder rules = shop_rules();
    rules.user("eve").assign({"support"}).assign({"billing"}, day("2027-01-09"));
    return rules;
}

// A directory that can be told to fail.
class failing_staff {
public:
    bool fails = false;

    user_lookup roles_of(std::string_view id, role_taker& take) const {
        return fails ? user_lookup::unavailable : staff_.roles_of(id, take);
    }
    bool each_user(user_visitor& visit) const { return !fails && staff_.each_user(visit); }
    edit_report apply(std::span<user_edit const> edits, edit_options const& options) {
        if (fails) throw std::runtime_error("the disk is gone");
        return staff_.apply(edits, options);
    }

private:
    assignments staff_;
};

}  // namespace

// ---- Guardrails and conditions ---------------------------------------------------------------

TEST_CASE("what the permissions of a session tell, guardrails included, check_access permits") {
    policy_builder rules = shop_rules();
    rules.never("no-money").roles({"support"}).categories({"payment"});
    rules.never("hold").categories({"account"}).actions({"modify"}).when(if_fact("open-ticket"));
    office shop(rules);
    shop.hire("ann", {"support", "billing"}, "a1", {"support"});
    REQUIRE(shop.rbac.create_session("ann", "a2", {"billing"}));
    for (std::string const session : {"a1", "a2"}) {
        permissions const told = shop.rbac.session_permissions(session).value;
        for (std::string const object : {"leads", "account", "payment", "payment.card"})
            for (std::string const operation : {"view", "modify", "store", "delete", "share"}) {
                bool certain = false;
                bool possible = false;
                for (permission const& one : told) {
                    if (one.operation != operation || one.object != object) continue;
                    possible = true;
                    certain = !one.conditional;
                }
                INFO(session << ' ' << operation << ' ' << object);
                response const answer = shop.rbac.check_access(session, operation, object).value;
                CHECK(static_cast<bool>(answer) == certain);
                auto const open_ticket = *shop.pdp.fact("open-ticket");
                bool const with_facts = static_cast<bool>(
                    shop.rbac
                        .check_access(session, operation, object, {.facts = {{open_ticket, false}}})
                        .value);
                CHECK(with_facts == possible);
            }
    }
    // A guardrail of a role that is held, active or not, reaches every session of the user.
    CHECK(shop.rbac.check_access("a2", "view", "payment").value.reason == reason::forbidden);
}

TEST_CASE("user_permissions leaves out what guardrails of roles that are held forbid") {
    policy_builder rules = shop_rules();
    rules.never("no-money").roles({"support"}).categories({"payment"});
    office shop(rules);
    shop.hire("ann", {"billing"});
    CHECK(shop.rbac.user_operations_on_object("ann", "payment").value.size() == 4);
    REQUIRE(shop.rbac.assign_user("ann", "support"));
    CHECK(shop.rbac.user_operations_on_object("ann", "payment").value.empty());
    CHECK(shop.rbac.user_operations_on_object("ann", "account").value == list{"modify", "view"});
}

TEST_CASE("delete_role never widens a guardrail: it keeps the others, and goes with its last") {
    policy_builder rules = shop_rules();
    rules.never("alone").roles({"writer"}).categories({"payment"});
    rules.never("with-others").roles({"writer", "support"}).categories({"payment.card"});
    rules.never("everybody").categories({"account"}).actions({"delete"});
    office shop(rules);
    REQUIRE(shop.rbac.delete_dsd_set("four-eyes"));
    REQUIRE(shop.rbac.delete_role("writer"));

    policy const left = shop.pdp.current();
    // Without roles, it would be one for everybody.
    CHECK(guardrail(left, "alone") == nullptr);
    REQUIRE(guardrail(left, "with-others") != nullptr);
    REQUIRE(guardrail(left, "with-others")->roles.size() == 1);
    CHECK(guardrail(left, "with-others")->roles[0].text == "support");
    REQUIRE(guardrail(left, "everybody") != nullptr);
    CHECK(guardrail(left, "everybody")->roles.empty());
    shop.hire("bob", {"billing"}, "b1", {"billing"});
    CHECK(shop.allowed("b1", "view", "payment"));
}

TEST_CASE("what grant_permission grants, a guardrail still forbids") {
    policy_builder rules = shop_rules();
    rules.never("no-money").roles({"support"}).categories({"payment"});
    office shop(rules);
    shop.hire("ann", {"support"}, "a1", {"support"});
    CHECK(shop.rbac.grant_permission("payment", "view", "support"));
    CHECK(shop.rbac.check_access("a1", "view", "payment").value.reason == reason::forbidden);
    CHECK(shop.rbac.role_operations_on_object("support", "payment").value.empty());
}

// ---- Users whom the policy lists -------------------------------------------------------------

TEST_CASE("users whom the policy lists are seen, and have sessions, like those of the directory") {
    office shop(listing_rules());
    shop.hire("ann", {"support"});
    CHECK(shop.rbac.assigned_users("support").value == list{"ann", "eve"});
    CHECK(shop.rbac.authorized_users("employee").value == list{"ann", "eve"});
    CHECK(shop.rbac.assigned_roles("eve").value == list{"support"});
    CHECK(shop.rbac.authorized_roles("eve").value == list{"employee", "support"});
    CHECK(shop.rbac.user_operations_on_object("eve", "account").value == list{"modify", "view"});
    REQUIRE(shop.rbac.create_session("eve", "e1", {"support"}));
    CHECK(shop.allowed("e1", "view", "account"));
    CHECK(shop.rbac.create_session("eve", "e2", {"billing"}).error == rbac_error::not_authorized);
}

TEST_CASE("users whom the policy lists are changed in the policy, and not by these functions") {
    office shop(listing_rules());
    shop.refuses(rbac_error::user_exists, [](rbac& r) { return r.add_user("eve"); });
    shop.refuses(rbac_error::listed_in_policy, [](rbac& r) { return r.delete_user("eve"); });
    shop.refuses(rbac_error::listed_in_policy,
                 [](rbac& r) { return r.assign_user("eve", "courier"); });
    shop.refuses(rbac_error::listed_in_policy,
                 [](rbac& r) { return r.deassign_user("eve", "support"); });
    // Also where the assignment has passed: the policy names the role.
    REQUIRE(shop.rbac.delete_ssd_set("take-and-refund"));
    shop.refuses(rbac_error::listed_in_policy, [](rbac& r) { return r.delete_role("support"); });
    shop.refuses(rbac_error::listed_in_policy, [](rbac& r) { return r.delete_role("billing"); });
    CHECK(shop.rbac.delete_role("refunds"));
}

TEST_CASE("users whom the policy lists are kept to separations like those of the directory") {
    policy_builder rules = listing_rules();
    rules.user("fay").assign({"support", "writer"});
    office shop(rules);
    rbac_result const at_once = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.create_ssd_set("desk", {"support", "writer"}, 2);
    });
    CHECK(at_once.whose == "fay");
    REQUIRE(at_once.violations.size() == 1);
    CHECK(at_once.violations[0].rule == "desk");
    CHECK(at_once.violations[0].roles == list{"support", "writer"});

    REQUIRE(shop.rbac.create_ssd_set("counter", {"support", "approver"}, 2));
    rbac_result const by_inheritance = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.add_inheritance("writer", "approver");
    });
    CHECK(by_inheritance.whose == "fay");
    REQUIRE(by_inheritance.violations.size() == 1);
    CHECK(by_inheritance.violations[0].roles == list{"support", "writer"});
}

TEST_CASE("a separation that assignments of a listed user break, passed or not, is refused") {
    // As in a file: the policy counts all assignments of those whom it lists.
    office shop(listing_rules());
    rbac_result const said = shop.rbac.create_ssd_set("desk", {"support", "billing"}, 2);
    CHECK(!said);
    CHECK(
        (said.error == rbac_error::static_separation || said.error == rbac_error::invalid_policy));
    CHECK(shop.rbac.ssd_role_sets().value == list{"take-and-refund"});
}

// ---- Versions --------------------------------------------------------------------------------

TEST_CASE("changes of roles make a policy version, and changes of users and sessions none") {
    office shop;
    std::uint32_t version = shop.pdp.version();
    auto const moves = [&](rbac_result const& said) {
        CHECK(said);
        CHECK(said.policy_version == ++version);
        CHECK(shop.pdp.version() == version);
    };
    auto const stays = [&](rbac_result const& said) {
        CHECK(said);
        CHECK(said.policy_version == 0);
        CHECK(shop.pdp.version() == version);
    };
    stays(shop.rbac.add_user("ann"));
    moves(shop.rbac.add_role("courier"));
    stays(shop.rbac.assign_user("ann", "courier"));
    moves(shop.rbac.grant_permission("account", "view", "courier"));
    stays(shop.rbac.create_session("ann", "a1", {}));
    stays(shop.rbac.add_active_role("ann", "a1", "courier"));
    moves(shop.rbac.add_inheritance("courier", "employee"));
    moves(shop.rbac.create_ssd_set("desk", {"courier", "writer"}, 2));
    moves(shop.rbac.create_dsd_set("counter", {"courier", "writer", "support"}, 2));
    moves(shop.rbac.set_dsd_set_cardinality("counter", 3));
    moves(shop.rbac.set_dsd_set_cardinality("counter", 2));
    moves(shop.rbac.delete_dsd_role_member("counter", "support"));
    moves(shop.rbac.delete_ssd_set("desk"));
    moves(shop.rbac.delete_dsd_set("counter"));
    moves(shop.rbac.delete_inheritance("courier", "employee"));
    moves(shop.rbac.revoke_permission("account", "view", "courier"));
    stays(shop.rbac.drop_active_role("ann", "a1", "courier"));
    stays(shop.rbac.delete_session("ann", "a1"));
    stays(shop.rbac.deassign_user("ann", "courier"));
    moves(shop.rbac.delete_role("courier"));
    stays(shop.rbac.delete_user("ann"));
}

TEST_CASE("the sink hears of each policy version") {
    office shop;
    (void)shop.sink.taken();
    REQUIRE(shop.rbac.add_role("courier"));
    REQUIRE(shop.rbac.add_user("ann"));
    REQUIRE(!shop.rbac.add_role("courier"));
    auto const records = shop.sink.taken();
    REQUIRE(records.size() == 1);
    CHECK(records[0].kind == audit_kind::policy_activated);
}

// ---- Surroundings ----------------------------------------------------------------------------

TEST_CASE("a directory that can't be read or written is said to be unavailable") {
    failing_staff staff;
    testing::recording_sink sink;
    authorizer pdp{shop_rules().build().value(), sink, staff, {.today = day("2027-01-10")}};
    rbac functions{pdp, staff};
    REQUIRE(functions.add_user("ann"));
    REQUIRE(functions.assign_user("ann", "support"));
    REQUIRE(functions.create_session("ann", "a1", {"support"}));
    staff.fails = true;
    pdp.users_changed();
    auto const unavailable = [](auto const& said) {
        CHECK(to_string(said.error) == "unavailable");
        CHECK(!said.text.empty());
    };
    unavailable(functions.add_user("bob"));
    unavailable(functions.delete_user("ann"));
    unavailable(functions.assign_user("ann", "writer"));
    unavailable(functions.deassign_user("ann", "support"));
    unavailable(functions.create_session("ann", "a2", {}));
    unavailable(functions.delete_role("support"));
    unavailable(functions.add_inheritance("support", "writer"));
    unavailable(functions.create_ssd_set("desk", {"support", "writer"}, 2));
    unavailable(functions.assigned_users("support"));
    unavailable(functions.assigned_roles("ann"));
    unavailable(functions.authorized_users("support"));
    unavailable(functions.authorized_roles("ann"));
    unavailable(functions.user_permissions("ann"));
    CHECK(!functions.check_access("a1", "view", "account").value);
    CHECK(pdp.version() == 1);

    staff.fails = false;
    pdp.users_changed();
    CHECK(functions.assigned_roles("ann").value == list{"support"});
    CHECK(functions.sessions() == list{"a1"});
    CHECK(functions.check_access("a1", "view", "account").value);
}

TEST_CASE("a directory that tells of no changes is changed by these functions all the same") {
    failing_staff staff;
    testing::recording_sink sink;
    authorizer pdp{shop_rules().build().value(), sink, staff, {.today = day("2027-01-10")}};
    rbac functions{pdp, staff};
    REQUIRE(functions.add_user("ann"));
    REQUIRE(functions.assign_user("ann", "support"));
    REQUIRE(functions.assign_user("ann", "refunds"));
    REQUIRE(functions.create_session("ann", "a1", {"support"}));
    REQUIRE(functions.create_session("ann", "a2", {"refunds"}));
    live_session beside = pdp.session("ann", {"support"}).value();
    REQUIRE(functions.deassign_user("ann", "support"));
    CHECK(functions.sessions() == list{"a2"});
    CHECK(!beside.allows(view, *pdp.category("account")));
    CHECK(!pdp.decide(beside, view, *pdp.category("account")));
    REQUIRE(functions.delete_user("ann"));
    CHECK(functions.sessions().empty());
    CHECK(functions.create_session("ann", "a1", {}).error == rbac_error::unknown_user);
}

TEST_CASE("several threads may call the functions at once, and none sees a half change") {
    office shop;
    shop.hire("ann", {"support"}, "a1", {"support"});
    std::vector<std::thread> crowd;
    crowd.reserve(4);
    for (int number = 0; number < 4; ++number)
        crowd.emplace_back([&shop, number] {
            std::string const own = "user-" + std::to_string(number);
            for (int round = 0; round < 25; ++round) {
                // Only one of them can have it; whoever is refused is told why.
                rbac_result const made = shop.rbac.add_role("courier");
                if (made) shop.rbac.delete_role("courier");
                shop.rbac.add_user(own);
                shop.rbac.assign_user(own, number % 2 == 0 ? "billing" : "refunds");
                shop.rbac.create_session(own, own, {});
                (void)shop.rbac.check_access("a1", "view", "account");
                shop.rbac.delete_user(own);
            }
        });
    for (std::thread& one : crowd) one.join();
    CHECK(shop.rbac.sessions() == list{"a1"});
    CHECK(shop.allowed("a1", "view", "account"));
    CHECK(shop.staff.size() == 1);
    CHECK(!shop.pdp.role("courier"));
}
