// Faults that the kernel itself gives, by strace: a journal in use loses nothing that it said yes
// to, tells what it refused, and goes on.
#include "concurrency/sanitizers.hpp"
#include "journal/told_sink.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;

// Its exit code, with what it says in a file; -1 where it can't be started or was killed.
int run(words line, std::string const& says) {
    std::vector<char*> arguments;
    for (std::string& word : line) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_addopen(&files, 1, says.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::posix_spawn_file_actions_adddup2(&files, 1, 2);
    pid_t child = 0;
    int const error =
        ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    int status = 0;
    if (error != 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

std::ptrdiff_t count_of(std::string const& text, std::string const& what) {
    std::ptrdiff_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

told_in_all told_in(std::string const& path) {
    told_in_all told;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("yes ")) told.yes.push_back(line.substr(4));
        if (line.starts_with("refused ")) told.refused = std::stoull(line.substr(8));
    }
    return told;
}

bool can_trace(temporary_directory const& here) {
    if (under_asan || under_tsan) {
        skip("a sanitizer is not traced");
        return false;
    }
    if (run({"strace", "-qq", "-o", here.path("trace"), "true"}, here.path("says")) == 0)
        return true;
    skip("there is no strace, or it may not trace here");
    return false;
}

// What was refused, and whether the journal noticed that as a disk that failed.
void lives_with(words const& faults, bool fails) {
    temporary_directory const here;
    if (!can_trace(here)) return;
    std::string const folder = here.path("journal");
    words line{"strace",
               "-f",
               "-qq",
               "-o",
               here.path("trace"),
               "-e",
               "trace=fdatasync,fsync,pwrite64,fallocate,ftruncate"};
    for (std::string const& fault : faults) {
        line.emplace_back("-e");
        line.push_back("inject=" + fault);
    }
    line.insert(line.end(), {ROLECALL_TRACED_LIFE, folder});
    REQUIRE(run(line, here.path("says")) == 0);
    CHECK(count_of(content_of(here.path("trace")), "(INJECTED)") >= 5);
    told_in_all const told_of = told_in(here.path("says"));
    CHECK(told_of.yes.size() > 200);

    // Whoever comes next, on a disk that is well, has all of it.
    { journal const next(folder, {.ring_records = 64}); }
    CHECK(told_of.compare(folder) == words{});
    bool told = false;
    journal_reader records(folder);
    while (journal_record const* const record = records.next())
        told = told || record->note == journal_note::failed;
    CHECK(told == fails);
}

}  // namespace

TEST_CASE("a disk that refuses to sync now and then") {
    lives_with({"fdatasync:error=EIO:when=12+9"}, true);
}

TEST_CASE("a disk that refuses to be written to now and then") {
    lives_with({"pwrite64:error=EIO:when=10+9"}, false);
}

TEST_CASE("a disk that is full now and then") {
    lives_with({"pwrite64:error=ENOSPC:when=10+8", "fallocate:error=ENOSPC:when=6+3"}, false);
}

TEST_CASE("signals that interrupt every third call") {
    lives_with({"fdatasync:error=EINTR:when=3+3", "pwrite64:error=EINTR:when=3+3"}, false);
}

TEST_CASE("a disk that refuses everything now and then") {
    lives_with({"fdatasync:error=EIO:when=14+11", "pwrite64:error=EIO:when=31+19",
                "fsync:error=EIO:when=9+7", "ftruncate:error=EIO:when=5+3"},
               true);
}
