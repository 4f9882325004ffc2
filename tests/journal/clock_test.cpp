// A clock that is set while a journal is in use.
#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include "support/watching.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("threads");

namespace {

std::atomic<std::int64_t> clock_was_set_by{0};  // seconds

}  // namespace

// The library asks for the time of day by this call, and by no other. Here is what it gets.
extern "C" int timespec_get(std::timespec* now, int base) noexcept {
    if (::clock_gettime(CLOCK_REALTIME, now) != 0) return 0;
    now->tv_sec += clock_was_set_by.load();
    return base;
}

using namespace rolecall;
using namespace rolecall::testing;

namespace {

struct set_clock {
    explicit set_clock(std::int64_t seconds) { clock_was_set_by = seconds; }
    set_clock(set_clock const&) = delete;
    set_clock& operator=(set_clock const&) = delete;
    ~set_clock() { clock_was_set_by = 0; }
};

std::vector<journal_record> records_of(std::string const& folder) {
    std::vector<journal_record> all;
    journal_reader reader(folder, {1, {}, {}});
    while (journal_record const* r = reader.next()) all.push_back(*r);
    CHECK(reader.problems().empty());
    return all;
}

}  // namespace

TEST_CASE("a clock that is set back is recorded, and records go on in their order") {
    temporary_directory const here;
    std::string const folder = here.path("journal");
    {
        journal trail(folder);
        REQUIRE_MESSAGE(trail, trail.problem());
        authorizer pdp(tests::small_shop(), trail);
        auto const ask = [&](char const* record) {
            request question{subject::role("support"), "view", "account"};
            question.record = record;
            return static_cast<bool>(pdp.decide(question));
        };
        auto const changes = [&] {
            CHECK(trail.sync());
            std::size_t count = 0;
            for (journal_record const& r : records_of(folder))
                count += r.note == journal_note::clock_changed ? 1 : 0;
            return count;
        };
        CHECK(ask("before"));
        CHECK(changes() == 0);
        {
            set_clock const back(-3'600);
            CHECK(eventually([&] { return changes() == 1; }));
            CHECK(ask("back"));
            CHECK(trail.sync());
        }
        CHECK(eventually([&] { return changes() == 2; }));
        CHECK(ask("after"));
    }
    std::vector<journal_record> const all = records_of(folder);
    std::vector<std::string> decided;
    std::vector<std::int64_t> times;
    std::vector<std::int64_t> steps;
    std::uint64_t sequence = 0;
    for (journal_record const& r : all) {
        CHECK(r.sequence == ++sequence);
        if (r.kind() == "decision") {
            decided.push_back(r.event.record);
            times.push_back(r.event.time);
        }
        if (r.note != journal_note::clock_changed) continue;
        REQUIRE(r.details.size() == 2);
        steps.push_back((std::stoll(r.details[1].second) - std::stoll(r.details[0].second)) /
                        1'000'000'000);
    }
    CHECK(decided == std::vector<std::string>{"before", "back", "after"});
    REQUIRE(steps.size() == 2);
    CHECK(std::abs(steps[0] + 3'600) < 60);
    CHECK(std::abs(steps[1] - 3'600) < 60);
    CHECK(times[1] < times[0]);
    CHECK(times[2] > times[1]);
    CHECK(check_journal(folder).good());
}

TEST_SUITE_END();
