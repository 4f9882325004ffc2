// Lines written by many threads, by processes that are killed, and by those that fork.
#include "support/recorded_lines.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/json_lines.hpp>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

// How many of the lines are records, the first of them after `after`, none missing or broken.
std::uint64_t good_lines(std::string const& path, std::uint64_t after) {
    json_lines_reader reader(path, {.after = after});
    std::uint64_t count = 0;
    while (auto const line = reader.next()) {
        CHECK(line->problem == "");
        CHECK(line->what == json_line::kind::good);
        ++count;
    }
    return count;
}

// Lets a process write lines until it is killed. How many lines it knew to be recorded.
std::uint64_t told_until_killed(std::string const& path, useconds_t pause) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    pid_t const child = ::fork();
    if (child == 0) {
        json_lines_sink sink(path);
        for (;;) {  // for each line that is recorded, a byte
            if (tell_of(sink, "p-17") != recorded::yes) ::_exit(1);
            if (::write(ends[1], "x", 1) != 1) ::_exit(2);
        }
    }
    ::close(ends[1]);
    char bytes[4'096];
    REQUIRE(::read(ends[0], bytes, 1) == 1);
    ::usleep(pause);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    std::uint64_t told = 1;
    for (ssize_t got = 1; got > 0; told += static_cast<std::uint64_t>(got))
        got = ::read(ends[0], bytes, sizeof bytes);
    ::close(ends[0]);
    return told;
}

class started_threads {
public:
    template <class Run>
    started_threads(int count, Run run) {
        for (int i = 0; i < count; ++i) threads_.emplace_back(run, i);
    }
    started_threads(started_threads const&) = delete;
    started_threads& operator=(started_threads const&) = delete;
    ~started_threads() {
        for (std::thread& thread : threads_) thread.join();
    }

private:
    std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE("eight threads write 10,000 lines, each whole, without a gap in their numbers") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    std::atomic<int> recorded_lines{0};
    {
        started_threads const threads(8, [&](int thread) {
            std::string const customer(static_cast<std::size_t>(thread) * 300, 'x');
            for (int i = 0; i < 1'250; ++i)
                recorded_lines += tell_of(sink, customer) == recorded::yes ? 1 : 0;
        });
    }
    CHECK(recorded_lines == 10'000);
    CHECK(good_lines(path, 0) == 10'000);
    CHECK(sink.last_sequence() == 10'000);
}

TEST_CASE("while threads write lines their file is moved away again and again, and none is lost") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    std::atomic<int> writing{4};
    int files = 0;
    {
        started_threads const threads(4, [&](int /*thread*/) {
            for (int i = 0; i < 1'000; ++i) tell_of(sink, "p");
            --writing;
        });
        while (writing > 0) {
            fs::rename(path, path + '.' + std::to_string(files++));
            if (!sink.reopen()) std::abort();
            std::this_thread::yield();
        }
    }
    CHECK(sink.failures() == 0);
    std::uint64_t last = 0;
    for (int i = 0; i < files; ++i) last += good_lines(path + '.' + std::to_string(i), last);
    last += good_lines(path, last);
    CHECK(last == 4'000);
}

TEST_CASE("a process that is killed while it writes loses no line that it was told of") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    std::uint64_t told = 0;
    std::uint64_t kills = 0;
    for (useconds_t const pause : {2'000U, 5'000U, 0U, 9'000U, 1'000U}) {
        told += told_until_killed(path, pause);
        ++kills;

        // The kernel may stop in the middle of a write: that line was answered to nobody.
        std::uint64_t good = 0;
        std::uint64_t torn = 0;
        json_lines_reader reader(path, {.after = 0});
        while (auto const line = reader.next()) {
            CHECK((line->what == json_line::kind::good || line->what == json_line::kind::torn));
            ++(line->record ? good : torn);
        }
        CHECK(good >= told);
        CHECK(good + torn <= told + kills);
        CHECK(torn <= kills);
    }
}

TEST_CASE("a child process does not write to its parent's file") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    std::string const own = folder.path("child.jsonl");
    json_lines_sink sink(path);
    CHECK(tell_of(sink, "a") == recorded::yes);
    int const in_the_child = in_child([&] {
        if (sink || tell_of(sink, "b") != recorded::no || sink.failures() != 1) return 1;
        if (sink.problem() !=
            '`' + path + "` is written to by the process that this one was forked from")
            return 2;
        if (sink.reopen()) return 3;  // the parent has it
        if (!sink.reopen(own)) return 4;
        if (tell_of(sink, "c") != recorded::yes || sink.last_sequence() != 1) return 5;
        return in_child([&] { return tell_of(sink, "d") == recorded::no ? 0 : 6; });
    });
    CHECK(in_the_child == 0);
    CHECK(tell_of(sink, "e") == recorded::yes);
    CHECK(summary(path) == "1 a, 2 e");
    CHECK(summary(own) == "1 c");
    CHECK(sink.failures() == 0);
}

TEST_CASE("a child process that lives on does not keep its parent's file from others") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    int ready[2];
    int end[2];
    REQUIRE(::pipe(ready) == 0);
    REQUIRE(::pipe(end) == 0);
    pid_t child = 0;
    {
        json_lines_sink sink(path);
        REQUIRE(tell_of(sink, "a") == recorded::yes);
        child = ::fork();
        if (child == 0) {
            ::close(end[1]);
            char byte = 'x';
            bool const right = ::write(ready[1], &byte, 1) == 1 && ::read(end[0], &byte, 1) == 0;
            ::_exit(right && !sink ? 0 : 1);
        }
        char byte = 0;
        REQUIRE(::read(ready[0], &byte, 1) == 1);
    }
    json_lines_sink next(path);
    CHECK(next);
    CHECK(tell_of(next, "b") == recorded::yes);
    for (int const one : {ready[0], ready[1], end[0], end[1]}) ::close(one);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(summary(path) == "1 a, 2 b");
}

TEST_CASE("a child process may take over the file when its parent has closed it") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    REQUIRE(tell_of(sink, "a") == recorded::yes);
    REQUIRE(sink.reopen(folder.path("y.jsonl")));
    CHECK(in_child([&] {
              if (!sink.reopen(path)) return 1;
              return tell_of(sink, "b") == recorded::yes ? 0 : 2;
          }) == 0);
    CHECK(summary(path) == "1 a, 2 b");

    // Where that was moved away, the child begins a file, and its numbers, anew.
    std::string const other = folder.path("y.jsonl");
    CHECK(tell_of(sink, "c") == recorded::yes);
    fs::rename(other, folder.path("y.jsonl.1"));
    CHECK(in_child([&] {
              if (!sink.reopen()) return 1;
              return tell_of(sink, "d") == recorded::yes ? 0 : 2;
          }) == 0);
    CHECK(summary(other) == "1 d");
}

TEST_CASE("a process that forks while its threads write lines gets children that can answer") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    CHECK(tell_of(sink, "o") == recorded::yes);  // makes what it keeps: no child must wait for that
    std::atomic<bool> stop{false};
    std::vector<int> children;
    {
        started_threads const threads(3, [&](int /*thread*/) {
            while (!stop) tell_of(sink, "p");
        });
        for (int i = 0; i < 30; ++i)
            children.push_back(in_child([&] {
                ::alarm(60);  // rather than hang
                json_lines_sink own(folder.path("child.jsonl"));
                bool const right =
                    tell_of(sink, "q") == recorded::no && tell_of(own, "r") == recorded::yes;
                return right ? 0 : 1;
            }));
        stop = true;
    }
    for (int const child : children) CHECK(child == 0);
    CHECK(good_lines(path, 0) == sink.last_sequence());
    CHECK(good_lines(folder.path("child.jsonl"), 0) == 30);
}

TEST_CASE("a sink of lines that gets no memory says no, and goes on when there is some") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return;
#endif
#endif
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    int const in_the_child = in_child([&] {
        json_lines_sink sink(path);
        if (tell_of(sink, "a") != recorded::yes) return 1;
        struct block {
            block* next;
        };
        block* all = nullptr;
        rlimit const little{std::uint64_t{1} << 20U, std::uint64_t{1} << 20U};
        ::setrlimit(RLIMIT_DATA, &little);
        ::setrlimit(RLIMIT_AS, &little);
        for (std::size_t size = std::size_t{1} << 20U; size >= sizeof(block);) {
            auto* const one = static_cast<block*>(std::malloc(size));
            if (one == nullptr) {
                size = size > 4'096 ? size / 2 : size - alignof(std::max_align_t);
            } else {
                one->next = all;
                all = one;
            }
        }
        recorded const without = tell_of(sink, "b");
        while (all != nullptr) std::free(std::exchange(all, all->next));
        if (without != recorded::no || sink.failures() != 1) return 2;
        return tell_of(sink, "c") == recorded::yes ? 0 : 3;
    });
    CHECK(in_the_child == 0);
    CHECK(summary(path) == "1 a, 2 c");
}
