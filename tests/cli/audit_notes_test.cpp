// What a journal says of itself, as `rolecall audit show` tells it to people.
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using details = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view first_time = "2021-03-31T00:00:00.000Z  ";

std::string shown(journal_record const& record) {
    temporary_directory const folder;
    std::string const journal = folder.path("trail");
    append_records(journal, {record});
    outcome const all = run({"audit", "show", journal, "--no-record"});
    CHECK(all.err == "");
    CHECK(all.code == 0);
    std::string const line = all.out.substr(0, all.out.find('\n'));
    REQUIRE(line.starts_with(first_time));
    return line.substr(first_time.size());
}

std::string shown(journal_note what, details const& of) {
    return shown(note_of(what, first_day, of));
}

std::string nanoseconds(std::int64_t time) { return std::to_string(time); }

TEST_CASE("that a process began says which, where, and what key signs") {
    details const all{{"program", "/usr/bin/till"}, {"pid", "4711"},      {"host", "till-3"},
                      {"origin", "shop"},           {"version", "0.1.0"}, {"run", "77"},
                      {"key", "1f2e3d4c5b6a7988"}};
    CHECK(shown(journal_note::started, all) ==
          "started  shop (/usr/bin/till), pid 4711 on till-3, rolecall 0.1.0, "
          "key 1f2e3d4c5b6a7988");
    CHECK(shown(journal_note::started,
                {{"program", "/usr/bin/till"}, {"pid", "7"}, {"host", ""}, {"key", ""}}) ==
          "started  /usr/bin/till, pid 7, no key");
    CHECK(shown(journal_note::stopped, {{"run", "77"}, {"records", "1234"}}) ==
          "stopped  after 1,234 records");
}

TEST_CASE("a gap says how many events are missing, and whether they were allowed") {
    auto const gap = [](std::string const& lost, std::string const& allowed) {
        return shown(journal_note::gap, {{"lost", lost},
                                         {"allowed", allowed},
                                         {"first", nanoseconds(first_day + one_second)},
                                         {"last", nanoseconds(first_day + 2 * one_second)},
                                         {"why", "not recorded in time"}});
    };
    std::string const rest =
        ": not recorded in time, from 2021-03-31T00:00:01.000Z to 2021-03-31T00:00:02.000Z";
    CHECK(gap("3", "1") == "gap  3 events were not recorded, 1 of them allowed" + rest);
    CHECK(gap("3", "0") == "gap  3 events were not recorded, none of them allowed" + rest);
    CHECK(gap("1", "0") == "gap  1 event was not recorded, and not allowed" + rest);
    CHECK(gap("1", "1") == "gap  1 event was not recorded, but allowed" + rest);
}

TEST_CASE("what was saved, and what could not be, is told of a process that was killed") {
    CHECK(shown(journal_note::recovered, {{"run", "77"}, {"records", "1"}, {"given-up", "0"}}) ==
          "recovered  a process had ended without a word, 1 record was saved from its rings");
    CHECK(shown(journal_note::recovered, {{"run", "77"},
                                          {"records", "5"},
                                          {"given-up", "17"},
                                          {"torn-lines", "2"},
                                          {"why", "the machine stopped"}}) ==
          "recovered  a process had ended without a word, 5 records were saved from its rings, "
          "17 bytes at the end given up, 2 torn lines lost: the machine stopped");
    CHECK(shown(journal_note::failed, {{"why", "`1.segment`: no space"}, {"segment", "3"}}) ==
          "failed  segment 3 could not be written, and a new one was begun: `1.segment`: no space");
}

TEST_CASE("changes of the clock, of keys and of settings are told with what was before") {
    std::string const earlier = nanoseconds(first_day);
    std::string const later = nanoseconds(first_day + one_day);
    CHECK(shown(journal_note::clock_changed, {{"from", later}, {"to", earlier}}) ==
          "clock-changed  back, from 2021-04-01T00:00:00.000Z to 2021-03-31T00:00:00.000Z");
    CHECK(shown(journal_note::clock_changed, {{"from", earlier}, {"to", later}}) ==
          "clock-changed  forward, from 2021-03-31T00:00:00.000Z to 2021-04-01T00:00:00.000Z");
    CHECK(shown(journal_note::key_changed,
                {{"from", "aa"}, {"to", "bb"}, {"public", "PEM"}, {"signature", "00ff"}}) ==
          "key-changed  from aa to bb, with a signature of the old key");
    CHECK(shown(journal_note::key_changed,
                {{"from", "aa"}, {"to", "bb"}, {"public", "PEM"}, {"signature", ""}}) ==
          "key-changed  from aa to bb, without a signature of the old key");
    CHECK(shown(journal_note::configured, {{"name", "retention"}, {"value", "6 years"}}) ==
          "configured  retention is 6 years");
}

TEST_CASE("who read, what was dropped and what was taken over is told") {
    CHECK(
        shown(journal_note::read, {{"by", "root"}, {"how", "audit show"}, {"what", "--last 2"}}) ==
        "read  by root: audit show --last 2");
    CHECK(shown(journal_note::retained, {{"through", "12"},
                                         {"sequence", "34567"},
                                         {"hash", "00ff"},
                                         {"before", nanoseconds(first_day)}}) ==
          "retained  segments up to 12, with the records up to 34,567, were dropped: older than "
          "2021-03-31T00:00:00.000Z");
    CHECK(shown(journal_note::imported,
                {{"from", "desk.csv"}, {"sha256", "9f86"}, {"records", "200"}}) ==
          "imported  200 records of desk.csv, SHA-256 9f86");
}

TEST_CASE("a detail that is no number, or that nobody knows, is shown as it is") {
    CHECK(shown(journal_note::gap, {{"lost", "many"}, {"allowed", "-1"}, {"first", "noon"}}) ==
          "gap  many events were not recorded, -1 of them allowed, from noon");
    CHECK(shown(journal_note::stopped, {{"records", "2"}, {"records", "3"}, {"mood", "good"}}) ==
          "stopped  after 2 records, records: 3, mood: good");
    CHECK(shown(journal_note::stopped, {{"records", "\x1b[2Jnone\n"}}) ==
          "stopped  after <U+001B>[2Jnone<U+000A> records");
    CHECK(shown(journal_note::stopped, {}) == "stopped");
}

TEST_CASE("what an authorizer tells beside decisions is told in words") {
    journal_record record = record_of({"", "", "", decision::deny});
    audit_record& event = record.event;
    event.active_roles.clear();
    event.held_roles.clear();
    event.record.clear();
    event.kind = audit_kind::policy_activated;
    event.policy_version = 2;
    event.policy_digest = "aaaa";
    event.previous_digest = "bbbb";
    CHECK(shown(record) == "policy-activated  version 2, digest aaaa, before it bbbb");
    event.kind = audit_kind::policy_refused;
    event.previous_digest.clear();
    event.problem = "`p.yaml` can't be read";
    event.refused_digest = "cccc";
    CHECK(shown(record) ==
          "policy-refused  `p.yaml` can't be read; refused digest cccc, version 2, digest aaaa "
          "goes on");
    event.kind = audit_kind::roles_unknown;
    event.user = "dana";
    event.problem.clear();
    event.refused_digest.clear();
    event.unknown_roles = {"boss", "owner"};
    CHECK(shown(record) == "roles-unknown  dana: boss, owner");
    event.active_roles = {"support"};
    CHECK(shown(record) == "roles-unknown  dana: boss, owner; taken: support");
}

}  // namespace
