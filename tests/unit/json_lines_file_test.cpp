// The file of a sink of lines: which it takes, where its numbers go on, and what is left in it
// when something goes wrong.
#include "audit/append_file.hpp"
#include "support/file_size_limit.hpp"
#include "support/recorded_lines.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/json_lines.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

unsigned mode_of(std::string const& path) {
    struct stat is {};
    REQUIRE(::stat(path.c_str(), &is) == 0);
    return is.st_mode & 0777U;
}

std::string problem_of_path(std::string const& path) {
    json_lines_sink sink(path);
    CHECK_FALSE(sink);
    CHECK(tell_of(sink, "p") == recorded::no);
    CHECK(sink.failures() == 1);
    std::string const problem = sink.problem();
    CHECK(problem.starts_with('`' + path + "` "));
    return problem.substr(std::min(path.size() + 3, problem.size()));
}

}  // namespace

TEST_CASE("a file of records that is made can be read by its owner only, unless told otherwise") {
    temporary_directory const folder;
    mode_t const mask = ::umask(0);
    json_lines_sink const own(folder.path("own.jsonl"));
    json_lines_sink const shared(folder.path("shared.jsonl"), {.mode = 0640});
    ::umask(mask);
    CHECK(mode_of(folder.path("own.jsonl")) == 0600);
    CHECK(mode_of(folder.path("shared.jsonl")) == 0640);
}

TEST_CASE("the numbers of records go on in a file that has some") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    for (char const* const customer : {"a", "b", "c"}) {
        json_lines_sink sink(path);
        CHECK(tell_of(sink, customer) == recorded::yes);
    }
    CHECK(summary(path, {.after = 0}) == "1 a, 2 b, 3 c");
    CHECK(json_lines_sink(path).last_sequence() == 3);
    CHECK(json_lines_sink(folder.write("y.jsonl", line_of(41))).last_sequence() == 41);
}

TEST_CASE("a torn last line is ended before the next, and a reader tells of it") {
    temporary_directory const folder;
    std::string const two = line_of(2, "b");
    for (std::size_t const size : {std::size_t{1}, std::size_t{30}, two.size() - 2}) {
        std::string const path = folder.write("x.jsonl", line_of(1, "a") + two.substr(0, size));
        {
            json_lines_sink sink(path);
            CHECK(tell_of(sink, "c") == recorded::yes);
            CHECK(tell_of(sink, "d") == recorded::yes);
        }
        CHECK(summary(path) == "1 a, [the line ends within the record], 2 c, 3 d");
    }
    std::string const only = folder.write("y.jsonl", two.substr(0, 40));
    json_lines_sink sink(only);
    CHECK(tell_of(sink, "a") == recorded::yes);
    CHECK(summary(only) == "[the line ends within the record], 1 a");
}

TEST_CASE("a last line that lacks only its end counts as a record when the next is written") {
    temporary_directory const folder;
    std::string const text = line_of(1, "a") + line_of(2, "b");
    std::string const path = folder.write("x.jsonl", text.substr(0, text.size() - 1));
    json_lines_sink sink(path);
    CHECK(tell_of(sink, "c") == recorded::yes);
    CHECK(summary(path) == "1 a, 2 b, 3 c");
}

TEST_CASE("broken lines at the end of a file do not hide the number of its last record") {
    temporary_directory const folder;
    for (std::size_t const broken : {0U, 1U, 65'000U, 65'536U, 300'000U, 2'000'000U}) {
        CAPTURE(broken);
        std::string const path = folder.write(
            "x.jsonl", line_of(1) + line_of(7) + std::string(broken, '#') + "\n{}\n\n");
        json_lines_sink sink(path);
        CHECK(sink.last_sequence() == 7);
        CHECK(tell_of(sink, "p") == recorded::yes);
        CHECK(lines_of(path).back().record->sequence == 8);
    }
}

TEST_CASE("a file that holds something else than records is refused and stays as it is") {
    temporary_directory const folder;
    std::string const refusal = "holds something else than records, or only broken ones at its end";
    for (std::string const& text :
         {std::string("root:x:0:0:root:/root:/bin/bash\n"), std::string("\n"), std::string(1, '\0'),
          std::string(17U << 20U, '\n'), line_of(1) + std::string(17U << 20U, '#')}) {
        std::string const path = folder.write("x.jsonl", text);
        CHECK(problem_of_path(path) == refusal);
        CHECK(content_of(path) == text);
    }
}

TEST_CASE("only a regular file takes records, and what else is there is left alone") {
    temporary_directory const folder;
    CHECK(problem_of_path(folder.path("none/x.jsonl")) ==
          "can't be opened (No such file or directory)");
    CHECK(problem_of_path(folder.path()) == "can't be opened (Is a directory)");
    CHECK(problem_of_path("/dev/full") == "is not a regular file");
    CHECK(problem_of_path("") == "can't be opened (No such file or directory)");
    std::string const fifo = folder.path("fifo");
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(problem_of_path(fifo) == "is not a regular file");
    folder.link("link.jsonl", "target.jsonl");
    CHECK(problem_of_path(folder.path("link.jsonl")) ==
          "can't be opened (Too many levels of symbolic links)");
    CHECK_FALSE(fs::exists(folder.path("target.jsonl")));
    json_lines_sink const cut(folder.path("x.jsonl") + '\0' + "y");
    CHECK_FALSE(cut);
    CHECK_FALSE(fs::exists(folder.path("x.jsonl")));
}

TEST_CASE("a second sink can't open the file of another, until that is gone") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    {
        json_lines_sink first(path);
        CHECK(problem_of_path(path) == "is written to by another sink");
        CHECK(tell_of(first, "a") == recorded::yes);
    }
    json_lines_sink second(path);
    CHECK(tell_of(second, "b") == recorded::yes);
    CHECK(summary(path) == "1 a, 2 b");
}

TEST_CASE("without room for a whole line nothing of it stays, and its number is not used") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    REQUIRE(tell_of(sink, "a") == recorded::yes);
    auto const size = fs::file_size(path);
    for (std::uintmax_t const more : {0U, 1U, 100U}) {
        CAPTURE(more);
        recorded answer{};
        {
            file_size_limit const full(size + more);
            answer = tell_of(sink, "b");
        }
        CHECK(answer == recorded::no);
        CHECK(fs::file_size(path) == size);
        CHECK(sink.problem() == '`' + path + "` " +
                                    (more == 0 ? "can't be written (File too large)"
                                               : "has no room for a whole line"));
    }
    CHECK(sink.failures() == 3);
    CHECK(sink.last_sequence() == 1);
    CHECK(sink);
    CHECK(tell_of(sink, "c") == recorded::yes);
    CHECK(summary(path) == "1 a, 2 c");
}

TEST_CASE("a piece of a line that can't be taken back is ended by the next line") {
    int const memory = ::memfd_create("lines", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    REQUIRE(memory >= 0);
    REQUIRE(::fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK) == 0);
    REQUIRE(::fcntl(memory, F_SETFL, O_APPEND) == 0);
    audit::append_file file{yaml::descriptor(memory)};
    audit::file_trouble trouble;
    std::string line = ' ' + line_of(1);
    {
        file_size_limit const full(20);
        CHECK(file.append(line.data() + 1, line.size() - 1, false, trouble) ==
              audit::append_file::left::nothing);
    }
    CHECK(trouble.text() == "has no room for a whole line");
    CHECK(file.append(line.data() + 1, line.size() - 1, false, trouble) ==
          audit::append_file::left::line);
    std::string text(2'000, '\0');
    text.resize(static_cast<std::size_t>(::pread(memory, text.data(), text.size(), 0)));
    CHECK(text == line_of(1).substr(0, 20) + '\n' + line_of(1));
}

TEST_CASE("a piece of a line is not taken back where something else follows it") {
    temporary_directory const folder;
    std::string const others(100, 'x');
    std::string const path = folder.write("x.jsonl", others);
    int const opened = ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // at the file's beginning
    REQUIRE(opened >= 0);
    audit::append_file file{yaml::descriptor(opened)};
    audit::file_trouble trouble;
    std::string line = line_of(1);
    {
        file_size_limit const full(20);
        CHECK(file.append(line.data(), line.size(), false, trouble) ==
              audit::append_file::left::nothing);
    }
    CHECK(content_of(path) == line.substr(0, 20) + others.substr(20));
}

TEST_CASE("a line that can't be synced is trouble, and only then") {
    int ends[2];  // a pipe takes a line, but can neither sync it nor give it back
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    yaml::descriptor const out(ends[0]);
    audit::append_file file{yaml::descriptor(ends[1])};
    audit::file_trouble trouble;
    std::string line = line_of(1);
    using left = audit::append_file::left;
    CHECK(file.append(line.data(), line.size(), false, trouble) == left::line);
    CHECK_FALSE(trouble);
    CHECK(file.append(line.data(), line.size(), true, trouble) == left::line_and_trouble);
    CHECK(trouble.text() == "can't be written (Invalid argument)");
}

TEST_CASE("where its file was deleted a sink of lines says no until it is opened again") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    REQUIRE(tell_of(sink, "a") == recorded::yes);
    fs::remove(path);
    CHECK(tell_of(sink, "b") == recorded::no);
    CHECK(sink.problem() == '`' + path + "` was deleted");
    CHECK(sink.reopen());
    CHECK(sink.problem() == "");
    CHECK(tell_of(sink, "c") == recorded::yes);
    CHECK(summary(path, {.after = 1}) == "2 c");
}

TEST_CASE("after its file was moved away a sink of lines goes on in a new one, with its numbers") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    std::string const moved = folder.path("x.jsonl.1");
    json_lines_sink sink(path);
    CHECK(tell_of(sink, "a") == recorded::yes);
    fs::rename(path, moved);
    CHECK(tell_of(sink, "b") == recorded::yes);
    CHECK(sink.reopen());
    CHECK(tell_of(sink, "c") == recorded::yes);
    CHECK(summary(moved, {.after = 0}) == "1 a, 2 b");
    CHECK(summary(path, {.after = 2}) == "3 c");
    CHECK(json_lines_sink(moved).last_sequence() == 2);  // its lock is free
}

TEST_CASE("to open a sink's file again where nothing was moved changes nothing") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    for (char const* const customer : {"a", "b", "c"}) {
        CHECK(tell_of(sink, customer) == recorded::yes);
        CHECK(sink.reopen());
        CHECK(sink.reopen(path));
        CHECK(sink.reopen(folder.path("./x.jsonl")));
        CHECK(problem_of_path(path) == "is written to by another sink");
    }
    CHECK(summary(path) == "1 a, 2 b, 3 c");
}

TEST_CASE("a sink of lines that can't open its file again goes on with the one it has") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    std::string const moved = folder.path("x.jsonl.1");
    json_lines_sink sink(path);
    CHECK(tell_of(sink, "a") == recorded::yes);
    fs::rename(path, moved);
    folder.make_directory("x.jsonl");
    CHECK_FALSE(sink.reopen());
    CHECK(sink.problem() == '`' + path + "` can't be opened (Is a directory)");
    CHECK_FALSE(sink.reopen(folder.path("none/y")));
    CHECK(sink.problem() ==
          '`' + folder.path("none/y") + "` can't be opened (No such file or directory)");
    CHECK(sink);
    CHECK(tell_of(sink, "b") == recorded::yes);
    CHECK(summary(moved) == "1 a, 2 b");
    fs::remove(path);
    CHECK(sink.reopen());
    CHECK(tell_of(sink, "c") == recorded::yes);
    CHECK(summary(path, {.after = 2}) == "3 c");
}

TEST_CASE("a sink of lines that changes to another file goes on with the numbers of that") {
    temporary_directory const folder;
    json_lines_sink sink(folder.write("x.jsonl", line_of(41)));
    std::string const other = folder.write("y.jsonl", line_of(4));
    CHECK(sink.reopen(other));
    CHECK(tell_of(sink, "a") == recorded::yes);
    CHECK(summary(other) == "4 p, 5 a");
    CHECK(sink.reopen(folder.path("z.jsonl")));
    CHECK(tell_of(sink, "b") == recorded::yes);
    CHECK(summary(folder.path("z.jsonl")) == "1 b");
    CHECK(sink.reopen(folder.path("x.jsonl")));
    CHECK(sink.last_sequence() == 41);
}

TEST_CASE("lines that are synced one by one are in the file like others") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path, {.sync_each = true});
    for (char const* const customer : {"a", "b", "c"})
        CHECK(tell_of(sink, customer) == recorded::yes);
    CHECK(summary(path) == "1 a, 2 b, 3 c");
}
