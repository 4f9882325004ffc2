// `rolecall audit query` and `rolecall audit show`.
#include "journal/journal_key.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/journal.hpp>

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using words = std::vector<std::string>;

struct queried_trail {
    temporary_directory folder;
    std::string journal = folder.path("trail");

    queried_trail() {
        append_records(
            journal,
            {record_of({}),
             record_of({"bo", "delete", "payment.card", decision::deny, first_day + one_second}),
             record_of({"dana", "view", "payment", decision::allow, first_day + one_day, "c-2"})});
    }
    [[nodiscard]] outcome ask(std::string const& command, words const& more = {}) const {
        words line{"audit", command, journal, "--no-record"};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
};

TEST_CASE("a query shows the records that are all that was asked for") {
    queried_trail const is;
    outcome const below = is.ask("query", {"--category", "payment"});
    CHECK(below.err == "");
    CHECK(below.code == 0);
    CHECK(below.out ==
          "2021-03-31T00:00:01.000Z  deny  bo delete payment.card c-1 · not-granted as support\n"
          "2021-04-01T00:00:00.000Z  allow dana view payment c-2 · granted as support\n");
    CHECK(is.ask("query", {"--category", "payment", "--user", "dana", "--count"}).out == "1\n");
    CHECK(is.ask("query", {"--user", "bo", "--user", "dana", "--count"}).out == "3\n");
    CHECK(is.ask("query", {"--to", "2021-03-31", "--kind", "decision", "--count"}).out == "2\n");
    CHECK(is.ask("query",
                 {"--from", "2021-03-31T00:00:01Z", "--to", "2021-04-01T00:00:00Z", "--count"})
              .out == "1\n");
    outcome const nobody = is.ask("query", {"--user", "eve"});
    CHECK(nobody.code == 1);
    CHECK(nobody.out == "");
}

TEST_CASE("a word that a question does not know is wrong usage") {
    queried_trail const is;
    for (words const& wrong : std::vector<words>{{"--decision", "maybe"},
                                                 {"--reason", "because"},
                                                 {"--kind", "decisions"},
                                                 {"--from", "yesterday"},
                                                 {"--to", "2021-03-31T00:00:00"},
                                                 {"--follow", "--count"},
                                                 {"--follow", "--index", "x.db"}}) {
        CAPTURE(wrong.back());
        CHECK(is.ask("query", wrong).code == 2);
    }
    CHECK(run({"audit", "query", is.folder.path("none"), "--no-record"}).code == 2);
}

TEST_CASE("the last records of a journal are shown, and whoever looks is in it") {
    queried_trail const is;
    outcome const last = is.ask("show", {"--last", "2"});
    CHECK(last.code == 0);
    CHECK(std::count(last.out.begin(), last.out.end(), '\n') == 2);
    CHECK(has(last.out, "2021-04-01T00:00:00.000Z  stopped"));
    CHECK(is.ask("show", {"--writer", "2"}).code == 2);  // there is none

    // What it shows is what was there before; the next who looks sees that somebody did.
    outcome const first = run({"audit", "show", is.journal, "--last", "2"});
    CHECK(first.out == last.out);
    outcome const looked = run({"audit", "show", is.journal, "--last", "2"});
    CHECK(looked.code == 0);
    CHECK(has(looked.out, ": audit show --last 2\n"));
}

TEST_CASE("who reads beside a process that writes is in its signed chain") {
    queried_trail const is;
    journal_key_file const key;
    std::string const path = is.folder.path("signed");
    {
        journal const trail(path, {.key = key.path()});
        outcome const looked = run({"audit", "show", path});
        CHECK(looked.err == "");
        CHECK(std::count(looked.out.begin(), looked.out.end(), '\n') == 1);
        CHECK(run({"audit", "query", path, "--kind", "read", "--count"}).out == "1\n");
        outcome const good = run({"audit", "verify", path, "--key", key.path()});
        CHECK(good.code == 0);
    }
    outcome const refused = run({"audit", "show", path});
    CHECK(refused.code == 2);
    CHECK(has(refused.err, "name its private key with `--sign`"));
    CHECK(run({"audit", "show", path, "--no-record", "--sign", key.path()}).code == 2);
    CHECK(run({"audit", "query", path, "--sign", key.path(), "--kind", "read", "--count"}).out ==
          "2\n");
    CHECK(run({"audit", "verify", path, "--key", key.path()}).code == 0);
}

TEST_CASE("a follower sees what is written later") {
    queried_trail const is;
    std::string const shown = is.folder.write("shown", "");
    pid_t const child = ::fork();
    if (child == 0) {
        ::dup2(::open(shown.c_str(), O_WRONLY), STDOUT_FILENO);
        rolecall::testing::detail::become_program(
            {"audit", "query", is.journal, "--no-record", "--kind", "decision", "--follow"}, {});
    }
    auto const wait_for = [&](std::string const& text) {
        for (int i = 0; i < 600; ++i) {
            std::ifstream in(shown);
            if (has(std::string(std::istreambuf_iterator<char>(in), {}), text)) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    };
    CHECK(wait_for("c-2"));
    append_records(is.journal, {record_of({"eve", "view", "contact", decision::allow,
                                           first_day + 2 * one_day, "c-late"})});
    CHECK(wait_for("eve view contact c-late"));
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
}

}  // namespace
