// A ring that is full: who waits gets its room soon, and who can't is told of in few records.
#include "journal/memory_ring.hpp"
#include "journal/mover.hpp"
#include "journal/note_details.hpp"
#include "journal/open_writer.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_reader.hpp>
#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("threads");

namespace {

using namespace rolecall;
using rolecall::testing::memory_ring;
using rolecall::testing::temporary_directory;

std::int64_t always_one() noexcept { return 1; }

// A writer's mover, with no ring yet.
struct lone_mover {
    temporary_directory here;
    std::string folder = here.path("journal");
    trail::open_writer opened;
    std::optional<trail::mover> is;

    lone_mover() {
        trail::chain_options options;
        options.now = &always_one;
        REQUIRE_FALSE(trail::open_a_writer(folder, true, {}, options, opened));
        is.emplace(*opened.chain, 7, &always_one);
    }
};

void lose(memory_ring const& ring, std::uint64_t events, std::uint64_t allowed) {
    trail::ring_head& head = ring.head();
    std::int64_t none = 0;
    head.lost_first.compare_exchange_strong(none, 1);
    head.lost_last.store(1);
    head.lost_allowed.fetch_add(allowed);
    head.lost.fetch_add(events);
}

// What the gap records of a journal say, one a line.
std::vector<std::string> gaps_of(std::string const& folder) {
    std::vector<std::string> gaps;
    journal_reader records(folder);
    while (journal_record const* const record = records.next())
        if (record->note == journal_note::gap)
            gaps.push_back(trail::detail_of(*record, "lost") + " lost, " +
                           trail::detail_of(*record, "allowed") + " allowed");
    CHECK(records.problems() == std::vector<std::string>{});
    return gaps;
}

policy patient_shop() {
    policy_builder b;
    b.category("account", "Name, address and contact details");
    b.role("support").may("account", {"view"});
    b.audit().category("account", {audit_demand::block, 10'000});
    return b.build().value();
}

}  // namespace

TEST_CASE("what is lost between two syncs is one gap, however often the rings are emptied") {
    lone_mover of;
    trail::mover& mover = *of.is;
    memory_ring const ring(64), other(64);
    mover.add(ring.of());
    mover.add(other.of());

    CHECK_FALSE(mover.unsynced());
    for (std::uint64_t n = 0; n < 10; ++n) {
        lose(ring, 2, 1);
        REQUIRE_FALSE(mover.move());
        CHECK(mover.unsynced());
    }
    lose(other, 3, 0);
    CHECK(gaps_of(of.folder).empty());
    REQUIRE_FALSE(mover.sync());
    CHECK_FALSE(mover.unsynced());
    CHECK(gaps_of(of.folder) ==
          std::vector<std::string>{"20 lost, 10 allowed", "3 lost, 0 allowed"});

    REQUIRE_FALSE(mover.sync());
    CHECK(gaps_of(of.folder).size() == 2);
    lose(other, 1, 1);
    REQUIRE_FALSE(mover.sync());
    CHECK(gaps_of(of.folder).back() == "1 lost, 1 allowed");
}

TEST_CASE("an event that is counted while the gap before it is told has a time too") {
    lone_mover of;
    trail::mover& mover = *of.is;
    memory_ring const ring(64);
    mover.add(ring.of());
    // Its first time went into that gap; the rest comes now.
    ring.head().lost_last.store(5);
    ring.head().lost.fetch_add(1);
    REQUIRE_FALSE(mover.sync());

    journal_reader records(of.folder);
    journal_record const* const gap = records.next();
    REQUIRE(gap != nullptr);
    CHECK(trail::detail_of(*gap, "first") == "5");
    CHECK(trail::detail_of(*gap, "last") == "5");
}

TEST_CASE("a ring that is half full is short of room until the disk has what is in it") {
    lone_mover of;
    trail::mover& mover = *of.is;
    trail::policy_entry rules;
    rules.roles = rules.categories = rules.facts = {"support"};
    rules.actions = {"view"};
    mover.add(rules);
    memory_ring ring(64);  // with room for 32
    mover.add(ring.of());
    ring.tell_actor(1, "dana");
    while (ring.head().head + 1 < 16) {
        ring.decide(1, "c-1");
        ring.publish();
    }
    CHECK_FALSE(mover.short_of_room());
    ring.decide(1, "c-1");
    ring.publish();
    CHECK(mover.short_of_room());
    REQUIRE_FALSE(mover.move());
    CHECK(mover.short_of_room());
    REQUIRE_FALSE(mover.sync());
    CHECK_FALSE(mover.short_of_room());
}

TEST_CASE("who waits for room in a full ring does not wait for the time of the next sync") {
    temporary_directory const here;
    std::string const folder = here.path("journal");
    constexpr int events = 200;
    {
        journal trail(folder, {.ring_records = 64, .sync_ms = 600'000, .checkpoint_ms = 600'000});
        REQUIRE_MESSAGE(trail, trail.problem());
        authorizer const pdp(patient_shop(), trail);
        auto const who = pdp.session_of_roles({"support"}).value();
        auto const account = pdp.category("account").value();
        for (int n = 0; n < events; ++n) {
            CAPTURE(n);
            CHECK(to_string(pdp.decide(who, view, account, {.record = "c-1"}).reason) == "granted");
        }
        CHECK(trail.failures() == 0);
    }
    CHECK(gaps_of(folder).empty());
}

TEST_SUITE_END();
