// What is taken from a ring: every decision, with its actor before it, in order.
#include "journal/ring_drain.hpp"

#include "journal/entry_reader.hpp"
#include "journal/memory_ring.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace rolecall;
using rolecall::testing::memory_ring;

constexpr std::size_t no_limit = std::size_t{1} << 20U;

// `user/record` of each decision that a payload holds, read as a segment of its own.
struct segment {
    trail::entry_reader reader;
    std::uint64_t next = 1;
    std::vector<std::string> seen;

    segment() {
        trail::policy_entry policy;
        policy.categories = {"account"};
        policy.actions = {"view"};
        trail::entry_writer to;
        to.add(policy);
        read(to);
    }
    void read(trail::entry_writer const& from) {
        std::string const problem =
            reader.read(from.payload(), next, from.records(), [&](journal_record&& r) {
                seen.push_back(r.event.user + '/' + r.event.record);
                return true;
            });
        REQUIRE(problem == "");
        next += from.records();
    }
};

TEST_CASE("a decision is taken with its actor, who is told of once") {
    memory_ring ring(64);
    ring.tell_actor(3, "dana");
    ring.decide(3, "p-1");
    ring.decide(3, "p-2");
    ring.publish();
    trail::ring_drain drain(ring.of(), 0);
    trail::entry_writer batch;
    CHECK_FALSE(drain.take(batch, ring.head().head, no_limit, 1));
    CHECK(batch.records() == 2);
    segment here;
    here.read(batch);
    CHECK(here.seen == std::vector<std::string>{"dana/p-1", "dana/p-2"});
    CHECK(drain.position() == 3);
}

TEST_CASE("a new segment is told of the actor again") {
    memory_ring ring(64);
    ring.tell_actor(0, "dana");
    ring.decide(0, "p-1");
    ring.publish();
    trail::ring_drain drain(ring.of(), 0);
    trail::entry_writer batch;
    drain.take(batch, 2, no_limit, 1);
    ring.decide(0, "p-2");
    ring.publish();
    batch.clear();
    drain.take(batch, 3, no_limit, 2);
    segment next;
    next.read(batch);
    CHECK(next.seen == std::vector<std::string>{"dana/p-2"});
}

TEST_CASE("a number that is given to another means each of them in its turn") {
    memory_ring ring(64);
    ring.tell_actor(0, "dana");
    ring.decide(0, "p-1");
    ring.tell_actor(0, "eve");
    ring.decide(0, "p-2");
    ring.publish();
    trail::ring_drain drain(ring.of(), 0);
    trail::entry_writer batch;
    drain.take(batch, 4, no_limit, 1);
    segment here;
    here.read(batch);
    CHECK(here.seen == std::vector<std::string>{"dana/p-1", "eve/p-2"});

    SUBCASE("also when it is read once more from the beginning") {
        drain.go_back(0);
        batch.clear();
        drain.take(batch, 4, no_limit, 2);
        segment again;
        again.read(batch);
        CHECK(again.seen == std::vector<std::string>{"dana/p-1", "eve/p-2"});
    }
    SUBCASE("and from the middle, where the first is history") {
        drain.go_back(1);
        batch.clear();
        drain.take(batch, 2, no_limit, 2);
        segment again;
        again.read(batch);
        CHECK(again.seen == std::vector<std::string>{"dana/p-1"});
    }
}

TEST_CASE("a record id of any length is whole") {
    for (std::size_t const size : {0U, 1U, 29U, 30U, 31U, 86U, 87U, 4096U}) {
        CAPTURE(size);
        memory_ring ring(256);
        std::string const record(size, 'x');
        ring.tell_actor(0, "dana");
        ring.decide(0, record);
        ring.decide(0, "next");
        ring.publish();
        trail::ring_drain drain(ring.of(), 0);
        trail::entry_writer batch;
        drain.take(batch, ring.head().head, no_limit, 1);
        segment here;
        here.read(batch);
        CHECK(here.seen == std::vector<std::string>{"dana/" + record, "dana/next"});
    }
}

TEST_CASE("lines that lie around the end of the ring are read in order") {
    memory_ring ring(16);
    trail::ring_drain drain(ring.of(), 0);
    segment here;
    std::vector<std::string> expected;
    for (int n = 0; n < 50; ++n) {
        std::string const record = "record-" + std::to_string(n) + std::string(60, '.');
        ring.tell_actor(0, "dana");
        ring.decide(0, record);
        ring.publish();
        expected.push_back("dana/" + record);
        trail::entry_writer batch;
        drain.take(batch, ring.head().head, no_limit, 1);
        ring.head().tail = drain.position();
        here.read(batch);
    }
    CHECK(here.seen == expected);
}

TEST_CASE("a line that is none ends the reading") {
    memory_ring ring(64);
    ring.tell_actor(0, "dana");
    ring.decide(0, "p-1");
    ring.decide(0, "p-2");
    ring.decide(0, "p-3");
    ring.publish();
    SUBCASE("its stamp is of an earlier lap") { ring.of().line(2).stamp -= 64U << 8U; }
    SUBCASE("its stamp is nothing") { ring.of().line(2).stamp = 0; }
    SUBCASE("it speaks of an actor of whom nobody told") {
        ring.of().line(2).rest[8] = std::byte{9};
    }
    SUBCASE("its record is longer than what follows") { ring.of().line(2).rest[25] = std::byte{9}; }
    trail::ring_drain drain(ring.of(), 0);
    trail::entry_writer batch;
    CHECK_FALSE(drain.take(batch, 4, no_limit, 1));
    CHECK(drain.damaged());
    CHECK(drain.position() == 2);
    segment here;
    here.read(batch);
    CHECK(here.seen == std::vector<std::string>{"dana/p-1"});
}

}  // namespace
