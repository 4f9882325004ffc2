// `rolecall users review --format html`: the page to be signed.
#include "cli/html.hpp"
#include "cli/review/report.hpp"
#include "support/office.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::date;
using rolecall::testing::fill;
using rolecall::testing::has;
using rolecall::testing::office_folder;
using rolecall::testing::outcome;

// Whether every element that is opened is closed, in order, and every attribute quoted.
bool is_well_formed(std::string_view page) {
    std::vector<std::string> open;
    for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at)) {
        std::size_t const end = page.find('>', at);
        if (end == std::string_view::npos) return false;
        std::string_view tag = page.substr(at + 1, end - at - 1);
        at = end;
        if (tag.starts_with('!')) continue;
        bool const closes = tag.starts_with('/');
        if (closes) tag.remove_prefix(1);
        std::string const name(tag.substr(0, tag.find(' ')));
        if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return false;
        if (name == "meta" || name == "br") continue;
        if (!closes) {
            open.push_back(name);
        } else if (open.empty() || open.back() != name) {
            return false;
        } else {
            open.pop_back();
        }
    }
    return open.empty();
}

TEST_CASE("a review as a page is well formed, and has all that is to be signed") {
    office_folder const shop;
    fill(shop);
    outcome const done = shop.review({"--format", "html"});
    CHECK(done.code == 1);
    CHECK(is_well_formed(done.out));
    for (std::string_view const part :
         {"<title>Access review: Files of the office, 2026-11-22</title>",
          "<h1>Files of the office</h1>", "privacy@office.example", "2026-11-22 (UTC)",
          "by 2027-05-22", "7, of whom 2 hold no role", "1 thing needs attention",
          "Assigned <code>dsek</code>, which the policy does not declare: they are denied "
          "everything.",
          "<h2>Ends within 30 days</h2>", "<h2>Roles without users</h2>",
          "<h3><bdi>account</bdi> <span class=\"label\">confidential</span> "
          "<span class=\"label\">GDPR</span> <span class=\"label\">PCI DSS</span></h3>",
          "Names &amp; addresses", "<td>desk if asked</td>",
          "<bdi>ann</bdi> <small>until 2026-12-10</small>",
          "<bdi>bob</bdi> <small>also has <bdi>staff</bdi> through desk</small>", "Reviewed by",
          "Acknowledged by management", "Signature", "7.2.4"})
        CHECK_MESSAGE(has(done.out, part), part);
}

TEST_CASE("a page of a review has no script, and asks nothing of anybody") {
    office_folder const shop;
    fill(shop);
    std::string const page = shop.review({"--format", "html"}).out;
    for (std::string_view const part : {"<script", "src=", "href=", "url(",
                                        "http:", "https:", "@import", "<link", "<img", "<iframe",
                                        " on"
                                        "click="})
        CHECK_MESSAGE(!has(page, part), part);
    CHECK(has(page, "default-src 'none'"));
}

TEST_CASE("an id can't do anything in a page of a review") {
    office_folder const shop;
    for (std::string_view const id :
         {"<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "'><img src=x>", "&lt;b&gt;",
          "</td></tr></table>", "משה לוי", "a b"})
        shop.assign(id, "desk");
    std::string const page = shop.review({"--format", "html"}).out;
    CHECK(is_well_formed(page));
    CHECK(!has(page, "<script"));
    CHECK(!has(page, "<img"));
    CHECK(has(page, "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"));
    CHECK(has(page, "<bdi>&quot; onmouseover=&quot;alert(1)</bdi>"));
    CHECK(has(page, "<bdi>&#39;&gt;&lt;img src=x&gt;</bdi>"));
    CHECK(has(page, "<bdi>&amp;lt;b&amp;gt;</bdi>"));
    CHECK(has(page, "<bdi>משה לוי</bdi>"));
}

TEST_CASE("text is escaped for HTML, and what nobody sees is spelled out") {
    using namespace rolecall::cli;
    CHECK(html_text("a<b> & \"c\" 'd'") == "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    CHECK(html_name("x\xE2\x80\xAEy\x01") == "<bdi>x&lt;U+202E&gt;y&lt;U+0001&gt;</bdi>");
    CHECK(html_name("\xFF<") == "<bdi>&lt;FF&gt;&lt;</bdi>");
    CHECK(html_sentence("rule `a<b` of `c`") == "Rule <code>a&lt;b</code> of <code>c</code>.");
    CHECK(html_sentence("a lone ` stays") == "A lone ` stays.");
}

TEST_CASE("the next review is due on the same day six months later, or the month's last") {
    auto const due = [](std::string_view day) {
        return rolecall::cli::next_review(date::parse(day).value()).to_string();
    };
    CHECK(due("2026-11-22") == "2027-05-22");
    CHECK(due("2026-06-30") == "2026-12-30");
    CHECK(due("2026-07-01") == "2027-01-01");
    CHECK(due("2026-08-31") == "2027-02-28");
    CHECK(due("2027-08-31") == "2028-02-29");
    CHECK(due("2026-03-31") == "2026-09-30");
    CHECK(due("9999-12-31") == "9999-12-31");
}

}  // namespace
