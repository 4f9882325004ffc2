#include <rolecall/date.hpp>

#include <doctest/doctest.h>

using rolecall::date;

TEST_CASE("a date is read and written as year, month and day") {
    CHECK(date::parse("1970-01-01")->days() == 0);
    CHECK(date::parse("1969-12-31")->days() == -1);
    CHECK(date::parse("2000-03-01")->days() == 11'017);
    CHECK(date::parse("2027-03-31")->to_string() == "2027-03-31");
    CHECK(date::parse("0001-01-01")->to_string() == "0001-01-01");
    CHECK(date::parse("9999-12-31")->to_string() == "9999-12-31");
}

TEST_CASE("every day of eight centuries comes back as it was written") {
    std::int32_t const first = date::parse("1600-01-01")->days();
    std::int32_t const last = date::parse("2400-12-31")->days();
    REQUIRE(last - first == 292'559);
    for (std::int32_t day = first; day <= last; ++day)
        REQUIRE(date::parse(date::from_days(day).to_string())->days() == day);
}

TEST_CASE("a day that does not exist is no date") {
    for (auto const* text : {"2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
                             "2026-01-00", "0000-01-01"})
        CHECK_MESSAGE(!date::parse(text), text);
    CHECK(date::parse("2024-02-29"));
    CHECK(date::parse("2000-02-29"));
}

TEST_CASE("another spelling is no date") {
    for (auto const* text : {"", "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01 ",
                             " 2026-01-01", "+026-01-01", "2026-0x-01", "20260101", "2026-01-011"})
        CHECK_MESSAGE(!date::parse(text), text);
}

TEST_CASE("today is a day of our time") {
    CHECK(date::today() > *date::parse("2024-01-01"));
    CHECK(date::today() < *date::parse("2200-01-01"));
}
