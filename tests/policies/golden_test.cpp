// The golden cases: every directory below tests/policies that has an `expected.txt` is an
// example, and that file is what is printed for it, to the last caret. README.md tells how to
// add one.
#include "policies/example.hpp"
#include <rolecall/detail/text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace rolecall::testing;
using rolecall::diagnostic;

fs::path const root = fs::path(ROLECALL_SOURCE_DIR) / "tests/policies";

struct golden_case {
    std::string name;  // `wrong-shape/list-of-roles`
    std::string code;  // `wrong-shape`
    example given;
    std::string expected;
};

bool is_input(fs::path const& file) {
    return file.filename() != "expected.txt" && file.filename() != "commands.txt";
}

// The commands of a case, a line each. `repeat 65 policy.yaml` is for files with `{n}`.
void add_commands(golden_case& to, std::string const& lines) {
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string command, file;
        std::size_t count = 0;
        if (!(words >> command >> count >> file) || command != "repeat") {
            to.given.commands.push_back(line);
            continue;
        }
        for (example_file& input : to.given.files)
            if (input.path == file) input.text = repeated(input.text, count);
    }
}

golden_case read_case(fs::path const& directory) {
    golden_case result;
    fs::path const name = directory.lexically_relative(root);
    result.name = name.generic_string();
    result.code = name.begin()->string();
    for (auto const& entry : fs::recursive_directory_iterator(directory))
        if (entry.is_regular_file() && is_input(entry.path()))
            result.given.files.push_back(
                {entry.path().lexically_relative(directory).generic_string(),
                 contents(entry.path())});
    if (fs::exists(directory / "commands.txt"))
        add_commands(result, contents(directory / "commands.txt"));
    result.expected = contents(directory / "expected.txt");
    return result;
}

std::vector<golden_case> all_cases() {
    std::vector<golden_case> result;
    for (auto const& entry : fs::recursive_directory_iterator(root))
        if (entry.path().filename() == "expected.txt")
            result.push_back(read_case(entry.path().parent_path()));
    std::sort(result.begin(), result.end(),
              [](auto const& a, auto const& b) { return a.name < b.name; });
    return result;
}

std::set<std::string> codes_of(std::vector<diagnostic> const& found) {
    std::set<std::string> result;
    for (diagnostic const& d : found) result.emplace(to_string(d.code));
    return result;
}

TEST_CASE("every golden case prints exactly what it expects") {
    auto const cases = all_cases();
    REQUIRE(cases.size() >= rolecall::diagnostic_code_count);
    for (golden_case const& one : cases) {
        std::string const text = printed(problems_of(one.given, one.code));
        if (updates_expectations() && text != one.expected)
            write_contents(root / one.name / "expected.txt", text);
        else
            CHECK_MESSAGE(text == one.expected, "case ", one.name);
    }
}

TEST_CASE("every golden case reports the code that it is named after") {
    for (golden_case const& one : all_cases()) {
        if (one.name == "twenty-mistakes") continue;
        CHECK_MESSAGE(codes_of(problems_of(one.given, one.code)).count(one.code) == 1, "case ",
                      one.name);
    }
}

TEST_CASE("every diagnostic code has a golden case, and every case is for a code") {
    std::set<std::string> named{"twenty-mistakes"}, expected{"twenty-mistakes"};
    for (golden_case const& one : all_cases()) named.insert(one.code);
    for (std::size_t i = 0; i < rolecall::diagnostic_code_count; ++i)
        expected.emplace(to_string(static_cast<rolecall::diagnostic_code>(i)));
    CHECK(named == expected);
}

TEST_CASE("every directory of golden cases leads to an expectation") {
    for (auto const& entry : fs::directory_iterator(root)) {
        if (!entry.is_directory()) continue;
        CAPTURE(entry.path().string());
        bool const is_case = fs::exists(entry.path() / "expected.txt");
        if (is_case) continue;
        for (auto const& inner : fs::directory_iterator(entry.path()))
            CHECK_MESSAGE(fs::exists(inner.path() / "expected.txt"), inner.path().string());
    }
}

TEST_CASE("twenty different mistakes in one policy are reported in one run, each in its place") {
    auto const found = problems_of(read_case(root / "twenty-mistakes").given, "");
    CHECK(found.size() == 20);
    CHECK(codes_of(found).size() == 20);
    std::set<std::string> places;
    for (diagnostic const& d : found) {
        CHECK(d.where.line > 0);
        places.insert(d.where.path + ':' + std::to_string(d.where.line) + ':' +
                      std::to_string(d.where.column));
    }
    CHECK(places.size() == 20);
}

TEST_CASE("a message is one line in lower case, without a full stop") {
    for (golden_case const& one : all_cases())
        for (diagnostic const& d : problems_of(one.given, one.code)) {
            CAPTURE(one.name);
            CAPTURE(d.text);
            REQUIRE_FALSE(d.text.empty());
            bool const is_code_point = d.text.compare(0, 2, "U+") == 0;
            CHECK((is_code_point || std::isupper(static_cast<unsigned char>(d.text[0])) == 0));
            CHECK(d.text.back() != '.');
            CHECK(d.text.find('\n') == std::string::npos);
        }
}

TEST_CASE("a caret stands under text of its line, or directly behind it") {
    auto const check = [](rolecall::location const& at) {
        CAPTURE(at.path);
        CAPTURE(at.line);
        if (at.line == 0) return;
        CHECK(at.column >= 1);
        CHECK(at.column + at.length <= rolecall::detail::count_code_points(at.text) + 2);
    };
    for (golden_case const& one : all_cases())
        for (diagnostic const& d : problems_of(one.given, one.code)) {
            CAPTURE(one.name);
            check(d.where);
            for (auto const& r : d.related) check(r.where);
        }
}

}  // namespace
