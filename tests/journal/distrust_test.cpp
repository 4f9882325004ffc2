// Rings that hold what no thread of the journal wrote: of a process that is gone, and of one that
// still runs.
#include "journal/memory_ring.hpp"
#include "journal/mover.hpp"
#include "journal/open_writer.hpp"
#include "journal/ring_file.hpp"
#include "journal/run_notes.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;

std::int64_t some_time() noexcept { return 1; }

constexpr std::uint64_t run = 7;

trail::policy_entry small_rules() {
    trail::policy_entry rules;
    rules.run = run;
    rules.roles = rules.categories = rules.facts = {"support"};
    rules.actions = {"view"};
    return rules;
}

// A writer whose process ended without a word.
struct left_alone {
    temporary_directory here;
    std::string folder = here.path("journal");
    std::string writer = folder + "/writer-1";

    left_alone() {
        trail::chain_options options;
        options.now = &some_time;
        trail::open_writer opened;
        auto const why = trail::open_a_writer(folder, true, {}, options, opened);
        REQUIRE_MESSAGE(!why, why.text());
        trail::mover mover(*opened.chain, run, &some_time);
        mover.add_note(journal_note::started, trail::started_details(run, "", nullptr));
        mover.add(small_rules());
        REQUIRE_FALSE(mover.move());
        REQUIRE_FALSE(mover.sync());
    }

    // What is in memory, as a ring's file.
    void leave(memory_ring const& ring) const {
        trail::ring_file file;
        auto const why = file.make(writer, 0, 32, run);
        REQUIRE_MESSAGE(!why, why.text());
        trail::ring const to = file.of();
        for (std::uint64_t n = 0; n < ring.head().head; ++n)
            std::memcpy(&to.line(n), &ring.of().line(n), sizeof(trail::ring_line));
        to.head->head.store(ring.head().head);
    }

    [[nodiscard]] std::vector<std::string> recovered() const {
        { journal const again(folder, {.ring_records = 64}); }
        { journal const twice(folder, {.ring_records = 64}); }
        journal_report const report = check_journal(folder);
        CHECK(report.good());
        for (journal_finding const& f : report.findings)
            if (f.verdict == journal_verdict::bad) MESSAGE(f.text);
        std::vector<std::string> found;
        journal_reader records(folder);
        while (journal_record const* const record = records.next()) {
            if (record->kind() == "decision") found.push_back(record->event.record);
            for (auto const& [name, value] : record->details)
                if (name == "torn-lines") found.push_back("torn: " + value);
        }
        CHECK(records.problems() == std::vector<std::string>{});
        return found;
    }
};

trail::decision_line& decision_in(memory_ring const& ring, std::uint64_t line) {
    return *reinterpret_cast<trail::decision_line*>(ring.of().line(line).rest);
}

}  // namespace

TEST_CASE("what a reader would refuse is not taken from the ring of a process that is gone") {
    left_alone const is;
    memory_ring ring(64);
    ring.tell_actor(1, "dana");
    ring.decide(1, "good");
    ring.decide(1, "bad");
    ring.decide(1, "behind it");
    ring.publish();
    trail::decision_line& bad = decision_in(ring, 2);
    std::vector<std::string> expected{"good", "torn: 2"};
    SUBCASE("a policy that nobody described") { bad.slot = 999; }
    SUBCASE("a category that the policy does not have") { bad.category = 5; }
    SUBCASE("an action that the policy does not have") { bad.action = 200; }
    SUBCASE("a role that the policy does not have") { bad.role = 17; }
    SUBCASE("facts that the policy does not have") {
        bad.bits |= trail::bit_facts;
        std::memset(bad.record + trail::record_room_with_facts, 0xFF, 24);
    }
    SUBCASE("nothing that is wrong") { expected = {"good", "bad", "behind it"}; }
    is.leave(ring);
    CHECK(is.recovered() == expected);
}

TEST_CASE("an entry that is none is not taken from the ring of a process that is gone") {
    left_alone const is;
    memory_ring ring(64);
    ring.tell_actor(1, "dana");
    ring.decide(1, "good");
    trail::entry_writer entry;
    journal_record note;
    note.note = journal_note::configured;
    note.details = {{"name", "value"}};
    entry.add(note);
    std::vector<std::byte> bytes(entry.payload().begin(), entry.payload().end());
    SUBCASE("of a type that there is not") { bytes[0] = std::byte{77}; }
    SUBCASE("that ends too early") { bytes.pop_back(); }
    SUBCASE("with a number of records that it has not") {
        bytes.insert(bytes.end(), bytes.begin(), bytes.end());
    }
    trail::entry_writer wrong;
    wrong.add_built(bytes, 1);
    ring.put(wrong, 1);
    ring.publish();
    is.leave(ring);
    CHECK(is.recovered().front() == "good");
    CHECK(is.recovered().size() == 2);
}

TEST_CASE("a ring of this process that somebody else wrote to is trouble, not silence") {
    temporary_directory const here;
    trail::chain_options options;
    options.now = &some_time;
    trail::open_writer opened;
    REQUIRE_FALSE(trail::open_a_writer(here.path("journal"), true, {}, options, opened));
    trail::mover mover(*opened.chain, run, &some_time);
    mover.add(small_rules());
    memory_ring ring(64);
    mover.add(ring.of());
    ring.tell_actor(1, "dana");
    ring.decide(1, "good");
    ring.decide(1, "bad");
    ring.publish();
    ring.of().line(2).stamp = 0;
    CHECK(mover.move().error == EBADMSG);
    CHECK(mover.move().error == EBADMSG);
    CHECK(mover.waiting() == 1);
}
