// `rolecall audit rotate`.
#include "journal/journal_key.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;

struct rotated_trail {
    temporary_directory folder;
    journal_key_file key;
    std::string path = folder.path("trail");

    [[nodiscard]] journal opened() const { return journal(path, {.key = key.path()}); }
    [[nodiscard]] outcome rotate(words const& more = {}) const {
        words line{"audit", "rotate", path};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
    [[nodiscard]] bool is_good(std::string const& with) const {
        return run({"audit", "verify", path, "--key", with}).code == 0;
    }
    // The second test vector of RFC 8032.
    void change_key() const {
        std::ofstream(key.path()) << "-----BEGIN PRIVATE KEY-----\n"
                                     "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1P"
                                     "uKb7\n"
                                     "-----END PRIVATE KEY-----\n";
    }
};

std::uint64_t count_of(std::vector<journal_record> const& records, journal_note what) {
    return static_cast<std::uint64_t>(
        std::count_if(records.begin(), records.end(),
                      [&](journal_record const& record) { return record.note == what; }));
}

TEST_CASE("processes that write to a journal begin new segments when they are asked") {
    rotated_trail const is;
    journal const first = is.opened();
    journal const second = is.opened();
    REQUIRE(second);
    outcome const done = is.rotate();
    CHECK(done.err == "");
    CHECK(done.code == 0);
    CHECK(done.out ==
          "writer 1: its process began a new segment, and read its key anew\n"
          "writer 2: its process began a new segment, and read its key anew\n");
    CHECK(first.status().segment == 2);
    CHECK(second.status().segment == 2);
    CHECK(is.rotate({"--writer", "2"}).out ==
          "writer 2: its process began a new segment, and read its key anew\n");
    CHECK(first.status().segment == 2);
    CHECK(second.status().segment == 3);
    CHECK(is.is_good(is.key.path()));
}

TEST_CASE("after its key file was changed, a process that is asked signs with the new key") {
    rotated_trail const is;
    std::string const old_key = is.folder.path("old.pem");
    {
        journal const trail = is.opened();
        REQUIRE(trail);
        std::filesystem::copy_file(is.key.path(), old_key);
        is.change_key();
        CHECK(is.rotate().code == 0);
        CHECK(count_of(records_in(is.path), journal_note::key_changed) == 1);
    }
    CHECK(is.is_good(is.key.path()));
    CHECK(is.is_good(old_key));  // it signed the change
}

TEST_CASE("where no process writes, there is nothing to ask") {
    rotated_trail const is;
    { journal const trail = is.opened(); }
    outcome const nobody = is.rotate();
    CHECK(nobody.code == 1);
    CHECK(has(nobody.out, "now: the next that starts uses the key that it is given\n"));
    CHECK(count_of(records_in(is.path), journal_note::started) == 1);
}

TEST_CASE("a writer that no process has is rotated here when it is named") {
    rotated_trail const is;
    { journal const trail = is.opened(); }
    outcome const no_key = is.rotate({"--writer", "1"});
    CHECK(no_key.code == 2);
    CHECK(no_key.out == "");
    CHECK(has(no_key.err, "writer 1: its checkpoints are signed, and no process has it"));
    CHECK(has(no_key.err, "`--sign`"));
    outcome const done = is.rotate({"--writer", "1", "--sign", is.key.path()});
    CHECK(done.err == "");
    CHECK(done.code == 0);
    CHECK(done.out == "writer 1: began a new segment; no process has this writer\n");
    CHECK(std::filesystem::exists(is.path + "/writer-1/000000000002.segment"));
    CHECK(is.is_good(is.key.path()));
}

TEST_CASE("a process that does not answer may still do it" * doctest::test_suite("slow")) {
    rotated_trail const is;
    { journal const trail = is.opened(); }
    trail::chain_options options;
    options.now = &rolecall::detail::unix_nanoseconds;
    trail::open_writer taken;  // and nobody looks at what is asked
    must(trail::open_a_writer(is.path, false, {1}, options, taken));
    outcome const done = is.rotate();
    CHECK(done.code == 2);
    CHECK(done.out == "");
    CHECK(has(done.err, "writer 1: its process did not answer in time; it may still do it\n"));
}

TEST_CASE("a rotation that can't be meant is wrong usage") {
    rotated_trail const is;
    { journal const trail = is.opened(); }
    outcome const key_alone = is.rotate({"--sign", is.key.path()});
    CHECK(key_alone.code == 2);
    CHECK(has(key_alone.err, "name it with `--writer`"));
    outcome const no_writer = is.rotate({"--writer", "7"});
    CHECK(no_writer.code == 2);
    CHECK(has(no_writer.err, "has no writer 7; it has 1\n"));
    CHECK(is.rotate({"--writer", "0"}).code == 2);
    CHECK(is.rotate({"more"}).code == 2);
    CHECK(run({"audit", "rotate"}).code == 2);
    CHECK(run({"audit", "rotate", is.folder.path("none")}).code == 2);
}

}  // namespace
