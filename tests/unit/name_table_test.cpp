#include <rolecall/detail/lineage.hpp>
#include <rolecall/detail/name_table.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <string>

using namespace rolecall::detail;

TEST_CASE("a name has the number that it was given, and no other text has one") {
    name_table table;
    CHECK(table.find("") == name_table::none);
    for (std::uint32_t i = 0; i < 70'000; ++i) REQUIRE(table.add("name-" + std::to_string(i)) == i);
    for (std::uint32_t i = 0; i < 70'000; ++i) {
        std::string const name = "name-" + std::to_string(i);
        REQUIRE(table.find(name) == i);
        REQUIRE(table.name(i) == name);
    }
    CHECK(table.find("name-70000") == name_table::none);
    CHECK(table.find("name-") == name_table::none);
    CHECK(table.find(std::string("name-1\0", 7)) == name_table::none);
}

TEST_CASE("names of every length are found, and differ from their neighbours") {
    name_table table;
    for (std::size_t length = 0; length < 300; ++length) table.add(std::string(length, 'x'));
    for (std::size_t length = 0; length < 300; ++length) {
        REQUIRE(table.find(std::string(length, 'x')) == length);
        std::string other(length + 1, 'x');
        other[length / 2] = 'y';
        REQUIRE(table.find(other) == name_table::none);
    }
}

TEST_CASE("every stamp has sixteen bits set and follows the one before") {
    stamp previous = 0x0000FFFF;
    for (int i = 0; i < 100'000; ++i) {
        stamp const next = next_stamp(previous);
        REQUIRE(std::popcount(next) == 16);
        REQUIRE(next > previous);
        previous = next;
    }
    CHECK(new_lineage() != new_lineage());
}
