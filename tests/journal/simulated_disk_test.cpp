// The simulated disk is as treacherous as it says, and no more.
#include "journal/simulated_disk.hpp"

#include "journal/crash_choices.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
using trail::open_how;
using extent = disk_fault::extent;

namespace {

std::unique_ptr<trail::file> opened(simulated_disk& disk, std::string const& path,
                                    open_how how = open_how::create) {
    int error = 0;
    auto file = disk.open(path, how, error);
    CHECK(error == 0);
    return file;
}

trail::bytes_view bytes(std::string_view text) {
    return {reinterpret_cast<std::byte const*>(text.data()), text.size()};
}

std::string content(simulated_disk& disk, std::string const& path) {
    int error = 0;
    auto const file = disk.open(path, open_how::read, error);
    if (!file) return "no file";
    std::string text(10'000, '?');
    auto const got = file->read_at(0, {reinterpret_cast<std::byte*>(text.data()), text.size()});
    return text.substr(0, got.done);
}

// All that a crash may leave of a file.
std::set<std::string> after_crashes(simulated_disk const& disk, std::string const& path,
                                    std::size_t most = 4'096) {
    std::mt19937 random(1);
    std::set<std::string> found;
    for (crash_choice const& choice : some_choices(disk.open_choices(), most, random))
        found.insert(content(*disk.after_crash(choice), path));
    return found;
}

std::string const torn(std::size_t count) { return std::string(count, '\xDB'); }

}  // namespace

TEST_CASE("what is synced is there after a crash, and so is its name if the folder is synced") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    CHECK(file->write_at(0, bytes("one")).done == 3);
    CHECK(after_crashes(disk, "/a") ==
          std::set<std::string>{"no file", "", std::string(3, '\0'), "one", torn(3)});
    CHECK(file->sync() == 0);
    CHECK(after_crashes(disk, "/a") == std::set<std::string>{"no file", "one"});
    CHECK(disk.sync_folder("/") == 0);
    CHECK(after_crashes(disk, "/a") == std::set<std::string>{"one"});
    CHECK(disk.open_choices().empty());
}

TEST_CASE("a file whose name alone is synced may be empty") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    CHECK(file->write_at(0, bytes("one")).done == 3);
    CHECK(disk.sync_folder("/") == 0);
    CHECK(after_crashes(disk, "/a") ==
          std::set<std::string>{"", std::string(3, '\0'), "one", torn(3)});
}

TEST_CASE("sectors reach the disk in any order, and a torn one keeps what was around it") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    CHECK(file->write_at(0, bytes(std::string(1'024, 'o'))).done == 1'024);
    CHECK(file->sync() == 0);
    CHECK(disk.sync_folder("/") == 0);
    CHECK(file->write_at(510, bytes("nnnn")).done == 4);
    std::set<std::string> expected;
    for (std::string const& left : {std::string("oo"), std::string("nn"), torn(2)})
        for (std::string const& right : {std::string("oo"), std::string("nn"), torn(2)})
            expected.insert(std::string(510, 'o') + left + right + std::string(510, 'o'));
    CHECK(after_crashes(disk, "/a") == expected);
}

TEST_CASE("of two writes to a sector the second is not there without the first") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    CHECK(file->allocate(4) == 0);
    CHECK(file->sync() == 0);
    CHECK(disk.sync_folder("/") == 0);
    CHECK(file->write_at(0, bytes("ab")).done == 2);
    CHECK(file->write_at(2, bytes("cd")).done == 2);
    std::string const nothing(2, '\0');
    CHECK(after_crashes(disk, "/a") ==
          std::set<std::string>{nothing + nothing, "ab" + nothing, "abcd", "ab" + torn(2)});
}

TEST_CASE("what was cut off does not come back where the file grew again") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    CHECK(file->write_at(0, bytes("secret")).done == 6);
    CHECK(file->sync() == 0);
    CHECK(disk.sync_folder("/") == 0);
    CHECK(file->resize(0) == 0);
    CHECK(file->resize(6) == 0);
    CHECK(after_crashes(disk, "/a") == std::set<std::string>{"secret", "", std::string(6, '\0')});
    CHECK(file->sync() == 0);
    CHECK(content(disk, "/a") == std::string(6, '\0'));
}

TEST_CASE("a file that is given its final name has it, or its temporary one, or both") {
    simulated_disk disk;
    auto const file = opened(disk, "/t");
    CHECK(file->write_at(0, bytes("x")).done == 1);
    CHECK(file->sync() == 0);
    CHECK(disk.sync_folder("/") == 0);
    CHECK(disk.publish("/t", "/f") == 0);
    CHECK(content(disk, "/t") == "no file");
    CHECK(disk.publish("/t", "/f") == ENOENT);
    std::mt19937 random(1);
    std::set<std::string> found;
    for (crash_choice const& choice : some_choices(disk.open_choices(), 99, random)) {
        auto const crashed = disk.after_crash(choice);
        found.insert(content(*crashed, "/t") + ", " + content(*crashed, "/f"));
    }
    CHECK(found == std::set<std::string>{"x, no file", "x, x", "no file, x"});
    auto const other = opened(disk, "/t");
    CHECK(disk.publish("/t", "/f") == EEXIST);
}

TEST_CASE("a removed file may come back, and what is in a folder goes with it") {
    simulated_disk disk;
    CHECK(disk.make_folder("/in") == 0);
    CHECK(disk.make_folder("/in") == EEXIST);
    auto const file = opened(disk, "/in/a");
    CHECK(file->write_at(0, bytes("x")).done == 1);
    CHECK(file->sync() == 0);
    CHECK(disk.sync_folder("/in") == 0);
    CHECK(after_crashes(disk, "/in/a") == std::set<std::string>{"no file", "x"});
    CHECK(disk.sync_folder("/") == 0);
    CHECK(after_crashes(disk, "/in/a") == std::set<std::string>{"x"});
    CHECK(disk.remove("/in/a") == 0);
    CHECK(after_crashes(disk, "/in/a") == std::set<std::string>{"no file", "x"});
    CHECK(disk.remove("/in/a") == ENOENT);
    std::vector<std::string> names{"other"};
    CHECK(disk.list("/in", names) == 0);
    CHECK(names.empty());
}

TEST_CASE(
    "a sync that fails drops what it should have written, and the next one is a fault of ours") {
    std::set<std::string> on_disk, in_cache;
    for (unsigned seed = 0; seed < 40; ++seed) {
        simulated_disk disk(seed);
        auto const file = opened(disk, "/a");
        CHECK(file->write_at(0, bytes("one")).done == 3);
        CHECK(file->sync() == 0);
        CHECK(disk.sync_folder("/") == 0);
        CHECK(file->write_at(0, bytes("two")).done == 3);
        disk.faults = [](disk_call) { return disk_fault{EIO, extent::nothing}; };
        CHECK(file->sync() == EIO);
        disk.faults = nullptr;
        in_cache.insert(content(disk, "/a"));
        CHECK(after_crashes(disk, "/a").size() == 1);
        CHECK(disk.violations().empty());
        CHECK(file->sync() == 0);
        CHECK(disk.violations().size() == 1);
        on_disk.merge(after_crashes(disk, "/a"));
    }
    CHECK(on_disk == std::set<std::string>{"one", "two", torn(3)});
    CHECK(in_cache == std::set<std::string>{"one", "two", torn(3)});
}

TEST_CASE("what a failed sync dropped is on the disk once it was written again and synced") {
    simulated_disk disk(3);
    auto const file = opened(disk, "/a");
    CHECK(file->write_at(0, bytes("two")).done == 3);
    CHECK(disk.sync_folder("/") == 0);
    disk.faults = [](disk_call) { return disk_fault{EIO, extent::nothing}; };
    CHECK(file->sync() == EIO);
    disk.faults = nullptr;
    CHECK(file->write_at(0, bytes("two")).done == 3);
    CHECK(file->sync() == 0);
    CHECK(disk.violations().empty());
    CHECK(after_crashes(disk, "/a") == std::set<std::string>{"two"});
}

TEST_CASE("calls are refused, halved, and refused although they were done") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    disk_fault next;
    disk.faults = [&](disk_call) { return next; };
    next = {0, extent::half};
    CHECK(file->write_at(0, bytes("abcd")).done == 2);
    next = {EIO, extent::half};
    CHECK(file->write_at(2, bytes("cdef")).error == EIO);
    next = {EINTR, extent::nothing};
    CHECK(file->write_at(4, bytes("efgh")).error == EINTR);
    next = {EIO, extent::all};
    CHECK(file->write_at(4, bytes("ef")).error == EIO);
    next = {};
    CHECK(content(disk, "/a") == "abcdef");
    next = {0, extent::half};
    CHECK(content(disk, "/a") == "abc");
    next = {EACCES, extent::nothing};
    CHECK(content(disk, "/a") == "no file");
}

TEST_CASE("a disk has no more room than it has, and what was allocated is taken") {
    simulated_disk disk;
    disk.limit(10);
    auto const a = opened(disk, "/a");
    auto const b = opened(disk, "/b");
    CHECK(a->allocate(8) == 0);
    CHECK(b->write_at(0, bytes("abc")).error == ENOSPC);
    CHECK(a->write_at(0, bytes("abcdefgh")).done == 8);
    CHECK(b->write_at(0, bytes("ab")).done == 2);
    CHECK(a->resize(4) == 0);
    CHECK(b->allocate(7) == ENOSPC);
    CHECK(b->allocate(6) == 0);
    CHECK(disk.remove("/b") == 0);
    CHECK(a->allocate(10) == 0);
}

TEST_CASE("bytes that count are neither written over with others nor cut") {
    simulated_disk disk;
    auto const file = opened(disk, "/a");
    CHECK(file->write_at(0, bytes("abcd")).done == 4);
    disk.protect("/a", 2);
    CHECK(file->write_at(0, bytes("abXX")).done == 4);
    CHECK(file->resize(2) == 0);
    CHECK(disk.violations().empty());
    CHECK(file->write_at(1, bytes("X")).done == 1);
    CHECK(file->resize(1) == 0);
    CHECK(disk.violations().size() == 2);
}

TEST_CASE("a lock keeps others out until its file is closed") {
    simulated_disk disk;
    auto first = opened(disk, "/lock");
    auto const second = opened(disk, "/lock");
    CHECK(first->lock() == 0);
    CHECK(first->lock() == 0);
    CHECK(second->lock() == EWOULDBLOCK);
    first.reset();
    CHECK(second->lock() == 0);
}
