// The pages of docs/diagnostics: each code has one, and what it shows is true.
#include "policies/page.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace rolecall::testing;
using rolecall::diagnostic;

fs::path const root = fs::path(ROLECALL_SOURCE_DIR) / "docs/diagnostics";

std::vector<std::string> all_codes() {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < rolecall::diagnostic_code_count; ++i)
        result.emplace_back(to_string(static_cast<rolecall::diagnostic_code>(i)));
    return result;
}

fs::path path_of(std::string const& code) { return root / (code + ".md"); }

// How the row of a code begins in the list of the pages.
std::string row_of(std::string const& code) { return "| [" + code + "](" + code + ".md) | "; }

// Calls `each(code, page)`; a page that is missing is told by a test of its own.
template <class Each>
void each_page(Each const& each) {
    for (std::string const& code : all_codes()) {
        CAPTURE(code);
        if (fs::exists(path_of(code))) each(code, read_page(path_of(code)));
    }
}

TEST_CASE("every diagnostic code has a page, and every page is about a code") {
    std::set<std::string> pages;
    for (auto const& entry : fs::directory_iterator(root))
        if (entry.path().filename() != "README.md") pages.insert(entry.path().filename().string());
    std::set<std::string> expected;
    for (std::string const& code : all_codes()) expected.insert(code + ".md");
    CHECK(pages == expected);
}

TEST_CASE("the list of the pages has a line for every code, in the order of the codes") {
    std::string const list = contents(root / "README.md");
    std::size_t last = 0;
    for (std::string const& code : all_codes()) {
        CAPTURE(code);
        std::size_t const at = list.find(row_of(code));
        CHECK(at != std::string::npos);
        CHECK(at > last);
        last = at;
    }
}

TEST_CASE("every page has a title, a meaning, an example of both kinds, and the message") {
    each_page([](std::string const& code, page const& p) {
        CHECK(p.title == code);
        CHECK(p.meaning.size() > 60);
        std::vector<std::string> headings{"Wrong", "Message", "Right"};
        if (!p.settings.empty()) headings.emplace_back("Switching it off");
        CHECK(p.headings == headings);
        CHECK(p.wrong.files.size() + p.wrong.commands.size() > 0);
        CHECK(p.right.files.size() > 0);
        CHECK(!p.message.empty());
    });
}

TEST_CASE("the wrong example of every page has that problem, and no other") {
    each_page([](std::string const& code, page const& p) {
        std::vector<diagnostic> const found = problems_of(p.wrong, code);
        CHECK(!found.empty());
        for (diagnostic const& d : found) CHECK(std::string(to_string(d.code)) == code);
    });
}

TEST_CASE("the right example of every page has no problem at all") {
    each_page([](std::string const& code, page const& p) {
        CHECK(printed(problems_of(p.right, code)) == "");
    });
}

TEST_CASE("the settings that a page shows keep its wrong example quiet, and break no rule") {
    std::size_t count = 0;
    each_page([&](std::string const& code, page p) {
        if (p.settings.empty()) return;
        ++count;
        p.wrong.files.push_back({".rolecall.yaml", p.settings});
        CHECK(printed(problems_of(p.wrong, code)) == "");
    });
    CHECK(count > 15);
}

TEST_CASE("every page shows the message as it is printed") {
    each_page([](std::string const& code, page const& p) {
        std::string const text = printed(problems_of(p.wrong, code));
        if (updates_expectations() && text != p.message)
            write_contents(path_of(code), with_message(contents(path_of(code)), text));
        else
            CHECK(text == p.message);
    });
}

}  // namespace
