// The folder of a journal, and the writers in it.
#include "journal/folder.hpp"

#include "support/skip.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("threads");

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

trail::identity named(unsigned char byte) {
    trail::identity is{};
    is.fill(std::byte{byte});
    return is;
}

trail::trouble make(std::string const& path, unsigned char byte, trail::identity& is) {
    return trail::open_folder(trail::real_files(), path, true, named(byte), is);
}

mode_t mode_of(std::string const& path) {
    struct stat is {};
    REQUIRE(::stat(path.c_str(), &is) == 0);
    return is.st_mode & 07777U;
}

}  // namespace

TEST_CASE("a folder that is not there is made, for its owner, and stays the same journal") {
    temporary_directory const here;
    std::string const path = here.path("journal");
    trail::identity is{};
    CHECK(trail::open_folder(trail::real_files(), path, false, named(1), is));
    CHECK_FALSE(fs::exists(path));
    CHECK(make(path, 1, is).what == "");
    CHECK(is == named(1));
    CHECK(mode_of(path) == 0700);
    CHECK(mode_of(path + "/journal") == 0600);
    CHECK(make(path, 2, is).what == "");
    CHECK(is == named(1));
    CHECK(trail::open_folder(trail::real_files(), path, false, named(3), is).what == "");
    CHECK(is == named(1));
    std::size_t files = 0;
    for ([[maybe_unused]] auto const& entry : fs::directory_iterator(path)) ++files;
    CHECK(files == 1);
}

TEST_CASE("what a process left that was killed while it made a journal is in nobody's way") {
    temporary_directory const here;
    std::string const path = here.make_directory("journal");
    ::chmod(path.c_str(), 0700);
    here.write("journal/journal.new-" + std::string(32, '7'), "rolecall-jour");
    trail::identity is{};
    CHECK(make(path, 1, is).what == "");
    CHECK(is == named(1));
    CHECK_FALSE(fs::exists(path + "/journal.new-" + std::string(32, '7')));
}

TEST_CASE("a folder with anything else in it does not become a journal") {
    temporary_directory const here;
    std::string const path = here.make_directory("home");
    ::chmod(path.c_str(), 0700);
    here.write("home/letters", "dear");
    trail::identity is{};
    CHECK(make(path, 1, is).text().find("has something in it") != std::string::npos);
    CHECK_FALSE(fs::exists(path + "/journal"));
}

TEST_CASE("an identity that is not to the letter is refused") {
    temporary_directory const here;
    std::string const path = here.make_directory("journal");
    ::chmod(path.c_str(), 0700);
    trail::identity is{};
    std::string const digits(32, 'a');
    for (std::string const& text :
         {std::string(), "rolecall-journal 1 " + digits, "rolecall-journal 2 " + digits + "\n",
          "rolecall-journal 1 " + std::string(32, 'A') + "\n",
          "rolecall-journal 1 " + digits + "\n\n", "rolecall-journal 1 " + digits + "b\n"}) {
        CAPTURE(text);
        here.write("journal/journal", text);
        ::chmod((path + "/journal").c_str(), 0600);
        CHECK(make(path, 1, is));
    }
    here.write("journal/journal", "rolecall-journal 1 " + digits + "\n");
    CHECK(make(path, 1, is).what == "");
    CHECK(is == named(0xaa));
}

TEST_CASE("folders and files that others may write to are refused, and links too") {
    temporary_directory const here;
    std::string const path = here.path("journal");
    trail::identity is{};
    REQUIRE(make(path, 1, is).what == "");
    for (mode_t const mode : {0720U, 0702U}) {
        ::chmod(path.c_str(), mode);
        CHECK(make(path, 1, is));
    }
    ::chmod(path.c_str(), 0700);
    ::chmod((path + "/journal").c_str(), 0620);
    CHECK(make(path, 1, is));
    ::chmod((path + "/journal").c_str(), 0600);
    here.link("other", "journal");
    CHECK(make(here.path("other"), 1, is));
    trail::taken_writer taken;
    REQUIRE(trail::take_writer(trail::real_files(), path, taken).what == "");
    taken = {};
    ::chmod((path + "/writer-1").c_str(), 0770);
    CHECK(trail::take_writer(trail::real_files(), path, taken));
    ::chmod((path + "/writer-1").c_str(), 0700);
    ::chmod((path + "/writer-1/lock").c_str(), 0666);
    CHECK(trail::take_writer(trail::real_files(), path, taken));
}

TEST_CASE("many who make a journal at once make one") {
    for (int round = 0; round < 20; ++round) {
        temporary_directory const here;
        std::string const path = here.path("journal");
        std::vector<trail::identity> found(6);
        std::vector<std::string> wrong(6);
        std::vector<std::thread> threads;
        for (unsigned char t = 0; t < 6; ++t)
            threads.emplace_back([&, t] { wrong[t] = make(path, t + 1, found[t]).what; });
        for (std::thread& t : threads) t.join();
        CHECK(wrong == std::vector<std::string>(6));
        CHECK(found == std::vector<trail::identity>(6, found[0]));
    }
}

TEST_CASE("writers are taken from the lowest, and given back") {
    temporary_directory const here;
    std::string const path = here.path("journal");
    trail::identity is{};
    REQUIRE(make(path, 1, is).what == "");
    trail::taken_writer one, two, three;
    CHECK(trail::take_writer(trail::real_files(), path, one).what == "");
    CHECK(trail::take_writer(trail::real_files(), path, two).what == "");
    CHECK(one.number == 1);
    CHECK(two.number == 2);
    CHECK(two.folder == path + "/writer-2");
    CHECK(mode_of(two.folder) == 0700);
    CHECK(trail::take_writer(trail::real_files(), path, 1, three).error == EWOULDBLOCK);
    one = {};
    CHECK(trail::take_writer(trail::real_files(), path, three).what == "");
    CHECK(three.number == 1);
    CHECK(trail::take_writer(trail::real_files(), path, 7, one).error == ENOENT);
    std::vector<std::uint32_t> writers;
    CHECK(trail::list_writers(trail::real_files(), path, writers).what == "");
    CHECK(writers == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("segments are listed, and files of nobody are trouble") {
    temporary_directory const here;
    std::string const path = here.make_directory("w");
    for (char const* name : {"000000000002.segment", "000000000010.segment", "lock", "ring-003",
                             "request", "request.new"})
        here.write(std::string("w/") + name, "");
    std::vector<std::uint64_t> segments;
    CHECK(trail::list_segments(trail::real_files(), path, segments).what == "");
    CHECK(segments == std::vector<std::uint64_t>{2, 10});
    for (char const* name : {"2.segment", "000000000002.segment~", "letters"}) {
        here.write(std::string("w/") + name, "");
        CHECK(trail::list_segments(trail::real_files(), path, segments));
        fs::remove(path + '/' + name);
    }
}

TEST_SUITE_END();
