#include "support/user_table.hpp"
#include <rolecall/blast_radius.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rc = rolecall;
using rc::testing::user_table;

namespace {

using names = std::vector<std::string>;

constexpr std::string_view shop_text = R"(rolecall: 1
levels: [open, secret]
actions: {share: Pass it on}
facts: {asked: The customer asked, hold: A court asked}
categories:
  account: {about: Names, level: secret, laws: [GDPR]}
  account.phone: {about: Numbers, laws: [ePrivacy]}
  account.phone.work: {about: Numbers at work, level: open}
  attic: Nobody's
roles:
  desk: {may: {account: [view, modify], account.phone: {view: {if: asked}}}}
  cash: {may: {account: {view: {if: hold}}, account.phone: {view: always, share: always}}}
  sales: {may: {account.phone.work: all}}
  idle: Nothing
never:
  no-phones:
    roles: sales
    categories: account.phone
    actions: share
separation:
  apart: {roles: [desk, cash], at-most: 1, per: person}
users:
  ann: desk
  bob: [cash, sales]
)";

rc::policy shop() { return rc::yaml::load_text(shop_text).value(); }

rc::exposure_options on_a_day(rc::facts known = {}) {
    return {rc::date::parse("2026-06-15").value(), known};
}

names categories_of(rc::exposed_level const& level) {
    names result;
    for (auto const& category : level.categories) result.push_back(category.category);
    return result;
}

// The users of a table, who can't be listed.
struct closed_table {
    user_table of;
    rc::user_lookup roles_of(std::string_view id, rc::role_taker& take) const {
        return of.roles_of(id, take);
    }
};

struct broken_table {
    rc::user_lookup roles_of(std::string_view /*id*/, rc::role_taker& /*take*/) const {
        return rc::user_lookup::unavailable;
    }
    bool each_user(rc::user_visitor& /*visit*/) const { return false; }
};

TEST_CASE("a category without a level has that of the nearest one above it") {
    rc::policy const policy = shop();
    auto const radius = rc::blast_radius_of_roles(policy, {"desk", "cash", "sales"}, on_a_day());
    REQUIRE(radius);
    REQUIRE(radius.levels.size() == 3);
    CHECK(radius.levels[0].level == "secret");
    CHECK(radius.levels[0].of == 2);
    CHECK(categories_of(radius.levels[0]) == names{"account", "account.phone"});
    CHECK(radius.levels[1].level == "open");
    CHECK(categories_of(radius.levels[1]) == names{"account.phone.work"});
    CHECK(radius.levels[2].level.empty());
    CHECK(radius.levels[2].of == 1);
    CHECK(radius.levels[2].categories.empty());
}

TEST_CASE("the laws of a category are its own and those above it") {
    rc::policy const policy = shop();
    auto const radius = rc::blast_radius_of_roles(policy, {"cash"}, on_a_day());
    CHECK(radius.levels[0].categories[0].laws == names{"GDPR"});
    CHECK(radius.levels[0].categories[1].laws == names{"GDPR", "ePrivacy"});
    CHECK(radius.levels[0].laws == names{"GDPR", "ePrivacy"});
    auto const sales = rc::blast_radius_of_roles(policy, {"sales"}, on_a_day());
    CHECK(sales.levels[1].categories[0].laws == names{"GDPR", "ePrivacy"});
}

TEST_CASE("an application that asks as roles asks as one after the other") {
    rc::policy const policy = shop();
    // One person may not hold both, and the guardrail of sales would bind whoever held it beside
    // cash. Who asks as cash alone shares phones all the same.
    auto const radius = rc::blast_radius_of_roles(policy, {"sales", "cash", "desk"}, on_a_day());
    REQUIRE(radius);
    CHECK(radius.apart);
    CHECK(radius.roles == names{"cash", "desk", "sales"});
    auto const& phone = radius.levels[0].categories[1];
    REQUIRE(phone.rights.size() == 2);
    CHECK(phone.rights[0].action == "view");
    CHECK(phone.rights[0].always());
    CHECK(phone.rights[0].through.size() == 2);
    CHECK(phone.rights[1].action == "share");
    CHECK(phone.rights[1].always());
    CHECK(radius.each.size() == 3);
    CHECK(radius.compared_with == 1);
    CHECK(radius.less == 1);

    // A person who holds both is bound.
    auto const bob = rc::blast_radius_of_user(policy, {}, "bob", on_a_day());
    REQUIRE(bob);
    for (auto const& category : bob.levels[0].categories)
        for (auto const& right : category.rights) CHECK(right.action != "share");
}

TEST_CASE("a right of several roles holds under the condition of any of them") {
    rc::policy const policy = rc::yaml::load_text(
                                  "rolecall: 1\nfacts: {a: A, b: B, c: C}\n"
                                  "categories: {x: X}\n"
                                  "roles:\n"
                                  "  one: {may: {x: {view: {if: a}}}}\n"
                                  "  two: {may: {x: {view: {if-all: [b, c]}}}}\n"
                                  "  three: {may: {x: {view: {if-all: [a, c]}}}}\n")
                                  .value();
    auto const radius = rc::blast_radius_of_roles(policy, {"one", "two", "three"}, on_a_day());
    auto const& right = radius.levels.back().categories[0].rights[0];
    CHECK(right.condition == "a or b and c");
    CHECK(right.facts == names{"a", "b", "c"});
    CHECK(right.through.size() == 3);
    CHECK(radius.total.rights == rc::exposure_count{0, 1});
}

TEST_CASE("facts that are known make certain, or close") {
    rc::policy const policy = shop();
    rc::fact_ref const hold = policy.fact("hold").value();
    auto const with = [&](bool value) {
        return rc::blast_radius_of_roles(policy, {"cash"}, on_a_day({{hold, value}})).total.rights;
    };
    CHECK(rc::blast_radius_of_roles(policy, {"cash"}, on_a_day()).total.rights ==
          rc::exposure_count{2, 3});
    CHECK(with(true) == rc::exposure_count{3, 3});
    CHECK(with(false) == rc::exposure_count{2, 2});
}

TEST_CASE("what the policy does not declare is no question") {
    rc::policy const policy = shop();
    rc::policy const other = shop();
    auto const foreign = on_a_day({{other.fact("hold").value(), true}});
    CHECK(rc::blast_radius_of_roles(policy, {"dsek"}).why == rc::reason::unknown_name);
    CHECK(rc::blast_radius_of_roles(policy, {"desk"}, foreign).why == rc::reason::unknown_name);
    CHECK(rc::blast_radius_of_user(policy, {}, "eve").why == rc::reason::unknown_name);
    CHECK(rc::blast_radius_of_user(policy, {}, "ann", foreign).why == rc::reason::unknown_name);
    CHECK(rc::rank_exposure(policy, {}, foreign).why == rc::reason::unknown_name);
    CHECK(rc::rank_exposure(policy, {}, {}, "restricted").why == rc::reason::unknown_name);
    CHECK(rc::rank_exposure(policy, {}, {}, "").why == rc::reason::unknown_name);
    CHECK(rc::who_reaches(policy, {}, "acount").why == rc::reason::unknown_name);
    CHECK(rc::who_reaches(policy, {}, "account", false, foreign).why == rc::reason::unknown_name);
}

TEST_CASE("no roles expose nothing") {
    rc::policy const policy = shop();
    auto const radius = rc::blast_radius_of_roles(policy, {}, on_a_day());
    CHECK(radius);
    CHECK(!radius.exposed());
    CHECK(radius.compared_with == 4);
    CHECK(radius.as_much == 1);
}

TEST_CASE("a directory that can't list its users leaves nothing to compare with") {
    rc::policy const policy = shop();
    closed_table const closed{user_table({{"zed", {{"desk", {}}}}})};
    CHECK(rc::blast_radius_of_user(policy, closed, "zed", on_a_day()).why ==
          rc::reason::unavailable);
    CHECK(rc::rank_exposure(policy, closed, on_a_day()).why == rc::reason::unavailable);
    broken_table const broken;
    CHECK(rc::blast_radius_of_user(policy, broken, "ann").why == rc::reason::unavailable);
    CHECK(rc::who_reaches(policy, broken, "account").why == rc::reason::unavailable);
}

TEST_CASE("users who are refused everything are not compared with") {
    rc::policy const policy = shop();
    user_table const staff({{"both", {{"desk", {}}, {"cash", {}}}},
                            {"ghost", {{"of-no-policy", {}}}},
                            {"new", {}},
                            {"old", {{"desk", rc::date::parse("2026-01-31")}}},
                            {"zed", {{"desk", {}}}}});
    auto const ann = rc::blast_radius_of_user(policy, staff, "ann", on_a_day());
    REQUIRE(ann);
    CHECK(ann.compared_with == 3);  // bob, new and zed
    CHECK(ann.as_much == 1);
    CHECK(ann.others.rights.possible.least == 0);
    CHECK(rc::blast_radius_of_user(policy, staff, "both", on_a_day()).why ==
          rc::reason::separation);
    auto const ranking = rc::rank_exposure(policy, staff, on_a_day());
    CHECK(ranking.user_count == 4);
    REQUIRE(ranking.users.size() == 2);
    CHECK(ranking.users[0].names == names{"ann", "zed"});
    CHECK(ranking.users[0].roles == names{"desk"});
    CHECK(ranking.users[1].names == names{"bob"});
}

TEST_CASE("who reaches a category does so until the role that gives it ends") {
    rc::policy const policy = shop();
    auto const june = rc::date::parse("2026-06-30");
    auto const may = rc::date::parse("2027-05-31");
    user_table const staff({{"ann", {{"sales", june}}}, {"zed", {{"sales", june}, {"idle", may}}}});
    auto const found = rc::who_reaches(policy, staff, "account.phone.work", false, on_a_day());
    REQUIRE(found);
    CHECK(found.user_count == 3);
    CHECK(found.users.possible == 3);
    std::size_t seen = 0;
    for (auto const& who : found.by_user)
        for (auto const& user : who.users) {
            REQUIRE(user.ends.size() == who.rights.size());
            ++seen;
            CHECK(user.until == (user.id == "bob" ? std::nullopt : june));
            CHECK(user.ends.front() == user.until);
        }
    CHECK(seen == 3);
    CHECK(found.rights.size() == 5);
    CHECK(found.rights.back().users.possible == 0);
}

TEST_CASE("what lies below a category does so by its dots") {
    rc::policy const policy =
        rc::yaml::load_text(
            "rolecall: 1\n"
            "categories: {pay: A, pay.card: B, payroll: C, pay.card.pin: D}\n"
            "roles: {clerk: {may: {pay.card: view, payroll: view, pay.card.pin: "
            "view}}}\n")
            .value();
    auto const reached = [&](bool below) {
        names result;
        for (auto const& who : rc::who_reaches(policy, {}, "pay", below).by_role)
            for (auto const& right : who.rights) result.push_back(right.category);
        return result;
    };
    CHECK(reached(false).empty());
    CHECK(reached(true) == names{"pay.card", "pay.card.pin"});
}

}  // namespace
