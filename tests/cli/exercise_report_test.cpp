// The page of `rolecall exercise-report`, in each format.
#include "support/gate.hpp"
#include "support/practice.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace rolecall::testing;
using words = std::vector<std::string>;

TEST_CASE("the page says when, who, of which policy, and how the exercises went") {
    practice const here;
    outcome const done =
        here.report({"--at", "2026-11-22", "--who", "Ann Reed", "--who", "Bo Lind"});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(has(done.out, "# After-action report: Files of the practice\n"));
    CHECK(has(done.out, "- Held on: 2026-11-22 (UTC)\n- Took part: Ann Reed, Bo Lind\n"));
    CHECK(has(done.out, "- SHA-256: `" + digest_of(here.policy) + "`\n"));
    CHECK(has(done.out, "- Result: **2 of 2 exercises passed**\n"));
    CHECK(has(done.out, "- What happens: Bob's laptop was stolen on the train\n"));
    CHECK(has(done.out, "- Exercise: `stolen-laptop`\n"));
    CHECK(has(done.out, "- To talk about: Who is called first?\n"));
    CHECK(has(done.out, "## on-the-phone\n"));
}

TEST_CASE("what is open stands by level and by category, strictest first, with the laws") {
    practice const here;
    std::string const page = here.report({"--at", "2026-11-22"}).out;
    // Of the compromised account: bob holds both roles.
    CHECK(has(page,
              "Whoever has the account can get 8 rights on 4 categories.\n"
              "\n"
              "| Level | Categories | view | modify | store | delete | Laws |\n"
              "| --- | --- | --- | --- | --- | --- | --- |\n"
              "| restricted | 2 | 2 | 1 | 1 | 1 | HIPAA, PCI DSS |\n"
              "| confidential | 1 | 1 | 1 |  |  | GDPR |\n"
              "| no level | 1 | 1 |  |  |  |  |\n"
              "\n"
              "| Category | Level | Open | Laws |\n"
              "| --- | --- | --- | --- |\n"
              "| payment | restricted | view, modify, store, delete | PCI DSS |\n"
              "| payment.card | restricted | view | HIPAA, PCI DSS |\n"
              "| account | confidential | view, modify | GDPR |\n"
              "| attic |  | view |  |\n"));
    // Of the role: whether the customer asked is not known.
    CHECK(has(page, "4 rights on 3 categories, 1 of these only once other facts become known.\n"));
    CHECK(has(page, "| restricted | 0 + 1 | 0 + 1 |  |  |  | PCI DSS |\n"));
    CHECK(has(page, "| payment | restricted |  | view | PCI DSS |\n"));
}

TEST_CASE("what is expected stands as it is written, and what is not so with the reason") {
    practice const here;
    here.write("practice/night.yaml", failing_text);
    outcome const done = here.report({"--at", "2026-11-22"});
    CHECK(done.code == 1);
    CHECK(has(done.out, "- Result: **2 of 3 exercises passed**\n"));
    CHECK(has(done.out, "| denied | payment | view (undecided) |\n"));
    CHECK(has(done.out, "| denied | payment.card | any |\n"));
    CHECK(has(done.out, "| allowed, and nothing else | account | view, modify |\n"));
    CHECK(has(done.out, "**The answer is not as expected**.\n"));
    CHECK(has(done.out, "- `view` on `payment` must be denied, and is allowed (`granted`), at "));
    CHECK(has(done.out, "practice/night.yaml:6:"));
    CHECK(has(done.out, "- `night-call` fails: 1 answer is not as expected\n"));
}

TEST_CASE("open points are those that people name, that fail, and that nothing covers") {
    practice const here;
    std::string const page =
        here.report({"--open", "Keys & locks", "--open", "Night shift", "--filter", "phone"}).out;
    std::string const points = page.substr(page.find("## Open points"));
    CHECK(has(points,
              "- Keys \\& locks\n- Night shift\n- 1 exercise was left out this time\n"
              "- No exercise covers "));
    CHECK(has(page, "- Result: **1 of 1 exercise passed**\n"));
    CHECK_FALSE(has(page, "laptop"));
}

TEST_CASE("texts of people can't do anything in the page") {
    practice const here;
    std::string const nasty = "<script>alert(1)</script> [x](http://e.example) `a` | *b* & \"c'";
    std::string const in_yaml =
        "rolecall: 1\nexercises:\n  night-call:\n    title: '<b>`T`</b> | [t](u)'\n"
        "    about: '<img src=x>'\n    note: '`</p>` & *n*'\n    as: desk\n"
        "    can: {account: view}\n";
    here.write("practice/night.yaml", in_yaml);
    words const rest{"--who", nasty, "--open", nasty, "--open", "- a", "--open", "12) b"};
    std::string const page = here.report(rest).out;
    CHECK(has(page, "- Took part: \\<script\\>alert(1)\\</script\\> \\[x\\](http://e.example) "));
    CHECK(has(page, "## \\<b\\>\\`T\\`\\</b\\> \\| \\[t\\](u)\n"));
    // Each of these would begin something, and none stands without a backslash in front.
    for (std::size_t at = 0; (at = page.find_first_of("<[&", at)) != std::string::npos; ++at)
        CHECK(page[at - 1] == '\\');
    CHECK(has(page, "\n- \\- a\n- 12\\) b\n"));
    words in_html = rest;
    in_html.insert(in_html.end(), {"--format", "html"});
    std::string const html = here.report(in_html).out;
    CHECK(has(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK_FALSE(has(html, "<script"));
    CHECK_FALSE(has(html, "<img"));
    CHECK_FALSE(has(html, "<b>"));
    CHECK(has(html, "default-src 'none'"));
    CHECK(has(html, "<bdi>Ana &lt;ana@practice.example&gt;</bdi>"));
}

TEST_CASE("the page of HTML is whole, and has room for decisions and signatures") {
    practice const here;
    here.write("practice/night.yaml", failing_text);
    outcome const done = here.report({"--format", "html", "--who", "Ann Reed"});
    CHECK(done.code == 1);
    CHECK(done.out.rfind("<!DOCTYPE html>\n", 0) == 0);
    CHECK(done.out.substr(done.out.size() - 8) == "</html>\n");
    for (std::string const tag : {"table", "dl", "div", "section", "ul", "p", "span", "bdi"}) {
        std::size_t opened = 0, closed = 0;
        for (std::size_t at = 0; (at = done.out.find("<" + tag, at)) != std::string::npos; ++at)
            opened += std::string_view(" >").find(done.out[at + 1 + tag.size()]) !=
                      std::string_view::npos;
        for (std::size_t at = 0; (at = done.out.find("</" + tag + ">", at)) != std::string::npos;
             ++at)
            ++closed;
        CHECK_MESSAGE(opened == closed, tag);
        CHECK_MESSAGE(opened > 0, tag);
    }
    CHECK(has(done.out, "<h2>Decisions</h2>"));
    CHECK(has(done.out, "<h2>Signatures</h2>"));
    CHECK(has(done.out, "<h3><bdi>Ann Reed</bdi></h3>"));
    CHECK(has(done.out, "<p class=\"summary alarm\">2 of 3 exercises passed.</p>"));
    for (std::string_view const outside : {"http:", "https:", "src=", "url(", "@import"})
        CHECK_FALSE(has(done.out, outside));
}

TEST_CASE("JSON has all of it") {
    practice const here;
    here.write("practice/night.yaml", failing_text);
    outcome const done =
        here.report({"--format", "json", "--at", "2026-11-22", "--who", "Ann", "--open", "Keys"});
    CHECK(done.code == 1);
    auto const all = json_of(done.out).as_object();
    CHECK(text_of(all.at("policy").at("name")) == "Files of the practice");
    CHECK(text_of(all.at("policy").at("sha256")) == digest_of(here.policy));
    CHECK(text_of(all.at("on")) == "2026-11-22");
    CHECK(all.at("exercises") == 3);
    CHECK(all.at("failed") == 1);
    CHECK(text_of(all.at("open_points").at(0).at("text")) == "Keys");
    CHECK(all.at("open_points").at(0).at("said") == true);
    CHECK(all.at("open_points").at(1).at("said") == false);
    auto const& scenarios = all.at("scenarios").as_array();
    REQUIRE(scenarios.size() == 3);
    auto const& failed = scenarios[0];
    CHECK(text_of(failed.at("name")) == "night-call");
    CHECK(failed.at("passed") == false);
    REQUIRE(failed.at("failures").as_array().size() == 1);
    CHECK(failed.at("failures").at(0).at("line") == 6);
    CHECK(failed.at("failures").at(0).at("expected") == false);
    CHECK(failed.at("failures").at(0).at("allowed") == true);
    auto const& stolen = scenarios[2];
    CHECK(stolen.at("compromised") == true);
    CHECK(text_of(stolen.at("on")) == "2025-06-01");
    CHECK(stolen.at("open").at("rights").at("certain") == 8);
    CHECK(stolen.at("open").at("levels").at(0).at("actions").at("view").at("possible") == 2);
    CHECK(text_of(stolen.at("open").at("categories").at(1).at("category")) == "payment.card");
    CHECK(all.at("coverage").as_array().size() == 6);
}

TEST_CASE("--output writes the page there, and a full disk is told") {
    practice const here;
    std::string const page = here.path("page.md");
    outcome const done = here.report({"--output", page, "--at", "2026-11-22"});
    CHECK(done.code == 0);
    CHECK(done.out.empty());
    CHECK(here.report({"--at", "2026-11-22"}).out == [&] {
        std::ifstream file(page, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }());
    outcome const nowhere = here.report({"--output", here.path("none/page.md")});
    CHECK(nowhere.code == 2);
    CHECK(has(nowhere.err, "none/page.md` can't be written"));
}

}  // namespace
