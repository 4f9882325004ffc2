// `rolecall exercise-report --record`, and what `validate` makes of records.
#include "support/file_size_limit.hpp"
#include "support/gate.hpp"
#include "support/practice.hpp"
#include <rolecall/exercise_records.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace rolecall::testing;
using words = std::vector<std::string>;

TEST_CASE("--record adds the exercise to the file beside the policy, and says so") {
    practice const here;
    outcome const first = here.record("2025-05-04");
    CHECK(first.code == 0);
    CHECK(has(first.out, "# After-action report"));
    CHECK(first.err == "recorded in " + here.records +
                           ": 2 exercises, held on 2025-05-04 by 1 "
                           "person\n");
    here.write("practice/night.yaml", failing_text);
    outcome const second = here.record(
        "2025-11-22", {"--who", "Bo", "--open", "Keys: where?", "--output", here.path("page.md")});
    CHECK(second.code == 1);
    CHECK(second.err.empty());
    CHECK(second.out == "recorded in " + here.records +
                            ": 3 exercises, held on 2025-11-22 by 2 "
                            "people\n");
    auto const read = rolecall::yaml::read_exercise_records(here.records);
    CHECK(read.findings.empty());
    REQUIRE(read.held.size() == 2);
    CHECK(read.held[0].exercises == 2);
    CHECK(read.held[0].failed.empty());
    CHECK(read.held[1].who == words{"Bo", "Ann Reed"});
    CHECK(read.held[1].digest == digest_of(here.policy));
    CHECK(read.held[1].failed == words{"night-call"});
    CHECK(read.held[1].open == words{"Keys: where?"});
    CHECK(here.files() == 4);  // nothing is left behind
}

TEST_CASE("without --record nothing is written") {
    practice const here;
    CHECK(here.report({"--who", "Ann"}).code == 0);
    CHECK_FALSE(fs::exists(here.records));
    CHECK(here.files() == 2);
}

TEST_CASE("a record that is broken is refused, and stays as it is") {
    practice const here;
    std::string const broken = "rolecall: 1\nheld:\n  - date: yesterday\n";
    here.write("practice/.rolecall-exercises.yaml", broken);
    outcome const done = here.record("2025-05-04");
    CHECK(done.code == 3);
    CHECK(done.out.empty());
    CHECK(has(done.err, ".rolecall-exercises.yaml:3:11: error: expected a date"));
    CHECK(has(done.err, "the record is not written: first mend `"));
    CHECK(here.text() == broken);
    fs::remove(here.records);
    here.link("practice/.rolecall-exercises.yaml", "nowhere.yaml");
    CHECK(here.record("2025-05-04").code == 2);
    CHECK(fs::is_symlink(here.records));
    CHECK(here.files() == 3);
}

TEST_CASE("a record keeps its permissions, its comments, and its place when it can't be written") {
    practice const here;
    CHECK(here.record("2025-05-04").code == 0);
    here.write("practice/.rolecall-exercises.yaml", "# Kept by Ann\n" + here.text());
    REQUIRE(::chmod(here.records.c_str(), 0640) == 0);
    CHECK(here.record("2025-06-04").code == 0);
    CHECK(here.text().rfind("# Kept by Ann\nrolecall: 1\n", 0) == 0);
    struct stat state {};
    REQUIRE(::stat(here.records.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777U) == 0640);

    std::string const before = here.text();
    outcome full;
    {
        file_size_limit const limit(64);
        full = here.report({"--who", "Ann", "--record", "--at", "2025-07-04"});
    }
    CHECK(full.code == 2);
    CHECK(here.text() == before);
    CHECK(here.files() == 3);
}

TEST_CASE("what can't be shown is not recorded") {
    practice const here;
    outcome const full =
        run({"exercise-report", here.policy, "--who", "Ann", "--record", "--at", "2025-05-04"},
            {.out_path = "/dev/full"});
    CHECK(full.code == 2);
    CHECK_FALSE(fs::exists(here.records));
    CHECK(here.record("2025-05-04", {"--output", here.path("none/page.md")}).code == 2);
    CHECK_FALSE(fs::exists(here.records));
    CHECK(here.files() == 2);
}

TEST_CASE("what makes no sense is refused before anything is done") {
    practice const here;
    outcome const nobody = here.report({"--record"});
    CHECK(nobody.code == 2);
    CHECK(has(nobody.err, "`--record` goes with `--who`"));
    outcome const later = here.record("9999-01-01");
    CHECK(later.code == 2);
    CHECK(has(later.err, "9999-01-01 is yet to come"));
    for (std::string const text : {"", "  ", "a\nb", "a\tb", "\xFF", "a\u202Eb"}) {
        CHECK_MESSAGE(here.report({"--who", text}).code == 2, text);
        CHECK_MESSAGE(here.report({"--open", text}).code == 2, text);
    }
    CHECK(here.report({"--format", "text"}).code == 2);
    CHECK(here.report({"--output", ""}).code == 2);
    outcome const none = here.record("2025-05-04", {"--filter", "nothing like it"});
    CHECK(none.code == 2);
    CHECK(has(none.err, "no exercise has that in its name"));
    CHECK_FALSE(fs::exists(here.records));
    fs::remove(here.path("practice/exercises.yaml"));
    outcome const without = here.report({});
    CHECK(without.code == 2);
    CHECK(has(without.err, "has no exercises"));
    here.write("practice/policy.yaml", "rolecall: 1\nroles: {}\n");
    CHECK(here.report({}).code == 3);
}

TEST_CASE("a name is recorded once, however often it is given") {
    practice const here;
    CHECK(
        here.record("2025-05-04", {"--who", "Ann Reed", "--open", "Keys", "--open", "Keys"}).code ==
        0);
    auto const read = rolecall::yaml::read_exercise_records(here.records);
    REQUIRE(read.held.size() == 1);
    CHECK(read.held[0].who == words{"Ann Reed"});
    CHECK(read.held[0].open == words{"Keys"});
}

// ---- validate ------------------------------------------------------------------------------

TEST_CASE("validate warns until an exercise is recorded, and again when it is too long ago") {
    practice const here;
    auto const look = [&](std::string const& on) {
        return validate({here.policy, "--at", on, "--strict"});
    };
    outcome const never = look("2025-05-04");
    CHECK(never.code == 1);
    CHECK(has(never.out,
              "policy.yaml:5:19: warning: no exercise was ever recorded; hold one, and record it "
              "with `rolecall exercise-report POLICY --who NAME --record` [exercise-overdue]\n"));
    CHECK(here.record("2025-05-04").code == 0);
    CHECK_FALSE(has(look("2025-05-04").out, "exercise-overdue"));
    CHECK_FALSE(has(look("2025-11-04").out, "exercise-overdue"));
    outcome const later = look("2025-11-05");
    CHECK(later.code == 1);
    CHECK(has(later.out, "exercises were last held on 2025-05-04, and again due by 2025-11-04"));
    CHECK(has(look("2025-05-03").out, "all exercises that are recorded are of days to come"));
}

TEST_CASE("settings change what an overdue exercise counts for") {
    practice const here;
    here.write("practice/.rolecall.yaml", "rolecall: 1\nlint: {exercise-overdue: error}\n");
    outcome const failed = validate({here.policy});
    CHECK(failed.code == 1);
    CHECK(has(failed.out, "error: no exercise was ever recorded"));
    here.write("practice/.rolecall.yaml",
               "rolecall: 1\nlint: {exercise-overdue: {severity: off, because: Held elsewhere}}\n");
    CHECK_FALSE(has(validate({here.policy}).out, "no exercise was ever recorded"));
}

TEST_CASE("a record with a mistake fails validate, so that a slip silences nothing") {
    practice const here;
    CHECK(here.record("2025-05-04").code == 0);
    here.write("practice/.rolecall-exercises.yaml", here.text() + "    opne: Keys\n");
    outcome const done = validate({here.policy, "--at", "2025-05-04"});
    CHECK(done.code == 3);
    CHECK(has(done.out, ".rolecall-exercises.yaml:7:5: error: unknown key `opne`"));
    CHECK(validate({here.policy, "--at", "2025-05-04", "--no-lint"}).code == 0);
    // The policy itself works on.
    CHECK(run({"check", here.policy, "desk", "view", "account"}).code == 0);
}

TEST_CASE("the record of one policy says nothing about another in the same folder") {
    temporary_directory const here;
    std::string const text = std::string(practice_text) + std::string(exercises_text + 12);
    std::string const one = here.write("one.yaml", text);
    std::string const two = here.write("two.yaml", text);
    CHECK(run({"exercise-report", one, "--who", "Ann", "--record", "--at", "2025-05-04"}).code ==
          0);
    CHECK(fs::exists(here.path(".rolecall-exercises.one.yaml")));
    CHECK_FALSE(has(validate({one, "--at", "2025-05-04"}).out, "exercise-overdue"));
    CHECK(has(validate({two, "--at", "2025-05-04"}).out, "exercise-overdue"));
}

}  // namespace
