// `rolecall diff`: what it shows, in which format, and what it ends with.
#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace rolecall::testing;

std::string const levels = R"(rolecall: 1
categories:
  account: {about: Name and address, level: internal}
  payment: {about: Card and bank, level: restricted}
facts:
  consent: The customer agreed
)";

std::string const old_policy = levels + R"(roles:
  support:
    may: {account: [view, modify], payment: {view: {if: consent}}}
  billing:
    may: {payment: view}
users:
  dana: support
  bo: billing
)";

// support sees payments whatever is known, and no longer modifies accounts.
std::string const new_policy = levels + R"(roles:
  support:
    may:
      account: view
      payment: view
  billing:
    may: {payment: view}
users:
  dana: support
  bo: billing
)";

struct two_files {
    temporary_directory folder;
    std::string before = folder.write("old.yaml", old_policy);
    std::string after = folder.write("new.yaml", new_policy);

    [[nodiscard]] outcome diff(std::vector<std::string> const& options = {}) const {
        std::vector<std::string> words{"diff", before, after, "--at", "2026-11-22"};
        words.insert(words.end(), options.begin(), options.end());
        return run(words);
    }
};

TEST_CASE("diff shows who gains and who loses, and by which lines") {
    two_files const files;
    auto const shown = files.diff();
    CHECK(shown.code == 0);
    CHECK(shown.err.empty());
    CHECK(has(shown.out, "2 gains, 2 losses, at most restricted\n"));
    CHECK(has(shown.out,
              "Roles\n+ support may view payment (restricted) always; before: if "
              "consent\n    - support may view payment if consent   " +
                  files.before + ":9\n    + support may view payment   " + files.after + ":11\n"));
    CHECK(has(shown.out, "- support may modify account (internal)   " + files.before + ":9\n"));
    CHECK(has(shown.out,
              "Users on 2026-11-22\ndana\n  + view payment (restricted) always; "
              "before: if consent\n"));
    CHECK_FALSE(has(shown.out, "billing"));
    CHECK_FALSE(has(shown.out, "bo"));
}

TEST_CASE("diff of a policy with itself shows no difference") {
    two_files const files;
    auto const shown = run({"diff", files.before, files.before, "--fail-on", "any"});
    CHECK(shown.code == 0);
    CHECK(has(shown.out, "no difference\ndigest "));
    CHECK(has(shown.out, ", the same for both\n"));
}

TEST_CASE("diff ends with 1 where it is told to") {
    two_files const files;
    CHECK(files.diff().code == 0);
    CHECK(files.diff({"--fail-on", "gains"}).code == 1);
    CHECK(files.diff({"--fail-on", "any"}).code == 1);
    CHECK(files.diff({"--fail-on", "gains-at", "restricted"}).code == 1);
    CHECK(files.diff({"--fail-on", "gains-at=restricted"}).code == 1);
    CHECK(files.diff({"--fail-on", "gains-at internal"}).code == 1);
    CHECK(files.diff({"--fail-on=gains-at=internal"}).code == 1);
    CHECK(files.diff({"--fail-on", "gains"}).err ==
          "rolecall: somebody may do more, and `--fail-on gains` refuses it\n");

    auto const back = [&](std::vector<std::string> const& options) {
        std::vector<std::string> words{"diff", files.after, files.before};
        words.insert(words.end(), options.begin(), options.end());
        return run(words).code;
    };
    // Backwards, an account may be modified, which is not so strict.
    CHECK(back({"--fail-on", "gains"}) == 1);
    CHECK(back({"--fail-on", "gains-at=internal"}) == 1);
    CHECK(back({"--fail-on", "gains-at=confidential"}) == 0);
    CHECK(back({"--fail-on", "gains-at=restricted"}) == 0);
}

TEST_CASE("a removed separation may open something to who has several roles, and fails gains") {
    two_files const files;
    std::string const apart = files.folder.write(
        "apart.yaml",
        old_policy + "separation:\n  two: {roles: [support, billing], at-most: 1, per: person}\n");
    auto const with = [&](std::string const& what) {
        return run({"diff", apart, files.before, "--fail-on", what});
    };
    CHECK(with("gains").code == 1);
    CHECK(with("gains-at=restricted").code == 1);
    CHECK(with("any").code == 1);
    CHECK(
        has(with("gains").err, "a guardrail, a separation, a guarantee or `other-users` changed"));
    // The other way round it only closes.
    auto const closing = [&](std::string const& what) {
        return run({"diff", files.before, apart, "--fail-on", what}).code;
    };
    CHECK(closing("gains") == 0);
    CHECK(closing("any") == 1);
    CHECK(has(with("gains").out, "nobody may do more or less; changed besides: separation\n"));
    CHECK(
        has(with("gains").out,
            "- separation two: of support and billing at most 1 per person   " + apart + ":16\n"));
}

TEST_CASE("a policy that demands less of the audit trail shows it, and fails gains") {
    two_files const files;
    std::string const strict =
        files.folder.write("strict.yaml", old_policy + "audit: {default: required}\n");
    std::string const mild = files.folder.write(
        "mild.yaml", old_policy + "audit: {default: required, actions: {view: best-effort}}\n");
    auto const loosened = run({"diff", strict, mild, "--fail-on", "gains"});
    CHECK(loosened.code == 1);
    CHECK(has(loosened.out, "nobody may do more or less; changed besides: audit\n"));
    CHECK(has(
        loosened.out,
        "~ audit account: view best-effort; before: required (demands less)   " + mild + ":15\n"));
    CHECK(has(loosened.err, "less is demanded of the audit trail than before"));
    CHECK(run({"diff", strict, mild, "--fail-on", "gains-at=restricted"}).code == 1);
    CHECK(run({"diff", strict, mild}).code == 0);
    // The other way round it demands more.
    auto const tightened = run({"diff", mild, strict, "--fail-on", "gains"});
    CHECK(tightened.code == 0);
    CHECK(has(tightened.out, "~ audit account: view required; before: best-effort   "));
    CHECK(run({"diff", mild, strict, "--fail-on", "any"}).code == 1);
    CHECK(has(run({"diff", strict, mild, "--format", "json"}).out,
              R"("section":"audit","kind":"changed","name":"account","property":"view",)"
              R"("before":"required","after":"best-effort")"));
}

TEST_CASE("a guardrail that goes fails gains, also where no role by itself gains") {
    two_files const files;
    std::string const guarded = files.folder.write("guarded.yaml", old_policy + R"(never:
  hands-off: {roles: billing, actions: delete}
)");
    CHECK(run({"diff", guarded, files.before, "--fail-on", "gains"}).code == 1);
    CHECK(run({"diff", guarded, files.before, "--fail-on", "gains-at=restricted"}).code == 1);
    CHECK(run({"diff", files.before, guarded, "--fail-on", "gains"}).code == 0);
    CHECK(run({"diff", guarded, files.before}).code == 0);
}

TEST_CASE("words alone fail nothing") {
    two_files const files;
    std::string other = old_policy;
    other.replace(other.find("Card and bank"), 4, "Bank");
    auto const shown =
        run({"diff", files.before, files.folder.write("other.yaml", other), "--fail-on", "any"});
    CHECK(shown.code == 0);
    CHECK(has(shown.out, "no difference\n"));
    CHECK(has(shown.out, "1 text changed, which decides nothing: category payment, about\n"));
}

TEST_CASE("diff writes JSON with everything") {
    two_files const files;
    auto const shown = files.diff({"--format", "json"});
    CHECK(shown.code == 0);
    CHECK(shown.out.find('\n') == shown.out.size() - 1);
    CHECK(has(shown.out, "{\"before\":{\"policy\":\"" + files.before + "\",\"sha256\":\""));
    CHECK(has(shown.out, R"("on":"2026-11-22","different":true,"counts":{"roles_gain":1,)"
                         R"("roles_lose":1,"users_gain":1,"users_lose":1},"levels":["public",)"
                         R"("internal","confidential","restricted"],"roles":[{"kind":"gained",)"
                         R"("action":"view","category":"payment","level":"restricted",)"
                         R"("before":"consent","after":"always",)"
                         R"("gained":[{"true":[],"false":[]}],"lost":[],"inexact":false,)"
                         R"("lines":[1,2],"roles":["support"]})"));
    CHECK(has(shown.out, R"("users":[{"users":["dana"],"rights":[{"kind":"gained",)"));
    CHECK(has(shown.out, R"("statements":[],"words":[],"without_effect":[],"lines":[{"kind":)"
                         R"("grant","of":"before","file":")" +
                             files.before +
                             R"(","line":9,"column":27,"length":6,"text":"    may: {account: )"
                             R"([view, modify], payment: {view: {if: consent}}}",)"
                             R"("sentence":"support may modify account"},)"));
}

TEST_CASE("diff writes a comment for a pull request, in which names do nothing") {
    two_files const files;
    std::string users = new_policy;
    users += "  \"a|b`c @team <b>\": billing\n";
    auto const shown = run({"diff", files.before, files.folder.write("users.yaml", users), "--at",
                            "2026-11-22", "--format", "markdown"});
    CHECK(shown.code == 0);
    CHECK(has(shown.out,
              "### 3 gains, 2 losses, at most restricted; changed besides: user\n\n"
              "| | role | may | on | level | when | by |\n|---|---|---|---|---|---|---|"
              "\n| **gains** | `support` | view | payment | restricted | always; "
              "before: if consent | "));
    CHECK(has(shown.out, "| `` a\\|b`c @team <b> `` |"));
    CHECK(has(shown.out, "- **new** user a\\|b\\`c @<!-- -->team \\<b\\>: billing (`"));
    CHECK(has(shown.out, "<details><summary>"));
}

TEST_CASE("diff writes one page of HTML that asks nothing of any host") {
    two_files const files;
    std::string users = new_policy;
    users += "  \"<script>alert(1)</script>\": billing\n";
    auto const shown =
        run({"diff", files.before, files.folder.write("users.yaml", users), "--format", "html"});
    CHECK(shown.code == 0);
    CHECK(has(shown.out, "<!DOCTYPE html>\n"));
    CHECK(has(shown.out, "default-src 'none'; style-src 'unsafe-inline'"));
    CHECK_FALSE(has(shown.out, "<script"));
    CHECK_FALSE(has(shown.out, "http://"));
    CHECK_FALSE(has(shown.out, "https://"));
    CHECK(has(shown.out, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(has(shown.out,
              "<tr class=\"gained\"><td class=\"sign\">+ gains</td>"
              "<td><bdi>support</bdi></td><td>view <bdi>payment</bdi>"));
}

TEST_CASE("diff says which policy is invalid, and ends with 3") {
    two_files const files;
    std::string const broken = files.folder.write("broken.yaml", old_policy + "never: {x: {}}\n");
    for (auto const& words : {std::vector<std::string>{"diff", broken, files.after},
                              std::vector<std::string>{"diff", files.before, broken}}) {
        auto const shown = run(words);
        CHECK(shown.code == 3);
        CHECK(shown.out.empty());
        CHECK(has(shown.err, broken + ":15:"));
        CHECK(has(shown.err, "rolecall: " + broken + " is refused: 1 error\n"));
    }
}

TEST_CASE("diff refuses what it does not understand") {
    two_files const files;
    auto const refused = [&](std::vector<std::string> const& words, std::string const& why) {
        auto const shown = run(words);
        CHECK(shown.code == 2);
        CHECK(shown.out.empty());
        CHECK(has(shown.err, why));
    };
    refused({"diff"}, "which policies? `diff` needs an old one and a new one");
    refused({"diff", files.before}, "`diff` needs an old one and a new one, not one alone");
    refused({"diff", files.before, files.after, "more"}, "`more` is one word too many");
    refused({"diff", files.before, files.after, "--format", "csv"},
            "it takes text, markdown, json, html");
    refused({"diff", files.before, files.after, "--fail-on", "losses"},
            "it takes gains, any, or gains-at with a level");
    refused({"diff", files.before, files.after, "--fail-on", "gains-at"},
            "`--fail-on gains-at` needs a level");
    refused({"diff", files.before, files.after, "--fail-on", "gains-at=restrictd"},
            "the policies have no level `restrictd`; did you mean `restricted`?");
    refused({"diff", files.before, files.after, "--at", "soon"}, "`--at` takes a day");
    refused({"diff", files.before, files.folder.path("none.yaml")}, "none.yaml can't be read");
}

}  // namespace
