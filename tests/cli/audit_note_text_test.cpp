// What a journal says of itself, as people read it.
#include "cli/audit/note_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace rolecall;
using details = std::vector<std::pair<std::string, std::string>>;

std::string text_of(journal_note what, details is) {
    journal_record note;
    note.note = what;
    note.details = std::move(is);
    return cli::note_text(note).value_or("(none)");
}

}  // namespace

TEST_CASE("a note is a sentence, with times in place of numbers") {
    CHECK(text_of(journal_note::started, {{"program", "/usr/bin/shop"},
                                          {"pid", "471"},
                                          {"host", "till-3"},
                                          {"origin", ""},
                                          {"version", "0.1.0"},
                                          {"run", "9"},
                                          {"key", "1f2e3d4c5b6a7988"}}) ==
          "/usr/bin/shop, process 471 on till-3, signs with 1f2e3d4c5b6a7988");
    CHECK(text_of(journal_note::started, {{"program", "shop"},
                                          {"pid", "1"},
                                          {"host", "h"},
                                          {"origin", "the till"},
                                          {"key", ""}}) == "the till, process 1 on h");
    CHECK(text_of(journal_note::stopped, {{"run", "9"}, {"records", "1"}}) ==
          "1 record in this run");
    CHECK(text_of(journal_note::gap, {{"lost", "3"},
                                      {"allowed", "1"},
                                      {"first", "1617148800000000000"},
                                      {"last", "1617148801000000000"},
                                      {"why", "not recorded in time"}}) ==
          "3 events not recorded, 1 of them allowed, from 2021-03-31T00:00:00.000000000Z to "
          "2021-03-31T00:00:01.000000000Z: not recorded in time");
    CHECK(
        text_of(journal_note::recovered, {{"run", "9"},
                                          {"records", "2"},
                                          {"given-up", "64"},
                                          {"torn-lines", "5"},
                                          {"why", "the machine stopped"}}) ==
        "a process did not stop; 2 records saved, 64 bytes at the end given up, 5 lines torn: the "
        "machine stopped");
    CHECK(text_of(journal_note::recovered, {{"records", "2"}, {"given-up", "0"}}) ==
          "a process did not stop; 2 records saved");
    CHECK(text_of(journal_note::read,
                  {{"by", "ines"}, {"how", "audit show"}, {"what", "--last 3"}}) ==
          "ines by audit show --last 3");
    CHECK(text_of(journal_note::key_changed, {{"from", "a"}, {"to", "b"}, {"signature", ""}}) ==
          "from a to b, which the old key did not sign");
    CHECK(text_of(journal_note::configured, {{"name", "retention"}, {"value", "6 years"}}) ==
          "retention = 6 years");
    CHECK(text_of(journal_note::failed, {{"segment", "7"}, {"why", "the disk refused"}}) ==
          "in segment 7: the disk refused");
    CHECK(text_of(journal_note::retained,
                  {{"through", "4"}, {"sequence", "99"}, {"before", "1617148800000000000"}}) ==
          "segments through 4 dropped, with records through 99, all before "
          "2021-03-31T00:00:00.000000000Z");
}

TEST_CASE("a note that lacks something, or says it otherwise, has no sentence") {
    CHECK(text_of(journal_note::started, {{"program", "shop"}}) == "(none)");
    CHECK(text_of(journal_note::clock_changed, {{"from", "yesterday"}, {"to", "1"}}) == "(none)");
    CHECK(text_of(journal_note::gap, {}) == "(none)");
    CHECK(text_of(journal_note::event, {}) == "(none)");
}
