// What entries look like, byte by byte, and that what is written is what is read.
#include "journal/entry_writer.hpp"

#include "journal/raw_journal.hpp"
#include "journal/sample_chain.hpp"
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

std::string payload(trail::entry_writer const& of) {
    return {reinterpret_cast<char const*>(of.payload().data()), of.payload().size()};
}

}  // namespace

TEST_CASE("a decision takes 32 bytes, its facts and its record id") {
    trail::decision_entry is;
    is.time = 0x0102'0304'0506'0708;
    is.actor = 0x11'12'13'14;
    is.category = 0x21'22'23'24;
    is.granting_role = 0x31'32'33'34;
    is.slot = 0x41'42;
    is.action = 0x51;
    is.decision = 1;
    is.reason = 9;
    is.record = "id";
    auto const fixed = [](std::uint8_t flags, std::uint16_t id) {
        return raw_bytes()
            .u64(0x0102'0304'0506'0708)
            .u32(0x11'12'13'14)
            .u32(0x21'22'23'24)
            .u32(0x31'32'33'34)
            .u16(0x41'42)
            .u8(0x51)
            .u8(1)
            .u8(9)
            .u8(flags)
            .u16(id);
    };
    trail::entry_writer to;
    to.add(is);
    CHECK(payload(to) == raw_bytes().entry(3, fixed(0, 2).raw("id")).is);
    CHECK(to.records() == 1);
    is.stated = 7;
    is.stated_true = 1;
    is.stated_false = 2;
    is.record = "0123456789abcdef";
    is.record_hashed = true;
    to.clear();
    CHECK(to.empty());
    to.add(is);
    CHECK(payload(to) ==
          raw_bytes().entry(3, fixed(3, 16).u64(1).u64(2).u64(7).raw("0123456789abcdef")).is);
    CHECK(to.records() == 1);
}

TEST_CASE("definitions are no records") {
    trail::entry_writer to;
    to.add(trail::policy_entry{1, 2, 3, "d", {"r"}, {"c", ""}, {}, {"a"}});
    to.add(trail::actor_entry{9, true, "u", "o", {"r"}, {}});
    to.add(trail::drained_entry{1, 2, 3, 4, 5});
    CHECK(to.records() == 0);
    CHECK(payload(to) ==
          raw_bytes()
              .entry(1, raw_bytes()
                            .u16(1)
                            .u64(2)
                            .u32(3)
                            .text("d")
                            .list({"r"})
                            .list({"c", ""})
                            .list({})
                            .list({"a"}))
              .entry(2, raw_bytes().u32(9).u8(1).text("u").text("o").list({"r"}).list({}))
              .entry(6, raw_bytes().u64(1).u32(2).u64(3).u64(4).u64(5))
              .is);
}

TEST_CASE("an event by names says all of it") {
    journal_record is;
    is.imported = is.record_hashed = true;
    audit_record& e = is.event;
    e.kind = audit_kind::roles_unknown;
    e.time = -2;
    e.user = "u";
    e.origin = "o";
    e.active_roles = {"x"};
    e.held_roles = {"x", "y"};
    e.action = "a";
    e.category = "c";
    e.record = "000102030405060708090a0b0c0d0eff";
    e.facts = {{"no", false}, {"yes", true}, {"who knows", std::nullopt}};
    e.decision = decision::allow;
    e.reason = reason::granted;
    e.granting_role = "x";
    e.policy_version = 7;
    e.policy_digest = "d";
    e.previous_digest = "p";
    e.problem = "w";
    e.refused_digest = "r";
    e.unknown_roles = {"z"};
    trail::entry_writer to;
    to.add(is);
    CHECK(to.records() == 1);
    std::string const id("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\xff", 16);
    raw_bytes body;
    body.u8(4).u8(3).u64(~std::uint64_t{0} - 1).text("u").text("o").list({"x"}).list({"x", "y"});
    body.text("a").text("c").text(id);
    body.u32(3).text("no").u8(0).text("yes").u8(1).text("who knows").u8(2);
    body.u8(1).u8(1).text("x").u32(7).text("d").text("p").u32(1).raw("w").text("r").list({"z"});
    CHECK(payload(to) == raw_bytes().entry(4, body).is);
}

TEST_CASE("a note is its number, its time and its details") {
    journal_record is;
    is.note = journal_note::gap;
    is.event.time = 5;
    is.details = {{"lost", "1"}, {"", ""}};
    trail::entry_writer to;
    to.add(is);
    CHECK(payload(to) ==
          raw_bytes()
              .entry(5, raw_bytes().u8(3).u64(5).u32(2).text("lost").text("1").text("").text(""))
              .is);
}

TEST_CASE("texts that are longer than any can be are cut") {
    journal_record is;
    is.event.user = std::string(70'000, 'u');
    is.event.problem = std::string(2'000'000, 'p');
    trail::entry_writer to;
    to.add(is);
    trail::entry_reader reader;
    std::vector<journal_record> read;
    CHECK(reader.read(to.payload(), 1, 1, [&](journal_record&& r) {
        read.push_back(std::move(r));
        return true;
    }) == "");
    REQUIRE(read.size() == 1);
    CHECK(read[0].event.user == std::string(65'535, 'u'));
    CHECK(read[0].event.problem == std::string(1'048'576, 'p'));
}

TEST_CASE("an entry that is too large for its size leaves nothing behind") {
    trail::entry_writer to;
    to.add(trail::drained_entry{1, 2, 3, 4, 5});
    std::string const before = payload(to);
    trail::policy_entry large;
    large.categories.assign(300, std::string(60'000, 'c'));
    CHECK_THROWS_AS(to.add(large), std::length_error);
    CHECK(payload(to) == before);
    CHECK(to.records() == 0);
    large.categories.resize(250);
    to.add(large);
    CHECK(to.payload().size() > 15'000'000);
}

TEST_CASE("entries that were built before stand as they are") {
    trail::entry_writer from, to;
    from.add(trail::drained_entry{1, 2, 3, 4, 5});
    from.add(trail::decision_entry{});
    to.add_built(from.payload(), from.records());
    to.add_built(from.payload(), from.records());
    CHECK(payload(to) == payload(from) + payload(from));
    CHECK(to.records() == 2);
}

TEST_CASE("what was written is what a reader gives") {
    sample_chain const sample(2);
    for (std::uint32_t writer = 1; writer <= 2; ++writer) {
        journal_reader_options options;
        options.writer = writer;
        journal_reader reader(sample.path(), options);
        REQUIRE_MESSAGE(reader, reader.problem());
        for (journal_record const& expected : sample.records(writer)) {
            journal_record const* const is = reader.next();
            REQUIRE(is != nullptr);
            CAPTURE(expected.sequence);
            CHECK(*is == expected);
        }
        CHECK(reader.next() == nullptr);
        CHECK(reader.problems().empty());
    }
}
