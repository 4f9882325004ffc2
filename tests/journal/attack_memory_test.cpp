// Memory that runs out at every single allocation of the mover: each record is in the chain once.
#include "concurrency/sanitizers.hpp"
#include "concurrency/scarce_memory.hpp"
#include "journal/memory_ring.hpp"
#include "journal/mover.hpp"
#include "journal/open_writer.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <new>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;

#if !ROLECALL_TESTS_UNDER_ASAN && !ROLECALL_TESTS_UNDER_TSAN

std::int64_t some_time() noexcept { return 1; }

// Fails the allocation of this number, once; whether it came to that.
bool moves_with_a_failure(trail::mover& mover, int number) {
    bool failed = false;
    allocations_left = number;
    try {
        static_cast<void>(mover.move());
    } catch (std::bad_alloc const&) {
        failed = true;
    }
    allocations_left = unlimited;
    return failed;
}

TEST_CASE("a mover that lacks memory skips no record and moves none twice") {
    bool failed = true;
    for (int number = 0; failed; ++number) {
        CAPTURE(number);
        temporary_directory const here;
        std::string const folder = here.path("journal");
        std::vector<std::string> expected;
        {
            trail::chain_options options;
            options.now = &some_time;
            trail::open_writer opened;
            auto const why = trail::open_a_writer(folder, true, {}, options, opened);
            REQUIRE_MESSAGE(!why, why.text());
            trail::mover mover(*opened.chain, 7, &some_time);
            trail::policy_entry rules;
            rules.run = 7;
            rules.roles = rules.categories = rules.facts = {"support"};
            rules.actions = {"view"};
            mover.add(rules);
            memory_ring ring(64);
            mover.add(ring.of());
            auto const decide = [&](std::string const& record) {
                ring.decide(1, record);
                expected.push_back(record);
            };
            ring.tell_actor(1, "dana");
            decide("a");
            ring.publish();
            REQUIRE_FALSE(mover.move());
            for (char c = 'b'; c < 'h'; ++c) decide(std::string(40, c));
            ring.tell_actor(1, "a name that is longer than what a string keeps in itself");
            decide("z");
            ring.publish();
            failed = moves_with_a_failure(mover, number);
            // And once more, when it has to go back and look at what was before.
            if (failed) static_cast<void>(moves_with_a_failure(mover, number / 2));
            REQUIRE_FALSE(mover.move());
            REQUIRE_FALSE(mover.sync());
            CHECK(mover.waiting() == 0);
            REQUIRE_FALSE(opened.chain->finish());
        }
        std::vector<std::string> found;
        journal_reader reader(folder);
        while (journal_record const* record = reader.next()) found.push_back(record->event.record);
        CHECK(reader.problems() == std::vector<std::string>{});
        CHECK(found == expected);
    }
}

#else

TEST_CASE("a mover that lacks memory skips no record and moves none twice") {
    skip("a sanitizer has an allocator of its own");
}

#endif

}  // namespace
