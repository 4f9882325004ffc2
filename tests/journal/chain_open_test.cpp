// A chain writer goes on where the chain ends, whatever a killed process left there, and takes
// nothing away that counts.
#include "journal/written_chain.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr std::uint64_t opening_end = 64 + 28 + 32;

}  // namespace

TEST_CASE("a chain that ended well goes on in its segment") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    CHECK(w.found.clean);
    CHECK(w.found.run == 0);
    CHECK(w.chain->segment() == 1);
    CHECK(w.chain->next_sequence() == 1);
    CHECK(w.size(1) == chain_segment_bytes);
    REQUIRE(w.append("a").text() == "");
    w.end();
    CHECK(w.size(1) == w.chain->bytes());
    REQUIRE(w.open().text() == "");
    CHECK(w.found.clean);
    CHECK(w.found.given_up == 0);
    CHECK(w.chain->segment() == 1);
    CHECK(w.chain->next_sequence() == 3);
    CHECK(w.chain->synced_sequence() == 2);
    REQUIRE(w.append("b").text() == "");
    CHECK(w.values() == words{"a", "stopped", "b"});
    CHECK(w.frames(1) == kinds{opening, batch_of, batch_of, batch_of});
}

TEST_CASE("after a killed process a chain goes on in a new segment, with all that is whole") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    REQUIRE(w.open().text() == "");
    CHECK_FALSE(w.found.clean);
    // Zeros that were made for what did not come are nothing that was given up.
    CHECK(w.found.given_up == 0);
    CHECK(w.chain->segment() == 2);
    REQUIRE(w.append("b").text() == "");
    CHECK(w.values() == words{"a", "b"});
}

TEST_CASE("what was torn at the end is counted and given up") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    w.put(1, w.chain->bytes(), "RCJ1 torn");
    REQUIRE(w.open().text() == "");
    CHECK(w.found.given_up == 9);
    CHECK_FALSE(w.found.clean);
    REQUIRE(w.append("b").text() == "");
    CHECK(w.values() == words{"a", "b"});
}

TEST_CASE("what a run left is found: its policies, its rings, its key and its time") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    w.batch.clear();
    w.batch.add(trail::policy_entry{3, 6, 1, "other run", {}, {"c"}, {}, {"a"}});
    w.batch.add(trail::policy_entry{4, 7, 2, "d", {"r"}, {"c"}, {}, {"a"}});
    w.batch.add(trail::drained_entry{6, 0, 99, 0, 0});
    w.batch.add(trail::drained_entry{7, 0, 10, 1, 1});
    w.batch.add(trail::drained_entry{7, 1, 20, 0, 0});
    w.batch.add(trail::drained_entry{7, 0, 11, 2, 1});
    w.batch.add(noted(journal_note::started, {{"run", "7"}, {"key", "0123456789abcdef"}}));
    REQUIRE(w.chain->append(w.batch).text() == "");
    // A segment without a batch says nothing of it.
    REQUIRE(w.chain->roll().text() == "");
    REQUIRE(w.open().text() == "");
    CHECK_FALSE(w.found.clean);
    CHECK(w.found.run == 7);
    CHECK(w.found.last_key == "0123456789abcdef");
    CHECK(w.found.last_time > 1'700'000'000'000'000'000);
    REQUIRE(w.found.policies.size() == 1);
    CHECK(w.found.policies.at(4).digest == "d");
    REQUIRE(w.found.drained.size() == 2);
    CHECK(w.found.drained[0].through == 11);
    CHECK(w.found.drained[0].lost == 2);
    CHECK(w.found.drained[1].through == 20);
}

TEST_CASE("a run whose start was dropped is known by its policies, or its rings") {
    for (int const which : {1, 2, 3}) {
        written_chain w;
        REQUIRE(w.open().text() == "");
        w.append(noted(journal_note::started, {{"run", "7"}}));
        REQUIRE(w.chain->roll().text() == "");
        w.batch.clear();
        if ((which & 1) != 0) w.batch.add(trail::policy_entry{4, 7, 2, "d", {"r"}, {}, {}, {"a"}});
        if ((which & 2) != 0) w.batch.add(trail::drained_entry{7, 0, 11, 2, 1});
        REQUIRE(w.chain->append(w.batch).text() == "");
        REQUIRE(w.chain->sync().text() == "");
        REQUIRE(w.chain->drop_through(1).text() == "");
        REQUIRE(w.open().text() == "");
        CHECK(w.found.run == 7);
        CHECK(w.found.policies.size() == static_cast<std::size_t>(which & 1));
        CHECK(w.found.drained.size() == static_cast<std::size_t>(which >> 1));
    }
}

TEST_CASE("a newest segment that nobody got beyond making is made anew") {
    for (std::string const& left :
         {std::string(), std::string(200, '\0'), std::string("RCJ1\1\0\0\0\x1c", 9),
          std::string(80, 'x') + std::string(4'000, '\0')}) {
        CAPTURE(left.size());
        written_chain w;
        REQUIRE(w.open().text() == "");
        REQUIRE(w.append("a").text() == "");
        REQUIRE(w.chain->roll().text() == "");
        REQUIRE(w.file(2)->resize(0) == 0);
        w.put(2, 0, left);
        REQUIRE(w.open().text() == "");
        CHECK_FALSE(w.found.clean);
        CHECK(w.found.given_up == left.find_last_not_of('\0') + 1);
        CHECK(w.chain->segment() == 2);
        REQUIRE(w.append("b").text() == "");
        CHECK(w.values() == words{"a", "b"});
    }
}

TEST_CASE("a first segment that was never begun is made anew") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.file(1)->resize(0) == 0);
    REQUIRE(w.open().text() == "");
    CHECK(w.chain->segment() == 1);
    REQUIRE(w.append("a").text() == "");
    CHECK(w.values() == words{"a"});
}

TEST_CASE("a damaged opening with frames behind it is no beginning: nothing is taken away") {
    for (std::uint64_t const offset : {std::uint64_t{0}, std::uint64_t{70}, opening_end - 1}) {
        CAPTURE(offset);
        written_chain w;
        REQUIRE(w.open().text() == "");
        REQUIRE(w.append("a").text() == "");
        REQUIRE(w.append("b").text() == "");
        w.end();
        w.flip(1, offset);
        std::string const before = w.contents(1);
        CHECK(w.open().text().find("no whole opening") != std::string::npos);
        // The frame after it too: there is one more.
        w.flip(1, opening_end);
        CHECK(w.open().text().find("no whole opening") != std::string::npos);
        w.flip(1, opening_end);
        CHECK(w.contents(1) == before);
        w.flip(1, offset);
        REQUIRE(w.open().text() == "");
        CHECK(w.values() == words{"a", "b", "stopped"});
    }
}

TEST_CASE("segments that are not what they should be are trouble") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    w.end();
    SUBCASE("the newest is of another number") {
        std::string const bytes = w.contents(1);
        int error = 0;
        REQUIRE(w.disk.open(w.path(2), trail::open_how::create_new, error));
        w.put(2, 0, bytes);
        CHECK(w.open().text().find("does not begin as it should") != std::string::npos);
    }
    SUBCASE("of another journal") {
        trail::identity other{};
        trail::chain_options options;
        options.now = &ticking;
        trail::chain_writer chain(w.disk, chain_folder, other, 1, options);
        CHECK(chain.open(w.found).text().find("does not begin as it should") != std::string::npos);
    }
    SUBCASE("of another writer") {
        trail::chain_options options;
        options.now = &ticking;
        trail::chain_writer chain(w.disk, chain_folder, journal_identity(), 2, options);
        CHECK(chain.open(w.found).text().find("does not begin as it should") != std::string::npos);
    }
    SUBCASE("a file of nobody") {
        int error = 0;
        REQUIRE(w.disk.open(std::string(chain_folder) + "/letters", trail::open_how::create_new,
                            error));
        CHECK(w.open().text().find("is no file of a journal") != std::string::npos);
    }
}

TEST_CASE("a segment that was filled beyond its size, and not ended, is not gone on with") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append(std::string(20'000, 'x')).text() == "");
    w.append(noted(journal_note::stopped, {}));
    // Nobody knows whether it was synced: its end is the end of the file all the same.
    REQUIRE(w.size(1) == w.chain->bytes());
    REQUIRE(w.open().text() == "");
    CHECK_FALSE(w.found.clean);
    CHECK(w.chain->segment() == 2);
}
