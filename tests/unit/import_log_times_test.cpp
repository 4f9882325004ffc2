// Times of the logs of other applications.
#include "import/log_times.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using rolecall::csv::log_times;

constexpr std::int64_t second = 1'000'000'000;
// 2027-03-31T12:05:09Z, as `date -u -d … +%s` says
constexpr std::int64_t moment = 1'806'494'709 * second;

std::optional<std::int64_t> time_of(std::string_view text, std::string_view form = {},
                                    std::string_view zone = {}) {
    log_times times;
    REQUIRE(!log_times::make(form, zone, times));
    std::string problem;
    auto const time = times.read(text, problem);
    CHECK(time.has_value() == problem.empty());
    return time;
}

std::string problem_of(std::string_view text, std::string_view form = {},
                       std::string_view zone = {}) {
    log_times times;
    REQUIRE(!log_times::make(form, zone, times));
    std::string problem;
    CHECK(!times.read(text, problem));
    return problem;
}

TEST_CASE("the times of ISO 8601 are read with their zone and fraction") {
    CHECK(time_of("2027-03-31T12:05:09Z") == moment);
    CHECK(time_of("2027-03-31 12:05:09z") == moment);
    CHECK(time_of("2027-03-31t12:05:09 UTC") == moment);
    CHECK(time_of("2027-03-31T14:05:09+02:00") == moment);
    CHECK(time_of("2027-03-31 14:05:09 +0200") == moment);
    CHECK(time_of("2027-03-31 14:05:09+02") == moment);
    CHECK(time_of("2027-03-31T08:35:09-03:30") == moment);
    CHECK(time_of("2027-03-31 12:05Z") == moment - 9 * second);
    CHECK(time_of("2027-03-31T12:05:09.25Z") == moment + 250'000'000);
    CHECK(time_of("2027-03-31T12:05:09,276000Z") == moment + 276'000'000);
    CHECK(time_of("2027-03-31T12:05:09.0000000019Z") == moment + 1);
    CHECK(time_of("1969-12-31T23:59:59.75Z") == -250'000'000);
    CHECK(time_of("1970-01-01T00:00:00Z") == 0);
    CHECK(time_of("2261-12-31T23:59:59Z") == 9'214'646'399 * second);
}

TEST_CASE("a time without a zone is in the zone that was given, and else not read") {
    CHECK(time_of("2027-03-31 12:05:09", "", "UTC") == moment);
    CHECK(time_of("2027-03-31 14:05:09", "", "+02:00") == moment);
    CHECK(time_of("2027-03-31 12:05:09Z", "", "+02:00") == moment);  // its own comes first
    CHECK(problem_of("2027-03-31 12:05:09") ==
          "`2027-03-31 12:05:09` has no zone; say which one it is in (--zone UTC, or --zone "
          "+02:00)");
}

TEST_CASE("what is no time of the calendar is not read") {
    for (std::string_view const text :
         {"2027-02-29T00:00:00Z", "2027-13-01T00:00:00Z", "2027-00-01T00:00:00Z",
          "2027-03-31T24:00:00Z", "2027-03-31T12:60:00Z", "2027-03-31T12:05:60Z",
          "1899-12-31T00:00:00Z", "2262-01-01T00:00:00Z"}) {
        CAPTURE(text);
        CHECK(problem_of(text).find("calendar") != std::string::npos);
    }
    for (std::string_view const text :
         {"", "2027", "2027-03-31", "2027-03-31T", "2027-03-31T12Z", "27-03-31T12:05:09Z",
          "2027-3-31T12:05:09Z", "2027-03-31T12:05:09.Z", "2027-03-31T12:05:09+2",
          "2027-03-31T12:05:09+02:0", "2027-03-31T12:05:09+19:00", "2027-03-31T12:05:09Z ",
          "2027-03-31X12:05:09Z", " 2027-03-31T12:05:09Z", "yesterday"}) {
        CAPTURE(text);
        CHECK(problem_of(text).find("is no time such as") != std::string::npos);
    }
}

TEST_CASE("seconds and milliseconds since 1970 are read") {
    CHECK(time_of("1806494709", "unix") == moment);
    CHECK(time_of("1806494709.5", "unix") == moment + 500'000'000);
    CHECK(time_of("-0.25", "unix") == -250'000'000);
    CHECK(time_of("1806494709250", "unix-ms") == moment + 250'000'000);
    CHECK(time_of("9183110399", "unix") == 9'183'110'399 * second);
    for (std::string_view const text : {"", "-", ".5", "1.", "1.5x", "1e9", "+1", "9183110400",
                                        "99999999999999", "999999999999999999999999"}) {
        CAPTURE(text);
        CHECK(!time_of(text, "unix"));
    }
    CHECK(!time_of("1806494709.5", "unix-ms"));
}

TEST_CASE("times of a pattern are read to the letter") {
    CHECK(time_of("31.03.2027 14:05:09", "%d.%m.%Y %H:%M:%S", "+02:00") == moment);
    CHECK(time_of("31.3.2027 14:05:09", "%d.%m.%Y %H:%M:%S", "+02:00") == moment);
    CHECK(time_of("31/Mar/2027:14:05:09 +0200", "%d/%b/%Y:%H:%M:%S %z") == moment);
    CHECK(time_of("31/MAR/2027:14:05:09 +0200", "%d/%b/%Y:%H:%M:%S %z") == moment);
    CHECK(time_of("20270331120509.25", "%Y%m%d%H%M%S.%f", "Z") == moment + 250'000'000);
    CHECK(time_of("100% 2027-03-31", "100%% %Y-%m-%d", "UTC") ==
          moment - (12 * 3'600 + 5 * 60 + 9) * second);
    CHECK(problem_of("31.03.2027 14:05", "%d.%m.%Y %H:%M:%S", "UTC") ==
          "`31.03.2027 14:05` is no time of that form");
    CHECK(!time_of("31.03.2027 14:05:09!", "%d.%m.%Y %H:%M:%S", "UTC"));
    CHECK(!time_of("31/Foo/2027", "%d/%b/%Y", "UTC"));
    CHECK(!time_of("14:05", "%H:%M", "UTC"));  // of which day?
}

TEST_CASE("a form or a zone that is none is refused with what there is") {
    log_times times;
    CHECK(log_times::make("%d.%q", "", times).value_or("") ==
          "`%q` is no part of a time; there are %Y %m %b %d %H %M %S %f %z and %%");
    CHECK(log_times::make("%", "", times));
    CHECK(log_times::make("rfc", "", times).value_or("").find("iso, unix, unix-ms") !=
          std::string::npos);
    for (std::string_view const zone : {"CET", "+2", "+02:00 ", "02:00", "+25:00"})
        CHECK(log_times::make("", zone, times));
    for (std::string_view const zone : {"", "UTC", "Z", "+02:00", "-0330", "+02"})
        CHECK(!log_times::make("", zone, times));
}

}  // namespace
