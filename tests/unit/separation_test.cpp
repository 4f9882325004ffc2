#include <rolecall/policy_builder.hpp>
#include <rolecall/separation.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;

namespace {

using names = std::vector<std::string>;

policy office() {
    policy_builder b;
    b.category("payment", "Card and bank details");
    for (std::string_view const role : {"billing", "refunds", "audit", "payout"}) b.role(role);
    b.role("cashier").inherits("billing");
    b.role("chief-cashier").inherits("cashier");
    b.role("approver").inherits("refunds");
    b.role("clerk");
    b.separation("take-and-refund", {"billing", "refunds"}, 1, separation_scope::person,
                 "Who takes the money must not approve the refund.");
    b.separation("three-hands", {"billing", "audit", "payout"}, 2, separation_scope::person);
    b.separation("one-hat", {"clerk", "audit"}, 1, separation_scope::session);
    return b.build().value();
}

}  // namespace

TEST_CASE("roles that break nothing have no violations") {
    policy const p = office();
    CHECK(person_violations(p, {}).empty());
    CHECK(person_violations(p, {"billing", "audit", "clerk"}).empty());
    CHECK(person_violations(p, {"clerk", "audit"}).empty());       // per session only
    CHECK(session_violations(p, {"billing", "refunds"}).empty());  // per person only
    CHECK(person_violations(p, {"nobody", "billing"}).empty());
}

TEST_CASE("a violation names the rule, its reason, and the roles that collide") {
    policy const p = office();
    auto const found = person_violations(p, {"clerk", "refunds", "billing"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == "take-and-refund");
    CHECK(found[0].at_most == 1);
    CHECK(found[0].per == separation_scope::person);
    CHECK(found[0].because == "Who takes the money must not approve the refund.");
    CHECK(found[0].roles == names{"billing", "refunds"});
    REQUIRE(found[0].members.size() == 2);
    CHECK(found[0].members[1].role == "refunds");
    CHECK(found[0].sentence ==
          "separation `take-and-refund`: one person may hold at most 1 of billing and refunds, and "
          "these are 2: billing and refunds; because: Who takes the money must not approve "
          "the refund");
}

TEST_CASE("roles that are inherited count, and are named with the role that inherits them") {
    policy const p = office();
    auto const found = person_violations(p, {"approver", "chief-cashier"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].roles == names{"approver", "chief-cashier"});
    CHECK(
        found[0].sentence.find("billing (through chief-cashier) and refunds (through approver)") !=
        std::string::npos);
}

TEST_CASE("every rule that is broken is reported, by name") {
    policy const p = office();
    auto const found =
        person_violations(p, {"approver", "audit", "billing", "cashier", "payout", "clerk"});
    REQUIRE(found.size() == 2);
    CHECK(found[0].rule == "take-and-refund");
    CHECK(found[0].roles == names{"approver", "billing"});
    CHECK(found[1].rule == "three-hands");
    CHECK(found[1].roles == names{"audit", "billing", "payout"});
    auto const in_session = session_violations(p, {"audit", "clerk"});
    REQUIRE(in_session.size() == 1);
    CHECK(in_session[0].rule == "one-hat");
}

TEST_CASE("a violation of a file's rule points at its line") {
    auto const loaded = yaml::load_text(
        "rolecall: 1\n"
        "categories: {payment: Bank details}\n"
        "roles: {billing: Takes money, refunds: Gives it back}\n"
        "separation:\n"
        "  take-and-refund:\n"
        "    roles: [billing, refunds]\n"
        "    at-most: 1\n"
        "    per: person\n",
        "shop.yaml");
    REQUIRE(loaded);
    auto const found = person_violations(*loaded, {"billing", "refunds"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].where.path == "shop.yaml");
    CHECK(found[0].where.line == 5);
    CHECK(found[0].sentence.find("`take-and-refund` (shop.yaml:5)") != std::string::npos);
}

TEST_CASE("the smallest set that collides is the smallest: no other set of roles is smaller") {
    // Roles that each are or inherit some of ten; a rule over the ten; all subsets tried.
    for (unsigned seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        unsigned const at_most = 2 + random() % 4;
        policy_builder b;
        b.category("payment", "Bank details");
        name_list members;
        for (unsigned m = 0; m < 10; ++m) {
            members.push_back("m" + std::to_string(m));
            b.role(members.back());
        }
        std::vector<unsigned> covers;
        names held;
        for (unsigned r = 0; r < 9; ++r) {
            held.push_back("r" + std::to_string(r));
            auto role = b.role(held.back());
            unsigned mask = 0;
            for (auto k = random() % (at_most + 1); k-- > 0;) {
                auto const m = static_cast<unsigned>(random() % 10);
                if ((mask >> m & 1U) == 0) role.inherits("m" + std::to_string(m));
                mask |= 1U << m;
            }
            covers.push_back(mask);
        }
        b.separation("rule", members, at_most, separation_scope::person);
        policy const p = b.build().value();

        int smallest = 100;
        for (unsigned set = 1; set < 1U << covers.size(); ++set) {
            unsigned mask = 0;
            for (std::size_t r = 0; r < covers.size(); ++r)
                if ((set >> r & 1U) != 0) mask |= covers[r];
            if (std::popcount(mask) > static_cast<int>(at_most))
                smallest = std::min(smallest, std::popcount(set));
        }
        auto const found = person_violations(p, held);
        REQUIRE(found.empty() == (smallest == 100));
        if (!found.empty()) {
            CHECK(static_cast<int>(found[0].roles.size()) == smallest);
            CHECK(found[0].members.size() > at_most);
            CHECK_FALSE(person_violations(p, found[0].roles).empty());
        }
    }
}
