// `rolecall validate`.
#include "cli/github.hpp"
#include "support/program.hpp"
#include "support/shop.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::diagnostic;
using rolecall::diagnostic_code;
using rolecall::cli::github_annotation;
using rolecall::cli::github_data;
using rolecall::cli::github_property;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::shop_folder;
using rolecall::testing::temporary_directory;

constexpr char const* two_errors =
    "rolecall: 1\n"
    "categories: {account: Names}\n"
    "roles:\n"
    "  support: {may: {account: veiw}}\n"
    "  support: {may: {acount: view}}\n";

TEST_CASE("a sound policy is fine, and its parts are counted") {
    shop_folder const shop;
    outcome const done = run({"validate", shop.policy()});
    CHECK(done.code == 0);
    CHECK(done.out == shop.policy() + ": fine (2 categories, 3 roles, 1 file)\n");
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

TEST_CASE("warnings are shown, and don't refuse the policy") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml",
                                            "rolecall: 1\n"
                                            "policy: {name: Old, review-by: 2001-01-01}\n"
                                            "categories: {account: Names}\n"
                                            "roles: {support: {may: {account: view}}}\n");
    outcome const done = run({"validate", policy});
    CHECK(done.code == 0);
    CHECK(has(done.out, "warning: "));
    CHECK(has(done.out, ": fine, with 1 warning (1 category, 1 role, 1 file)\n"));
    CHECK(has(run({"validate", policy, "--format", "json"}).out,
              R"("valid":true,"errors":0,"warnings":1)"));
    CHECK(has(run({"validate", policy, "--format", "github"}).out, "::warning file="));
    CHECK(run({"check", policy, "support", "view", "account"}).err.empty());
}

TEST_CASE("a path that can't be read ends with 2, unless something else is invalid") {
    shop_folder const shop;
    std::string const broken = shop.write("broken.yaml", two_errors);
    outcome const missing = run({"validate", shop.path("missing")});
    CHECK(missing.code == 2);
    CHECK(has(missing.out, "[unreadable-file]"));
    CHECK(run({"validate", ""}).code == 2);
    CHECK(run({"validate", shop.path("missing"), shop.policy()}).code == 2);
    CHECK(run({"validate", shop.path("missing"), broken}).code == 3);
    CHECK(run({"validate", broken, shop.policy()}).code == 3);
}

TEST_CASE("a folder without a policy is invalid") {
    temporary_directory const folder;
    outcome const done = run({"validate", folder.path()});
    CHECK(done.code == 3);
    CHECK(has(done.out, "[no-policy-file]"));
}

TEST_CASE("several policies are each validated, in order") {
    shop_folder const shop;
    std::string const broken = shop.write("broken.yaml", two_errors);
    outcome const done = run({"validate", shop.policy(), broken, shop.policy()});
    CHECK(done.code == 3);
    std::size_t const first = done.out.find(": fine (");
    std::size_t const error = done.out.find("[unknown-action]");
    std::size_t const second = done.out.rfind(": fine (");
    CHECK(first < error);
    CHECK(error < second);
    CHECK(second != std::string::npos);
}

TEST_CASE("findings as JSON have their place, code and related places, and all is one line") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", two_errors);
    outcome const done = run({"validate", policy, "--format", "json"});
    CHECK(done.code == 3);
    CHECK(done.out.rfind(R"({"valid":false,"errors":)", 0) == 0);
    CHECK(has(done.out, R"("policy":")" + policy + R"(","valid":false)"));
    CHECK(has(done.out, R"("severity":"error","code":"unknown-action",)"
                        R"("message":"unknown action `veiw`; did you mean `view`?","file":")" +
                            policy +
                            R"(","line":4,"column":28,"length":4,)"
                            R"("text":"  support: {may: {account: veiw}}","related":[])"));
    CHECK(has(done.out, R"("related":[{"message":")"));
    CHECK(done.out.find('\n') == done.out.size() - 1);

    shop_folder const shop;
    CHECK(run({"validate", shop.policy(), "--format", "json"}).out ==
          R"({"valid":true,"errors":0,"warnings":0,"policies":[{"policy":")" + shop.policy() +
              R"(","valid":true,"errors":0,"warnings":0,"categories":2,"roles":3,"files":1,)"
              R"("findings":[]}]})"
              "\n");
}

TEST_CASE("JSON is UTF-8 even where the policy is not") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", "rolecall: 1\n# \xFF\xC0 caf\xC3\xA9\n");
    outcome const done = run({"validate", policy, "--format", "json"});
    CHECK(done.code == 3);
    CHECK(has(done.out, "invalid-utf8"));
    CHECK(has(done.out, "# \xEF\xBF\xBD\xEF\xBF\xBD caf\xC3\xA9"));
    CHECK(!has(done.out, "\xFF"));
    CHECK(has(run({"validate", folder.path("\xFF"), "--format", "json"}).out, "/\xEF\xBF\xBD\""));
}

TEST_CASE("findings become annotations on GitHub") {
    temporary_directory const folder;
    std::string const policy = folder.write("p.yaml", two_errors);
    outcome const done = run({"validate", policy, "--format", "github"});
    CHECK(done.code == 3);
    CHECK(has(done.out, "::error file=" + policy +
                            ",line=4,col=28,endColumn=32,title=unknown-action::unknown action "
                            "`veiw`; did you mean `view`?\n"));
    CHECK(has(done.out, "\nrolecall: " + policy + ": "));

    outcome const missing =
        run({"validate", folder.path("no,such:100%\n::error::x"), "--format", "github"});
    CHECK(missing.code == 2);
    CHECK(has(missing.out, "/no%2Csuch%3A100%25%0A%3A%3Aerror%3A%3Ax,title=unreadable-file::"));
    CHECK(!has(missing.out, "\n::error::x"));
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
}

}  // namespace
