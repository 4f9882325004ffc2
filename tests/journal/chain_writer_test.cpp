// What a chain writer makes of segments, and of a disk that refuses.
#include "journal/journal_key.hpp"
#include "journal/signing.hpp"
#include "journal/written_chain.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr auto checkpoint = trail::frame_kind::checkpoint;
constexpr auto closing = trail::frame_kind::closing;

}  // namespace

TEST_CASE("a segment is ended by a closing, cut to its size, and followed by the next") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    std::uint64_t const before = w.chain->bytes();
    REQUIRE(w.chain->roll().text() == "");
    CHECK(w.size(1) == before + 96);
    CHECK(w.frames(1) == kinds{opening, batch_of, closing});
    CHECK(w.chain->segment() == 2);
    CHECK(w.chain->synced_sequence() == 1);
    REQUIRE(w.append("b").text() == "");
    CHECK(w.values() == words{"a", "b"});
}

TEST_CASE("a segment takes what fits, and a new one takes anything") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    CHECK(w.chain->has_room_for(100'000));
    REQUIRE(w.append(std::string(20'000, 'x')).text() == "");
    CHECK_FALSE(w.chain->has_room_for(1));
    REQUIRE(w.chain->roll().text() == "");
    REQUIRE(w.append("b").text() == "");
    CHECK(w.chain->has_room_for(1'000));
    CHECK_FALSE(w.chain->has_room_for(chain_segment_bytes));
    CHECK(w.values() == words{std::string(20'000, 'x'), "b"});
    w.batch.clear();
    w.batch.add_built(std::vector<std::byte>(trail::longest_payload + 1), 1);
    CHECK(w.chain->append(w.batch).text().find("larger than a frame") != std::string::npos);
}

TEST_CASE("what could not be written does not count, and can be tried again") {
    for (auto const extent :
         {disk_fault::extent::nothing, disk_fault::extent::half, disk_fault::extent::all}) {
        written_chain w;
        REQUIRE(w.open().text() == "");
        REQUIRE(w.append("a").text() == "");
        w.fail_once(disk_call::write, {ENOSPC, extent});
        trail::trouble const why = w.append(std::string(500, 'x'));
        CHECK(why.error == ENOSPC);
        CHECK(why.text().find("can't be written (No space left on device)") != std::string::npos);
        CHECK_FALSE(w.chain->failed());
        CHECK(w.chain->next_sequence() == 2);
        REQUIRE(w.append("b").text() == "");
        REQUIRE(w.chain->sync().text() == "");
        // What the failed write left may stand behind the end. So there is no closing, behind which
        // nothing may stand.
        REQUIRE(w.chain->roll().text() == "");
        CHECK(w.frames(1) == kinds{opening, batch_of, batch_of});
        CHECK(w.chain->segment() == 2);
        REQUIRE(w.append("c").text() == "");
        REQUIRE(w.chain->roll().text() == "");
        CHECK(w.frames(2) == kinds{opening, batch_of, closing});
        CHECK(w.values() == words{"a", "b", "c"});
    }
}

// Its file may be there after a crash, whatever was done to remove it, and says where this one
// ends.
TEST_CASE("once the next segment was tried, nothing more goes into this one") {
    for (bool const refused_before : {false, true}) {
        written_chain w;
        REQUIRE(w.open().text() == "");
        REQUIRE(w.append("a").text() == "");
        if (refused_before) {
            w.fail_once(disk_call::write, {EIO, disk_fault::extent::half});
            CHECK(w.append("x"));
        }
        w.fail_always(disk_call::sync_folder, EIO);
        CHECK(w.chain->roll().error == EIO);
        CHECK(w.append("b").error == EIO);
        w.disk.faults = nullptr;
        REQUIRE(w.append("b").text() == "");
        CHECK(w.chain->segment() == 2);
        CHECK(w.values() == words{"a", "b"});
    }
}

TEST_CASE("after a failed sync nothing is appended until the chain has begun anew") {
    written_chain w;
    journal_key_file const file;
    std::string problem;
    auto const key = trail::signing_key::from_file(file.path(), problem);
    REQUIRE(key.has_value());
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    REQUIRE(w.chain->sync().text() == "");
    REQUIRE(w.append("b").text() == "");
    REQUIRE(w.append("c").text() == "");
    w.fail_once(disk_call::sync, {EIO, disk_fault::extent::nothing});
    CHECK(w.chain->sync().error == EIO);
    CHECK(w.chain->failed());
    CHECK(w.append("d"));
    CHECK(w.chain->sync());
    CHECK(w.chain->checkpoint(*key));
    CHECK(w.chain->roll());
    CHECK(w.chain->finish());
    CHECK(w.chain->synced_sequence() == 1);

    // The disk refuses still.
    w.fail_once(disk_call::sync, {EIO, disk_fault::extent::nothing});
    CHECK(w.chain->restart().error == EIO);
    CHECK(w.chain->failed());
    REQUIRE(w.chain->restart().text() == "");
    CHECK_FALSE(w.chain->failed());
    CHECK(w.chain->segment() == 2);
    CHECK(w.chain->next_sequence() == 2);
    REQUIRE(w.append("b").text() == "");
    REQUIRE(w.append("c").text() == "");
    REQUIRE(w.chain->sync().text() == "");
    CHECK(w.values() == words{"a", "b", "c"});
    CHECK(w.disk.violations() == words{});
}

TEST_CASE("where there is no room for the next segment, the next attempt makes it") {
    for (disk_call const call : {disk_call::open, disk_call::allocate, disk_call::sync_folder}) {
        written_chain w;
        journal_key_file const file;
        std::string problem;
        auto const key = trail::signing_key::from_file(file.path(), problem);
        REQUIRE(key.has_value());
        REQUIRE(w.open().text() == "");
        REQUIRE(w.append("a").text() == "");
        w.fail_always(call, ENOSPC);
        CHECK(w.chain->roll().error == ENOSPC);
        CHECK(w.chain->synced_sequence() == 1);
        CHECK_FALSE(w.chain->has_room_for(1));
        CHECK(w.append("b").error == ENOSPC);
        CHECK(w.chain->checkpoint(*key).error == ENOSPC);
        CHECK(w.chain->roll().error == ENOSPC);
        CHECK(w.chain->segment() == 1);
        w.disk.faults = nullptr;

        // A checkpoint is of the frame before it, and that is the opening of the next.
        REQUIRE(w.chain->checkpoint(*key).text() == "");
        REQUIRE(w.append("b").text() == "");
        CHECK(w.frames(1) == kinds{opening, batch_of, closing});
        CHECK(w.frames(2) == kinds{opening, checkpoint, batch_of});
        trail::segment_reader reader(w.file(2));
        std::string const before = trail::hex(reader.next()->own);
        trail::frame const* const signed_frame = reader.next();
        auto const head =
            parse_journal_head({reinterpret_cast<char const*>(signed_frame->payload.data()),
                                signed_frame->payload.size()});
        REQUIRE(head.has_value());
        CHECK(head->head == before);
        CHECK(head->segment == 2);
        CHECK(w.values() == words{"a", "b"});
    }
}

TEST_CASE("a segment that could not be begun and not be removed is begun by the next attempt") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    w.disk.faults = [](disk_call is) {
        bool const refused = is == disk_call::allocate || is == disk_call::remove;
        return refused ? disk_fault{EIO, disk_fault::extent::nothing} : disk_fault{};
    };
    CHECK(w.chain->roll());
    CHECK(w.chain->roll());
    w.disk.faults = nullptr;
    REQUIRE(w.chain->roll().text() == "");
    CHECK(w.chain->segment() == 2);
    REQUIRE(w.append("b").text() == "");
    CHECK(w.values() == words{"a", "b"});
}

TEST_CASE("a checkpoint is of the frame before it, signed, and made once") {
    written_chain w;
    journal_key_file const file;
    std::string problem;
    auto const key = trail::signing_key::from_file(file.path(), problem);
    REQUIRE(key.has_value());
    auto const shown = journal_public_key::from_pem(key->public_pem(), problem);
    REQUIRE(shown.has_value());
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    journal_head const end = w.chain->head();
    CHECK(end.sequence == 1);
    REQUIRE(w.chain->checkpoint(*key).text() == "");
    REQUIRE(w.chain->checkpoint(*key).text() == "");
    CHECK(w.frames(1) == kinds{opening, batch_of, checkpoint});
    trail::segment_reader reader(w.file(1));
    reader.next();
    reader.next();
    trail::frame const* const f = reader.next();
    REQUIRE(f != nullptr);
    CHECK(f->head.records == 0);
    CHECK(f->head.first == 2);
    auto const head =
        parse_journal_head({reinterpret_cast<char const*>(f->payload.data()), f->payload.size()});
    REQUIRE(head.has_value());
    CHECK(shown->verify(*head));
    CHECK(head->head == end.head);
    CHECK(head->sequence == 1);
    CHECK(head->writer == 1);
    CHECK(head->journal == trail::hex(journal_identity()));
    REQUIRE(w.append("b").text() == "");
    REQUIRE(w.chain->checkpoint(*key).text() == "");
    CHECK(w.frames(1) == kinds{opening, batch_of, checkpoint, batch_of, checkpoint});
    // A process that goes on with the chain sees that there is one.
    REQUIRE(w.chain->finish().text() == "");
    REQUIRE(w.open().text() == "");
}

TEST_CASE("whole segments are dropped, oldest first, and never the one that is written") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    for (char const* value : {"a", "b", "c"}) {
        REQUIRE(w.append(value).text() == "");
        REQUIRE(w.chain->roll().text() == "");
    }
    REQUIRE(w.append("d").text() == "");
    trail::segment_reader reader(w.file(4));
    std::string const last = trail::hex(reader.next()->head.previous);
    w.append(noted(journal_note::retained,
                   {{"through", "3"}, {"sequence", "3"}, {"hash", last}, {"before", "1"}}));
    REQUIRE(w.chain->sync().text() == "");
    // The second can't be removed: then the third stays too.
    int removed = 0;
    w.disk.faults = [&removed](disk_call is) {
        bool const refused = is == disk_call::remove && ++removed == 2;
        return refused ? disk_fault{EIO, disk_fault::extent::nothing} : disk_fault{};
    };
    CHECK(w.chain->drop_through(3).error == EIO);
    w.disk.faults = nullptr;
    CHECK(w.values() == words{"b", "c", "d", "retained"});
    REQUIRE(w.chain->drop_through(99).text() == "");
    CHECK(w.values() == words{"d", "retained"});
    REQUIRE(w.open().text() == "");
    CHECK(w.chain->next_sequence() == 6);
    CHECK(w.chain->segment() == 5);
}

TEST_CASE("a segment is removed once the one before it is gone for good, whatever failed before") {
    written_chain w;
    REQUIRE(w.open().text() == "");
    REQUIRE(w.append("a").text() == "");
    REQUIRE(w.chain->roll().text() == "");
    REQUIRE(w.append("b").text() == "");
    REQUIRE(w.chain->roll().text() == "");
    // The removal of the first is not on the disk.
    int syncs = 0;
    w.disk.faults = [&syncs](disk_call is) {
        bool const refused = is == disk_call::sync_folder && ++syncs == 2;
        return refused ? disk_fault{EIO, disk_fault::extent::nothing} : disk_fault{};
    };
    CHECK(w.chain->drop_through(2).error == EIO);
    std::vector<disk_call> calls;
    w.disk.faults = [&calls](disk_call is) {
        if (is == disk_call::remove || is == disk_call::sync_folder) calls.push_back(is);
        return disk_fault{};
    };
    REQUIRE(w.chain->drop_through(2).text() == "");
    CHECK(calls == std::vector<disk_call>{disk_call::sync_folder, disk_call::remove,
                                          disk_call::sync_folder});
}
