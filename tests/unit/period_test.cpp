#include <rolecall/period.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using rolecall::date;
using rolecall::period;

namespace {

date day(std::string_view text) { return date::parse(text).value(); }

std::string after(std::string_view length, std::string_view begin) {
    return period::parse(length).value().after(day(begin)).to_string();
}

}  // namespace

TEST_CASE("a period is a number, a space and a unit, with or without an s") {
    CHECK(period::parse("6 months") == period{6, period::unit::months});
    CHECK(period::parse("1 year") == period{1, period::unit::years});
    CHECK(period::parse("1 years") == period{1, period::unit::years});
    CHECK(period::parse("90 day") == period{90, period::unit::days});
    CHECK(period::parse("999 weeks") == period{999, period::unit::weeks});
}

TEST_CASE("another spelling is no period") {
    for (auto const* text : {"",
                             "6",
                             "6 ",
                             " 6 months",
                             "6 months ",
                             "6  months",
                             "6months",
                             "06 months",
                             "0 months",
                             "-1 months",
                             "+1 months",
                             "1000 days",
                             "10000000000000000000000 days",
                             "6 Months",
                             "6 monthss",
                             "6 s",
                             "six months",
                             "6 quarters",
                             "1.5 years",
                             "6\tmonths"})
        CHECK_MESSAGE(!period::parse(text), text);
}

TEST_CASE("a period is written as it is best read, and read again") {
    CHECK(period{1, period::unit::weeks}.to_string() == "1 week");
    for (std::uint32_t count = 1; count <= 999; ++count)
        for (auto const unit :
             {period::unit::days, period::unit::weeks, period::unit::months, period::unit::years}) {
            period const one{count, unit};
            REQUIRE(period::parse(one.to_string()) == one);
        }
}

TEST_CASE("months end on the same day, or on the last of a shorter month") {
    CHECK(after("6 months", "2026-05-22") == "2026-11-22");
    CHECK(after("1 month", "2026-12-31") == "2027-01-31");
    CHECK(after("1 month", "2026-01-31") == "2026-02-28");
    CHECK(after("1 month", "2028-01-31") == "2028-02-29");
    CHECK(after("2 months", "2026-12-31") == "2027-02-28");
    CHECK(after("6 months", "2026-08-31") == "2027-02-28");
    CHECK(after("13 months", "2026-11-30") == "2027-12-30");
}

TEST_CASE("a leap day has its year on the last of February") {
    CHECK(after("1 year", "2028-02-29") == "2029-02-28");
    CHECK(after("4 years", "2028-02-29") == "2032-02-29");
    CHECK(after("1 year", "2027-02-28") == "2028-02-28");
    CHECK(after("72 years", "2028-02-29") == "2100-02-28");
}

TEST_CASE("days and weeks are counted one by one") {
    CHECK(after("1 day", "2027-02-28") == "2027-03-01");
    CHECK(after("1 day", "2028-02-28") == "2028-02-29");
    CHECK(after("90 days", "2026-11-22") == "2027-02-20");
    CHECK(after("52 weeks", "2026-11-22") == "2027-11-21");
}

TEST_CASE("no period leads past the end of the calendar") {
    CHECK(after("1 year", "9998-12-31") == "9999-12-31");
    for (auto const* length : {"1 day", "1 week", "1 month", "1 year", "999 years"})
        CHECK_MESSAGE(after(length, "9999-12-31") == "9999-12-31", length);
    CHECK(after("1 month", "9999-11-30") == "9999-12-30");
    CHECK(after("999 days", "9998-01-01") == "9999-12-31");
    CHECK(after("999 years", "9001-01-01") == "9999-12-31");
}

TEST_CASE("months can be counted back, and stop where the calendar begins and ends") {
    CHECK(day("2026-03-31").plus_months(-1) == day("2026-02-28"));
    CHECK(day("2026-01-15").plus_months(-1) == day("2025-12-15"));
    CHECK(day("2026-05-22").plus_months(0) == day("2026-05-22"));
    CHECK(day("0001-02-28").plus_months(-1) == day("0001-01-28"));
    CHECK(day("0001-01-31").plus_months(-1) == day("0001-01-01"));
    constexpr int most = std::numeric_limits<int>::max();
    constexpr int least = std::numeric_limits<int>::min();
    CHECK(day("2026-05-22").plus_months(most) == day("9999-12-31"));
    CHECK(day("2026-05-22").plus_months(least) == day("0001-01-01"));
    CHECK(day("2026-05-22").plus_days(most) == day("9999-12-31"));
    CHECK(day("2026-05-22").plus_days(least) == day("0001-01-01"));
    CHECK(day("9999-12-30").plus_days(1) == day("9999-12-31"));
    CHECK(day("0001-01-02").plus_days(-1) == day("0001-01-01"));
}

TEST_CASE("a month later is a day of the next month, for every day of four centuries") {
    std::string const last = "2400-12-31";
    for (date one = day("2001-01-01"); one <= day(last); one = one.plus_days(1)) {
        std::string const now = one.to_string();
        std::string const next = one.plus_months(1).to_string();
        bool const december = now.substr(5, 2) == "12";
        REQUIRE(std::stoi(next.substr(5, 2)) == (december ? 1 : std::stoi(now.substr(5, 2)) + 1));
        REQUIRE(std::stoi(next.substr(0, 4)) == std::stoi(now.substr(0, 4)) + (december ? 1 : 0));
        bool const same_day = next.substr(8) == now.substr(8);
        // Else it is the last of its month, so that the day after is in another.
        REQUIRE((same_day || one.plus_months(1).plus_days(1).to_string().substr(8) == "01"));
    }
}
