// `rolecall diff` with policies in revisions of a git repository.
#include "cli/diff/git.hpp"
#include "support/program.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace rolecall::testing;
namespace cli = rolecall::cli;

std::string const first = R"(rolecall: 1
categories: {account: Name and address}
roles:
  support: {may: {account: view}}
)";
std::string const second = R"(rolecall: 1
categories: {account: Name and address}
roles:
  support: {may: {account: [view, modify]}}
)";

bool has_git() {
    if (std::system("git --version > /dev/null 2>&1") == 0) return true;
    skip("no git");
    return false;
}

// A repository of its own, whatever git is told elsewhere. The program is run in it.
class repository {
public:
    repository() : before_(std::filesystem::current_path()) {
        ::setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
        ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
        ::unsetenv("GIT_DIR");
        std::filesystem::current_path(folder_.path());
        git("init --quiet --initial-branch=main .");
    }
    repository(repository const&) = delete;
    repository& operator=(repository const&) = delete;
    ~repository() { std::filesystem::current_path(before_); }

    static void git(std::string const& words) {
        INFO(words);
        REQUIRE(std::system(("git -c user.name=Test -c user.email=test@example.org "
                             "-c protocol.file.allow=always " +
                             words + " > /dev/null 2>&1")
                                .c_str()) == 0);
    }

    void write(std::string_view path, std::string_view text) const { folder_.write(path, text); }
    [[nodiscard]] temporary_directory const& folder() const { return folder_; }

    static void commit(std::string const& tag) {
        git("add --all");
        git("commit --quiet --allow-empty -m " + tag);
        git("tag " + tag);
    }

private:
    std::filesystem::path before_;
    temporary_directory folder_;
};

std::string const gain = "+ support may modify account   ";

TEST_CASE("diff reads files and directories of git revisions") {
    if (!has_git()) return;
    repository const here;
    here.write("policy.yaml", first);
    here.write("shop/roles.yaml", first);
    here.write("shop/notes.txt", "not a policy");
    here.write("shop/.hidden/x.yaml", "not: one either");
    here.commit("one");
    here.write("policy.yaml", second);
    here.write("shop/roles.yaml", second);
    here.commit("two");
    here.write("shop/roles.yaml", first);

    auto const shown = [&](std::string const& old, std::string const& now) {
        auto const result = run({"diff", old, now});
        CHECK(result.err.empty());
        CHECK(result.code == 0);
        return result.out;
    };
    CHECK(has(shown("one:policy.yaml", "policy.yaml"), gain + "policy.yaml:4\n"));
    CHECK(has(shown("one:policy.yaml", "two:policy.yaml"), gain + "two:policy.yaml:4\n"));
    CHECK(has(shown("one:shop", "main:shop"), gain + "main:shop/roles.yaml:4\n"));
    CHECK(has(shown("HEAD~1:shop/", "HEAD:shop/"), gain + "HEAD:shop/roles.yaml:4\n"));
    CHECK(has(shown("main^{/one}:shop", "main:shop"), gain));
    CHECK(has(shown("one:shop", "shop"), "no difference"));
    CHECK(has(shown("two:shop", "shop"), "- support may modify account   two:shop/roles.yaml:4\n"));

    std::filesystem::current_path(here.folder().path("shop"));
    CHECK(has(shown("one:./", "two:./"), gain + "two:./roles.yaml:4\n"));
    CHECK(has(shown("one:./roles.yaml", "two:./roles.yaml"), gain + "two:./roles.yaml:4\n"));
    CHECK(has(shown("one:shop", "two:shop"), gain));
}

TEST_CASE("a policy that lists its files is found to have them in git") {
    if (!has_git()) return;
    repository const here;
    here.write("shop/policy.yaml",
               "rolecall: 1\npolicy: {name: Shop, files: [policy.yaml, roles/all.yaml]}\n");
    here.write("shop/roles/all.yaml", first);
    here.commit("one");
    CHECK(run({"diff", "one:shop", "shop", "--fail-on", "any"}).code == 0);
    here.write("shop/roles/more.yaml", "rolecall: 1\n");
    here.commit("two");
    CHECK(run({"diff", "two:shop", "one:shop"}).code == 3);
}

TEST_CASE("a path on disk wins over a revision") {
    if (!has_git()) return;
    repository const here;
    here.write("policy.yaml", first);
    here.commit("one");
    here.write("one:policy.yaml", second);
    CHECK(has(run({"diff", "policy.yaml", "one:policy.yaml"}).out, gain + "one:policy.yaml:4\n"));
}

TEST_CASE("what git can't give is said clearly") {
    if (!has_git()) return;
    repository const here;
    here.write("policy.yaml", first);
    here.commit("one");
    auto const refused = [&](std::string const& what, std::string const& why) {
        auto const shown = run({"diff", "policy.yaml", "--", what});
        CAPTURE(shown.err);
        CHECK(shown.code == 2);
        CHECK(shown.out.empty());
        CHECK(has(shown.err, why));
    };
    refused("nobody:policy.yaml", "git knows no revision `nobody`");
    refused("HEAD~7:policy.yaml", "git knows no revision `HEAD~7`");
    refused("one:none.yaml", "the revision `one` has no path `none.yaml`");
    refused(":0:policy.yaml", "can't be read");
    refused("--upload-pack=touch hacked:policy.yaml", "is no revision of git");
    refused("-h:policy.yaml", "is no revision of git");
    refused("one two:policy.yaml", "git knows no revision `one two`");
    CHECK_FALSE(std::filesystem::exists("hacked"));

    std::filesystem::current_path("/");
    refused("one:" + here.folder().path("policy.yaml"), "not a git repository");
}

TEST_CASE("without git, a revision can't be read") {
    if (!has_git()) return;
    repository const here;
    here.write("policy.yaml", first);
    here.commit("one");
    auto const shown =
        run({"diff", "one:policy.yaml", "policy.yaml"}, {.environment = {"PATH=/nowhere"}});
    CHECK(shown.code == 2);
    CHECK(has(shown.err, "one:policy.yaml can't be read: the program `git` is not installed"));
}

TEST_CASE("what lies in a policy's directory is refused in git as it is on disk") {
    if (!has_git()) return;
    struct trial {
        std::string path, why;
    };
    for (trial const& one : {trial{"shop/never.yml", "suspicious-file-name"},
                             trial{"shop/x.yaml.bak", "suspicious-file-name"},
                             trial{"shop/a.yaml/b.txt", "suspicious-file-name"}}) {
        std::string const& path = one.path;
        std::string const& why = one.why;
        CAPTURE(path);
        repository const here;
        here.write("shop/roles.yaml", first);
        here.write(path, first);
        here.commit("one");
        auto const in_git = run({"diff", "one:shop", "one:shop/roles.yaml"});
        auto const on_disk = run({"diff", "shop", "one:shop/roles.yaml"});
        CHECK(in_git.code == on_disk.code);
        CHECK(in_git.code == 3);
        CHECK(has(in_git.err, why));
        CHECK(has(on_disk.err, why));
    }
    repository const empty;
    empty.write("shop/notes.txt", "nothing here");
    empty.commit("one");
    CHECK(has(run({"diff", "one:shop", "shop"}).err, "one:shop: error: no policy file"));
}

TEST_CASE("links and submodules of a revision are not followed") {
    if (!has_git()) return;
    repository const here;
    here.write("shop/roles.yaml", first);
    here.folder().link("shop/more.yaml", "roles.yaml");
    here.folder().link("alone.yaml", "shop/roles.yaml");
    here.commit("linked");
    auto const shown = run({"diff", "linked:shop", "shop"});
    CHECK(shown.code == 3);
    CHECK(has(shown.err, "linked:shop/more.yaml: error: a link, which is not followed"));
    CHECK(has(run({"diff", "linked:alone.yaml", "shop"}).err,
              "linked:alone.yaml: error: a link, which is not followed"));

    here.git("rm --quiet shop/more.yaml alone.yaml");
    here.write("other/x.txt", "x");
    here.git("init --quiet other");
    here.git("-C other add --all");
    here.git("-C other commit --quiet -m x");
    here.git("submodule --quiet add ./other shop/other");
    here.commit("with-submodule");
    CHECK(has(run({"diff", "with-submodule:shop", "shop"}).err,
              "with-submodule:shop/other: error: is a submodule"));
}

TEST_CASE("a revision and a path are parted at the first colon outside of braces") {
    auto const parts = [](std::string_view word) {
        auto const found = cli::parse_git_path(word);
        return found ? found->revision + " | " + found->path : std::string("nothing");
    };
    CHECK(parts("main:policies/shop") == "main | policies/shop");
    CHECK(parts("main:a:b") == "main | a:b");
    CHECK(parts("HEAD^{/fix: a}:x") == "HEAD^{/fix: a} | x");
    CHECK(parts("main:") == "main | ");
    CHECK(parts(":x") == "nothing");
    CHECK(parts("policies/shop") == "nothing");
    CHECK(parts("") == "nothing");
}

}  // namespace
