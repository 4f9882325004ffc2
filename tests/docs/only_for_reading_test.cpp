// Every block of the documentation is run, compiled, or loaded by a test; or it stands in
// only_for_reading.txt, with the reason why not.
#include "docs/markdown.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <utility>

using namespace rolecall::testing;

namespace {

namespace fs = std::filesystem;
fs::path const root = ROLECALL_SOURCE_DIR;

// Pages that are followed from beginning to end, with each command and each file of theirs.
bool is_followed(std::string const& page) {
    return page == "docs/guide.md" || page.starts_with("docs/how-to/") ||
           page.starts_with("docs/coming-from/");
}

bool is_tested(std::string const& page, std::string const& info) {
    if (info == "console" || info == "yaml") return true;
    if (info.starts_with("cpp examples/") || info.starts_with("text output of examples/"))
        return true;
    bool const is_file = info.find(' ') != std::string::npos && info != "yaml part";
    return is_followed(page) && (info == "sh" || is_file);
}

// How many blocks of which kind a page has: {page, info} to a number.
using counts = std::map<std::pair<std::string, std::string>, int>;

counts untested_blocks() {
    auto pages = pages_with_samples(root);
    for (char const* const more : {"CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"})
        if (fs::exists(root / more)) pages.push_back(root / more);
    counts result;
    for (fs::path const& page : pages) {
        std::string const name = fs::relative(page, root).generic_string();
        for (fenced_block const& block : fenced_blocks(page))
            if (!is_tested(name, block.info)) ++result[{name, block.info}];
    }
    return result;
}

// Lines `page | info | number | why`; `#` begins a comment.
counts listed_blocks() {
    counts result;
    std::istringstream lines(whole_file(root / "tests/docs/only_for_reading.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        std::istringstream fields(line);
        std::string page;
        std::string info;
        std::string number;
        std::string why;
        std::getline(fields, page, '|');
        std::getline(fields, info, '|');
        std::getline(fields, number, '|');
        std::getline(fields, why);
        auto const trimmed = [](std::string const& text) {
            std::size_t const begin = text.find_first_not_of(' ');
            std::size_t const end = text.find_last_not_of(' ');
            return begin == std::string::npos ? std::string{} : text.substr(begin, end - begin + 1);
        };
        CAPTURE(line);
        CHECK(trimmed(why).size() > 10);
        result[{trimmed(page), trimmed(info)}] = std::stoi(number);
    }
    return result;
}

std::string told(counts::value_type const& block) {
    return block.first.first + " has " + std::to_string(block.second) + " blocks `" +
           block.first.second + "` that no test runs";
}

}  // namespace

TEST_CASE("a block that no test runs is listed with the reason why") {
    counts const found = untested_blocks();
    counts const listed = listed_blocks();
    for (auto const& block : found) {
        std::string const what = told(block);
        CAPTURE(what);
        CHECK(listed.contains(block.first));
        if (listed.contains(block.first)) CHECK(listed.at(block.first) == block.second);
    }
    for (auto const& block : listed) {
        std::string const what = "listed: " + told(block);
        CAPTURE(what);
        CHECK(found.contains(block.first));
    }
}
