// The guide and the how-to pages are followed word for word, by tests/docs/follow_guide, with an
// installed rolecall. What it means by a block of a page stands at its head.
#include "docs/markdown.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

fs::path const root = ROLECALL_SOURCE_DIR;

struct ended {
    int status;  // as pclose gives it
    std::string output;
};

ended run(std::string const& command) {
    std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> piece{};
    while (std::size_t const got = std::fread(piece.data(), 1, piece.size(), pipe))
        text.append(piece.data(), got);
    return {::pclose(pipe), text};
}

std::string in_quotes(fs::path const& path) { return "'" + path.string() + "'"; }

// rolecall as a reader has it: installed, from the build that this test belongs to.
class installed {
public:
    installed() {
        fs::path const build = fs::path(ROLECALL_PROGRAM).parent_path().parent_path();
        ended const done = run("cmake --install " + in_quotes(build) + " --prefix " +
                               in_quotes(folder_.path("prefix")));
        REQUIRE_MESSAGE(done.status == 0, done.output);
    }

    // The reader begins in an empty home, with a copy of our policies.
    void follow(fs::path const& page) const {
        temporary_directory const home;
        fs::copy(root / "policies", home.path("policies"), fs::copy_options::recursive);
        ended const done = run("ROLECALL_PREFIX=" + in_quotes(folder_.path("prefix")) + " " +
                               in_quotes(root / "tests/docs/follow_guide") + " " + in_quotes(page) +
                               " " + in_quotes(home.path()));
        CHECK_MESSAGE(done.status == 0, done.output);
    }

private:
    temporary_directory const folder_;
};

// What is installed under a sanitizer links with nothing that a reader builds.
bool can_be_linked() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return false;
#endif
#endif
    return true;
}

}  // namespace

TEST_CASE("the guide can be followed word for word") {
    if (!can_be_linked()) return;
    installed const rolecall;
    rolecall.follow(root / "docs/guide.md");
}

TEST_CASE("the how-to pages can be followed word for word") {
    installed const rolecall;
    std::size_t count = 0;
    for (auto const& entry : fs::directory_iterator(root / "docs/how-to")) {
        bool const builds = entry.path().filename() == "link-the-library.md";
        if (builds && !can_be_linked()) continue;
        rolecall.follow(entry.path());
        ++count;
    }
    CHECK(count > 8);
}

TEST_CASE("the pages for those who come from another tool can be followed word for word") {
    installed const rolecall;
    std::size_t count = 0;
    for (auto const& entry : fs::directory_iterator(root / "docs/coming-from")) {
        rolecall.follow(entry.path());
        ++count;
    }
    CHECK(count > 5);
}

TEST_CASE("whoever follows a page notices what is not as it says") {
    installed const rolecall;
    temporary_directory const folder;
    auto const follow = [&](std::string const& page) {
        std::string const file = folder.write("page.md", page);
        return run("cd / && ROLECALL_PREFIX=" + in_quotes(folder.path("none")) + " " +
                   in_quotes(root / "tests/docs/follow_guide") + " " + in_quotes(file) + " " +
                   in_quotes(folder.path("home")));
    };
    CHECK(follow("```console\n$ echo one\none\n```\n").status == 0);
    CHECK(follow("```console\n$ echo one\ntwo\n```\n").status != 0);
    CHECK(follow("```console\n$ echo one\n```\n").status != 0);
    CHECK(follow("```console\n$ true\none\n```\n").status != 0);
    CHECK(follow("```sh\nfalse\ntrue\n```\n").status != 0);
    CHECK(follow("```sh\nexit 0\n```\n").status != 0);
    CHECK(follow("```console\n$ seq 4\n1\n…\n4\n$ seq 2\n1\n…\n2\n```\n").status == 0);
    CHECK(follow("```console\n$ seq 4\n1\n…\n3\n```\n").status != 0);
    CHECK(follow("```console\n$ echo from 12 to 34\nfrom … to …4\n```\n").status == 0);
    CHECK(follow("```console\n$ echo from 12 to 34\nfrom … to …5\n```\n").status != 0);
    CHECK(follow("```text a/b\nkept\n```\n```console\n$ cat a/b\nkept\n```\n").status == 0);
    ended const told = follow("\n```console\n$ echo one\none\n$ echo two\nthree\n```\n");
    CHECK(told.output.find("page.md:5: `echo two` prints something else") != std::string::npos);
}
