// What makes `rolecall validate` fail: --strict, the settings, the day; and where it reports.
#include "support/gate.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::temporary_directory;
using rolecall::testing::validate;

// ---- --strict ----------------------------------------------------------------------------

TEST_CASE("with --strict, warnings fail and notes don't") {
    gate_folder const folder;
    outcome const done = validate({folder.warned, "--strict"});
    CHECK(done.code == 1);
    CHECK(has(done.out, folder.warned +
                            ": fails: 1 warning with --strict, 1 note (2 categories, 4 roles, 1 "
                            "file)\n"));
    folder.write(".rolecall.yaml", "rolecall: 1\nlint: {grant-inherited: note}\n");
    outcome const noted = validate({folder.warned, "--strict"});
    CHECK(noted.code == 0);
    CHECK(has(noted.out, ": fine, with 2 notes ("));
    CHECK(validate({folder.refused, "--strict"}).code == 3);
}

// ---- Settings ----------------------------------------------------------------------------

TEST_CASE("what the settings call an error fails, but refuses no policy") {
    gate_folder const folder;
    folder.write(".rolecall.yaml", "rolecall: 1\nlint: {roles-alike: error}\n");
    outcome const done = validate({folder.warned});
    CHECK(done.code == 1);
    CHECK(has(done.out, ":7:3: error: "));
    CHECK(has(done.out, ": fails: 1 error by the settings, 1 warning ("));
    CHECK(run({"check", folder.warned, "support", "view", "account"}).code == 0);
    CHECK(validate({folder.warned, "--no-settings"}).code == 0);
    CHECK(validate({folder.warned, "--no-lint"}).code == 0);
}

TEST_CASE("what the settings switch off neither shows nor fails") {
    gate_folder const folder;
    folder.write(".rolecall.yaml",
                 "rolecall: 1\n"
                 "lint:\n"
                 "  grant-inherited: {severity: off, because: The clerk goes next month}\n");
    outcome const done = validate({folder.warned, "--strict"});
    CHECK(done.code == 0);
    CHECK(!has(done.out, "[grant-inherited]"));
    CHECK(has(done.out, ": fine, with 1 note ("));
}

TEST_CASE("--settings names a file for all policies, and it must be there") {
    gate_folder const folder;
    std::string const settings =
        folder.write("strict/settings.yaml", "rolecall: 1\nlint: {grant-inherited: error}\n");
    CHECK(validate({folder.warned}).code == 0);
    CHECK(validate({folder.sound, folder.warned, "--settings", settings}).code == 1);
    outcome const missing = validate({folder.warned, "--settings", folder.path("none\n.yaml")});
    CHECK(missing.code == 2);
    CHECK(missing.out.empty());
    CHECK(has(missing.err, "there are no settings at `"));
    CHECK(has(missing.err, "none<U+000A>.yaml`\n"));
}

TEST_CASE("settings with a mistake end with 3, and are shown beside what the policy says") {
    gate_folder const folder;
    folder.write(".rolecall.yaml", "rolecall: 1\nlint: {roles-alik: error}\n");
    outcome const done = validate({folder.warned});
    CHECK(done.code == 3);
    CHECK(has(done.out, ".rolecall.yaml:2:8: error: "));
    CHECK(has(done.out, "[unknown-code]"));
    CHECK(!has(done.out, "[grant-inherited]"));
    CHECK(has(done.out, ": fails: 1 error ("));
    CHECK(validate({folder.warned, "--no-settings"}).code == 0);
    CHECK(validate({folder.warned, "--no-lint"}).code == 0);
    CHECK(has(validate({folder.refused}).out, "[unknown-action]"));
}

TEST_CASE("a directory's settings lie in it, and are no policy file") {
    temporary_directory const folder;
    folder.write("shop/roles.yaml", rolecall::testing::warned_text);
    folder.write("shop/.rolecall.yaml", "rolecall: 1\nlint: {grant-inherited: error}\n");
    CHECK(validate({folder.path("shop")}).code == 1);
    CHECK(validate({folder.path("shop/")}).code == 1);
    CHECK(validate({folder.path("shop/"), "--no-settings"}).code == 0);
}

// ---- The day, and lint itself ------------------------------------------------------------

TEST_CASE("--at is the day that reviews and assignments are held against") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml",
                                            "rolecall: 1\n"
                                            "policy: {name: Old, review-by: 2027-03-31}\n"
                                            "categories: {account: Names}\n"
                                            "roles: {support: {may: {account: view}}}\n"
                                            "users:\n"
                                            "  dana: support\n"
                                            "  bo: {roles: support, until: 2027-03-31}\n");
    CHECK(validate({policy, "--at", "2027-03-31", "--strict"}).code == 0);
    outcome const later = validate({policy, "--at", "2027-04-01", "--strict"});
    CHECK(later.code == 1);
    CHECK(has(later.out, "[review-overdue]"));
    CHECK(has(later.out, "[assignment-passed]"));
}

TEST_CASE("--no-lint finds what loading finds") {
    gate_folder const folder;
    outcome const done = validate({folder.warned, "--no-lint", "--strict"});
    CHECK(done.code == 0);
    CHECK(has(done.out, ": fine ("));
    CHECK(validate({folder.refused, "--no-lint"}).code == 3);
}

// ---- Where it reports --------------------------------------------------------------------

TEST_CASE("--output takes the report, and standard output the text") {
    gate_folder const folder;
    std::string const file = folder.path("report.json");
    outcome const done =
        validate({folder.warned, folder.refused, "--format", "json", "--output", file});
    CHECK(done.code == 3);
    CHECK(done.out == validate({folder.warned, folder.refused}).out);
    CHECK(folder.read("report.json") ==
          validate({folder.warned, folder.refused, "--format", "json"}).out);
    CHECK(validate({folder.warned, "--format", "json", "--output", "-"}).out ==
          validate({folder.warned, "--format", "json"}).out);

    CHECK(validate({folder.warned, "--output", folder.path("report.txt"), "--color", "always"})
              .code == 0);
    CHECK(folder.read("report.txt") == validate({folder.warned}).out);
}

TEST_CASE("a report that can't be written ends with 2, whatever was found") {
    gate_folder const folder;
    outcome const done =
        validate({folder.sound, "--format", "sarif", "--output", folder.path("no/such/x.sarif")});
    CHECK(done.code == 2);
    CHECK(has(done.err, "x.sarif` can't be written (no such file or directory)"));
    CHECK(validate({folder.sound, "--output", folder.path()}).code == 2);
    CHECK(validate({folder.refused, "--output", folder.path()}).code == 2);
}

// ---- --fix -------------------------------------------------------------------------------

TEST_CASE("--fix mends first, and what remains is reported") {
    gate_folder const folder;
    std::string const before = folder.read("warned.yaml");
    outcome const dry = validate({folder.warned, "--fix", "--dry-run", "--strict"});
    CHECK(dry.code == 1);
    CHECK(has(dry.out, "-  support: {inherits: clerk, may: {account: [view, modify]}}\n"));
    CHECK(folder.read("warned.yaml") == before);

    outcome const done = validate({folder.warned, "--fix", "--strict"});
    CHECK(done.code == 0);
    CHECK(!has(done.out, ": warning: "));
    CHECK(has(done.out, ": fine, with 1 note ("));
    CHECK(folder.read("warned.yaml") != before);
    CHECK(validate({folder.warned, "--strict"}).code == 0);
}

TEST_CASE("the difference of --fix stays out of a report on standard output") {
    gate_folder const folder;
    outcome const done = validate({folder.warned, "--fix", "--format", "json"});
    CHECK(done.code == 0);
    CHECK(done.out.rfind("{\"valid\":true", 0) == 0);
    CHECK(has(done.err, "-  support: {inherits: clerk, may: {account: [view, modify]}}\n"));
}

}  // namespace
