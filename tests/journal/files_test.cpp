// What a journal does with files: whole writes out of short ones, and the real file system.
#include "journal/files.hpp"

#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
using trail::open_how;
namespace fs = std::filesystem;

namespace {

trail::bytes_view bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

// A file in memory that takes and gives three bytes at most in a call, is interrupted every second
// time, and refuses after a while.
class reluctant_file final : public trail::file {
public:
    std::string contents;
    int calls_left = 1'000;
    int refusal = EIO;  // 0: no error, and nothing done

    trail::io_result read_at(std::uint64_t offset, std::span<std::byte> to) noexcept override {
        if (auto const no = refuse(); no.error != 0 || calls_left <= 0) return no;
        if (offset >= contents.size()) return {};
        std::size_t const size = std::min({to.size(), contents.size() - offset, std::size_t{3}});
        std::memcpy(to.data(), contents.data() + offset, size);
        return {size, 0};
    }
    trail::io_result write_at(std::uint64_t offset, trail::bytes_view from) noexcept override {
        if (auto const no = refuse(); no.error != 0 || calls_left <= 0) return no;
        std::size_t const size = std::min(from.size(), std::size_t{3});
        if (contents.size() < offset + size) contents.resize(offset + size);
        std::memcpy(contents.data() + offset, from.data(), size);
        return {size, 0};
    }
    int sync() noexcept override { return 0; }
    int resize(std::uint64_t) noexcept override { return 0; }
    int allocate(std::uint64_t) noexcept override { return 0; }
    int size(std::uint64_t& is) noexcept override {
        is = contents.size();
        return 0;
    }
    bool is_private() noexcept override { return true; }
    int lock() noexcept override { return 0; }
    int is_locked(bool& is) noexcept override { return is = false, 0; }

private:
    trail::io_result refuse() noexcept {
        if (--calls_left <= 0) return {0, refusal};
        return {0, calls_left % 2 == 0 ? EINTR : 0};
    }
};

std::unique_ptr<trail::file> opened(std::string const& path, open_how how) {
    int error = 0;
    auto file = trail::real_files().open(path, how, error);
    REQUIRE_MESSAGE(file, std::strerror(error));
    return file;
}

int error_of(std::string const& path, open_how how) {
    int error = 0;
    CHECK_FALSE(trail::real_files().open(path, how, error));
    return error;
}

std::string all_of(trail::file& file) {
    std::uint64_t size = 0;
    REQUIRE(file.size(size) == 0);
    std::string text(size, '\0');
    REQUIRE(trail::read_all(file, 0, std::as_writable_bytes(std::span(text))).done == size);
    return text;
}

}  // namespace

TEST_CASE("short writes and interruptions make a whole write") {
    reluctant_file file;
    file.contents = "0123456789";
    CHECK(trail::write_all(file, 4, bytes("abcdefghijk")) == 0);
    CHECK(file.contents == "0123abcdefghijk");
    CHECK(trail::write_all(file, 0, {}) == 0);
}

TEST_CASE("a write that refuses in its middle says why, and one that does nothing is a full disk") {
    reluctant_file file;
    file.calls_left = 5;
    CHECK(trail::write_all(file, 0, bytes("abcdefghijklmnop")) == EIO);
    file.calls_left = 5;
    file.refusal = 0;
    CHECK(trail::write_all(file, 0, bytes("abcdefghijklmnop")) == ENOSPC);
}

TEST_CASE("short reads make a whole read, up to the end of the file") {
    reluctant_file file;
    file.contents = "0123456789";
    std::string text(8, '\0');
    auto const room = std::as_writable_bytes(std::span(text));
    CHECK(trail::read_all(file, 1, room).done == 8);
    CHECK(text == "12345678");
    trail::io_result const got = trail::read_all(file, 5, room);
    CHECK(got.ok());
    CHECK(got.done == 5);
    file.calls_left = 4;
    CHECK(trail::read_all(file, 0, room).error == EIO);
}

TEST_CASE("a new file is for its owner, and takes no other's place") {
    temporary_directory const here;
    std::string const path = here.path("new");
    mode_t const before = ::umask(0);
    { auto const file = opened(path, open_how::create_new); }
    ::umask(before);
    struct stat is {};
    REQUIRE(::stat(path.c_str(), &is) == 0);
    CHECK((is.st_mode & 07777U) == 0600);
    CHECK(error_of(path, open_how::create_new) == EEXIST);
    CHECK(opened(path, open_how::create)->is_private());
    CHECK(error_of(here.path("none"), open_how::read) == ENOENT);
    CHECK(error_of(here.path("none"), open_how::write) == ENOENT);
}

TEST_CASE("links, folders and pipes are no files of a journal") {
    temporary_directory const here;
    here.write("there", "text");
    here.link("link", "there");
    REQUIRE(::mkfifo(here.path("pipe").c_str(), 0600) == 0);
    for (open_how const how : {open_how::read, open_how::write, open_how::create}) {
        CHECK(error_of(here.path("link"), how) == ELOOP);
        CHECK(error_of(here.path("pipe"), how) != 0);
        CHECK(error_of(here.path(), how) == EISDIR);
    }
}

TEST_CASE("what others may write to is not private") {
    temporary_directory const here;
    std::string const path = here.write("file", "text");
    for (auto const& [mode, expected] : std::vector<std::pair<mode_t, bool>>{
             {0600, true}, {0644, true}, {0620, false}, {0602, false}}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        CHECK(opened(path, open_how::read)->is_private() == expected);
    }
    bool is = false;
    std::string const folder = here.make_directory("folder");
    REQUIRE(::chmod(folder.c_str(), 0700) == 0);
    CHECK(trail::real_files().folder_is_private(folder, is) == 0);
    CHECK(is);
    here.link("other", "folder");
    CHECK(trail::real_files().folder_is_private(here.path("other"), is) == 0);
    CHECK_FALSE(is);
    CHECK(trail::real_files().folder_is_private(here.path("none"), is) == ENOENT);
}

TEST_CASE("a file is lengthened by zeros that have their place on the disk") {
    temporary_directory const here;
    auto const file = opened(here.path("file"), open_how::create_new);
    REQUIRE(trail::write_all(*file, 0, bytes("text")) == 0);
    constexpr std::uint64_t size = 300'000;
    REQUIRE(file->allocate(size) == 0);
    std::string const text = all_of(*file);
    REQUIRE(text.size() == size);
    CHECK(text.substr(0, 4) == "text");
    CHECK(text.find_first_not_of('\0', 4) == std::string::npos);
    REQUIRE(file->sync() == 0);
    struct stat is {};
    REQUIRE(::stat(here.path("file").c_str(), &is) == 0);
    CHECK(static_cast<std::uint64_t>(is.st_blocks) * 512 >= size);
    // Shorter than it is: nothing to do.
    REQUIRE(file->allocate(10) == 0);
    CHECK(all_of(*file).size() == size);
    REQUIRE(file->resize(4) == 0);
    CHECK(all_of(*file) == "text");
    REQUIRE(file->resize(6) == 0);
    CHECK(all_of(*file) == std::string("text\0\0", 6));
}

TEST_CASE("a file is locked once, and free when it is closed") {
    temporary_directory const here;
    std::string const path = here.write("lock", "");
    auto one = opened(path, open_how::write);
    auto const two = opened(path, open_how::write);
    CHECK(one->lock() == 0);
    CHECK(two->lock() == EWOULDBLOCK);
    one.reset();
    CHECK(two->lock() == 0);
}

TEST_CASE("a file gets its final name unless there is one") {
    temporary_directory const here;
    std::string const from = here.write("from", "new"), to = here.path("to");
    CHECK(trail::real_files().publish(from, to) == 0);
    CHECK_FALSE(fs::exists(from));
    CHECK(all_of(*opened(to, open_how::read)) == "new");
    here.write("from", "other");
    CHECK(trail::real_files().publish(from, to) == EEXIST);
    CHECK(all_of(*opened(to, open_how::read)) == "new");
    CHECK(trail::real_files().publish(here.path("none"), here.path("x")) == ENOENT);
}

TEST_CASE("names are listed in order, and folders made for their owner") {
    temporary_directory const here;
    std::string const folder = here.path("folder");
    CHECK(trail::real_files().make_folder(folder) == 0);
    CHECK(trail::real_files().make_folder(folder) == EEXIST);
    struct stat is {};
    REQUIRE(::stat(folder.c_str(), &is) == 0);
    CHECK((is.st_mode & 077U) == 0);
    for (char const* name : {"b", "a", "c"}) here.write(std::string("folder/") + name, "");
    std::vector<std::string> names{"old"};
    CHECK(trail::real_files().list(folder, names) == 0);
    CHECK(names == std::vector<std::string>{"a", "b", "c"});
    CHECK(trail::real_files().remove(folder + "/b") == 0);
    CHECK(trail::real_files().remove(folder + "/b") == ENOENT);
    CHECK(trail::real_files().sync_folder(folder) == 0);
    CHECK(trail::real_files().sync_folder(here.path("none")) == ENOENT);
    CHECK(trail::real_files().list(here.path("none"), names) == ENOENT);
}
