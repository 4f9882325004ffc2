// Threads that decide by more than one policy, and options at their limits.
#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("threads");

namespace {

using namespace rolecall;
using rolecall::testing::temporary_directory;

TEST_CASE("a thread that decides by two policies in turn records by both") {
    temporary_directory const folder;
    journal trail(folder.path("journal"));
    REQUIRE_MESSAGE(trail, trail.problem());
    authorizer first(tests::small_shop(), trail);
    authorizer second(tests::small_shop(), trail);
    for (int turn = 0; turn < 20; ++turn)
        for (authorizer* const pdp : {&first, &second}) {
            auto const who = pdp->session_of_roles({"support"}).value();
            auto const answer = pdp->decide(who, view, pdp->category("account").value());
            CAPTURE(turn);
            CHECK(answer.reason == reason::granted);
        }
    CHECK(trail.failures() == 0);
}

// With a wait there would be 100 ms for each, for nothing.
TEST_CASE("a record id that the smallest ring can't hold is counted as lost, others are recorded") {
    temporary_directory const folder;
    journal trail(folder.path("journal"), {.ring_records = 64});
    REQUIRE_MESSAGE(trail, trail.problem());
    authorizer pdp(tests::small_shop(), trail);
    auto const who = pdp.session_of_roles({"support"}).value();
    auto const account = pdp.category("account").value();
    std::string const longest(4096, 'x');
    for (int turn = 0; turn < 3; ++turn) {
        CHECK(pdp.decide(who, view, account, {.record = "short"}).reason == reason::granted);
        CHECK(pdp.decide(who, view, account, {.record = longest}).reason == reason::unavailable);
        CHECK(trail.sync());
    }
    // The permission, and the denial that was given instead.
    CHECK(trail.failures() == 6);
}

}  // namespace

TEST_SUITE_END();
