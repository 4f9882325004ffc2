// Standard streams: write errors, colours, terminals.
#include "support/program.hpp"
#include "support/shop.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): posix_openpt is POSIX

#include <array>
#include <string>
#include <vector>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::shop_folder;
using words = std::vector<std::string>;

constexpr char const* escape = "\x1b[";

// A command line for everything that writes a result.
std::vector<words> everything(shop_folder const& shop) {
    return {{"--help"},
            {"--version"},
            {"help", "check"},
            {"check", "--help"},
            {"validate", shop.policy()},
            {"validate", shop.policy(), "--format", "json"},
            {"validate", shop.policy(), "--format", "github"},
            {"check", shop.policy(), "support", "view", "account"},
            {"check", shop.policy(), "support", "delete", "account"},
            {"check", shop.policy(), "support", "delete", "account", "--format", "json"},
            {"check", shop.policy(), "--requests", shop.path("questions")},
            {"explain", shop.policy(), "support", "delete", "account"},
            {"matrix", shop.policy()},
            {"matrix", shop.policy(), "--format", "csv"},
            {"matrix", shop.policy(), "--format", "json"},
            {"matrix", shop.policy(), "--format", "markdown"},
            {"digest", shop.policy()}};
}

void write_questions(shop_folder const& shop) {
    std::string const question = R"({"subject":{"type":"role","id":"support"},)"
                                 R"("action":{"name":"view"},)"
                                 R"("resource":{"type":"account","id":"1"}})"
                                 "\n";
    std::string many;
    for (int i = 0; i < 5000; ++i) many += question;
    std::string const unused = shop.write("questions", many);
}

TEST_CASE("a result that can't be written is an error, whatever it was") {
    shop_folder const shop;
    write_questions(shop);
    for (words const& line : everything(shop)) {
        CAPTURE(line.front());
        outcome const full = run(line, {.out_path = "/dev/full"});
        CHECK(full.code == 2);
        CHECK(full.err == "rolecall: can't write the result: no space left on device\n");
        outcome const closed = run(line, {.close_out = true});
        CHECK(closed.code == 2);
        CHECK(has(closed.err, "rolecall: can't write the result: "));
    }
}

TEST_CASE("a file that is opened never becomes a standard stream that was closed") {
    shop_folder const shop;
    outcome const before = run({"digest", shop.policy()});
    outcome const closed = run({"validate", shop.policy()}, {.close_in = true, .close_out = true});
    CHECK(closed.code == 2);
    CHECK(run({"digest", shop.policy()}).out == before.out);
}

TEST_CASE("what is written to a file or a pipe has no colours, unless they are asked for") {
    shop_folder const shop;
    write_questions(shop);
    for (words line : everything(shop)) {
        CAPTURE(line.front());
        CHECK(!has(run(line).out, escape));
    }
    words const check{"check", shop.policy(), "support", "view", "account", "--color"};
    words always = check;
    always.emplace_back("always");
    CHECK(has(run(always).out, "\x1b[32mallow\x1b[0m  support"));
    CHECK(has(run(always, {.environment = {"NO_COLOR=1"}}).out, escape));
    words never = check;
    never.emplace_back("never");
    CHECK(!has(run(never).out, escape));
}

TEST_CASE("formats for programs have no colours even where they are asked for") {
    shop_folder const shop;
    for (std::string const format : {"csv", "json", "markdown"})
        CHECK(!has(run({"matrix", shop.policy(), "--format", format, "--color", "always"}).out,
                   escape));
    CHECK(!has(run({"validate", shop.path("missing"), "--format", "json", "--color", "always"}).out,
               escape));
}

// Runs the program with its output on a terminal, and returns what appears there.
std::string on_terminal(words const& line, std::vector<std::string> const& environment) {
    int const terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) return "no terminal";
    std::string const name = ::ptsname(terminal);
    pid_t const child = ::fork();
    if (child == 0) {
        int const end = ::open(name.c_str(), O_RDWR | O_NOCTTY);
        ::dup2(end, STDOUT_FILENO);
        ::dup2(end, STDERR_FILENO);
        ::close(end);
        rolecall::testing::detail::become_program(line, environment);
    }
    std::string shown;
    std::array<char, 4096> piece{};
    while (true) {  // ends with an error once the program has closed its end
        ssize_t const got = ::read(terminal, piece.data(), piece.size());
        if (got <= 0) break;
        shown.append(piece.data(), static_cast<std::size_t>(got));
    }
    rolecall::testing::detail::exit_code_of(child);
    ::close(terminal);
    return shown;
}

TEST_CASE("a terminal gets colours, unless NO_COLOR or a dumb terminal say otherwise") {
    shop_folder const shop;
    words const line{"check", shop.policy(), "support", "view", "account"};
    std::string const answer = "support may view account";
    struct surroundings {
        std::string terminal, no_color;
        bool coloured;
    };
    for (surroundings const& around : std::vector<surroundings>{
             {"xterm", "", true}, {"xterm", "1", false}, {"dumb", "", false}, {"", "", false}}) {
        CAPTURE(around.terminal);
        CAPTURE(around.no_color);
        std::string const shown =
            on_terminal(line, {"TERM=" + around.terminal, "NO_COLOR=" + around.no_color});
        CHECK(has(shown, answer));
        CHECK(has(shown, escape) == around.coloured);
    }
    words never = line;
    never.insert(never.end(), {"--color", "never"});
    CHECK(!has(on_terminal(never, {"TERM=xterm", "NO_COLOR="}), escape));
}

TEST_CASE("complaints on a terminal are coloured as well, and findings have their carets") {
    shop_folder const shop;
    std::string const broken = shop.write("broken.yaml", "rolecall: 1\nroels: {}\n");
    std::string const shown = on_terminal({"validate", broken}, {"TERM=xterm", "NO_COLOR="});
    CHECK(has(shown, "\x1b[1;31merror: "));
    CHECK(has(shown, "^~~~~"));
}

}  // namespace
