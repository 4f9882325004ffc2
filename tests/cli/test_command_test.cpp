// `rolecall test`, as text, and what it ends with.
#include "support/desk.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using rolecall::testing::desk_folder;
using rolecall::testing::desk_policy;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;

TEST_CASE("exercises that pass are a line each") {
    desk_folder const folder;
    outcome const done = folder.test();
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(done.out == folder.desk +
                          "\n"
                          "  ok      on-the-phone   support, open-ticket is true\n"
                          "  ok      stolen-laptop  dana, compromised\n"
                          "\n"
                          "2 exercises pass (10 answers)\n");
}

TEST_CASE("an exercise that fails shows its line, what was expected, and why it is not so") {
    desk_folder const folder;
    folder.fail();
    outcome const done = folder.test({"--filter", "night"});
    CHECK(done.code == 1);
    CHECK(done.err.empty());
    CHECK(done.out == folder.desk +
                          "\n"
                          "  failed  night-call  support\n"
                          "\n"
                          "night-call: support\n"
                          "  A customer calls at night\n" +
                          folder.desk +
                          "/night.yaml:7:16: `view` on `account` is allowed, and should be denied\n"
                          "   7 |       account: view\n"
                          "     |                ^~~~\n"
                          "    support may view account: support may view account (" +
                          folder.desk +
                          "/policy.yaml:7).\n"
                          "\n"
                          "1 of 1 exercise fails (1 answer, 1 not as expected); "
                          "the filter leaves out 2\n");
}

TEST_CASE("a denial for another reason, and one that should be allowed") {
    desk_folder const folder;
    folder.write("desk/more.yaml",
                 "rolecall: 1\nexercises:\n"
                 "  more: {as: support, can: {payment: view}, "
                 "cannot: {payment: {delete: forbidden}}}\n");
    outcome const done = folder.test({"--filter", "more"});
    CHECK(done.code == 1);
    CHECK(has(done.out, ": `view` on `payment` is denied (undecided), and should be allowed\n"));
    CHECK(has(done.out,
              ": `delete` on `payment` is denied as not-granted, and should be as forbidden\n"));
    CHECK(has(done.out, "    support may not view payment: open-ticket is unknown; nearest: "));
}

TEST_CASE("what one word expects in vain stands together, the first ten unless all are asked for") {
    desk_folder const folder;
    folder.write("desk/policy.yaml", std::string(desk_policy) +
                                         "actions: {a: A, b: B, c: C, d: D, e: E, f: F, g: G}\n");
    folder.write("desk/none.yaml",
                 "rolecall: 1\nexercises:\n  none: {as: support, can: {account: any}}\n");
    outcome const done = folder.test({"--filter", "none"});
    CHECK(has(done.out, "none.yaml:3:38: 9 answers are not what is expected\n"));
    CHECK(has(done.out,
              "  - `store` on `account` is denied (not-granted), and should be allowed\n    "));
    CHECK_FALSE(has(done.out, "more; --all shows them"));

    folder.write("desk/none.yaml",
                 "rolecall: 1\nexercises:\n"
                 "  none: {as: {user: dana}, given: {lost: [support, billing]}, "
                 "can: {account: any}}\n");
    outcome const more = folder.test({"--filter", "none"});
    CHECK(has(more.out, "  … and 1 more; --all shows them\n"));
    CHECK_FALSE(has(folder.test({"--filter", "none", "--all"}).out, "--all shows them"));
}

TEST_CASE("many exercises that pass are a line for each file") {
    desk_folder const folder;
    std::string text = "rolecall: 1\nexercises:\n";
    for (int i = 10; i < 40; ++i)
        text += "  many-" + std::to_string(i) + ": {as: support, can: {account: view}}\n";
    folder.write("desk/many.yaml", text);
    folder.fail();
    outcome const done = folder.test();
    CHECK(done.code == 1);
    CHECK(has(done.out, "  ok      " + folder.desk + "/exercises.yaml: 2 exercises\n  ok      " +
                            folder.desk + "/many.yaml: 30 exercises\n  failed  night-call  "));
    CHECK_FALSE(has(done.out, "many-10"));
    CHECK(has(done.out, "\n1 of 33 exercises fails (41 answers, 1 not as expected)\n"));

    outcome const all = folder.test({"--all"});
    CHECK(has(all.out, "  ok      many-10 "));
    CHECK(has(all.out,
              "          A customer with an open ticket calls\n"
              "          to talk about: Who may answer?\n"));
    CHECK(has(all.out, "          The laptop is gone\n"));
}

TEST_CASE("notes are for people around a table: with what fails, and with --all") {
    desk_folder const folder;
    CHECK_FALSE(has(folder.test().out, "to talk about"));
    CHECK(has(folder.test({"--all"}).out, "to talk about: Who may answer?"));
    folder.write("desk/policy.yaml",
                 "rolecall: 1\ncategories: {account: Names, payment: Cards}\n"
                 "facts: {open-ticket: Open}\n"
                 "roles: {support: Desk, billing: Till}\n"
                 "users: {dana: support}\n");
    CHECK(has(folder.test().out, "  to talk about: Who may answer?\n"));
}

TEST_CASE("a filter takes what a name, a title, a role, a user or a file contains") {
    desk_folder const folder;
    folder.fail();
    auto const names = [&](std::vector<std::string> const& filters) {
        std::vector<std::string> words;
        for (std::string const& one : filters) words.insert(words.end(), {"--filter", one});
        std::string const text = folder.test(words).out;
        std::string all;
        for (char const* name : {"night-call", "on-the-phone", "stolen-laptop"})
            if (has(text, "  " + std::string(name))) all += std::string(name) + ' ';
        return all;
    };
    CHECK(names({"phone"}) == "on-the-phone ");
    CHECK(names({"is gone"}) == "stolen-laptop ");
    CHECK(names({"support"}) == "night-call on-the-phone ");
    CHECK(names({"dana"}) == "stolen-laptop ");
    CHECK(names({"night.yaml"}) == "night-call ");
    CHECK(names({"phone", "night"}) == "night-call on-the-phone ");
}

TEST_CASE("a filter that nothing fits is no success") {
    desk_folder const folder;
    outcome const none = folder.test({"--filter", "phnoe"});
    CHECK(none.code == 2);
    CHECK(has(none.out, "no exercise fits the filter, of 2"));
    CHECK(
        none.err ==
        "rolecall: no exercise has `phnoe` in its name, title, role, user or file; there are 2\n");
    // One of several: what fits is run.
    outcome const one = folder.test({"--filter", "phone", "--filter", "latpop"});
    CHECK(one.code == 2);
    CHECK(has(one.out, "1 exercise passes"));
    CHECK(has(one.err, "`latpop`"));
    CHECK_FALSE(has(one.err, "`phone`"));
    // It fits an exercise of one policy.
    folder.write("other.yaml",
                 "rolecall: 1\ncategories: {a: A}\nroles: {r: R}\n"
                 "exercises: {zebra: {as: r, exactly: nothing}}\n");
    CHECK(folder.test({folder.path("other.yaml"), "--filter", "zebra"}).code == 0);
    CHECK(folder.test({"--filter", ""}).code == 2);
}

TEST_CASE("--at is the day of exercises that give none") {
    desk_folder const folder;
    folder.write("desk/bo.yaml",
                 "rolecall: 1\nusers: {bo: {roles: support, until: 2026-06-30}}\n"
                 "exercises: {bo-works: {as: {user: bo}, can: {account: view}}}\n");
    CHECK(folder.test({"--at", "2026-06-30"}).code == 0);
    outcome const later = folder.test({"--at", "2026-07-01"});
    CHECK(later.code == 1);
    CHECK(
        has(later.out, "    Every assignment of `bo` has passed; the last ended on 2026-06-30.\n"));
}

TEST_CASE("a policy without exercises says how to write one") {
    desk_folder const folder;
    std::string const bare = folder.write("bare.yaml", desk_policy);
    outcome const done = run({"test", bare});
    CHECK(done.code == 0);
    CHECK(has(done.out, "  no exercises yet. "));
    CHECK(has(done.out, "    exercises:\n      customer-on-the-phone:\n"));
    outcome const strict = run({"test", bare, "--coverage", "--fail-under", "1"});
    CHECK(strict.code == 1);
    CHECK(has(strict.out, "there are no exercises, and --fail-under wants 1 percent\n"));
}

TEST_CASE("a policy that is refused is explained, and others are tested") {
    desk_folder const folder;
    std::string const bad =
        folder.write("bad.yaml", "rolecall: 1\nexercises: {a: {as: nobody, exactly: nothing}}\n");
    outcome const done = folder.test({bad});
    CHECK(done.code == 3);
    CHECK(has(done.out, "2 exercises pass"));
    CHECK_FALSE(has(done.out, "bad.yaml"));
    CHECK(has(done.err, "bad.yaml:2:21: error: unknown role `nobody`"));
    CHECK(has(done.err, "bad.yaml is refused: "));
    // What it holds, nobody knows: perhaps the filter fits it.
    CHECK_FALSE(has(run({"test", bad, "--filter", "a"}).err, "no exercise has"));
    CHECK(folder.test({folder.path("not-there")}).code == 2);
}

TEST_CASE("several policies are tested, each under its path") {
    desk_folder const folder;
    folder.fail();
    std::string const other = folder.write(
        "other.yaml", std::string(desk_policy) +
                          "exercises: {only: {as: billing, exactly: {payment: [view, delete]}}}\n");
    outcome const done = folder.test({other});
    CHECK(done.code == 1);
    CHECK(done.out.rfind(folder.desk + "\n", 0) == 0);
    CHECK(has(done.out, "\n\n" + other + "\n  ok      only  billing\n\n1 exercise passes"));
}

TEST_CASE("with --output text goes to standard output, and the report to the file") {
    desk_folder const folder;
    std::string const file = folder.path("report.xml");
    outcome const done = folder.test({"--format", "junit", "--output", file});
    CHECK(done.code == 0);
    CHECK(has(done.out, "2 exercises pass"));
    CHECK(has(folder.read("report.xml"), "<testsuites>"));
    outcome const text = folder.test({"--output", folder.path("text")});
    CHECK(folder.read("text") == text.out);
    CHECK(folder.test({"--output", folder.path("none/text")}).code == 2);
}

TEST_CASE("coverage and mutation stand below the exercises, and --fail-under holds for both") {
    desk_folder const folder;
    outcome const done = folder.test({"--coverage", "--mutate"});
    CHECK(done.code == 0);
    std::size_t const summary = done.out.find("2 exercises pass");
    REQUIRE(summary != std::string::npos);
    CHECK(has(done.out.substr(summary), "\nWhat the exercises touch\n"));
    CHECK(has(done.out.substr(summary), "\nChanging the policy, one thing at a time\n"));
    CHECK(folder.test({"--coverage", "--fail-under", "1"}).code == 0);
    CHECK(folder.test({"--coverage", "--fail-under", "100"}).code == 0);
    CHECK(folder.test({"--coverage", "--fail-under", "90", "--filter", "phone"}).code == 1);
    outcome const under = folder.test({"--mutate", "--fail-under", "100"});
    CHECK(under.code == 1);
    CHECK(has(under.out, "\nless than the 100 percent of --fail-under\n"));

    folder.fail();
    outcome const failing = folder.test({"--mutate"});
    CHECK(failing.code == 1);
    CHECK(has(failing.out, "\nthe policy is not changed: --mutate needs exercises that pass\n"));
}

TEST_CASE("what is suggested is a policy file that passes, and notices more") {
    desk_folder const folder;
    outcome const done = folder.test({"--suggest"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "\nrolecall: 1\n"));
    CHECK(has(done.err, "read them before you keep them"));
    folder.write("desk/suggested.yaml", done.out);
    CHECK(folder.test().code == 0);
    outcome const again = folder.test({"--suggest"});
    CHECK(again.code == 0);
    CHECK(again.out.empty());
    CHECK(has(again.err, "rolecall: nothing to suggest: every change of the policy is noticed\n"));

    folder.fail();
    outcome const failing = folder.test({"--suggest"});
    CHECK(failing.code == 1);
    CHECK(failing.out.empty());
    CHECK(has(failing.err, "night.yaml:7:16: `view` on `account` is allowed"));
}

TEST_CASE("words and options that make no sense are refused") {
    desk_folder const folder;
    auto const refused = [](outcome const& of, std::string const& why) {
        CHECK(of.code == 2);
        CHECK(has(of.err, why));
    };
    refused(run({"test"}), "which policy? `test` needs a file or a directory");
    refused(folder.test({"--format", "tap"}), "it takes text, json, junit");
    refused(folder.test({"--fail-under", "90"}), "goes with `--coverage`, `--mutate` or both");
    refused(folder.test({"--coverage", "--fail-under", "101"}), "from 1 to 100");
    refused(folder.test({"--suggest", "--format", "json"}), "don't go together");
    refused(folder.test({"--suggest", folder.desk}), "of one policy, not of 2");
    refused(folder.test({"--output", folder.path("desk/policy.yaml")}), "would be taken for one");
    refused(folder.test({"--at", "tomorrow"}), "tomorrow");
    CHECK(has(folder.read("desk/policy.yaml"), "rolecall: 1"));
}

TEST_CASE("colours mark what passes and what fails, where they are wanted") {
    desk_folder const folder;
    folder.fail();
    CHECK_FALSE(has(folder.test().out, "\x1b["));
    outcome const coloured = folder.test({"--color", "always"});
    CHECK(has(coloured.out, "\x1b[32mok    \x1b[0m  on-the-phone"));
    CHECK(has(coloured.out, "\x1b[1;31mfailed\x1b[0m  night-call"));
}

}  // namespace
