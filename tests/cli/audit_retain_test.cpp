// `rolecall audit retain`.
#include "audit/json_text.hpp"
#include "journal/journal_key.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/journal.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;

std::string now_text() {
    std::string text;
    audit::append_time(text, rolecall::detail::unix_nanoseconds());
    return text;
}

struct signed_trail {
    temporary_directory folder;
    journal_key_file key;
    std::string path = folder.path("trail");

    [[nodiscard]] journal opened() const { return journal(path, {.key = key.path()}); }
    // Each segment has a record.
    static void fill(journal& trail, int segments) {
        REQUIRE(trail);
        for (int i = 0; i < segments; ++i) {
            CHECK(trail.note_configured("number", std::to_string(i)));
            CHECK(trail.rotate());
        }
    }
    [[nodiscard]] outcome retain(words const& more) const {
        words line{"audit", "retain", path};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
    [[nodiscard]] std::size_t segments(int writer = 1) const {
        std::size_t count = 0;
        for (auto const& file :
             std::filesystem::directory_iterator(path + "/writer-" + std::to_string(writer)))
            if (file.path().extension() == ".segment") ++count;
        return count;
    }
    [[nodiscard]] bool is_good() const {
        return run({"audit", "verify", path, "--key", key.path()}).code == 0;
    }
};

TEST_CASE("a process drops the segments in which everything is older, and records it") {
    signed_trail const is;
    journal trail = is.opened();
    is.fill(trail, 3);
    std::string const then = now_text();
    is.fill(trail, 1);
    REQUIRE(is.segments() == 5);

    outcome const dry = is.retain({"--before", then, "--dry-run"});
    CHECK(dry.code == 0);
    CHECK(has(dry.out, "writer 1: 3 segments would go, of "));
    CHECK(has(dry.out, " bytes, with its records up to 4\n"));  // `started`, and three
    CHECK(has(dry.out, "dry run: nothing was changed\n"));
    CHECK(is.segments() == 5);

    outcome const done = is.retain({"--before", then});
    CHECK(done.code == 0);
    CHECK(done.out == "writer 1: 3 segments dropped by its process\n");
    CHECK(is.segments() == 2);
    CHECK(is.is_good());
    auto const records = records_in(is.path);
    CHECK(records.front().sequence == 5);
    CHECK(records.back().note == journal_note::retained);

    outcome const again = is.retain({"--before", then});
    CHECK(again.code == 0);
    CHECK(again.out == "writer 1: nothing is so old that a whole segment could go\n");
}

TEST_CASE("where no process writes, old segments are dropped here, with the key") {
    signed_trail const is;
    {
        journal first = is.opened();
        is.fill(first, 2);
        journal second = is.opened();
        is.fill(second, 1);
    }
    std::string const then = now_text();
    outcome const no_key = is.retain({"--before", then});
    CHECK(no_key.code == 2);
    CHECK(no_key.out == "");
    CHECK(has(no_key.err, "writer 1: its checkpoints are signed, and no process has it"));
    CHECK(has(no_key.err, "writer 2: its checkpoints are signed"));
    CHECK(is.segments() == 3);

    outcome const one = is.retain({"--before", then, "--writer", "2", "--sign", is.key.path()});
    CHECK(one.code == 0);
    CHECK(one.out == "writer 2: 1 segment dropped\n");
    CHECK(is.segments() == 3);
    outcome const all = is.retain({"--before", then, "--sign", is.key.path()});
    CHECK(all.code == 0);
    CHECK(has(all.out, "writer 1: 2 segments dropped\n"));
    CHECK(is.segments() == 1);
    CHECK(is.is_good());
}

TEST_CASE("where nothing is so old, nothing is written, and no key is needed") {
    signed_trail const is;
    {
        journal trail = is.opened();
        is.fill(trail, 2);
    }
    std::size_t const before = records_in(is.path).size();
    outcome const done = is.retain({"--older-than", "12 months"});
    CHECK(done.err == "");
    CHECK(done.code == 0);
    CHECK(done.out == "writer 1: nothing is so old that a whole segment could go\n");
    CHECK(records_in(is.path).size() == before);
    CHECK(has(is.retain({"--older-than", "999 years", "--dry-run"}).out,
              "writer 1: nothing is so old that a whole segment would go\n"));
}

TEST_CASE("less than a year is done, with a word about the rule that asks for one") {
    signed_trail const is;
    { journal const trail = is.opened(); }
    for (char const* const period : {"364 days", "52 weeks", "11 months"}) {
        outcome const done = is.retain({"--older-than", period});
        CAPTURE(period);
        CHECK(done.code == 0);
        CHECK(has(done.err, "warning: PCI DSS 10.5.1"));
    }
    for (char const* const period : {"366 days", "12 months", "1 year", "6 years"})
        CHECK(is.retain({"--older-than", period}).err == "");
    CHECK(has(is.retain({"--before", now_text()}).err, "PCI DSS 10.5.1"));
    CHECK(is.retain({"--before", "2021-01-01"}).err == "");
}

TEST_CASE("what can't be meant is refused") {
    signed_trail const is;
    {
        journal trail = is.opened();
        is.fill(trail, 1);
    }
    for (words const& wrong :
         std::vector<words>{{},
                            {"--older-than", "12"},
                            {"--older-than", "12months"},
                            {"--older-than", "0 days"},
                            {"--before", "2261-01-01"},
                            {"--before", "yesterday"},
                            {"--before", "2021-01-01", "--older-than", "1 year"},
                            {"--before", "2021-01-01", "--writer", "9"},
                            {"--before", "2021-01-01", "more"}}) {
        outcome const refused = is.retain(wrong);
        CAPTURE(refused.err);
        CHECK(refused.code == 2);
        CHECK(refused.out == "");
    }
    CHECK(has(is.retain({"--before", "2261-01-01"}).err, "has not come yet"));
    CHECK(run({"audit", "retain", is.folder.path("none"), "--older-than", "1 year"}).code == 2);
    CHECK(is.segments() == 2);
}

}  // namespace
