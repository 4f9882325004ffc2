#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/clock.hpp>
#include <rolecall/recent_records.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace rolecall;

namespace {

// Decides about records "1", "2", … and gives which of them are kept.
std::vector<std::string> kept_of(recent_records& last, std::size_t decisions) {
    authorizer const pdp{tests::small_shop(), last};
    for (std::size_t i = 1; i <= decisions; ++i) {
        std::string const record = std::to_string(i);
        request asked{subject::role("support"), "view", "account"};
        asked.record = record;
        CHECK(pdp.decide(asked));
    }
    std::vector<std::string> result;
    for (audit_record const& one : last.records()) {
        CHECK(std::to_string(one.sequence) == one.record);
        result.push_back(one.record);
    }
    return result;
}

}  // namespace

TEST_CASE("the last records are kept, oldest first, and all are counted") {
    using names = std::vector<std::string>;
    recent_records last(3);
    CHECK(last.records().empty());
    CHECK(last.total() == 0);
    SUBCASE("fewer than fit") {
        CHECK(kept_of(last, 2) == names{"1", "2"});
        CHECK(last.total() == 2);
    }
    SUBCASE("as many as fit") {
        CHECK(kept_of(last, 3) == names{"1", "2", "3"});
        CHECK(last.total() == 3);
    }
    SUBCASE("one more") {
        CHECK(kept_of(last, 4) == names{"2", "3", "4"});
        CHECK(last.total() == 4);
    }
    SUBCASE("many rounds") {
        CHECK(kept_of(last, 100) == names{"98", "99", "100"});
        CHECK(last.total() == 100);
    }
}

TEST_CASE("of a capacity of one the last record is kept, and none at all means one") {
    for (std::size_t const capacity : {std::size_t{0}, std::size_t{1}}) {
        recent_records last(capacity);
        CHECK(kept_of(last, 1) == std::vector<std::string>{"1"});
        recent_records other(capacity);
        CHECK(kept_of(other, 5) == std::vector<std::string>{"5"});
        CHECK(other.total() == 5);
    }
}

TEST_CASE("records have the time at which they were told, which does not go back") {
    recent_records last(8);
    std::int64_t before = detail::unix_nanoseconds();
    static_cast<void>(kept_of(last, 8));
    std::int64_t const after = detail::unix_nanoseconds();
    CHECK(before > 1'700'000'000'000'000'000);
    for (audit_record const& one : last.records()) {
        CHECK(before <= one.time);
        CHECK(one.time <= after);
        before = one.time;
    }
}

TEST_CASE("what is read is a copy, which later records do not touch") {
    recent_records last(1);
    authorizer const pdp{tests::small_shop(), last};
    pdp.decide({subject::role("support"), "view", "account"});
    std::vector<audit_record> const first = last.records();
    pdp.decide({subject::role("billing"), "view", "payment"});
    CHECK(first.at(0).category == "account");
    CHECK(last.records().at(0).category == "payment");
}

TEST_CASE("recent records go and come while others stay") {
    recent_records outer(1);
    for (int i = 0; i < 3; ++i) {
        auto* const first = new recent_records(1);
        recent_records second(1);
        recent_records third(1);
        CHECK(kept_of(second, 2) == std::vector<std::string>{"2"});
        delete first;
        CHECK(kept_of(third, 1) == std::vector<std::string>{"1"});
    }
    CHECK(kept_of(outer, 1) == std::vector<std::string>{"1"});
}
