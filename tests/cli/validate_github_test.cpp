// `rolecall validate --format github`.
#include "cli/validate/github.hpp"
#include "support/gate.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::diagnostic;
using rolecall::diagnostic_code;
using rolecall::severity;
using rolecall::cli::github_annotation;
using rolecall::cli::github_data;
using rolecall::cli::github_property;
using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::hostile_name;
using rolecall::testing::outcome;
using rolecall::testing::refused_text;
using rolecall::testing::validate;

TEST_CASE("findings become annotations on GitHub") {
    gate_folder const folder;
    outcome const done = validate({folder.refused, "--format", "github"});
    CHECK(done.code == 3);
    CHECK(has(done.out, "::error file=" + folder.refused +
                            ",line=4,col=28,endColumn=32,title=unknown-action::unknown action "
                            "`veiw`; did you mean `view`?\n"));
    CHECK(has(done.out, "\nrolecall: " + folder.refused + ": 2 errors\n"));
}

TEST_CASE("a warning is a warning there, and a note a notice") {
    gate_folder const folder;
    outcome const done = validate({folder.warned, folder.sound, "--format", "github", "--strict"});
    CHECK(done.code == 1);
    CHECK(has(done.out, "::warning file=" + folder.warned + ",line=5,col=46,"));
    CHECK(has(done.out, "::notice file=" + folder.warned + ",line=7,col=3,"));
    CHECK(has(done.out,
              "\nrolecall: " + folder.warned + ": fails: 1 warning with --strict, 1 note ("));
    CHECK(has(done.out, "\nrolecall: " + folder.sound + ": fine ("));
}

TEST_CASE("no path can be a command of GitHub's") {
    gate_folder const folder;
    outcome const missing =
        validate({folder.path("no,such:100%\n::error::x"), "--format", "github"});
    CHECK(missing.code == 2);
    CHECK(has(missing.out, "/no%2Csuch%3A100%25%0A%3A%3Aerror%3A%3Ax,title=unreadable-file::"));
    CHECK(!has(missing.out, "\n::error::x"));

    std::string const hostile = folder.write(std::string(hostile_name) + ".yaml", refused_text);
    std::string const out = validate({hostile, folder.warned, "--format", "github"}).out;
    CHECK(has(out, "/a%0A%3A%3Aerror%3A%3Ax%2Cy%3A 100%25<&>\"'\\\xFF.yaml,line=4,"));
    CHECK(!has(out, "\n::error::x"));
}

TEST_CASE("GitHub's commands are escaped as GitHub wants them") {
    CHECK(github_data("50% of a:b,c\r\nd") == "50%25 of a:b,c%0D%0Ad");
    CHECK(github_property("50% of a:b,c\r\nd") == "50%25 of a%3Ab%2Cc%0D%0Ad");
    CHECK(github_data("%0A") == "%250A");

    diagnostic twice{diagnostic_code::duplicate_definition,
                     "`a` is defined twice",
                     {"b:c.yaml", 7, 3, 1, "  a: x"},
                     {}};
    twice.related.push_back({{"d.yaml", 2, 5, 1, "    a: y"}, "first here"});
    CHECK(github_annotation(twice) ==
          "::error file=b%3Ac.yaml,line=7,col=3,endColumn=4,title=duplicate-definition::"
          "`a` is defined twice%0Ad.yaml:2:5: first here");
    diagnostic const nowhere{diagnostic_code::no_policy_file, "nothing", {}, {}};
    CHECK(github_annotation(nowhere) == "::error title=no-policy-file::nothing");
    diagnostic const noted{diagnostic_code::role_unheld, "hm", {}, {}, severity::note};
    CHECK(github_annotation(noted) == "::notice title=role-unheld::hm");
}

}  // namespace
