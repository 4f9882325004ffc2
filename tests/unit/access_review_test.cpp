// The review of access. That it agrees with checks is tried on random policies and directories in
// tests/model/access_review_test.cpp.
#include "support/small_shop.hpp"
#include "support/user_table.hpp"
#include <rolecall/access_review.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using rolecall::testing::user_table;
using rolecall::tests::listed_shop;
using rolecall::tests::small_shop;

namespace {

date day(std::string_view text) { return date::parse(text).value(); }

std::string joined(std::vector<std::string> const& words, std::string_view between = " ") {
    std::string text;
    for (std::string const& word : words) text += (text.empty() ? "" : std::string(between)) + word;
    return text;
}

// `support`, `employee through support until 2026-12-31`, `lead of policy and directory`
std::string text_of(reviewed_role const& role) {
    std::string text = role.role;
    if (role.through.size() > 1) text += " through " + joined(role.through, ">");
    if (role.until) text += " until " + role.until->to_string();
    if (role.assigned && role.assigned_until != role.until)
        text += " assigned until " + role.assigned_until.value().to_string();
    if (role.assigned != (role.from_policy || role.from_directory)) text += " from nowhere";
    if (role.from_policy) text += " of policy";
    if (role.from_directory) text += role.from_policy ? " and directory" : " of directory";
    return text;
}

std::string text_of(std::vector<reviewed_role> const& roles) {
    std::vector<std::string> texts;
    for (reviewed_role const& role : roles) texts.push_back(text_of(role));
    return joined(texts, ", ");
}

// A line for each user.
std::string users_of(access_review const& review) {
    std::string text;
    for (reviewed_user const& user : review.users) {
        holding const& has = review.held_by(user);
        text += user.id + ": " + text_of(has.roles);
        if (!has.passed.empty()) text += "; passed: " + text_of(has.passed);
        if (!has.unknown_roles.empty()) text += "; unknown: " + joined(has.unknown_roles);
        for (separation_violation const& broken : has.violations) text += "; breaks " + broken.rule;
        if (has.refused != reason::granted)
            text += "; denied everything, " + std::string(to_string(has.refused));
        text += '\n';
    }
    return text;
}

reviewed_access const* find(access_review const& review, std::string_view action,
                            std::string_view category) {
    auto const found = std::find_if(
        review.access.begin(), review.access.end(),
        [&](reviewed_access const& a) { return a.action == action && a.category == category; });
    return found == review.access.end() ? nullptr : &*found;
}

std::string text_of(right_basis const& basis) {
    std::string text;
    for (granting_role const& role : basis.through) {
        text += (text.empty() ? " as " : " or ") + role.role;
        if (role.until) text += " until " + role.until->to_string();
    }
    if (basis.apart) text += ", apart";
    if (!basis.condition.empty()) text += ", if " + basis.condition;
    if (basis.until) text += ", until " + basis.until->to_string();
    return text;
}

std::string who(access_review const& review, std::string_view action, std::string_view category) {
    auto const* const access = find(review, action, category);
    if (access == nullptr) return "nobody";
    std::string text;
    for (holder const& one : review.holders(*access))
        text += (text.empty() ? "" : "; ") + one.name + text_of(one);
    return text;
}

}  // namespace

TEST_CASE("a review lists users of the policy and of the directory together, by id") {
    user_table const staff(
        {{"eve", {{"billing", day("2027-01-31")}}}, {"abe", {{"support"}}}, {"zoe", {}}});
    access_review const review(listed_shop(), staff, {.on = day("2026-11-15")});
    CHECK(review.complete);
    CHECK(users_of(review) ==
          "abe: employee through support>employee, support of directory\n"
          "dana: employee through support>employee, support of policy\n"
          "eve: billing until 2027-01-31 of directory, "
          "employee through billing>employee until 2027-01-31, "
          "marketing until 2026-12-31 of policy, support until 2026-11-30 of policy\n"
          "zoe: \n");
    CHECK(!review.users[0].in_policy);
    CHECK(review.users[0].in_directory);
    CHECK(review.users[1].in_policy);
    CHECK(!review.users[1].in_directory);
    CHECK(review.users[2].in_policy);
    CHECK(review.users[2].in_directory);
    for (std::size_t i = 0; i < review.users.size(); ++i) CHECK(review.users[i].holding == i);
    CHECK(review.users_without_roles == std::vector<std::string>{"zoe"});
    CHECK(review.roles_without_users == std::vector<std::string>{"refunds"});
}

TEST_CASE("a review says by which policy and for which day it is") {
    auto const policy = yaml::load_text(
                            "rolecall: 1\n"
                            "policy: {name: Corner shop, owner: privacy@shop.example}\n"
                            "categories: {account: {about: Names, level: restricted, "
                            "laws: [PCI DSS, GDPR]}}\n"
                            "roles: {desk: {may: {account: view}}}\n"
                            "users: {dana: desk}\n")
                            .value();
    access_review const review(policy, {}, {.on = day("2026-11-22"), .ending_within_days = 7});
    CHECK(review.policy_name == "Corner shop");
    CHECK(review.policy_owner == "privacy@shop.example");
    CHECK(review.policy_digest == digest(policy));
    CHECK(review.on == day("2026-11-22"));
    CHECK(review.ending_within_days == 7);
    REQUIRE(review.access.size() == 1);
    CHECK(review.access[0].level == "restricted");
    CHECK(review.access[0].laws == std::vector<std::string>{"PCI DSS", "GDPR"});
    CHECK(access_review(small_shop(), {}).policy_name.empty());
}

TEST_CASE("an inherited role is shown with the shortest way, and of several the first by name") {
    policy_builder b;
    b.role("base");
    b.role("middle").inherits("base");
    b.role("alpha").inherits("middle");
    b.role("beta").inherits("base");
    b.role("gamma").inherits("base");
    user_table const staff({{"ann", {{"alpha"}, {"gamma"}, {"beta", day("2030-01-01")}}},
                            {"bob", {{"alpha"}}},
                            {"cid", {{"alpha"}, {"base", day("2026-12-01")}}}});
    access_review const review(b.build().value(), staff, {.on = day("2026-11-15")});
    CHECK(users_of(review) ==
          "ann: alpha of directory, base through beta>base, beta until 2030-01-01 of directory, "
          "gamma of directory, middle through alpha>middle\n"
          "bob: alpha of directory, base through alpha>middle>base, middle through alpha>middle\n"
          // Held for good by inheritance, and once more until a day.
          "cid: alpha of directory, base assigned until 2026-12-01 of directory, "
          "middle through alpha>middle\n");
}

TEST_CASE("which of two ways is the first by name does not depend on the order of the policy") {
    policy_builder b;
    b.role("base");
    b.role("zeta").inherits("base");
    b.role("beta").inherits("base");
    b.role("top").inherits("zeta").inherits("beta");
    user_table const staff({{"ann", {{"top"}}}, {"bob", {{"zeta"}, {"beta"}}}});
    access_review const review(b.build().value(), staff);
    CHECK(users_of(review) ==
          "ann: base through top>beta>base, beta through top>beta, top of directory, "
          "zeta through top>zeta\n"
          "bob: base through beta>base, beta of directory, zeta of directory\n");
}

TEST_CASE("an assignment holds through its last day, and has passed on the next") {
    user_table const staff({{"ann", {{"support", day("2026-11-15")}}}});
    CHECK(users_of(access_review(small_shop(), staff, {.on = day("2026-11-15")})) ==
          "ann: employee through support>employee until 2026-11-15, "
          "support until 2026-11-15 of directory\n");
    access_review const after(small_shop(), staff, {.on = day("2026-11-16")});
    CHECK(users_of(after) ==
          "ann: ; passed: support until 2026-11-15 of directory; denied everything, expired\n");
    CHECK(after.users_without_roles == std::vector<std::string>{"ann"});
    CHECK(after.access.empty());
}

TEST_CASE("a role that the policy and the directory assign counts until the later day") {
    policy_builder b;
    b.role("desk");
    b.user("ann").assign({"desk"}, day("2026-12-31"));
    b.user("bob").assign({"desk"}, day("2026-01-31"));
    user_table const staff(
        {{"ann", {{"desk", day("2026-06-30")}, {"desk", day("2027-06-30")}}}, {"bob", {{"desk"}}}});
    access_review const review(b.build().value(), staff, {.on = day("2026-11-15")});
    CHECK(users_of(review) ==
          "ann: desk until 2027-06-30 of policy and directory\n"
          "bob: desk of directory\n");
}

TEST_CASE("a role that the policy does not declare is told, and its user has no access") {
    user_table const staff({{"ann", {{"support"}, {"supprt"}, {"billing-2"}}},
                            {"bob", {{"supprt", day("2026-01-01")}, {"support"}}}});
    access_review const review(small_shop(), staff, {.on = day("2026-11-15")});
    CHECK(users_of(review) ==
          "ann: employee through support>employee, support of directory; "
          "unknown: billing-2 supprt; denied everything, unknown-name\n"
          "bob: employee through support>employee, support of directory; "
          "passed: supprt until 2026-01-01 of directory\n");
    CHECK(who(review, "view", "account") == "bob as support");
}

TEST_CASE("whoever breaks a separation is told, with its roles, and has no access") {
    user_table const staff({{"ann", {{"refunds"}, {"billing"}}}, {"bob", {{"billing"}}}});
    access_review const review(small_shop(), staff, {.on = day("2026-11-15")});
    REQUIRE(review.held_by(review.users[0]).violations.size() == 1);
    separation_violation const& broken = review.held_by(review.users[0]).violations[0];
    CHECK(broken.rule == "take-and-refund");
    CHECK(broken.roles == std::vector<std::string>{"billing", "refunds"});
    CHECK(review.held_by(review.users[0]).refused == reason::separation);
    CHECK(review.held_by(review.users[1]).violations.empty());
    CHECK(who(review, "view", "payment") == "bob as billing");
    CHECK(who(review, "modify", "payment") == "nobody");
}

TEST_CASE("access says through which roles, under which condition, and until when") {
    user_table const staff(
        {{"ann", {{"support"}, {"billing", day("2026-12-31")}}},
         {"bob", {{"support", day("2026-11-30")}}},
         {"cid", {{"billing", day("2026-11-30")}, {"support", day("2026-12-15")}}}});
    access_review const review(small_shop(), staff, {.on = day("2026-11-15")});
    CHECK(who(review, "view", "account") ==
          "ann as billing until 2026-12-31 or support; "
          "bob as support until 2026-11-30, until 2026-11-30; "
          "cid as billing until 2026-11-30 or support until 2026-12-15, until 2026-12-15");
    CHECK(who(review, "modify", "account") ==
          "ann as support; bob as support until 2026-11-30, until 2026-11-30; "
          "cid as support until 2026-12-15, until 2026-12-15");
    CHECK(who(review, "delete", "account") ==
          "ann as billing until 2026-12-31, if not legal-hold, until 2026-12-31; "
          "cid as billing until 2026-11-30, if not legal-hold, until 2026-11-30");
}

TEST_CASE("access is less the guardrails of every role held") {
    user_table const staff(
        {{"ann", {{"support"}, {"marketing"}}}, {"bob", {{"support"}}}, {"cid", {{"marketing"}}}});
    access_review const review(small_shop(), staff, {.on = day("2026-11-15")});
    CHECK(who(review, "view", "payment") == "bob as support, if open-ticket");
    CHECK(who(review, "view", "account") == "ann as support; bob as support");
    CHECK(who(review, "view", "testimonial") ==
          "ann as marketing, if consent; cid as marketing, if consent");
}

TEST_CASE("access is sorted by category and action, and by ways within, which count their users") {
    user_table const staff({{"ann", {{"support"}}},
                            {"bob", {{"billing"}}},
                            {"cid", {{"support", day("2027-01-01")}}},
                            {"eve", {{"billing"}, {"support"}}}});
    access_review const review(small_shop(), staff, {.on = day("2026-11-15")});
    CHECK(std::is_sorted(
        review.access.begin(), review.access.end(), [](auto const& a, auto const& b) {
            return std::pair(a.category, a.action) < std::pair(b.category, b.action);
        }));
    auto const* const access = find(review, "view", "account");
    REQUIRE(access != nullptr);
    CHECK(access->users == 4);
    REQUIRE(access->ways.size() == 3);
    CHECK(text_of(access->ways[0]) == " as billing");
    CHECK(access->ways[0].users == 1);
    CHECK(text_of(access->ways[1]) == " as billing or support");
    CHECK(text_of(access->ways[2]) == " as support");
    CHECK(access->ways[2].users == 2);
    CHECK(access->ways[2].holdings.size() == 2);
}

TEST_CASE("assignments that end soon are listed by day, from the day of the review on") {
    user_table const staff({{"ann", {{"support", day("2026-12-15")}}},
                            {"bob", {{"support", day("2026-11-15")}, {"billing"}}},
                            {"cid", {{"support", day("2026-12-16")}}},
                            {"eve", {{"billing", day("2026-11-14")}}},
                            {"abe", {{"marketing", day("2026-12-15")}}}});
    auto const text = [](access_review const& review) {
        std::string all;
        for (ending_assignment const& one : review.ending)
            all += one.until.to_string() + ' ' + one.id + ' ' + one.role + '\n';
        return all;
    };
    CHECK(text(access_review(small_shop(), staff,
                             {.on = day("2026-11-15"), .ending_within_days = 30})) ==
          "2026-11-15 bob support\n2026-12-15 abe marketing\n2026-12-15 ann support\n");
    CHECK(text(access_review(small_shop(), staff,
                             {.on = day("2026-11-15"), .ending_within_days = 0})) ==
          "2026-11-15 bob support\n");
}

TEST_CASE("users who were assigned the same share what they hold") {
    user_table staff;
    for (int i = 0; i < 100; ++i)
        staff.users["u" + std::to_string(i)] = {{i % 2 == 0 ? "support" : "billing"}};
    access_review const review(small_shop(), staff);
    CHECK(review.users.size() == 100);
    REQUIRE(review.holdings.size() == 2);
    CHECK(review.holdings[0].users.size() == 50);
    CHECK(review.users[0].holding == 0);  // by their first user
    CHECK(review.users[1].id == "u1");
    CHECK(review.users[1].holding == 1);
    for (reviewed_user const& user : review.users)
        CHECK(std::count(review.held_by(user).users.begin(), review.held_by(user).users.end(),
                         static_cast<std::size_t>(&user - review.users.data())) == 1);
}

TEST_CASE("a directory that fails makes a review that is not complete") {
    struct failing {
        user_lookup roles_of(std::string_view, role_taker&) const {
            return user_lookup::unavailable;
        }
        bool each_user(user_visitor&) const { return false; }
    } const directory;
    access_review const review(listed_shop(), directory, {.on = day("2026-11-15")});
    CHECK(!review.complete);
    CHECK(review.users.size() == 2);
    CHECK_THROWS_AS(static_cast<void>(who_has(listed_shop(), directory, "support")),
                    std::runtime_error);
    CHECK(who_can(listed_shop(), directory, "view", "account").why == reason::unavailable);
    CHECK(what_can_user(listed_shop(), directory, "dana").why == reason::unavailable);
}

TEST_CASE("a directory that can't list its users can't be reviewed") {
    struct closed {
        user_lookup roles_of(std::string_view, role_taker&) const { return user_lookup::unknown; }
    } const directory;
    CHECK_THROWS_AS(access_review(small_shop(), directory), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(who_has(small_shop(), directory, "support")),
                    std::invalid_argument);
    CHECK(who_can(small_shop(), directory, "view", "account").why == reason::unavailable);
    CHECK(what_can_user(listed_shop(), directory, "dana"));
}

TEST_CASE("who has a role is listed by id, with why, and whether or not they may use it") {
    user_table const staff({{"ann", {{"support", day("2026-12-31")}}},
                            {"bob", {{"employee"}}},
                            {"cid", {{"billing", day("2026-01-01")}}},
                            {"eve", {{"refunds"}, {"billing"}}},
                            {"fay", {{"support"}, {"ghost"}}}});
    auto const text = [&](std::string_view role) {
        std::string all;
        for (role_holder const& one : who_has(listed_shop(), staff, role, day("2026-12-05")))
            all += one.id + ": " + text_of(one.why) + '\n';
        return all;
    };
    CHECK(text("employee") ==
          "ann: employee through support>employee until 2026-12-31\n"
          "bob: employee of directory\n"
          "dana: employee through support>employee\n"
          "eve: employee through billing>employee\n"
          "fay: employee through support>employee\n");
    CHECK(text("billing") == "eve: billing of directory\n");
    CHECK(text("marketing") == "eve: marketing until 2026-12-31 of policy\n");
    CHECK(text("ghost").empty());
}

TEST_CASE("who can, with a directory, lists its users beside those of the policy") {
    user_table const staff({{"ann", {{"support", day("2026-12-31")}}},
                            {"fay", {{"support"}, {"ghost"}}},
                            {"eve", {{"billing"}}}});
    auto const list = who_can(listed_shop(), staff, "view", "account", day("2026-11-15"));
    REQUIRE(list);
    std::string users;
    for (holder const& one : list.holders)
        if (one.what == holder::kind::user) users += one.name + text_of(one) + '\n';
    CHECK(users ==
          "ann as support until 2026-12-31, until 2026-12-31\n"
          "dana as support\n"
          "eve as billing or support until 2026-11-30\n");
    CHECK(who_can(listed_shop(), staff, "veiw", "account").why == reason::unknown_name);
}

TEST_CASE("what can a user of a directory do is answered as a check of theirs is") {
    user_table const staff({{"ann", {{"support", day("2026-12-31")}}},
                            {"fay", {{"support"}, {"ghost"}}},
                            {"gil", {{"billing"}, {"refunds"}}},
                            {"hal", {{"support", day("2026-01-01")}}},
                            {"ida", {}}});
    auto const ask = [&](std::string_view id) {
        return what_can_user(small_shop(), staff, id, day("2026-11-15"));
    };
    auto const ann = ask("ann");
    REQUIRE(ann.rights.size() == 3);
    CHECK(ann.rights[0].action == "modify");
    CHECK(text_of(ann.rights[0]) == " as support until 2026-12-31, until 2026-12-31");
    CHECK(ask("fay").why == reason::unknown_name);
    CHECK(ask("gil").why == reason::separation);
    CHECK(ask("hal").why == reason::expired);
    CHECK(ask("ida"));
    CHECK(ask("ida").rights.empty());
    CHECK(ask("nobody").why == reason::unknown_name);
}
