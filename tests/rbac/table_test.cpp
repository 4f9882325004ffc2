// The page on the standard names every function, and for each a test case that exists.
#include "docs/markdown.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <string>

using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

fs::path const root = ROLECALL_SOURCE_DIR;

using names = std::set<std::string>;

// Every match of the expression's group.
names all(std::string const& text, std::regex const& what) {
    names found;
    for (std::sregex_iterator at(text.begin(), text.end(), what), end; at != end; ++at)
        found.insert((*at)[1].str());
    return found;
}

// The functions of the class, by its header.
names functions_of_the_header() {
    std::string const header = whole_file(root / "include/rolecall/rbac.hpp");
    std::size_t const begin = header.find("class rbac {");
    REQUIRE(begin != std::string::npos);
    std::string const members = header.substr(begin, header.find("private:", begin) - begin);
    return all(members, std::regex(R"(ROLECALL_API [^;(~]*?\b(\w+)\s*\((?!authorizer))"));
}

// The standard's name of one of ours: CreateSsdSet.
std::string in_the_standard(std::string const& function) {
    std::string result;
    bool begins = true;
    for (char const c : function) {
        if (c != '_') result += begins ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '_';
    }
    return result;
}

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return std::regex_replace(text, std::regex(" +"), " ");
}

names test_cases() {
    names found;
    std::regex const test(R"re(TEST_CASE\(\s*"([^"]*)")re");
    for (auto const& entry : fs::recursive_directory_iterator(root / "tests"))
        if (entry.path().extension() == ".cpp") found.merge(all(whole_file(entry.path()), test));
    return found;
}

}  // namespace

TEST_CASE("the page on the standard has every function of the header, under both of its names") {
    std::string const page = whole_file(root / "docs/rbac.md");
    names const functions = functions_of_the_header();
    CHECK(functions.size() >= 43);
    names in_tables;
    std::istringstream lines(page);
    std::regex const row(R"(\| (\w+) \| `(\w+)` \| \*.*)");
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (!std::regex_match(line, found, row)) continue;
        CHECK(found[1].str() == in_the_standard(found[2].str()));
        CHECK(in_tables.insert(found[2].str()).second);
    }
    names const beside{"sessions", "sessions_of"};
    for (std::string const& function : functions) {
        CAPTURE(function);
        CHECK((beside.contains(function) || in_tables.contains(function)));
    }
    for (std::string const& function : in_tables) CHECK(functions.contains(function));
}

TEST_CASE("every test case that the page on the standard names exists") {
    std::string const page = one_line(prose(root / "docs/rbac.md"));
    names const tests = test_cases();
    CHECK(tests.size() > 500);
    std::size_t count = 0;
    // Titles of papers stand in italics too, and begin with a capital; so do no test's names.
    for (std::string const& name : all(page, std::regex(R"(\*([a-z][^*]*)\*)"))) {
        if (name.find(' ') == std::string::npos) continue;  // a word that is stressed
        CHECK_MESSAGE(tests.contains(name), name);
        ++count;
    }
    CHECK(count >= 30);
}
