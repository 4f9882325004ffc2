// `rolecall validate --format gitlab`: GitLab's Code Quality report.
#include "cli/validate/reports.hpp"
#include "support/gate.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

namespace {

namespace json = boost::json;
using rolecall::diagnostic_code;
using rolecall::cli::gitlab_report;
using rolecall::cli::validated_finding;
using rolecall::cli::validated_policy;
using rolecall::cli::validation;
using rolecall::testing::gate_folder;
using rolecall::testing::hostile_name;
using rolecall::testing::json_of;
using rolecall::testing::refused_text;
using rolecall::testing::text_of;
using rolecall::testing::validate;

json::array report_of(std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "gitlab"});
    return json_of(validate(std::move(words)).out).as_array();
}

TEST_CASE("GitLab gets a list with text, rule, place and severity") {
    gate_folder const folder;
    json::array const report = report_of({folder.warned, folder.refused});
    REQUIRE(report.size() == 4);
    CHECK(report[0].at("check_name") == "grant-inherited");
    CHECK(report[0].at("severity") == "minor");
    CHECK(text_of(report[0].at("location").at("path")) == folder.warned);
    CHECK(report[0].at("location").at("lines").at("begin") == 5);
    CHECK(report[1].at("severity") == "info");
    CHECK(report[2].at("severity") == "blocker");
    CHECK(report[2].at("description") == "unknown action `veiw`; did you mean `view`?");
    CHECK(report_of({folder.sound}).empty());
}

TEST_CASE("what makes the run fail is major there") {
    gate_folder const folder;
    CHECK(report_of({folder.warned, "--strict"})[0].at("severity") == "major");
    folder.write(".rolecall.yaml", "rolecall: 1\nlint: {roles-alike: error}\n");
    CHECK(report_of({folder.warned})[1].at("severity") == "major");
}

TEST_CASE("no two entries share a fingerprint, of whichever policies they are") {
    gate_folder const folder;
    std::string const copy = folder.write("copy/warned.yaml", folder.read("warned.yaml"));
    std::set<std::string> prints;
    for (json::value const& one : report_of({folder.warned, copy, folder.refused}))
        prints.insert(text_of(one.at("fingerprint")));
    CHECK(prints.size() == 6);

    validation run;
    run.policies.push_back(validated_policy{.path = "shop"});
    validated_finding const twice{.what = {diagnostic_code::role_unheld, "x", {}, {}},
                                  .fingerprint = "f"};
    run.policies.back().findings = {twice, twice};
    json::value const report = json_of(gitlab_report(run));
    CHECK(report.at(0).at("fingerprint") != report.at(1).at("fingerprint"));
    CHECK(report.at(0).at("location").at("lines").at("begin") == 1);
}

TEST_CASE("GitLab's paths are those of the repository, in UTF-8") {
    validation run;
    std::string const here = (std::filesystem::current_path() / "shop/a.yaml").string();
    run.policies.push_back(validated_policy{.path = here});
    run.policies.back().findings.push_back(
        {.what = {diagnostic_code::role_unheld, "x", {here, 3, 1, 1, ""}, {}}});
    CHECK(json_of(gitlab_report(run)).at(0).at("location").at("path") == "shop/a.yaml");

    gate_folder const folder;
    std::string const hostile = folder.write(std::string(hostile_name) + ".yaml", refused_text);
    json::array const report = report_of({hostile});
    CHECK(text_of(report.at(0).at("location").at("path")) ==
          folder.path("a\n::error::x,y: 100%<&>\"'\\\xEF\xBF\xBD.yaml"));
}

}  // namespace
