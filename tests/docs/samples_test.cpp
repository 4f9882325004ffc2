// Every sample in the documentation is run: a block that no test knows is a failure.
//
//     ```console                     `$ command` and, below it, exactly what it prints
//     ```yaml                        a policy; with `rolecall: 1` as its first line it loads
//     ```yaml part                   a piece of one, for reading
//     ```cpp examples/x.cpp          stands, word for word, in docs/examples/x.cpp
//     ```text output of examples/x.cpp
//     ```sh ```cmake ```text ```cpp  for reading, where nothing can be run
//
// The guide, and the pages of how-to and coming-from, are followed from beginning to end by
// guide_test.cpp: there, the reader also writes files (```yaml shop.yaml), and commands (sh,
// console) go on from each other.
#include "docs/markdown.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

fs::path const root = ROLECALL_SOURCE_DIR;

std::string output_of(std::string const& command) {
    std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> piece{};
    while (std::size_t const got = std::fread(piece.data(), 1, piece.size(), pipe))
        text.append(piece.data(), got);
    ::pclose(pipe);
    return text;
}

// A text as one word of a shell.
std::string quoted(std::string const& text) {
    std::string word = "'";
    for (char const c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + '\'';
}

// The commands of a console block, one after the other in one folder, with what they print.
std::string run_console(std::string const& block, fs::path const& folder) {
    std::string result;
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("$ ")) continue;
        result += line + '\n';
        result += output_of("cd '" + folder.string() + "' && PATH='" +
                            fs::path(ROLECALL_PROGRAM).parent_path().string() + "':\"$PATH\" " +
                            "NO_COLOR=1 sh -c " + quoted(line.substr(2)));
    }
    return result;
}

template <class Each>
void for_each_block(Each&& each) {
    for (fs::path const& page : pages_with_samples(root))
        for (fenced_block const& block : fenced_blocks(page)) {
            INFO(page.string() << ':' << block.line);
            each(page, block);
        }
}

bool is_followed(fs::path const& page) {
    fs::path const folder = page.parent_path().filename();
    return page.filename() == "guide.md" || folder == "how-to" || folder == "coming-from";
}

// What a reader who follows a page writes into a file: ```yaml shop.yaml
bool is_file(std::string const& info) {
    static std::set<std::string> const languages{"yaml", "cpp", "cmake", "csv",
                                                 "json", "sh",  "text"};
    std::size_t const space = info.find(' ');
    return space != std::string::npos && languages.contains(info.substr(0, space)) &&
           info.find(' ', space + 1) == std::string::npos;
}

}  // namespace

TEST_CASE("every block of the documentation is of a kind that is tested or only for reading") {
    std::set<std::string> const known{"console", "yaml", "yaml part", "sh",
                                      "cmake",   "text", "cpp",       "json"};
    std::size_t count = 0;
    for_each_block([&](fs::path const& page, fenced_block const& block) {
        ++count;
        bool const example = block.info.starts_with("cpp examples/") ||
                             block.info.starts_with("text output of examples/");
        bool const written = is_followed(page) && is_file(block.info);
        CHECK_MESSAGE((example || written || known.contains(block.info)), block.info);
    });
    CHECK(count > 15);
}

TEST_CASE("what a console block of the documentation shows is what is printed") {
    std::size_t count = 0;
    for_each_block([&](fs::path const& page, fenced_block const& block) {
        if (block.info != "console" || is_followed(page)) return;
        temporary_directory const folder;
        fs::copy(root / "policies", fs::path(folder.path()) / "policies",
                 fs::copy_options::recursive);
        CHECK(run_console(block.text, folder.path()) == block.text);
        ++count;
    });
    CHECK(count > 5);
}

TEST_CASE("a policy in the documentation loads") {
    std::size_t count = 0;
    for_each_block([&](fs::path const&, fenced_block const& block) {
        if (block.info != "yaml") return;
        auto const loaded = yaml::load_text(block.text);
        for (diagnostic const& d : loaded.findings()) INFO(to_text(d));
        CHECK(loaded.findings().empty());
        CHECK(loaded);
        ++count;
    });
    CHECK(count > 1);
}

TEST_CASE("C++ in the documentation is part of an example that is compiled") {
    std::size_t count = 0;
    for_each_block([&](fs::path const&, fenced_block const& block) {
        if (!block.info.starts_with("cpp examples/")) return;
        std::string const code = whole_file(root / "docs" / block.info.substr(4));
        CHECK(code.find(block.text) != std::string::npos);
        ++count;
    });
    CHECK(count > 2);
}

TEST_CASE("an example prints what the documentation says") {
    constexpr std::string_view lead = "text output of examples/";
    std::size_t count = 0;
    for_each_block([&](fs::path const&, fenced_block const& block) {
        if (!block.info.starts_with(lead)) return;
        std::string const name = fs::path(block.info.substr(lead.size())).stem().string();
        CHECK(output_of("cd '" + root.string() + "' && '" ROLECALL_EXAMPLES_DIR "/" + name + "'") ==
              block.text);
        ++count;
    });
    CHECK(count > 1);
}

TEST_CASE("links between the pages lead somewhere") {
    std::size_t count = 0;
    for (fs::path const& page : pages_with_samples(root)) {
        std::string const text = prose(page);
        for (std::size_t at = text.find("]("); at != std::string::npos;
             at = text.find("](", at + 1)) {
            std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
            if (target.find("://") != std::string::npos) continue;
            target.resize(std::min(target.size(), target.find('#')));
            INFO(page.string() << ": " << target);
            CHECK(fs::exists(page.parent_path() / target));
            ++count;
        }
    }
    CHECK(count > 10);
}
