// What a check says of ends: those that a crash leaves, those without a signature, and what is
// lost.
#include "journal/check_desk.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

using namespace checking;

TEST_CASE("what a crash leaves at the end is unfinished, and given up when the chain goes on") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    d.chain.checkpoint(d.key);
    raw_chain::place const whole = d.chain.here();
    std::size_t const size = d.chain.bytes().size();
    d.note(10, {});
    d.note(10, {});
    char& torn = d.chain.bytes()[size + 70];
    torn = static_cast<char>(torn ^ 1);
    journal_report report = d.check();
    CHECK(report.good());
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].verdict == journal_verdict::warning);
    CHECK(report.findings[0].segment == 1);
    CHECK(report.findings[0].offset == size);
    CHECK(says(report, journal_verdict::warning, "1 whole frame with 1 record stand behind it"));
    d.chain.go_back(whole);
    d.chain.open_segment();
    d.note(4, {{"records", "2"}});
    d.chain.checkpoint(d.key);
    report = d.check();
    CHECK(has_only_notes(report));
    CHECK(says(report, journal_verdict::note, "given up"));
    CHECK(report.writers[0].last == 2);
}

TEST_CASE("no crash breaks what a checkpoint behind it says was on the disk") {
    int key_number = 1;
    SUBCASE("with a key") {}
    SUBCASE("without a key") { key_number = 0; }
    desk d;
    d.chain.open_segment();
    raw_chain::place const whole = d.chain.here();
    std::size_t const size = d.chain.bytes().size();
    d.note(1, {});
    d.note(10, {});
    d.chain.checkpoint(d.key);
    CHECK(d.check({}, key_number).good());
    char& changed = d.chain.bytes()[size + 110];
    changed = static_cast<char>(changed ^ 1);
    journal_report report = d.check({}, key_number);
    CHECK(says(report, journal_verdict::bad, "all records up to 2 were on the disk"));
    CHECK(report.findings[0].offset == size);
    // That a process goes on from there makes nothing good.
    d.chain.go_back(whole);
    d.chain.open_segment();
    d.note(4, {{"records", "0"}});
    d.chain.checkpoint(d.key);
    report = d.check({}, key_number);
    CHECK(says(report, journal_verdict::bad, "all up to 2 were on the disk"));
    for (journal_finding const& f : report.findings) {
        if (f.verdict != journal_verdict::bad) continue;
        CHECK(f.segment == 1);
        CHECK(f.offset == size);
    }
}

TEST_CASE(
    "a checkpoint that could not be synced is given up as any frame, for it names what counts") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    raw_chain::place const synced = d.chain.here();
    d.chain.checkpoint(d.key);
    d.chain.go_back(synced);
    d.chain.open_segment();
    d.note(10, {});
    d.chain.checkpoint(d.key);
    CHECK(has_only_notes(d.check()));
    CHECK(says(d.check(), journal_verdict::note, "given up"));
}

TEST_CASE("a checkpoint behind a broken place counts only if a key that is trusted signed it") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    d.chain.checkpoint(d.key);
    std::size_t const size = d.chain.bytes().size();
    d.note(10, {});
    d.chain.checkpoint(known_key(2));
    char& changed = d.chain.bytes()[size + 110];
    changed = static_cast<char>(changed ^ 1);
    CHECK(says(d.check(), journal_verdict::warning, "unfinished"));
    CHECK(d.check().good());
    CHECK_FALSE(d.check({}, 2).good());
    CHECK_FALSE(d.check({}, 0).good());
}

TEST_CASE("what a process is writing while it is looked at is not bad") {
    // Whole again when it is looked at for the second time, with a checkpoint behind it.
    struct changing_files : memory_files {
        std::string later;
        int opened = 0;
        std::unique_ptr<trail::file> open(std::string const& path, trail::open_how how,
                                          int& error) override {
            if (path.ends_with(".segment") && ++opened == 3) contents[path] = later;
            return memory_files::open(path, how, error);
        }
    };
    desk d;
    d.chain.open_segment();
    std::size_t const size = d.chain.bytes().size();
    d.note(1, {});
    d.chain.checkpoint(d.key);
    changing_files files;
    files.contents = d.files.contents;
    files.later = d.chain.bytes();
    files.contents[d.chain.path()].resize(size + 50);
    journal_check_options options;
    options.keys = {public_of(known_key(1))};
    journal_report const report = trail::check(files, "j", options, false);
    CHECK(files.contents[d.chain.path()] == files.later);
    CHECK(report.good());
    CHECK(says(report, journal_verdict::note, "a process was writing it"));
}

TEST_CASE("no crash breaks an opening that has frames behind it") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    std::string const whole = d.chain.bytes();
    d.chain.bytes()[70] = static_cast<char>(whole[70] ^ 1);
    CHECK(says(d.check({}, 0), journal_verdict::bad, "only when the opening is on the disk"));
    d.chain.bytes().resize(124);
    CHECK(says(d.check({}, 0), journal_verdict::warning, "unfinished"));
    CHECK(d.check({}, 0).good());
}

TEST_CASE("zeros behind the frames are nothing, and other bytes behind a closing are bad") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    d.chain.checkpoint(d.key);
    std::size_t const end = d.chain.bytes().size();
    d.chain.bytes().resize(end + 5000);
    CHECK(has_only_notes(d.check()));
    d.chain.bytes().resize(end);
    d.chain.close();
    std::size_t const closed = d.chain.bytes().size();
    std::string& segment = d.chain.bytes();
    segment += "left";
    CHECK(says(d.check(), journal_verdict::warning, "unfinished"));
    d.chain.open_segment();
    d.note(2, {});
    d.chain.checkpoint(d.key);
    CHECK(says(d.check(), journal_verdict::bad, "bytes follow its closing"));
    segment.resize(closed);
    segment.resize(closed + 77);
    CHECK(has_only_notes(d.check()));
}

TEST_CASE("a segment of which nothing counts is a note") {
    for (bool const torn : {true, false}) {
        CAPTURE(torn);
        desk d;
        d.chain.open_segment();
        d.note(1, {});
        d.chain.checkpoint(d.key);
        raw_chain::place const whole = d.chain.here();
        d.chain.open_segment();
        if (torn)
            d.chain.bytes().resize(40);
        else
            d.note(10, {});
        d.chain.go_back(whole);
        journal_report const before = d.check();
        CHECK(before.good());
        if (torn) CHECK(says(before, journal_verdict::warning, "unfinished"));
        d.chain.open_segment();
        d.note(11, {});
        d.chain.checkpoint(d.key);
        CHECK(has_only_notes(d.check()));
        CHECK(says(d.check(), journal_verdict::note, "all of it was given up"));
    }
}

TEST_CASE("records that can't be read are bad, at their frame") {
    desk d;
    d.chain.open_segment();
    std::size_t const at = d.chain.bytes().size();
    d.chain.batch(raw_decision(begin, 5, 0, "c-1"), 1);
    d.chain.checkpoint(d.key);
    journal_report const report = d.check();
    CHECK(says(report, journal_verdict::bad, "names a policy that its segment does not"));
    CHECK(report.findings[0].offset == at);
}

TEST_CASE("gaps and ends without a word are notes, and lost events are counted") {
    desk d;
    d.chain.open_segment();
    d.note(3, {{"lost", "12"}, {"allowed", "2"}, {"why", "the ring was full"}});
    d.note(3, {{"lost", "3"}});
    d.note(3, {{"lost", "1"}});
    d.note(4, {{"records", "5"}});
    d.note(99, {{"of", "a later version"}});
    d.chain.checkpoint(d.key);
    journal_report const report = d.check();
    CHECK(has_only_notes(report));
    CHECK(
        says(report, journal_verdict::note, "12 events could not be recorded: the ring was full"));
    CHECK(says(report, journal_verdict::note, "1 event could not be recorded"));
    CHECK(report.writers[0].lost == 16);
}

TEST_CASE("an unsigned end of more than a minute is a warning") {
    desk d;
    d.chain.open_segment();
    d.note(1, {});
    d.chain.checkpoint(d.key);
    d.note(10, {});
    CHECK(has_only_notes(d.check()));
    d.chain.time += 61'000'000'000;
    d.note(10, {});
    CHECK(says(d.check(), journal_verdict::warning, "over more than a minute"));
}

}  // namespace rolecall::testing
