// `rolecall validate --baseline`: what is known neither shows nor fails.
#include "support/gate.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

namespace json = boost::json;
using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::hostile_name;
using rolecall::testing::idle_roles;
using rolecall::testing::json_of;
using rolecall::testing::outcome;
using rolecall::testing::validate;
using rolecall::testing::warned_text;

TEST_CASE("what a baseline lists neither shows nor fails, and is counted") {
    gate_folder const folder;
    std::string const known = folder.path("known.json");
    outcome const written = validate({folder.warned, "--write-baseline", known});
    CHECK(written.code == 0);
    CHECK(written.out == folder.warned + ": fine, with 2 known (2 categories, 4 roles, 1 file)\n" +
                             known + ": 2 findings are known from now on\n");

    outcome const done = validate({folder.warned, "--strict", "--baseline", known});
    CHECK(done.code == 0);
    CHECK(done.out == folder.warned + ": fine, with 2 known (2 categories, 4 roles, 1 file)\n");
    CHECK(!has(validate({folder.warned, "--baseline", known, "--format", "github"}).out,
               "::warning"));
    CHECK(has(validate({folder.warned, "--strict", "--baseline", known, "--format", "junit"}).out,
              "failures=\"0\""));
    json::value const report =
        json_of(validate({folder.warned, "--baseline", known, "--format", "json"}).out);
    json::value const& policy = report.at("policies").at(0);
    CHECK(policy.at("known") == 2);
    CHECK(policy.at("warnings") == 0);
    CHECK(policy.at("mended") == 0);
    CHECK(policy.at("findings").at(0).at("known") == true);
}

TEST_CASE("what is new beside it fails, wherever the lines have moved") {
    gate_folder const folder;
    std::string const known = folder.path("known.json");
    CHECK(validate({folder.warned, "--write-baseline", known}).code == 0);
    std::string text = "# moved\n\n" + std::string(warned_text);
    text += "  visitor: {about: Nobody yet}\n";
    folder.write("warned.yaml", text);
    outcome const done = validate({folder.warned, "--strict", "--baseline", known});
    CHECK(done.code == 1);
    CHECK(has(done.out, "[role-without-grants]"));
    CHECK(!has(done.out, "[grant-inherited]"));
    CHECK(has(done.out, ": fails: 1 warning with --strict, 2 known ("));
}

TEST_CASE("what is mended is told, so that the baseline shrinks") {
    gate_folder const folder;
    std::string const policy = folder.write("p.yaml", idle_roles(5));
    std::string const known = folder.path("known.json");
    CHECK(validate({policy, "--write-baseline", known}).code == 0);
    folder.write("p.yaml", idle_roles(2));
    outcome const done = validate({policy, "--baseline", known});
    CHECK(done.code == 0);
    CHECK(has(done.out, policy + ": 3 of the baseline are mended: write it anew\n"));
    CHECK(has(validate({policy, "--baseline", known, "--format", "github"}).out,
              "rolecall: 3 of the baseline are mended"));
    folder.write("p.yaml", idle_roles(4));
    CHECK(has(validate({policy, "--baseline", known}).out,
              ": 1 of the baseline is mended: write it anew\n"));
}

TEST_CASE("equal findings are counted: one more than is known is new") {
    gate_folder const folder;
    std::string const known = folder.path("known.json");
    CHECK(validate({folder.warned, "--write-baseline", known}).code == 0);
    std::string text = folder.read("known.json");
    std::size_t const count = text.find("\"count\":1");
    REQUIRE(count != std::string::npos);
    text.replace(count, 9, "\"count\":3");
    folder.write("known.json", text);
    outcome const done = validate({folder.warned, "--baseline", known});
    CHECK(has(done.out, "2 known ("));
    CHECK(has(done.out, ": 2 of the baseline are mended"));
}

TEST_CASE("an error never gets into a baseline, and no baseline lets a refused policy pass") {
    gate_folder const folder;
    std::string const known = folder.path("known.json");
    outcome const written = validate({folder.refused, folder.warned, "--write-baseline", known});
    CHECK(written.code == 3);
    CHECK(has(written.out, "[unknown-action]"));
    CHECK(has(written.err, "known.json` is not written: first mend `"));
    CHECK(folder.read("known.json").empty());

    CHECK(validate({folder.warned, "--write-baseline", known}).code == 0);
    folder.write("warned.yaml", rolecall::testing::refused_text);
    outcome const done = validate({folder.warned, "--baseline", known});
    CHECK(done.code == 3);
    CHECK(has(done.out, folder.warned + ": 2 errors\n"));
    CHECK(!has(done.out, " mended"));
    folder.write(".rolecall.yaml", "rolecall: 2\n");
    CHECK(validate({folder.sound, "--write-baseline", folder.path("new.json")}).code == 3);
    CHECK(folder.read("new.json").empty());
}

TEST_CASE("what the settings call an error may be known") {
    gate_folder const folder;
    folder.write(".rolecall.yaml", "rolecall: 1\nlint: {grant-inherited: error}\n");
    std::string const known = folder.path("known.json");
    CHECK(validate({folder.warned}).code == 1);
    CHECK(validate({folder.warned, "--write-baseline", known}).code == 0);
    CHECK(validate({folder.warned, "--baseline", known}).code == 0);
}

TEST_CASE("each policy has its own part, and finds it by the way from the baseline") {
    gate_folder const folder;
    std::string const shop = folder.write("shop/roles.yaml", warned_text);
    std::string const inn = folder.write("inn/roles.yaml", warned_text);
    std::string const known = folder.path("known.json");
    CHECK(validate({folder.path("shop"), "--write-baseline", known}).code == 0);
    CHECK(has(folder.read("known.json"), R"({"policy":"shop","known":[)"));
    CHECK(has(folder.read("known.json"), R"("file":"roles.yaml")"));
    CHECK(validate({folder.path("inn/../shop/"), "--strict", "--baseline", known}).code == 0);
    outcome const both =
        validate({folder.path("shop"), folder.path("inn"), "--strict", "--baseline", known});
    CHECK(both.code == 1);
    CHECK(has(both.out, folder.path("shop") + ": fine, with 2 known ("));
    CHECK(has(both.out, folder.path("inn") + ": fails: "));
    CHECK(validate({folder.path("shop"), folder.path("shop/"), "--write-baseline", known}).code ==
          0);
    CHECK(validate({folder.path("shop"), "--baseline", known}).out ==
          folder.path("shop") + ": fine, with 2 known (2 categories, 4 roles, 1 file)\n");
    // A policy that was checked out elsewhere, and is alone as in the file.
    CHECK(validate({folder.path("inn"), "--strict", "--baseline", known}).code == 0);
}

TEST_CASE("a baseline holds a finding a line, and names that no JSON has") {
    gate_folder const folder;
    std::string const policy = folder.write(std::string(hostile_name) + ".yaml", warned_text);
    std::string const known = folder.path("known.json");
    CHECK(validate({policy, "--write-baseline", known}).code == 0);
    json::value const file = json_of(folder.read("known.json"));
    json::value const& entry = file.at("policies").at(0).at("known").at(0);
    CHECK(file.at("rolecall-baseline") == 1);
    CHECK(entry.at("code") == "grant-inherited");
    CHECK(entry.at("about").at(0) == "support");
    CHECK(has(folder.read("known.json"), "\n{\"code\":\"grant-inherited\","));
    CHECK(validate({policy, "--strict", "--baseline", known}).code == 0);
}

TEST_CASE("a baseline that can't be read ends with 2, and says why") {
    gate_folder const folder;
    auto const complaint = [&](std::string_view text) {
        folder.write("known.json", text);
        outcome const done = validate({folder.warned, "--baseline", folder.path("known.json")});
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        return done.err.substr(done.err.find("known.json"));
    };
    CHECK(complaint("") == "known.json` is no baseline: it is no JSON\n");
    CHECK(complaint("[]") == "known.json` is no baseline: `rolecall-baseline` is missing\n");
    CHECK(complaint("{\"rolecall-baseline\":2,\"policies\":[]}") ==
          "known.json` is no baseline: it is of a later version\n");
    CHECK(complaint("{\"rolecall-baseline\":1,\"policies\":{}}") ==
          "known.json` is no baseline: `policies` is no list\n");
    CHECK(complaint("{\"rolecall-baseline\":1,\"policies\":[{\"policy\":\"p\",\"known\":[{"
                    "\"fingerprint\":\"f\",\"count\":-1}]}]}") ==
          "known.json` is no baseline: `count` is no number from 1\n");
    outcome const missing = validate({folder.warned, "--baseline", folder.path("none")});
    CHECK(missing.code == 2);
    CHECK(has(missing.err, "none` can't be read (no such file or directory)"));
    CHECK(validate({folder.warned, "--write-baseline", folder.path("no/such")}).code == 2);
}

}  // namespace
