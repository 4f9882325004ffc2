// Help, versions, and command lines that can't be understood.
#include "cli/command_specs.hpp"
#include "support/program.hpp"
#include "support/shop.hpp"
#include <rolecall/version.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

namespace {

using rolecall::cli::command_spec;
using rolecall::cli::command_specs;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::shop_folder;
using words = std::vector<std::string>;

words name_of(command_spec const& command) {
    std::istringstream parts{std::string(command.name)};
    words result;
    for (std::string word; parts >> word;) result.push_back(word);
    return result;
}

words with(words first, words const& more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
}

void refused(words const& line, std::string const& said) {
    outcome const done = run(line);
    CAPTURE(said);
    CHECK(done.code == 2);
    CHECK(done.out.empty());
    CHECK_MESSAGE(has(done.err, "rolecall: "), done.err);
    CHECK_MESSAGE(has(done.err, said), done.err);
    CHECK(has(done.err, "--help` tells more\n"));
}

TEST_CASE("help lists every command, and says what the exit codes mean") {
    outcome const done = run({"--help"});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    for (command_spec const& command : command_specs())
        CHECK(has(done.out, "\n  " + std::string(command.name) + ' '));
    CHECK(has(done.out, "Exit codes\n  0  "));
    CHECK(run({"-h"}).out == done.out);
    CHECK(run({"help"}).out == done.out);
}

TEST_CASE("without a command, help is a complaint") {
    outcome const done = run({});
    CHECK(done.code == 2);
    CHECK(done.out.empty());
    CHECK(done.err == run({"--help"}).out);
}

TEST_CASE("each command has help with its usage, every option and examples") {
    for (command_spec const& command : command_specs()) {
        CAPTURE(command.name);
        outcome const done = run(with(name_of(command), {"--help"}));
        CHECK(done.code == 0);
        CHECK(done.err.empty());
        CHECK(has(done.out, "Usage\n  rolecall " + std::string(command.name)));
        CHECK(has(done.out, "Examples\n  rolecall " + std::string(command.name)));
        for (auto const& option : command.options)
            CHECK(has(done.out, "\n  " + std::string(option.name) + ' '));
        if (command.name == "help") continue;  // `rolecall help help` is the same again
        CHECK(run(with(name_of(command), {"-h"})).out == done.out);
        CHECK(run(with({"help"}, name_of(command))).out == done.out);
    }
}

TEST_CASE("help fits into ninety columns") {
    for (command_spec const& command : command_specs()) {
        std::istringstream lines(run(with(name_of(command), {"--help"})).out);
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            CHECK(line.size() <= 90);
        }
    }
}

TEST_CASE("help about a command is shown whatever else stands there") {
    CHECK(run({"check", "--help", "a", "b", "c", "d", "e"}).code == 0);
    CHECK(run({"check", "--bogus", "--help"}).code == 0);
    CHECK(run({"--help", "check", "a"}).out == run({"check", "--help"}).out);
    CHECK(run({"--version", "check"}).out == run({"--version"}).out);
    CHECK(run({"import", "--help"}).out == run({"import", "csv", "--help"}).out);
    CHECK(run({"help", "import"}).out == run({"import", "csv", "--help"}).out);
}

TEST_CASE("help about a group lists its commands") {
    outcome const done = run({"users", "--help"});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    for (command_spec const& command : command_specs())
        CHECK(has(done.out, "\n  " + std::string(command.name) + ' ') ==
              (command.group() == "users"));
    CHECK(has(done.out, "rolecall users COMMAND --help"));
    CHECK(run({"users", "-h"}).out == done.out);
    CHECK(run({"help", "users"}).out == done.out);
    CHECK(run({"--help", "users"}).out == done.out);
}

TEST_CASE("the version is that of the headers") {
    outcome const done = run({"--version"});
    CHECK(done.code == 0);
    CHECK(done.out == "rolecall " ROLECALL_VERSION_STRING "\n");
}

TEST_CASE("an unknown command is named, and the one that was meant is suggested") {
    refused({"valdate", "shop"}, "there is no command `valdate`; did you mean `validate`?");
    refused({"Check"}, "did you mean `check`?");
    refused({"frobnicate"}, "there is no command `frobnicate`\n");
    refused({""}, "there is no command ``");
    refused({"import"}, "there is no command `import`; did you mean `import csv`?");
    refused({"import", "xls", "f"}, "there is no command `import xls`; did you mean `import csv`?");
    refused({"users", "lst"},
            "there is no command `users lst`; did you mean `users list`?\n"
            "`rolecall users --help`");
    refused({"users"}, "there is no command `users`; behind it stands one of create, list, add,");
    refused({"users", "frobnicate"}, "behind it stands one of create, list, add,");
    refused({"user", "list"}, "there is no command `user`; did you mean `users`?");
    refused({"help", "users", "lst"}, "did you mean `users list`?");
    refused({"help", "chek"}, "did you mean `check`?");
    refused({"\x1b[31m"}, "there is no command `<U+001B>[31m`");
}

TEST_CASE("an unknown option is named, and the one that was meant is suggested") {
    refused({"--versoin"}, "there is no option `--versoin`; did you mean `--version`?");
    refused({"check", "p", "--rol", "a", "b", "c"},
            "there is no option `--rol`; did you mean `--role`?");
    refused({"check", "p", "--rol=a", "b", "c"},
            "there is no option `--rol`; did you mean `--role`?");
    refused({"check", "p", "-x", "a", "b", "c"}, "there is no option `-x`");
    refused({"validate", "p", "--role", "a"}, "there is no option `--role`");
    refused({"--color", "never", "validate", "p"},
            "`--color` stands before the command; put it behind `validate`");
    refused({"--bogus", "check", "p", "a", "b", "c"}, "`--bogus` stands before the command");
    refused({"import", "--bogus", "csv", "f"}, "`--bogus` stands before the command");
    for (command_spec const& command : command_specs())
        if (!command.options.empty())
            refused(with(name_of(command), {"p", "--fromat", "text"}), "no option `--fromat`");
}

TEST_CASE("too few words and too many are a wrong use, and the right one is shown") {
    refused({"validate"}, "which policy?");
    refused({"check"}, "which policy?");
    refused({"check", "p"}, "a role, an action and a category, and there is none");
    refused({"check", "p", "a"}, "a role, an action and a category, not `a`");
    refused({"check", "p", "a", "b", "c", "d"}, "not `a b c d`");
    refused({"check", "p", "--role", "a", "b", "c", "d"}, "an action and a category, not `b c d`");
    refused({"check", "p", "--user", "a", "b"}, "an action and a category, not `b`");
    refused({"explain", "p", "a", "b"}, "usage: rolecall explain POLICY ROLE ACTION CATEGORY");
    refused({"matrix"}, "which policy?");
    refused({"matrix", "p", "q"}, "`q` is one word too many");
    refused({"digest", "p", "q"}, "usage: rolecall digest POLICY");
    refused({"import", "csv"}, "which file?");
    refused({"import", "csv", "a", "b"}, "`b` is one word too many");
    refused({"users", "list"}, "which store? `users list` needs the file of a store of users");
    refused({"users", "list", ""}, "which store?");
    refused({"users", "create", "a", "b"}, "`b` is one word too many");
    refused({"users", "add", "s"}, "which users?");
    refused({"users", "assign", "s", "--policy", "p"}, "which user?");
    refused({"users", "deassign", "s", "dana"}, "usage: rolecall users deassign STORE ID ROLE...");
    refused({"users", "import", "s"}, "which file?");
    refused({"users", "import", "s", "a", "b"}, "`b` is one word too many");
}

TEST_CASE("a value that an option does not take is named") {
    refused({"matrix", "p", "--format", "xml"},
            "`--format` of `matrix` can't be `xml`; it takes text, csv, json, markdown");
    refused({"check", "p", "a", "b", "c", "--format", "csv"}, "it takes text, json");
    refused({"validate", "p", "--format="}, "can't be ``");
    refused({"validate", "p", "--color", "blue"}, "it takes auto, always, never");
    refused({"check", "p", "a", "b", "c", "--at", "2027-02-30"}, "not `2027-02-30`");
    refused({"check", "p", "a", "b", "c", "--at", "tomorrow"}, "a day such as 2027-03-31");
    for (std::string const fact : {"open-ticket", "open-ticket=yes", "open-ticket=", "=", "True"})
        refused({"check", "p", "a", "b", "c", "--fact", fact}, "not `" + fact + '`');
    refused({"check", "p", "a", "b", "c", "--fact", "x=true", "--fact", "x=false"},
            "the fact `x` is given twice");
    for (std::string const number : {"0", "-1", "x", "1x", "99999999999999999999", ""}) {
        refused({"matrix", "p", "--width", number}, "`--width` takes a whole number");
        refused({"matrix", "p", "--max-table-mib", number}, "takes a whole number");
    }
}

TEST_CASE("options without their value, with too many, or at odds with each other are refused") {
    refused({"check", "p", "--role"}, "`--role` needs a value: ROLE");
    refused({"check", "p", "a", "b", "c", "--fact"}, "`--fact` needs a value: NAME=VALUE");
    refused({"check", "p", "--user", "a", "--no-roles=x", "b", "c"}, "`--no-roles` takes no value");
    refused({"check", "p", "--user", "a", "--user", "b", "c", "d"},
            "`--user` is given more than once");
    refused({"check", "p", "a", "b", "c", "--no-roles"}, "`--no-roles` goes with `--user`");
    refused({"check", "p", "--user", "x", "--role", "a", "--no-roles", "b", "c"},
            "`--no-roles` goes with `--user`, and without `--role`");
    refused({"check", "p", "a", "b", "c", "--users", "s"}, "`--users` goes with `--user`");
    refused({"check", "p", "--requests", "f", "--users", "s"}, "`--users` is one option too many");
    refused({"what-can", "p", "--user", "a", "--role", "b", "--users", "s"},
            "`--users` goes with `--user` alone");
    refused({"users", "assign", "s", "dana", "support"}, "`users assign` needs `--policy POLICY`");
    refused({"users", "import", "s", "f"}, "`users import` needs `--policy POLICY`");
    refused({"users", "review", "s"}, "`users review` needs `--policy POLICY`");
    refused({"users", "list", "s", "--max-table-mib", "1"},
            "`--max-table-mib` goes with `--policy`");
    refused({"users", "assign", "s", "a", "b", "--policy", "p", "--until", "never"},
            "`--until` takes a day such as 2027-03-31, not `never`");
    refused({"users", "list", "s", "--ending-within", "-1"},
            "`--ending-within` takes a whole number from 0 to 36500");
    refused({"users", "export", "s", "--format", "text"}, "it takes csv, json");
}

}  // namespace
