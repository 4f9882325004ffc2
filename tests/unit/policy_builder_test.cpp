#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

using namespace rolecall;

namespace {

std::vector<std::string> codes(policy_builder const& builder) {
    std::vector<std::string> result;
    policy_result const built = builder.build();
    for (diagnostic const& d : built.findings()) result.emplace_back(to_string(d.code));
    return result;
}

policy_builder small() {
    policy_builder b;
    b.fact("f", "A fact");
    b.category("c", "A category");
    b.role("r");
    return b;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("what is wrong in code gets the codes that a file would get") {
    policy_builder b = small();
    b.role("s").inherits("nobody").may("c", {"veiw"}).may("d", {"view"}, if_fact("g"));
    b.category("c", "Again");
    b.never("g").roles({"no-one"});
    CHECK(codes(b) == list{"duplicate-definition", "unknown-role", "unknown-role",
                           "unknown-category", "unknown-action", "unknown-fact"});
}

TEST_CASE("what only code can say wrong is refused") {
    auto refused = [](auto&& change) {
        policy_builder b = small();
        change(b);
        return codes(b);
    };
    CHECK(refused([](auto& b) { b.role("s").may("c", {"view"}, if_all({})); }) ==
          list{"empty-value"});
    CHECK(refused([](auto& b) { b.role("s").may("c", {"view"}, if_any({})); }) ==
          list{"empty-value"});
    CHECK(refused([](auto& b) { b.role("s").may("c", {"view"}, any_of({})); }) ==
          list{"empty-value"});
    CHECK(refused([](auto& b) { b.role("s").may("c", {}); }) == list{"empty-value"});
    CHECK(refused([](auto& b) { b.category("d", "D").required("view", {}); }) ==
          list{"empty-value"});
    CHECK(refused([](auto& b) { b.never("g"); }) == list{"missing-key"});
    CHECK(refused([](auto& b) { b.user("u"); }) == list{"empty-value"});
    CHECK(refused([](auto& b) { b.user("u").assign({}); }) == list{"empty-value"});
    CHECK(refused([](auto& b) { b.category("d", ""); }) == list{"missing-key"});
    CHECK(refused([](auto& b) { b.category("d", "\xFF"); }) == list{"invalid-utf8"});
    CHECK(refused([](auto& b) { b.category("d", "a\x1B"); }) == list{"control-character"});
    CHECK(refused([](auto& b) { b.category("d", "a\u202E"); }) == list{"hidden-character"});
    CHECK(refused([](auto& b) { b.separation("s", {"r"}, 1, separation_scope::person); }) ==
          list{"separation-count"});
}

TEST_CASE("a condition without facts never becomes a grant without condition") {
    policy_builder b = small();
    b.role("s").may("c", {"view"}, any_of({if_all({}), if_fact("f")}));
    CHECK_FALSE(b.build());
}

TEST_CASE("calls for the same category add to one line") {
    policy_builder b = small();
    b.role("s").may("c", {"view"}, if_fact("f")).may("c", {"modify"});
    CHECK(b.build());
    b.role("t").may("c", {"view"}).may("c", {"view"});
    CHECK(codes(b) == list{"repeated-name"});
}

TEST_CASE("a cycle is reported with its path") {
    policy_builder b;
    b.role("a").inherits("b");
    b.role("b").inherits("c");
    b.role("c").inherits("a");
    policy_result const built = b.build();
    REQUIRE(built.findings().size() == 1);
    CHECK(built.findings()[0].text == "role `a` inherits itself: `a` → `b` → `c` → `a`");
}

TEST_CASE("a chain of 65,535 roles is no deep recursion") {
    policy_builder b;
    b.category("c", "C");
    b.role("r0").may("c", {"view"});
    for (int i = 1; i < 65'535; ++i)
        b.role("r" + std::to_string(i)).inherits("r" + std::to_string(i - 1));
    policy_result const built = b.build();
    REQUIRE(built);
    CHECK(built->allows("r65534", "view", "c"));
}

TEST_CASE("limits are diagnostics, and what is allowed just fits") {
    policy_builder facts;
    for (int i = 0; i < 64; ++i) facts.fact("f" + std::to_string(i), "F");
    facts.category("c", "C");
    facts.role("r").may("c", {"view"}, if_fact("f63"));
    policy_result const full = facts.build();
    REQUIRE(full);
    CHECK(full->allows("r", "view", "c", full->make_facts({{"f63", true}})));
    CHECK_FALSE(full->allows("r", "view", "c", full->make_facts({{"f62", true}})));
    facts.fact("f64", "F");
    CHECK(codes(facts) == list{"too-many-names"});

    policy_builder actions;
    for (int i = 0; i < 12; ++i) actions.action("a" + std::to_string(i), "A");
    actions.category("c", "C");
    actions.role("r").may("c", {"a9"});
    policy_result const twelve = actions.build();
    REQUIRE(twelve);
    CHECK(twelve->allows("r", "a9", "c"));
    CHECK_FALSE(twelve->allows("r", "a8", "c"));
    actions.action("a12", "A");
    CHECK(codes(actions) == list{"too-many-names"});
}

TEST_CASE("a table that would be too large is refused") {
    policy_builder b;
    for (int i = 0; i < 200; ++i) b.category("c" + std::to_string(i), "C");
    for (int i = 0; i < 200; ++i)
        b.role("r" + std::to_string(i)).may("c" + std::to_string(i), {"view"});
    CHECK(b.build());
    policy_builder::options tight;
    tight.max_table_bytes = 64 << 10;
    policy_result const refused = b.build(tight);
    REQUIRE(refused.findings().size() == 1);
    CHECK(to_string(refused.findings()[0].code) == "table-too-large");
    CHECK_FALSE(refused);
    CHECK_THROWS_AS(static_cast<void>(refused.value()), invalid_policy);
}

TEST_CASE("at most means one less than there are roles") {
    auto with = [](std::uint32_t at_most) {
        policy_builder b;
        for (auto const* name : {"a", "b", "c"}) b.role(name);
        b.separation("s", {"a", "b", "c"}, at_most, separation_scope::session);
        return codes(b);
    };
    CHECK(with(0) == list{"separation-count"});
    CHECK(with(1).empty());
    CHECK(with(2).empty());
    CHECK(with(3) == list{"separation-count"});
    CHECK(with(std::numeric_limits<std::uint32_t>::max()) == list{"separation-count"});
}

TEST_CASE("a role, or a listed user, that breaks a separation by inheritance is refused") {
    policy_builder b;
    b.role("take");
    b.role("give");
    b.role("chief").inherits("take");
    b.separation("s", {"take", "give"}, 1, separation_scope::person);
    b.user("u").assign({"chief"}, date::parse("2001-01-01")).assign({"give"});
    CHECK(codes(b) == list{"separation-by-user"});
    b.role("both").inherits("chief").inherits("give");
    b.role("above").inherits("both");
    CHECK(codes(b) == list{"separation-by-role", "separation-by-user"});
}
