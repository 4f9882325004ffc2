#include "journal/entry_reader.hpp"
#include "journal/raw_journal.hpp"
#include "journal/record_reader.hpp"
#include "journal/segment_reader.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rolecall::testing {
namespace {

constexpr std::int64_t begin = 1'700'000'000'000'000'000;
std::string const id = "0123456789abcdef";

struct desk {
    desk() {
        files.contents["j/journal"] = "rolecall-journal 1 30313233343536373839616263646566\n";
    }

    static void note(raw_chain& to, std::string const& name) {
        to.batch(raw_note(10, to.time, {{"name", name}}), 1);
    }
    memory_files files;
    raw_chain one{files, "j", id, 1, begin};
    raw_chain two{files, "j", id, 2, begin};
};

std::string name_of(journal_record const& record) {
    for (auto const& [name, value] : record.details)
        if (name == "name") return value;
    return {};
}

// The names of all notes that are there now, in order.
std::string names(trail::record_reader& reader) {
    std::string all;
    while (journal_record const* const record = reader.next()) all += name_of(*record) + ' ';
    return all;
}

trail::bytes_view view_of(std::string const& bytes) {
    return std::as_bytes(std::span(bytes.data(), bytes.size()));
}

// What is wrong with a payload; empty: nothing.
std::string wrong_with(raw_bytes const& payload, std::uint32_t records) {
    return trail::entry_reader().read(view_of(payload.is), 1, records,
                                      [](journal_record&&) { return true; });
}

}  // namespace

TEST_CASE("a decision is read with all its names") {
    small_journal j;
    trail::record_reader reader(j.files, "j", {1, {}, {}});
    journal_record const* const started = reader.next();
    REQUIRE(started != nullptr);
    CHECK(started->note == journal_note::started);
    CHECK(started->kind() == "started");
    CHECK(started->sequence == 1);
    CHECK(started->details ==
          std::vector<std::pair<std::string, std::string>>{{"run", "7"}, {"key", ""}});
    journal_record const* const record = reader.next();
    REQUIRE(record != nullptr);
    CHECK(record->writer == 1);
    CHECK(record->sequence == 2);
    CHECK(record->note == journal_note::event);
    CHECK_FALSE(record->imported);
    CHECK_FALSE(record->record_hashed);
    CHECK(record->details.empty());
    audit_record const& e = record->event;
    CHECK(e.sequence == 2);
    CHECK(e.time == begin + 1001);
    CHECK(e.kind == audit_kind::decision);
    CHECK(e.user == "mila");
    CHECK(e.origin == "till 3");
    CHECK(e.active_roles == std::vector<std::string>{"clerk"});
    CHECK(e.held_roles == std::vector<std::string>{"clerk", "manager"});
    CHECK(e.category == "customer");
    CHECK(e.action == "edit");
    CHECK(e.record == "c-0");
    CHECK(e.decision == decision::allow);
    CHECK(e.reason == reason::granted);
    CHECK(e.granting_role == "clerk");
    CHECK(e.policy_version == 1);
    CHECK(e.policy_digest == "79731f41f968");
    CHECK(e.facts == std::vector<std::pair<std::string, std::optional<bool>>>{
                         {"on-duty", true}, {"signed-in", false}});
    std::uint64_t last = 2;
    while (journal_record const* const next = reader.next()) {
        CHECK(next->sequence == last + 1);
        last = next->sequence;
    }
    CHECK(last == 14);
    CHECK(reader.problems().empty());
}

TEST_CASE("an event by names is read as it was written") {
    raw_bytes body;
    body.u8(4).u8(3).u64(12).text("u").text("o").list({"a"}).list({"a", "b"});
    body.text("view").text("x.y").text("0123456789ABCDEF");
    body.u32(3).text("f").u8(0).text("g").u8(1).text("h").u8(2);
    body.u8(1).u8(9).text("role").u32(77).text("d1").text("d0");
    body.u32(7).raw("problem").text("d2").list({"who"});
    raw_bytes const payload = raw_bytes().entry(4, body);
    trail::entry_reader reader;
    reader.begin(view_of(payload.is), 40, 1);
    journal_record record;
    record.writer = 9;  // what was in it before is gone
    record.details = {{"old", "old"}};
    REQUIRE(reader.next(record));
    CHECK(record.sequence == 40);
    CHECK(record.imported);
    CHECK(record.record_hashed);
    CHECK(record.details.empty());
    audit_record const& e = record.event;
    CHECK(e.kind == audit_kind::roles_unknown);
    CHECK(e.time == 12);
    CHECK(e.record == "30313233343536373839414243444546");
    CHECK(e.facts == std::vector<std::pair<std::string, std::optional<bool>>>{
                         {"f", false}, {"g", true}, {"h", std::nullopt}});
    CHECK(e.decision == decision::allow);
    CHECK(e.reason == reason::unmet);
    CHECK(e.granting_role == "role");
    CHECK(e.policy_version == 77);
    CHECK(e.policy_digest == "d1");
    CHECK(e.previous_digest == "d0");
    CHECK(e.problem == "problem");
    CHECK(e.refused_digest == "d2");
    CHECK(e.unknown_roles == std::vector<std::string>{"who"});
    CHECK_FALSE(reader.next(record));
    CHECK(reader.wrong().empty());
}

TEST_CASE("policies, actors and rings that were told of are there, the last of each") {
    raw_bytes payload = raw_policy(3, 1);
    payload.raw(raw_policy(3, 2).is).raw(raw_policy(4, 7).is);
    for (std::uint64_t through : {10U, 20U})
        payload.entry(6, raw_bytes().u64(7).u32(2).u64(through).u64(1).u64(0));
    payload.entry(6, raw_bytes().u64(8).u32(2).u64(5).u64(0).u64(0));
    trail::entry_reader reader;
    CHECK(reader.read(view_of(payload.is), 1, 0, [](journal_record&&) { return true; }).empty());
    REQUIRE(reader.policies().size() == 2);
    CHECK(reader.policies().at(3).version == 2);
    CHECK(reader.policies().at(4).categories.size() == 3);
    REQUIRE(reader.drained().size() == 2);
    CHECK(reader.drained()[0].through == 20);
    CHECK(reader.drained()[0].lost == 1);
    CHECK(reader.drained()[1].run == 8);
}

TEST_CASE("a payload that is cut anywhere, or says more or fewer records, is refused") {
    raw_bytes payload = raw_policy(0, 1);
    payload.raw(raw_actor(5, "mila").is).raw(raw_decision(begin, 5, 0, "c-1").is);
    payload.raw(raw_note(10, begin, {{"a", "b"}}).is);
    CHECK(wrong_with(payload, 2).empty());
    CHECK_FALSE(wrong_with(payload, 1).empty());
    CHECK_FALSE(wrong_with(payload, 3).empty());
    for (std::size_t size = 0; size < payload.is.size(); ++size) {
        raw_bytes cut;
        cut.is = payload.is.substr(0, size);
        CHECK_FALSE(wrong_with(cut, 2).empty());
    }
}

TEST_CASE("entries that speak of what is not there are refused") {
    raw_bytes known = raw_policy(0, 1);
    known.raw(raw_actor(5, "mila").is);
    auto const with = [&](raw_bytes const& entry) {
        raw_bytes payload = known;
        return wrong_with(payload.raw(entry.is), 1);
    };
    auto const decision_but = [](std::size_t at, char value) {
        raw_bytes entry = raw_decision(begin, 5, 0, "c-1");
        entry.is[4 + at] = value;
        return entry;
    };
    CHECK(with(raw_decision(begin, 5, 0, "c-1")).empty());
    CHECK(with(decision_but(8, 6)).find("an actor") != std::string::npos);
    CHECK(with(decision_but(12, 3)).find("a number") != std::string::npos);
    CHECK(with(decision_but(16, 2)).find("a number") != std::string::npos);
    CHECK(with(decision_but(20, 1)).find("a policy") != std::string::npos);
    CHECK(with(decision_but(22, 3)).find("a number") != std::string::npos);
    CHECK(with(decision_but(23, 2)).find("an answer") != std::string::npos);
    CHECK(with(decision_but(24, 10)).find("an answer") != std::string::npos);
    CHECK(with(decision_but(25, 5)).find("flags") != std::string::npos);
    CHECK(with(decision_but(25, 3)).find("hash") != std::string::npos);
    CHECK(with(decision_but(26, 2)).find("longer") != std::string::npos);
    CHECK(with(decision_but(26, 4)).find("shorter") != std::string::npos);
    CHECK(with(decision_but(28, 4)).find("facts") != std::string::npos);
    CHECK(with(decision_but(44, 7)).find("facts") != std::string::npos);
    CHECK(with(raw_bytes().entry(7, {})).find("a type") != std::string::npos);
    CHECK_FALSE(with(raw_bytes().entry(5, raw_bytes().u8(0).u64(0).u32(0))).empty());
    // A count that nothing stands behind takes no memory.
    CHECK_FALSE(with(raw_bytes().entry(5, raw_bytes().u8(1).u64(0).u32(0xFFFF'FFFF))).empty());
    CHECK_FALSE(
        with(raw_bytes().entry(2, raw_bytes().u32(1).u8(1).text("").text("").u32(1U << 30U)))
            .empty());
}

TEST_CASE("records of several writers come by time, and of one writer in its order") {
    desk d;
    d.one.open_segment();
    d.two.open_segment();
    for (auto const& [chain, time, name] :
         std::vector<std::tuple<raw_chain*, std::int64_t, std::string>>{{&d.one, 10, "a"},
                                                                        {&d.two, 20, "b"},
                                                                        {&d.one, 30, "c"},
                                                                        {&d.one, 5, "back"},
                                                                        {&d.two, 40, "d"},
                                                                        {&d.one, 40, "e"}}) {
        chain->time = time;
        desk::note(*chain, name);
    }
    trail::record_reader all(d.files, "j", {});
    CHECK(names(all) == "a b c back e d ");
    CHECK(all.problems().empty());
    trail::record_reader second(d.files, "j", {2, {}, {}});
    CHECK(names(second) == "b d ");
    trail::record_reader none(d.files, "j", {3, {}, {}});
    CHECK_FALSE(none.problem().empty());
    CHECK(none.next() == nullptr);
}

TEST_CASE("a reader that is asked again later gives what was written meanwhile") {
    desk d;
    d.one.open_segment();
    desk::note(d.one, "a");
    d.one.bytes().resize(d.one.bytes().size() + 1000);
    std::string& segment = d.one.bytes();
    trail::record_reader reader(d.files, "j", {});
    CHECK(names(reader) == "a ");
    CHECK(names(reader).empty());
    segment.resize(segment.size() - 1000);
    desk::note(d.one, "b");
    segment.resize(segment.size() + 500);
    CHECK(names(reader) == "b ");
    segment.resize(segment.size() - 500);
    d.one.close();
    d.one.open_segment();
    desk::note(d.one, "c");
    CHECK(names(reader) == "c ");
    d.two.open_segment();
    desk::note(d.two, "other");
    CHECK(names(reader) == "other ");
    CHECK(reader.problems().empty());
}

TEST_CASE("where a new segment gives up the end of one that was read, reading goes on there") {
    desk d;
    d.one.open_segment();
    desk::note(d.one, "a");
    raw_chain::place const synced = d.one.here();
    desk::note(d.one, "b");
    trail::record_reader reader(d.files, "j", {});
    CHECK(names(reader) == "a b ");
    d.one.go_back(synced);
    d.one.open_segment();
    desk::note(d.one, "failed");
    desk::note(d.one, "b");
    CHECK(names(reader) == "failed b ");
    CHECK(reader.problems().size() == 1);
    trail::record_reader again(d.files, "j", {});
    CHECK(names(again) == "a failed b ");
    CHECK(again.problems().empty());
}

TEST_CASE("a torn end is a problem, once, and what comes after it in a new segment is read") {
    desk d;
    d.one.open_segment();
    desk::note(d.one, "a");
    raw_chain::place const whole = d.one.here();
    d.one.bytes() += "RCJ1 torn";
    trail::record_reader reader(d.files, "j", {});
    CHECK(names(reader) == "a ");
    CHECK(names(reader).empty());
    CHECK(reader.problems().size() == 1);
    d.one.go_back(whole);
    d.one.open_segment();
    desk::note(d.one, "b");
    CHECK(names(reader) == "b ");
    CHECK(reader.problems().size() == 1);
}

TEST_CASE("a damaged segment is a problem, and reading goes on with the next") {
    desk d;
    for (char const* const name : {"a", "b", "c"}) {
        d.one.open_segment();
        desk::note(d.one, name);
        d.one.close();
    }
    std::string& second = d.files.contents["j/writer-1/000000000002.segment"];
    second[second.size() / 2] = '!';
    trail::record_reader reader(d.files, "j", {});
    CHECK(names(reader) == "a c ");
    REQUIRE(reader.problems().size() == 1);
    CHECK(reader.problems()[0].find("000000000002.segment`, byte 124: its hash") !=
          std::string::npos);
    d.files.contents.erase("j/writer-1/000000000002.segment");
    trail::record_reader without(d.files, "j", {});
    CHECK(names(without) == "a c ");
    REQUIRE(without.problems().size() == 1);
    CHECK(without.problems()[0].find("missing") != std::string::npos);
    // Segments that were dropped at the beginning are none.
    d.files.contents.erase("j/writer-1/000000000001.segment");
    trail::record_reader dropped(d.files, "j", {});
    CHECK(names(dropped) == "c ");
    CHECK(dropped.problems().empty());
}

TEST_CASE("segments that hold nothing that is asked for are not read") {
    desk d;
    constexpr std::int64_t hour = 3'600'000'000'000;
    std::vector<std::string> paths;
    for (int s = 0; s < 5; ++s) {
        d.one.time = begin + s * hour;
        d.one.open_segment();
        paths.push_back(d.one.path());
        desk::note(d.one, std::to_string(2 * s + 1));
        desk::note(d.one, std::to_string(2 * s + 2));
        d.one.close();
    }
    trail::record_reader from(d.files, "j", {0, begin + 3 * hour, {}});
    CHECK(names(from) == "5 6 7 8 9 10 ");
    trail::record_reader after(d.files, "j", {0, {}, {{1, 7}, {2, 100}}});
    CHECK(names(after) == "8 9 10 ");
    trail::record_reader all_known(d.files, "j", {0, {}, {{1, 10}}});
    CHECK(names(all_known).empty());
    d.one.open_segment();
    desk::note(d.one, "11");
    CHECK(names(all_known) == "11 ");
    // Not read: damage there is not seen.
    d.files.contents[paths[0]][200] = '!';
    trail::record_reader still(d.files, "j", {0, {}, {{1, 7}}});
    CHECK(names(still) == "8 9 10 11 ");
    CHECK(still.problems().empty());
}

TEST_CASE("a frame that says it is large is believed where the file has so many bytes") {
    memory_files files;
    std::string const whole = raw_frame(2, 0, 1, 0, std::string(32, 'p'), std::string(1000, '\0'));
    auto const why = [&](std::string const& bytes) {
        files.contents["f"] = bytes;
        int error = 0;
        trail::segment_reader reader(files.open("f", trail::open_how::read, error));
        trail::frame const* const is = reader.next();
        CHECK((is == nullptr || reader.why() == trail::frames_end::not_yet));
        return is != nullptr                            ? std::string("whole")
               : reader.why() == trail::frames_end::end ? std::string("end")
                                                        : reader.what();
    };
    CHECK(why(whole) == "whole");
    CHECK(why("") == "end");
    CHECK(why(std::string(300'000, '\0')) == "end");
    CHECK(why(std::string(300'000, '\0') + 'x').find("zeros") != std::string::npos);
    CHECK(why(whole.substr(0, 60)) == "the file ends within it");
    CHECK(why(whole.substr(0, 1000)) == "the file ends within it");
    std::string large = whole;
    large.replace(8, 4, std::string("\xFF\xFF\xFF\x01", 4));
    CHECK(why(large) == "the file ends within it");
    large.replace(8, 4, std::string("\xFF\xFF\xFF\xFF", 4));
    CHECK(why(large).find("larger") != std::string::npos);
    large = whole;
    large[12] = 'A';
    large[13] = 'A';
    CHECK(why(large).find("more records") != std::string::npos);
}

}  // namespace rolecall::testing
