#include "support/small_shop.hpp"
#include <rolecall/detail/adopt.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace rolecall::detail;

TEST_CASE("a number that was given to nothing has no name, and moves no other") {
    name_table table;
    table.add_gap();
    CHECK(table.add("one") == 1);
    table.add_gap();
    table.add_gap();
    CHECK(table.add("four") == 4);
    table.add_gap();
    CHECK(table.size() == 6);
    for (std::uint32_t const gap : {0U, 2U, 3U, 5U}) {
        CHECK_FALSE(table.declared(gap));
        CHECK(table.name(gap).empty());
    }
    CHECK(table.declared(1));
    CHECK(table.name(4) == "four");
    CHECK_FALSE(table.declared(6));
    CHECK_FALSE(table.declared(name_table::none));
    CHECK(table.find("") == name_table::none);
    CHECK(table.find("one") == 1);
    CHECK(table.find("onefour") == name_table::none);
}

TEST_CASE("a table of nothing but gaps finds nothing") {
    name_table table;
    for (int i = 0; i < 100; ++i) table.add_gap();
    CHECK(table.find("") == name_table::none);
    CHECK(table.find("x") == name_table::none);
    CHECK(table.size() == 100);
    CHECK(table.add("x") == 100);
}

TEST_CASE("a lineage has room for a quarter more names than its first policy, and for sixteen") {
    CHECK(with_room_to_grow(0) == 16);
    CHECK(with_room_to_grow(1) == 17);
    CHECK(with_room_to_grow(64) == 80);
    CHECK(with_room_to_grow(67) == 83);
    CHECK(with_room_to_grow(68) == 85);
    CHECK(with_room_to_grow(1000) == 1250);
    CHECK(with_room_to_grow(max_numbers - 1) == max_numbers + 1);
    CHECK(with_room_to_grow(max_numbers) == max_numbers + 1);
}

TEST_CASE("a numbering begins with the names of the lineage's first policy") {
    rolecall::policy const shop = rolecall::tests::small_shop();
    policy_data const& p = data_of(shop);
    CHECK(p.names_of_lineage.load() == nullptr);
    numbering& names = numbering_of(p);
    CHECK(&numbering_of(p) == &names);
    CHECK(p.names_of_lineage.load() == &names);
    CHECK(names.uses.load() == 1);
    CHECK(names.max_roles == p.rows_of_role.size());
    CHECK(names.max_categories == p.width);
    auto const same = [](name_table const& a, name_table const& b) {
        if (a.size() != b.size()) return false;
        for (std::uint32_t n = 0; n < a.size(); ++n)
            if (a.name(n) != b.name(n)) return false;
        return true;
    };
    CHECK(same(names.roles, p.roles));
    CHECK(same(names.categories, p.categories));
    CHECK(same(names.actions, p.actions));
    CHECK(same(names.facts, p.facts));
}

TEST_CASE("all policies of a lineage share one numbering, as long as one of them lives") {
    auto const first = rolecall::tests::small_shop();
    numbering& names = numbering_of(data_of(first));
    {
        auto const second = adopt(rolecall::tests::small_shop(), first).value();
        auto const third = adopt(rolecall::tests::listed_shop(), second).value();
        CHECK(&numbering_of(data_of(second)) == &names);
        CHECK(&numbering_of(data_of(third)) == &names);
        CHECK(names.uses.load() == 3);
    }
    CHECK(names.uses.load() == 1);
}

TEST_CASE("a numbering lives on when the lineage's first policy is gone") {
    auto const second = [] {
        auto const first = rolecall::tests::small_shop();
        return adopt(rolecall::tests::small_shop(), first).value();
    }();
    numbering& names = numbering_of(data_of(second));
    CHECK(names.uses.load() == 1);
    auto const third = adopt(rolecall::tests::small_shop(), second).value();
    CHECK(third.role("billing") == second.role("billing"));
}
