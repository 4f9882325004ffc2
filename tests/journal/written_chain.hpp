// A chain on a simulated disk, and what of it counts.
#ifndef ROLECALL_TESTS_JOURNAL_WRITTEN_CHAIN_HPP
#define ROLECALL_TESTS_JOURNAL_WRITTEN_CHAIN_HPP

#include "journal/chain_caller.hpp"
#include "journal/chain_writer.hpp"
#include "journal/check.hpp"
#include "journal/entry_writer.hpp"
#include "journal/folder.hpp"
#include "journal/segment_reader.hpp"
#include "journal/simulated_disk.hpp"
#include "journal/trail_reading.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

using words = std::vector<std::string>;
using kinds = std::vector<trail::frame_kind>;
inline constexpr auto opening = trail::frame_kind::opening;
inline constexpr auto batch_of = trail::frame_kind::batch;

inline constexpr char chain_folder[] = "/journal/writer-1";
inline constexpr std::uint64_t chain_segment_bytes = 8'192;

inline trail::identity journal_identity() {
    trail::identity is{};
    is.fill(std::byte{0x5f});
    return is;
}

inline journal_record noted(journal_note what,
                            std::vector<std::pair<std::string, std::string>> details) {
    journal_record is;
    is.note = what;
    is.event.time = 1;
    is.details = std::move(details);
    return is;
}

// A disk, and a chain on it.
class written_chain {
public:
    written_chain() {
        trail::identity is{};
        REQUIRE(trail::open_folder(disk, "/journal", true, journal_identity(), is).text() == "");
        REQUIRE(disk.make_folder(chain_folder) == 0);
        REQUIRE(disk.sync_folder("/journal") == 0);
    }

    // Another process, after the one before ended in whatever way.
    trail::trouble open() {
        trail::chain_options options;
        options.segment_bytes = chain_segment_bytes;
        options.now = &ticking;
        chain = std::make_unique<trail::chain_writer>(disk, chain_folder, journal_identity(), 1,
                                                      options);
        return chain->open(found);
    }
    trail::trouble append(std::string const& value) {
        batch.clear();
        batch.add(noted(journal_note::configured, {{"value", value}}));
        return chain->append(batch);
    }
    void append(journal_record const& record) {
        batch.clear();
        batch.add(record);
        REQUIRE(chain->append(batch).text() == "");
    }
    void end() {
        append(noted(journal_note::stopped, {{"run", "7"}}));
        REQUIRE(chain->finish().text() == "");
    }

    // The values that were appended and count, in order; other notes by their names. The check that
    // users run finds nothing bad.
    std::vector<std::string> values() {
        for (journal_finding const& f : trail::check(disk, "/journal", {}, false).findings)
            if (f.verdict == journal_verdict::bad) FAIL_CHECK(f.segment << ": " << f.text);
        trail_found const is = read_trail(disk, chain_folder, journal_identity(), 1);
        CHECK(is.problems == std::vector<std::string>{});
        std::vector<std::string> all;
        for (journal_record const& r : is.records)
            all.push_back(r.note == journal_note::configured ? r.details[0].second
                                                             : std::string(r.kind()));
        return all;
    }

    std::unique_ptr<trail::file> file(std::uint64_t segment) {
        int error = 0;
        auto opened = disk.open(path(segment), trail::open_how::write, error);
        REQUIRE(opened);
        return opened;
    }
    static std::string path(std::uint64_t segment) {
        return std::string(chain_folder) + '/' + trail::segment_name(segment);
    }
    std::uint64_t size(std::uint64_t segment) {
        std::uint64_t is = 0;
        REQUIRE(file(segment)->size(is) == 0);
        return is;
    }
    std::string contents(std::uint64_t segment) {
        std::string bytes(size(segment), '\0');
        REQUIRE(trail::read_all(*file(segment), 0, std::as_writable_bytes(std::span(bytes))).ok());
        return bytes;
    }
    void put(std::uint64_t segment, std::uint64_t offset, std::string_view text) {
        REQUIRE(trail::write_all(*file(segment), offset,
                                 std::as_bytes(std::span(text.data(), text.size()))) == 0);
    }
    void flip(std::uint64_t segment, std::uint64_t offset) {
        std::byte is{};
        REQUIRE(trail::read_all(*file(segment), offset, std::span(&is, 1)).done == 1);
        is ^= std::byte{1};
        REQUIRE(trail::write_all(*file(segment), offset, trail::bytes_view(&is, 1)) == 0);
    }
    std::vector<trail::frame_kind> frames(std::uint64_t segment) {
        trail::segment_reader reader(file(segment));
        std::vector<trail::frame_kind> kinds;
        while (trail::frame const* const f = reader.next()) kinds.push_back(f->head.kind);
        return kinds;
    }
    // The next call of this kind goes wrong; others do not.
    void fail_once(disk_call call, disk_fault fault) {
        disk.faults = [call, fault, done = false](disk_call is) mutable {
            if (done || is != call) return disk_fault{};
            done = true;
            return fault;
        };
    }
    void fail_always(disk_call call, int error) {
        disk.faults = [call, error](disk_call is) {
            return is == call ? disk_fault{error, disk_fault::extent::nothing} : disk_fault{};
        };
    }

    simulated_disk disk;
    std::unique_ptr<trail::chain_writer> chain;
    trail::left_behind found;
    trail::entry_writer batch;
};

}  // namespace rolecall::testing

#endif
