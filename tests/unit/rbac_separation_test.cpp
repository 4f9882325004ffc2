// Static and dynamic separation of duty of the standard. What both have in common is tried with
// both.
#include "unit/rbac_office.hpp"
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

using namespace rolecall;
using rolecall::tests::list;
using rolecall::tests::office;

namespace {

// The functions of one kind of set.
struct set_functions {
    char const* kind;
    rbac_result (rbac::*create)(std::string_view, role_list, std::size_t);
    rbac_result (rbac::*add)(std::string_view, std::string_view);
    rbac_result (rbac::*remove)(std::string_view, std::string_view);
    rbac_result (rbac::*drop)(std::string_view);
    rbac_result (rbac::*set)(std::string_view, std::size_t);
    rbac_answer<list> (rbac::*all)() const;
    rbac_answer<list> (rbac::*roles)(std::string_view) const;
    rbac_answer<std::size_t> (rbac::*cardinality)(std::string_view) const;
    char const* at_first;  // the set that the shop has
    char const* of_other_kind;
    separation_scope per;
};

constexpr set_functions both_kinds[] = {
    {"static", &rbac::create_ssd_set, &rbac::add_ssd_role_member, &rbac::delete_ssd_role_member,
     &rbac::delete_ssd_set, &rbac::set_ssd_set_cardinality, &rbac::ssd_role_sets,
     &rbac::ssd_role_set_roles, &rbac::ssd_role_set_cardinality, "take-and-refund", "four-eyes",
     separation_scope::person},
    {"dynamic", &rbac::create_dsd_set, &rbac::add_dsd_role_member, &rbac::delete_dsd_role_member,
     &rbac::delete_dsd_set, &rbac::set_dsd_set_cardinality, &rbac::dsd_role_sets,
     &rbac::dsd_role_set_roles, &rbac::dsd_role_set_cardinality, "four-eyes", "take-and-refund",
     separation_scope::session}};

}  // namespace

TEST_CASE("create_ssd_set and create_dsd_set make a set, with at-most one less than cardinality") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        rbac_result const made =
            (shop.rbac.*f.create)("desk", {"support", "writer", "refunds", "writer"}, 3);
        CHECK(made);
        CHECK(made.policy_version == shop.pdp.version());
        CHECK((shop.rbac.*f.roles)("desk").value == list{"refunds", "support", "writer"});
        CHECK((shop.rbac.*f.cardinality)("desk").value == 3);

        policy const rules = shop.pdp.current();
        written_separation const& written = rules.source().separations.back();
        CHECK(written.name.text == "desk");
        CHECK(written.at_most == 2);
        CHECK(written.per == f.per);
    }
}

TEST_CASE("create_ssd_set and create_dsd_set refuse in the order of their conditions") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        auto const refused = [&](rbac_error why, std::string_view set, list const& roles,
                                 std::size_t cardinality) {
            shop.refuses(why, [&](rbac& r) { return (r.*f.create)(set, roles, cardinality); });
        };
        refused(rbac_error::set_exists, f.at_first, {"courier"}, 0);
        // The two kinds share their names, as they do in a policy's `separation`.
        refused(rbac_error::set_exists, f.of_other_kind, {"support", "writer"}, 2);
        refused(rbac_error::invalid_name, "", {"courier"}, 0);
        refused(rbac_error::invalid_name, "The Desk", {"courier"}, 0);
        refused(rbac_error::unknown_role, "desk", {"support", "courier"}, 0);
        refused(rbac_error::cardinality, "desk", {"support", "writer"}, 0);
        refused(rbac_error::cardinality, "desk", {"support", "writer"}, 1);
        refused(rbac_error::cardinality, "desk", {"support", "writer"}, 3);
        // A role named twice is one role.
        refused(rbac_error::cardinality, "desk", {"support", "support"}, 2);
        refused(rbac_error::cardinality, "desk", {}, 2);
        refused(rbac_error::invalid_policy, "four_eyes", {"support", "writer"}, 2);
    }
}

TEST_CASE("add_ssd_role_member and add_dsd_role_member add one role to a set") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        rbac_result const added = (shop.rbac.*f.add)(f.at_first, "support");
        CHECK(added);
        CHECK(added.policy_version == shop.pdp.version());
        CHECK((shop.rbac.*f.roles)(f.at_first).value.size() == 3);
        CHECK((shop.rbac.*f.cardinality)(f.at_first).value == 2);

        shop.refuses(rbac_error::unknown_set, [&](rbac& r) { return (r.*f.add)("x", "courier"); });
        shop.refuses(rbac_error::unknown_set,
                     [&](rbac& r) { return (r.*f.add)(f.of_other_kind, "support"); });
        shop.refuses(rbac_error::unknown_role,
                     [&](rbac& r) { return (r.*f.add)(f.at_first, "courier"); });
        shop.refuses(rbac_error::already_member,
                     [&](rbac& r) { return (r.*f.add)(f.at_first, "support"); });
    }
}

TEST_CASE("delete_ssd_role_member and delete_dsd_role_member take one role out of a set") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        list const at_first = (shop.rbac.*f.roles)(f.at_first).value;
        shop.refuses(rbac_error::cardinality,
                     [&](rbac& r) { return (r.*f.remove)(f.at_first, at_first[0]); });
        REQUIRE((shop.rbac.*f.add)(f.at_first, "support"));
        shop.refuses(rbac_error::unknown_set,
                     [&](rbac& r) { return (r.*f.remove)("x", "courier"); });
        shop.refuses(rbac_error::unknown_set,
                     [&](rbac& r) { return (r.*f.remove)(f.of_other_kind, "support"); });
        shop.refuses(rbac_error::unknown_role,
                     [&](rbac& r) { return (r.*f.remove)(f.at_first, "courier"); });
        shop.refuses(rbac_error::not_member,
                     [&](rbac& r) { return (r.*f.remove)(f.at_first, "employee"); });
        rbac_result const taken = (shop.rbac.*f.remove)(f.at_first, at_first[0]);
        CHECK(taken);
        CHECK(taken.policy_version == shop.pdp.version());
        list left{at_first[1], "support"};
        std::sort(left.begin(), left.end());
        CHECK((shop.rbac.*f.roles)(f.at_first).value == left);
    }
}

TEST_CASE("delete_ssd_set and delete_dsd_set end a rule") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        shop.refuses(rbac_error::unknown_set, [&](rbac& r) { return (r.*f.drop)("x"); });
        shop.refuses(rbac_error::unknown_set,
                     [&](rbac& r) { return (r.*f.drop)(f.of_other_kind); });
        rbac_result const gone = (shop.rbac.*f.drop)(f.at_first);
        CHECK(gone);
        CHECK(gone.policy_version == shop.pdp.version());
        CHECK((shop.rbac.*f.all)().value.empty());
        CHECK((shop.rbac.*f.roles)(f.at_first).error == rbac_error::unknown_set);
        // What it kept apart may come together now.
        bool const is_static = f.per == separation_scope::person;
        list const roles = is_static ? list{"billing", "refunds"} : list{"approver", "writer"};
        shop.hire("ann", roles, "a1", roles);
    }
}

TEST_CASE("set_ssd_set_cardinality and set_dsd_set_cardinality change how many are too many") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        REQUIRE((shop.rbac.*f.add)(f.at_first, "support"));
        rbac_result const changed = (shop.rbac.*f.set)(f.at_first, 3);
        CHECK(changed);
        CHECK(changed.policy_version == shop.pdp.version());
        CHECK((shop.rbac.*f.cardinality)(f.at_first).value == 3);
        CHECK((shop.rbac.*f.roles)(f.at_first).value.size() == 3);

        shop.refuses(rbac_error::unknown_set, [&](rbac& r) { return (r.*f.set)("x", 0); });
        shop.refuses(rbac_error::unknown_set,
                     [&](rbac& r) { return (r.*f.set)(f.of_other_kind, 2); });
        for (std::size_t const n : {0U, 1U, 4U, 4'000'000'000U})
            shop.refuses(rbac_error::cardinality,
                         [&](rbac& r) { return (r.*f.set)(f.at_first, n); });
        shop.refuses(rbac_error::cardinality,
                     [&](rbac& r) { return (r.*f.set)(f.at_first, (std::size_t{1} << 32U) + 2); });
        // The same again is no change.
        rbac_result const same = (shop.rbac.*f.set)(f.at_first, 3);
        CHECK(same);
        CHECK(same.policy_version == 0);
    }
}

TEST_CASE("the reviews of sets tell their names, roles and cardinality, each kind its own") {
    for (set_functions const& f : both_kinds) {
        CAPTURE(f.kind);
        office shop;
        REQUIRE((shop.rbac.*f.create)("desk", {"writer", "support"}, 2));
        list expected{"desk", f.at_first};
        std::sort(expected.begin(), expected.end());
        CHECK((shop.rbac.*f.all)().error == rbac_error::none);
        CHECK((shop.rbac.*f.all)().value == expected);
        CHECK((shop.rbac.*f.roles)("desk").value == list{"support", "writer"});
        CHECK((shop.rbac.*f.cardinality)("desk").value == 2);
        for (std::string const set : {"x", "", f.of_other_kind}) {
            CHECK((shop.rbac.*f.roles)(set).error == rbac_error::unknown_set);
            CHECK((shop.rbac.*f.cardinality)(set).error == rbac_error::unknown_set);
        }
    }
}

// ---- Static ----------------------------------------------------------------------------------

TEST_CASE("assign_user refuses to give one person what is kept apart, and names the fewest") {
    office shop;
    shop.hire("ann", {"support", "writer", "billing"});
    rbac_result const said = shop.refuses(rbac_error::static_separation,
                                          [](rbac& r) { return r.assign_user("ann", "refunds"); });
    CHECK(said.whose == "ann");
    REQUIRE(said.violations.size() == 1);
    separation_violation const& one = said.violations[0];
    CHECK(one.rule == "take-and-refund");
    CHECK(one.per == separation_scope::person);
    CHECK(one.at_most == 1);
    CHECK(one.because == "Who takes the money must not give it back");
    CHECK(one.roles == list{"billing", "refunds"});
    for (std::string_view const word : {"take-and-refund", "billing", "refunds", "give it back"})
        CHECK(one.sentence.find(word) != std::string::npos);
    CHECK(said.text.find("take-and-refund") != std::string::npos);
}

TEST_CASE("assign_user counts what roles inherit, on both sides") {
    office shop;
    REQUIRE(shop.rbac.add_ascendant("cash-desk", "billing"));
    REQUIRE(shop.rbac.add_ascendant("complaints", "refunds"));
    REQUIRE(shop.rbac.add_ascendant("head-of-complaints", "complaints"));
    shop.hire("ann", {"cash-desk"});
    rbac_result const said = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.assign_user("ann", "head-of-complaints");
    });
    REQUIRE(said.violations.size() == 1);
    CHECK(said.violations[0].roles == list{"cash-desk", "head-of-complaints"});
    REQUIRE(said.violations[0].members.size() == 2);
    CHECK(said.violations[0].members[1].role == "refunds");
    CHECK(said.violations[0].members[1].through == "head-of-complaints");
}

TEST_CASE("assign_user tells every rule that would be broken, by name") {
    office shop;
    REQUIRE(shop.rbac.create_ssd_set("desk", {"support", "writer", "refunds"}, 3));
    shop.hire("ann", {"support", "writer", "billing"});
    rbac_result const said = shop.refuses(rbac_error::static_separation,
                                          [](rbac& r) { return r.assign_user("ann", "refunds"); });
    REQUIRE(said.violations.size() == 2);
    CHECK(said.violations[0].rule == "desk");
    CHECK(said.violations[0].at_most == 2);
    CHECK(said.violations[0].roles == list{"refunds", "support", "writer"});
    CHECK(said.violations[1].rule == "take-and-refund");
}

TEST_CASE("a static set is refused where somebody breaks it already, or a role by itself") {
    office shop;
    shop.hire("ann", {"support", "writer"});
    shop.hire("bob", {"support"});
    rbac_result const by_user = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.create_ssd_set("desk", {"support", "writer"}, 2);
    });
    CHECK(by_user.whose == "ann");
    rbac_result const by_role = shop.refuses(rbac_error::static_separation, [](rbac& r) {
        return r.create_ssd_set("desk", {"support", "employee"}, 2);
    });
    CHECK((by_role.whose == "support" || by_role.whose == "ann" || by_role.whose == "bob"));

    // The same by adding a role, and by allowing less.
    REQUIRE(shop.rbac.create_ssd_set("desk", {"support", "writer", "refunds"}, 3));
    shop.refuses(rbac_error::static_separation,
                 [](rbac& r) { return r.set_ssd_set_cardinality("desk", 2); });
    REQUIRE(shop.rbac.create_ssd_set("counter", {"support", "refunds"}, 2));
    shop.refuses(rbac_error::static_separation,
                 [](rbac& r) { return r.add_ssd_role_member("counter", "writer"); });
    shop.refuses(rbac_error::static_separation,
                 [](rbac& r) { return r.add_ssd_role_member("counter", "employee"); });
    REQUIRE(shop.rbac.deassign_user("ann", "writer"));
    CHECK(shop.rbac.add_ssd_role_member("counter", "writer"));
    CHECK(shop.rbac.set_ssd_set_cardinality("desk", 2));
}

// ---- Dynamic ---------------------------------------------------------------------------------

TEST_CASE("somebody may hold roles that no session may have together") {
    office shop;
    shop.hire("ann", {"writer", "approver"}, "a1", {"writer"});
    CHECK(shop.rbac.create_session("ann", "a2", {"approver"}));
    CHECK(shop.rbac.add_active_role("ann", "a1", "approver").error ==
          rbac_error::dynamic_separation);
    CHECK(shop.rbac.create_dsd_set("desk", {"writer", "support"}, 2));
    CHECK(shop.rbac.assign_user("ann", "support"));
}

TEST_CASE("a dynamic set is refused where a session breaks it already, or a role by itself") {
    office shop;
    shop.hire("ann", {"support", "writer"}, "a1", {"support", "writer"});
    rbac_result const by_session = shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.create_dsd_set("desk", {"support", "writer"}, 2);
    });
    CHECK(by_session.whose == "a1");
    shop.refuses(rbac_error::dynamic_separation, [](rbac& r) {
        return r.create_dsd_set("desk", {"support", "employee"}, 2);
    });

    REQUIRE(shop.rbac.create_dsd_set("desk", {"support", "writer", "refunds"}, 3));
    shop.refuses(rbac_error::dynamic_separation,
                 [](rbac& r) { return r.set_dsd_set_cardinality("desk", 2); });
    REQUIRE(shop.rbac.create_dsd_set("counter", {"support", "refunds"}, 2));
    shop.refuses(rbac_error::dynamic_separation,
                 [](rbac& r) { return r.add_dsd_role_member("counter", "writer"); });
    REQUIRE(shop.rbac.delete_session("ann", "a1"));
    CHECK(shop.rbac.add_dsd_role_member("counter", "writer"));
    CHECK(shop.rbac.set_dsd_set_cardinality("desk", 2));
}
