#include "support/recording_sink.hpp"
#include "support/small_shop.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/user_directory.hpp>

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using rolecall::testing::recording_sink;

namespace {

using names = std::vector<std::string>;

date on_day(std::string_view text) { return date::parse(text).value(); }

request ask(std::string_view user, std::string_view action, std::string_view category,
            date on = date::today()) {
    return {subject::user(user), action, category, {}, on};
}

names active_roles(live_session const& who) {
    names result;
    for (role_ref const role : who.snapshot().active_roles())
        result.emplace_back(who.snapshot().of().name(role));
    return result;
}

names authorized_roles(live_session const& who) {
    names result;
    for (role_ref const role : who.snapshot().authorized_roles())
        result.emplace_back(who.snapshot().of().name(role));
    return result;
}

// What a business might have: nothing but the one function that is asked for.
struct own_table {
    std::map<std::string, std::vector<std::string>, std::less<>> rows{};
    user_lookup otherwise = user_lookup::unknown;

    user_lookup roles_of(std::string_view id, role_taker& take) const {
        auto const row = rows.find(id);
        if (row == rows.end()) return otherwise;
        for (std::string const& role : row->second) take(role);
        return user_lookup::known;
    }
};

struct broken_table {
    user_lookup roles_of(std::string_view, role_taker& take) const {
        take("billing");
        throw std::runtime_error("the database is gone");
    }
};

static_assert(user_directory<own_table> && !listing_directory<own_table>);
static_assert(user_directory<broken_table>);
static_assert(editable_directory<assignments>);
static_assert(!user_directory<std::vector<int>>);

}  // namespace

TEST_CASE("any type with the one function is a directory of users") {
    own_table const staff{{{"dana", {"support"}}, {"bo", {"billing", "marketing"}}}};
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    CHECK(pdp.decide(ask("dana", "view", "account")));
    CHECK(pdp.decide(ask("dana", "view", "payment.history")).reason == reason::not_granted);
    CHECK(pdp.decide(ask("stranger", "view", "account")).reason == reason::unknown_name);
    CHECK(active_roles(pdp.session("bo").value()) == names{"billing", "marketing"});
    // A guardrail of one role kills what the other grants.
    CHECK(pdp.decide(ask("bo", "view", "payment")).reason == reason::forbidden);
    CHECK(pdp.decide({subject::user("bo", {"billing"}), "view", "payment"}).reason ==
          reason::forbidden);
    CHECK(pdp.decide({subject::user("dana", {"billing"}), "view", "payment"}).reason ==
          reason::not_assigned);
    CHECK(pdp.decide({subject::user("dana", {"employee"}), "view", "account"}).reason ==
          reason::not_granted);
}

TEST_CASE("a directory that can't tell, or throws, denies as unavailable") {
    own_table const silent{{}, user_lookup::unavailable};
    authorizer const pdp{tests::small_shop(), no_records{}, silent};
    CHECK(pdp.decide(ask("dana", "view", "account")).reason == reason::unavailable);
    CHECK(pdp.session("dana").why() == reason::unavailable);
    CHECK(pdp.session("dana", {"support"}).why() == reason::unavailable);

    broken_table const broken;
    authorizer const other{tests::small_shop(), no_records{}, broken};
    CHECK(other.decide(ask("dana", "view", "payment")).reason == reason::unavailable);
    CHECK(other.session("dana").why() == reason::unavailable);
}

TEST_CASE("a view that is made of an editable view outlives it") {
    assignments staff;
    staff.add_user("dana");
    auto const through = [](assignments& of) {
        editable_users_view const editable(of);
        editable_users_view again(editable);
        users_view const& what_it_is = again;
        return users_view(what_it_is);
    };
    users_view const lasting = through(staff);
    std::size_t seen = 0;
    auto count = [&](std::string_view, std::span<user_role const>) { ++seen; };
    user_visitor visit(count);
    CHECK(lasting.each_user(visit));
    CHECK(seen == 1);
    CHECK(lasting.can_notify());
}

TEST_CASE("an authorizer without a directory goes on as before") {
    authorizer const pdp{tests::small_shop(), no_records{}};
    CHECK(pdp.session("anyone", {"support"}));
    CHECK(pdp.session("anyone").why() == reason::unknown_name);
}

TEST_CASE("with a directory, nobody is vouched for unless the policy says that there are others") {
    own_table const staff{{{"dana", {"support"}}}};
    authorizer const closed{tests::small_shop(), no_records{}, staff};
    CHECK(closed.session("stranger", {"billing"}).why() == reason::unknown_name);

    policy_builder b;
    b.header("Open").other_users = true;
    b.category("account", "Name and address");
    b.role("support").may("account", {"view"});
    b.role("guest");
    authorizer const open{b.build().value(), no_records{}, staff};
    CHECK(open.session("stranger", {"support"}));
    CHECK(open.session("stranger").why() == reason::unknown_name);
    CHECK(open.session("dana", {"guest"}).why() == reason::not_assigned);
}

TEST_CASE("a user has the roles of the policy and those of the directory together") {
    own_table const staff{{{"dana", {"billing"}}, {"zoe", {"support"}}}};
    authorizer const pdp{
        tests::listed_shop(), no_records{}, staff, {.today = on_day("2026-11-01")}};
    CHECK(active_roles(pdp.session("dana").value()) == names{"billing", "support"});
    CHECK(pdp.session("zoe"));
    CHECK(pdp.session("eve"));  // of the policy alone
    CHECK(pdp.session("nobody").why() == reason::unknown_name);
}

TEST_CASE("separation per person counts over the policy and the directory") {
    policy_builder b;
    b.category("payment", "Bank details");
    b.role("billing").may("payment", {"view"});
    b.role("refunds").may("payment", {"modify"});
    b.user("dana").assign({"billing"});
    b.separation("take-and-refund", {"billing", "refunds"}, 1, separation_scope::person);
    own_table const staff{{{"dana", {"refunds"}}, {"bo", {"refunds"}}}};
    authorizer const pdp{b.build().value(), no_records{}, staff};
    CHECK(pdp.session("bo"));
    CHECK(pdp.session("dana").why() == reason::separation);
    CHECK(pdp.session("dana", {"billing"}).why() == reason::separation);
    CHECK(pdp.decide(ask("dana", "view", "payment")).reason == reason::separation);
}

TEST_CASE(
    "a role of the directory that the policy does not declare denies all that its user asks") {
    own_table staff{{{"dana", {"support", "campaigns"}}}};
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    CHECK(pdp.decide(ask("dana", "view", "account")).reason == reason::unknown_name);
    CHECK(pdp.session("dana").why() == reason::unknown_name);
    auto const why = explain(tests::small_shop(), staff, ask("dana", "view", "account"));
    CHECK(why.for_owner.find("`campaigns`, which is not a role of this policy") !=
          std::string::npos);
}

TEST_CASE("an assignment of the directory counts through its last day") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support", on_day("2026-11-30"));
    staff.assign("dana", "gone", on_day("2020-01-01"));  // no role of the policy, and long past
    authorizer pdp{tests::small_shop(), no_records{}, staff, {.today = on_day("2026-11-30")}};
    CHECK(pdp.today() == on_day("2026-11-30"));
    auto dana = pdp.session("dana").value();
    auto const account = pdp.category("account").value();
    CHECK(dana.allows(view, account));
    CHECK(pdp.decide(ask("dana", "view", "account", on_day("2026-11-30"))));
    CHECK(pdp.decide(ask("dana", "view", "account", on_day("2026-12-01"))).reason ==
          reason::expired);

    CHECK(pdp.tick(on_day("2026-12-01")));
    CHECK_FALSE(dana.allows(view, account));
    CHECK(pdp.decide(dana, view, account).reason == reason::expired);
    CHECK(dana.refresh() == reason::expired);
}

TEST_CASE("whoever has no role at all may ask, and is granted nothing") {
    assignments staff;
    staff.add_user("dana");
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    auto const dana = pdp.session("dana").value();
    CHECK(active_roles(dana).empty());
    CHECK(pdp.decide(dana, view, pdp.category("account").value()).reason == reason::not_granted);
}

TEST_CASE("sessions feel a change of assignments at the next check") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support");
    recording_sink sink;
    authorizer const pdp{tests::small_shop(), sink, staff};
    auto dana = pdp.session("dana").value();
    auto const account = pdp.category("account").value();
    CHECK(dana.allows(view, account));

    staff.deassign("dana", "support");
    CHECK(dana.stale());
    CHECK_FALSE(dana.allows(view, account));
    CHECK(pdp.decide(dana, view, account).reason == reason::not_granted);
    CHECK(dana.refresh() == reason::granted);
    CHECK_FALSE(dana.allows(view, account));

    staff.assign("dana", "support");
    CHECK(pdp.decide(dana, view, account));  // settled anew for this one question
    CHECK_FALSE(dana.allows(view, account));
    CHECK(dana.refresh() == reason::granted);
    CHECK(dana.allows(view, account));

    staff.remove_user("dana");
    CHECK(pdp.decide(dana, view, account).reason == reason::unknown_name);
    CHECK(dana.refresh() == reason::unknown_name);
    CHECK(sink.records.size() == 3);
}

TEST_CASE("edits that change nothing leave sessions as they are") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support");
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    auto const dana = pdp.session("dana").value();
    staff.assign("dana", "support");
    staff.add_user("dana");
    staff.deassign("dana", "billing");
    staff.remove_user("bo");
    CHECK_FALSE(dana.stale());
}

TEST_CASE("an application tells of the changes of a directory that does not") {
    own_table staff{{{"dana", {"support"}}}};
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    auto dana = pdp.session("dana").value();
    auto const account = pdp.category("account").value();
    staff.rows.at("dana").clear();
    CHECK(dana.allows(view, account));
    pdp.users_changed();
    CHECK_FALSE(dana.allows(view, account));
    CHECK(dana.refresh() == reason::granted);
    CHECK_FALSE(dana.allows(view, account));
}

TEST_CASE("several authorizers hear of one directory, and one that is gone is not told") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support");
    std::optional<live_session> left;
    authorizer const stays{tests::small_shop(), no_records{}, staff};
    {
        authorizer const goes{tests::small_shop(), no_records{}, staff};
        left = goes.session("dana").value();
    }
    auto const dana = stays.session("dana").value();
    staff.deassign("dana", "support");
    CHECK(dana.stale());
    CHECK(left->refresh() == reason::unavailable);
}

TEST_CASE("a session adds and drops active roles, of those that the user holds or inherits") {
    own_table const staff{{{"dana", {"billing", "support"}}}};
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    auto const account = pdp.category("account").value();
    auto dana = pdp.session("dana", {"employee"}).value();
    CHECK(authorized_roles(dana) == names{"billing", "employee", "support"});
    CHECK_FALSE(dana.allows(view, account));

    CHECK(dana.add_active_role("support") == reason::granted);
    CHECK(active_roles(dana) == names{"employee", "support"});
    CHECK(dana.allows(modify, account));
    CHECK(dana.add_active_role("support") == reason::granted);

    CHECK(dana.add_active_role("marketing") == reason::not_assigned);
    CHECK(dana.add_active_role("no-such-role") == reason::unknown_name);
    CHECK(active_roles(dana) == names{"employee", "support"});
    CHECK(dana.allows(modify, account));

    CHECK(dana.drop_active_role("support") == reason::granted);
    CHECK_FALSE(dana.allows(modify, account));
    CHECK(dana.drop_active_role("support") == reason::not_assigned);
    CHECK(dana.drop_active_role("employee") == reason::granted);
    CHECK(active_roles(dana).empty());
}

TEST_CASE("who has not chosen has all assigned roles active, and can drop one of them") {
    own_table const staff{{{"bo", {"billing", "marketing"}}}};
    authorizer pdp{tests::small_shop(), no_records{}, staff};
    auto const payment = pdp.category("payment").value();
    auto bo = pdp.session("bo").value();
    CHECK_FALSE(bo.allows(view, payment));
    CHECK(bo.drop_active_role("marketing") == reason::granted);
    CHECK(active_roles(bo) == names{"billing"});
    // Still held: the guardrail of marketing stays.
    CHECK_FALSE(bo.allows(view, payment));
    CHECK(pdp.decide(bo, view, payment).reason == reason::forbidden);
}

TEST_CASE("a role that was chosen twice is dropped at once") {
    own_table const staff{{{"dana", {"support"}}}};
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    auto dana = pdp.session("dana", {"support", "support"}).value();
    CHECK(dana.drop_active_role("support") == reason::granted);
    CHECK(active_roles(dana).empty());
    CHECK_FALSE(dana.allows(view, pdp.category("account").value()));
}

TEST_CASE("who may be vouched for beside a directory stays so when the policy is replaced") {
    auto const rules = [](bool others) {
        policy_builder b;
        b.header("Shop").other_users = others;
        b.category("account", "Name and address");
        b.role("support").may("account", {"view"});
        return b.build().value();
    };
    own_table const staff;
    authorizer pdp{rules(false), no_records{}, staff};
    CHECK(pdp.session("stranger", {"support"}).why() == reason::unknown_name);
    pdp.replace(rules(true));
    CHECK(pdp.session("stranger", {"support"}));
    pdp.replace(rules(false));
    CHECK(pdp.session("stranger", {"support"}).why() == reason::unknown_name);
}

TEST_CASE("dynamic separation refuses a role beside those that are active, and nothing changes") {
    policy_builder b;
    b.category("payment", "Bank details");
    b.role("till").may("payment", {"view"});
    b.role("audit").may("payment", {"modify"});
    b.role("head-audit").inherits("audit");
    b.separation("one-hat", {"till", "audit"}, 1, separation_scope::session);
    assignments staff;
    staff.add_user("dana");
    for (std::string_view const role : {"till", "head-audit"}) staff.assign("dana", role);
    authorizer const pdp{b.build().value(), no_records{}, staff};
    auto const payment = pdp.category("payment").value();
    CHECK(pdp.session("dana").why() == reason::separation);
    auto dana = pdp.session("dana", {"till"}).value();
    CHECK(dana.add_active_role("head-audit") == reason::separation);
    CHECK(active_roles(dana) == names{"till"});
    CHECK(dana.allows(view, payment));
    CHECK(dana.drop_active_role("till") == reason::granted);
    CHECK(dana.add_active_role("head-audit") == reason::granted);
    CHECK(dana.allows(modify, payment));
    CHECK_FALSE(dana.allows(view, payment));
}

TEST_CASE("roles that an application vouches for are not added to or dropped from a session") {
    authorizer const pdp{tests::small_shop(), no_records{}};
    auto vouched = pdp.session("somebody", {"support"}).value();
    CHECK(vouched.add_active_role("billing") == reason::not_assigned);
    CHECK(vouched.drop_active_role("support") == reason::not_assigned);
    auto of_roles = pdp.session_of_roles({"support"}).value();
    CHECK(of_roles.add_active_role("billing") == reason::not_assigned);
    CHECK(vouched.allows(view, pdp.category("account").value()));
}

TEST_CASE(
    "a change of active roles is by the policy of now, and a stale session comes back by it") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support");
    authorizer pdp{tests::small_shop(), no_records{}, staff};
    auto dana = pdp.session("dana").value();
    pdp.replace(tests::small_shop());
    CHECK(dana.stale());
    CHECK(dana.drop_active_role("support") == reason::granted);
    CHECK_FALSE(dana.stale());
    CHECK(dana.policy_version() == 2);
}

TEST_CASE("a decision for a user of a directory is explained with what the directory says") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support", on_day("2026-11-30"));
    policy const shop = tests::small_shop();
    auto const allowed = explain(shop, staff, ask("dana", "view", "account", on_day("2026-11-01")));
    CHECK(allowed.answer.reason == reason::granted);
    CHECK(allowed.for_owner.find("dana as support may view account") != std::string::npos);
    auto const ended = explain(shop, staff, ask("dana", "view", "account", on_day("2026-12-01")));
    CHECK(ended.answer.reason == reason::expired);
    CHECK(ended.for_owner.find("2026-11-30") != std::string::npos);
    auto const nobody = explain(shop, staff, ask("stranger", "view", "account"));
    CHECK(nobody.for_owner == "`stranger` is neither a user of this policy nor of the directory.");

    authorizer const pdp{shop, no_records{}, staff, {.today = on_day("2026-11-01")}};
    auto const session = pdp.session("dana").value();
    auto const payment = pdp.category("payment").value();
    auto const answer = pdp.decide(session, modify, payment);
    CHECK(pdp.explain(session, modify, payment, answer).answer.reason == reason::not_granted);
}
