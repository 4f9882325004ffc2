// `rolecall validate --format json`.
#include "support/gate.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

namespace json = boost::json;
using rolecall::testing::gate_folder;
using rolecall::testing::has;
using rolecall::testing::hostile_name;
using rolecall::testing::json_of;
using rolecall::testing::outcome;
using rolecall::testing::sound_text;
using rolecall::testing::temporary_directory;
using rolecall::testing::text_of;
using rolecall::testing::validate;

TEST_CASE("findings as JSON have their place, code and related places, and all is one line") {
    gate_folder const folder;
    outcome const done = validate({folder.refused, "--format", "json"});
    CHECK(done.code == 3);
    CHECK(done.out.rfind(R"({"valid":false,"errors":2,"warnings":0,"notes":0,"exit_code":3,)", 0) ==
          0);
    CHECK(has(done.out, R"("policy":")" + folder.refused + R"(","valid":false)"));
    CHECK(has(done.out, R"("severity":"error","code":"unknown-action",)"
                        R"("message":"unknown action `veiw`; did you mean `view`?","file":")" +
                            folder.refused +
                            R"(","line":4,"column":28,"length":4,)"
                            R"("text":"  support: {may: {account: veiw}}","related":[],"about":[],)"
                            R"("fixable":false,"known":false,)"
                            R"("page":"docs/diagnostics/unknown-action.md")"));
    CHECK(done.out.find('\n') == done.out.size() - 1);

    CHECK(
        validate({folder.sound, "--format", "json"}).out ==
        R"({"valid":true,"errors":0,"warnings":0,"notes":0,"exit_code":0,"policies":[{"policy":")" +
            folder.sound +
            R"(","valid":true,"errors":0,"warnings":0,"notes":0,"categories":1,"roles":1,)"
            R"("files":1,"findings":[],"switched_off":[]}]})"
            "\n");
}

TEST_CASE("what lint finds says whom it is about, and whether --fix can mend it") {
    gate_folder const folder;
    json::value const report =
        json_of(validate({folder.warned, "--strict", "--format", "json"}).out);
    CHECK(report.at("exit_code") == 1);
    json::value const& policy = report.at("policies").at(0);
    CHECK(policy.at("warnings") == 1);
    CHECK(policy.at("notes") == 1);
    json::value const& inherited = policy.at("findings").at(0);
    CHECK(inherited.at("code") == "grant-inherited");
    CHECK(inherited.at("severity") == "warning");
    CHECK(inherited.at("fixable") == true);
    CHECK(inherited.at("about").at(0) == "support");
    json::value const& alike = policy.at("findings").at(1);
    CHECK(alike.at("severity") == "note");
    CHECK(alike.at("fixable") == false);
    CHECK(alike.at("related").at(0).at("line") == 6);
}

TEST_CASE("what the settings switch off is listed apart, with the reason") {
    gate_folder const folder;
    folder.write(".rolecall.yaml",
                 "rolecall: 1\n"
                 "lint: {roles-alike: {severity: off, because: Two tills}}\n");
    json::value const policy =
        json_of(validate({folder.warned, "--format", "json"}).out).at("policies").at(0);
    CHECK(policy.at("notes") == 0);
    CHECK(policy.at("findings").as_array().size() == 1);
    REQUIRE(policy.at("switched_off").as_array().size() == 1);
    CHECK(policy.at("switched_off").at(0).at("code") == "roles-alike");
    CHECK(policy.at("switched_off").at(0).at("because") == "Two tills");
}

TEST_CASE("several policies, fine and refused, are summed up in one object") {
    gate_folder const folder;
    json::value const report =
        json_of(validate({folder.sound, folder.refused, folder.warned, "--format", "json"}).out);
    CHECK(report.at("valid") == false);
    CHECK(report.at("errors") == 2);
    CHECK(report.at("warnings") == 1);
    CHECK(report.at("notes") == 1);
    CHECK(report.at("exit_code") == 3);
    REQUIRE(report.at("policies").as_array().size() == 3);
    CHECK(report.at("policies").at(1).at("valid") == false);
    CHECK(!report.at("policies").at(1).as_object().contains("roles"));
    CHECK(report.at("policies").at(2).at("valid") == true);
}

TEST_CASE("JSON is UTF-8 even where the policy and its path are not") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", "rolecall: 1\n# \xFF\xC0 caf\xC3\xA9\n");
    outcome const done = validate({policy, "--format", "json"});
    CHECK(done.code == 3);
    CHECK(has(done.out, "invalid-utf8"));
    CHECK(has(done.out, "# \xEF\xBF\xBD\xEF\xBF\xBD caf\xC3\xA9"));
    CHECK(!has(done.out, "\xFF"));

    std::string const hostile = folder.write(std::string(hostile_name) + ".yaml", sound_text);
    json::value const report = json_of(validate({hostile, "--format", "json"}).out);
    std::string const path = text_of(report.at("policies").at(0).at("policy"));
    CHECK(path == folder.path("a\n::error::x,y: 100%<&>\"'\\\xEF\xBF\xBD.yaml"));
}

}  // namespace
