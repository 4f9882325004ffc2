// `rolecall validate` as text: what it shows, and how it ends.
#include "support/gate.hpp"
#include "support/shop.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::hostile_name;
using rolecall::testing::idle_roles;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::sound_text;
using rolecall::testing::temporary_directory;
using rolecall::testing::validate;

constexpr char const* two_errors =
    "rolecall: 1\n"
    "categories: {account: Names}\n"
    "roles:\n"
    "  support: {may: {account: veiw}}\n"
    "  support: {may: {acount: view}}\n";

std::size_t count_of(std::string const& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

TEST_CASE("a sound policy is fine, and its parts are counted") {
    gate_folder const folder;
    outcome const done = validate({folder.sound});
    CHECK(done.code == 0);
    CHECK(done.out == folder.sound + ": fine (1 category, 1 role, 1 file)\n");
    CHECK(done.err.empty());
}

TEST_CASE(
    "every problem is shown with its line, the number of them at the end, and the code is 3") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", two_errors);
    outcome const done = run({"validate", policy});
    CHECK(done.code == 3);
    CHECK(has(done.out, policy + ":4:28: error: unknown action `veiw`; did you mean `view`? "
                                 "[unknown-action]\n"
                                 "   4 |   support: {may: {account: veiw}}\n"
                                 "     |                            ^~~~\n"));
    CHECK(has(done.out, "[duplicate-key]"));
    CHECK(has(done.out, ": note: "));
    CHECK(has(done.out, " errors\n"));
    CHECK(done.err.empty());
}

TEST_CASE("warnings and notes are shown, and don't refuse the policy") {
    gate_folder const folder;
    outcome const done = validate({folder.warned});
    CHECK(done.code == 0);
    CHECK(has(done.out, ":5:46: warning: "));
    CHECK(has(done.out, "[grant-inherited]\n   5 | "));
    CHECK(has(done.out, ":7:3: note: "));
    CHECK(has(done.out, "[roles-alike]"));
    CHECK(has(done.out, "\n" + folder.warned +
                            ": fine, with 1 warning, 1 note (2 categories, 4 roles, 1 file)\n" +
                            folder.warned + ": --fix mends 1\n"));
    CHECK(run({"check", folder.warned, "support", "view", "account"}).err.empty());
}

TEST_CASE("on a terminal each severity has its colour") {
    gate_folder const folder;
    std::string const out = validate({folder.warned, folder.refused, "--color", "always"}).out;
    CHECK(has(out, "\x1b[1;35mwarning: \x1b[0m"));
    CHECK(has(out, "\x1b[36mnote: \x1b[0m"));
    CHECK(has(out, "\x1b[1;31merror: \x1b[0m"));
    CHECK(has(out, ": \x1b[32mfine\x1b[0m, with"));
    CHECK(has(out, ": \x1b[1;31m2 errors\x1b[0m\n"));
}

TEST_CASE("a path that can't be read ends with 2, unless something else is invalid") {
    gate_folder const folder;
    std::string const missing = folder.path("missing");
    outcome const done = validate({missing});
    CHECK(done.code == 2);
    CHECK(has(done.out, "[unreadable-file]"));
    CHECK(validate({""}).code == 2);
    CHECK(validate({missing, folder.sound}).code == 2);
    CHECK(validate({missing, folder.refused}).code == 3);
    CHECK(validate({folder.refused, folder.sound}).code == 3);
}

TEST_CASE("a folder without a policy is invalid") {
    temporary_directory const folder;
    outcome const done = run({"validate", folder.path()});
    CHECK(done.code == 3);
    CHECK(has(done.out, "[no-policy-file]"));
}

TEST_CASE("several policies are each validated, in order, and the worst decides") {
    gate_folder const folder;
    outcome const done = validate({folder.sound, folder.refused, folder.warned, "--strict"});
    CHECK(done.code == 3);
    std::size_t const first = done.out.find(folder.sound + ": fine (");
    std::size_t const error = done.out.find("[unknown-action]");
    std::size_t const last = done.out.find(folder.warned + ": fails: ");
    CHECK(first < error);
    CHECK(error < last);
    CHECK(last != std::string::npos);
    CHECK(validate({folder.sound, folder.warned, "--strict"}).code == 1);
}

TEST_CASE("no path of a policy can write a line of its own") {
    temporary_directory const folder;
    std::string const policy = folder.write(std::string(hostile_name) + ".yaml", sound_text);
    outcome const done = validate({policy});
    CHECK(done.code == 0);
    CHECK(has(done.out, "a<U+000A>::error::x,y: 100%<&>\"'\\<FF>.yaml: fine ("));
    CHECK(count_of(done.out, "\n") == 1);
}

TEST_CASE("after twenty findings of one kind the rest is counted, and --all shows it") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", idle_roles(23));
    std::string const shown = validate({policy}).out;
    CHECK(count_of(shown, "[role-without-grants]\n") == 20);
    CHECK(has(shown, "\n… and 3 more [role-without-grants]; --all shows them\n"));
    CHECK(has(shown, ": fine, with 23 warnings (1 category, 24 roles, 1 file)\n"));
    std::string const all = validate({policy, "--all"}).out;
    CHECK(count_of(all, "[role-without-grants]\n") == 23);
    CHECK(!has(all, " more ["));
    std::string const twenty = folder.write("twenty.yaml", idle_roles(20));
    CHECK(!has(validate({twenty}).out, " more ["));
}

TEST_CASE("options that don't go together are refused") {
    gate_folder const folder;
    using words = std::vector<std::string>;
    for (words const& wrong : {words{"--dry-run"},
                               {"--no-lint", "--fix"},
                               {"--no-lint", "--no-settings"},
                               {"--settings", "x", "--no-settings"},
                               {"--settings", "x", "--no-lint"},
                               {"--baseline", "a", "--write-baseline", "b"},
                               {"--format", "xml"},
                               {"--at", "tomorrow"},
                               {"--output", folder.path("report.yaml")},
                               {"--write-baseline", folder.path("known.yml")}}) {
        CAPTURE(wrong.front());
        words all{folder.sound};
        all.insert(all.end(), wrong.begin(), wrong.end());
        outcome const done = validate(all);
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        CHECK(has(done.err, "rolecall: "));
    }
    CHECK(validate({}).code == 2);
    CHECK(has(validate({folder.sound, "--output", folder.sound}).err, "would be taken for one"));
}

}  // namespace
