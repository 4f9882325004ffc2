// `rolecall validate --fix`: what changes is shown, and then in the files, and nothing else is.
#include "cli/validate/fix.hpp"

#include "cli/file_replacement.hpp"
#include "cli/validate/unified_diff.hpp"
#include "support/file_size_limit.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using rolecall::cli::fix_report;
using rolecall::testing::content_of;
using rolecall::testing::file_size_limit;
using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::temporary_directory;

constexpr std::string_view categories =
    "rolecall: 1\n"
    "categories: {account: Name and address, payment: Cards, leads: People}\n";
constexpr std::string_view roles =
    "rolecall: 1\n"
    "roles:\n"
    "  clerk: {may: {account: view, leads: [view, modify]}}\n"
    "  # who answers\n"
    "  support:\n"
    "    inherits: [clerk, senior]   # both\n"
    "    may:\n"
    "      account: [view, modify]   # twice\n"
    "      leads: view               # inherited\n"
    "      payment: store\n"
    "  senior: {inherits: clerk, may: {payment: view}}\n";
constexpr std::string_view mended_roles =
    "rolecall: 1\n"
    "roles:\n"
    "  clerk: {may: {account: view, leads: [view, modify]}}\n"
    "  # who answers\n"
    "  support:\n"
    "    inherits: [senior]   # both\n"
    "    may:\n"
    "      account: [modify]   # twice\n"
    "      payment: store\n"
    "  senior: {inherits: clerk, may: {payment: view}}\n";
constexpr std::string_view users =
    "rolecall: 1\n"
    "users:\n"
    "  eve: [support, {roles: clerk, until: 2020-01-01}]\n";

struct shop : temporary_directory {
    shop() {
        write("shop/a.yaml", categories);
        write("shop/roles/b.yaml", roles);
        write("shop/users.yaml", users);
    }
    [[nodiscard]] std::string policy() const { return path("shop"); }
    [[nodiscard]] std::string roles_path() const { return path("shop/roles/b.yaml"); }
    [[nodiscard]] std::string roles_text() const { return content_of(roles_path()); }
    [[nodiscard]] std::string users_text() const { return content_of(path("shop/users.yaml")); }

    // No file beside those that the policy has.
    [[nodiscard]] bool tidy() const {
        std::size_t files = 0;
        for (auto const& entry : fs::recursive_directory_iterator(path()))
            if (entry.is_regular_file()) ++files;
        return files == 3;
    }
};

// In this process, so that the disk can be full, or somebody else write at the same time.
struct fixed {
    fix_report report;
    std::string out;
    std::string err;
};

fixed fix(std::string const& policy, rolecall::lint_options const& options = {},
          bool dry_run = false) {
    rolecall::testing::detail::stream_file const out_file, err_file;
    fixed result;
    {
        rolecall::cli::output out(out_file.descriptor(), false);
        rolecall::cli::output err(err_file.descriptor(), false);
        rolecall::cli::streams to{out, err};
        result.report =
            rolecall::cli::apply_fixes({policy, std::nullopt, false}, options, dry_run, to);
    }
    result.out = out_file.text();
    result.err = err_file.text();
    return result;
}

int shell(std::string const& command) { return std::system(command.c_str()); }

TEST_CASE("--fix takes out of the files what lint says can go, and nothing else") {
    shop const here;
    outcome const ran = run({"validate", here.policy(), "--fix", "--at", "2026-01-01"});
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    CHECK(here.roles_text() == mended_roles);
    CHECK(here.users_text() == "rolecall: 1\nusers:\n  eve: [support]\n");
    CHECK(content_of(here.path("shop/a.yaml")) == categories);
    CHECK(here.tidy());
    CHECK_FALSE(has(ran.out, "[grant-inherited]\n   "));  // of what is mended, no line and caret
    CHECK(has(ran.out, "-    inherits: [clerk, senior]   # both\n"));
    CHECK(has(ran.out, "+    inherits: [senior]   # both\n"));
    CHECK(has(ran.out, "mended " + here.roles_path() +
                           ":8: `support` inherits `view` on `account` from `clerk`; leave it out "
                           "here [grant-inherited]\n"));
    CHECK(has(ran.out, here.policy() + ": mended 4 findings\n"));
}

TEST_CASE("--fix --dry-run shows the same, and writes nothing") {
    shop const here;
    outcome const shown =
        run({"validate", here.policy(), "--fix", "--dry-run", "--at", "2026-01-01"});
    CHECK(shown.code == 0);
    CHECK(here.roles_text() == roles);
    CHECK(here.users_text() == users);
    CHECK(here.tidy());
    CHECK(has(shown.out, "would mend " + here.roles_path() + ":8: "));
    CHECK(has(shown.out, ": would mend 4 findings; nothing is written\n"));
    outcome const done = run({"validate", here.policy(), "--fix", "--at", "2026-01-01"});
    std::size_t const end = shown.out.find("\n\n");
    CHECK(shown.out.substr(0, end) == done.out.substr(0, end));
}

TEST_CASE("a policy that has been mended has nothing more to mend") {
    shop const here;
    run({"validate", here.policy(), "--fix"});
    std::string const before = here.roles_text();
    auto const written = fs::last_write_time(here.roles_path());
    outcome const again = run({"validate", here.policy(), "--fix"});
    CHECK(has(again.out, here.policy() + ": nothing to mend\n"));
    CHECK_FALSE(has(again.out, "--- a/"));
    CHECK(here.roles_text() == before);
    CHECK(fs::last_write_time(here.roles_path()) == written);
}

TEST_CASE("a policy that is refused stays as it is") {
    shop const here;
    here.write("shop/c.yaml", "rolecall: 1\nroles: {guest: {may: {acount: view}}}\n");
    fixed const result = fix(here.policy());
    CHECK(result.report.fixed == 0);
    CHECK_FALSE(result.report.failed);
    CHECK(result.out.empty());
    CHECK(here.roles_text() == roles);
    CHECK(run({"validate", here.policy(), "--fix"}).code == 3);
    CHECK(here.roles_text() == roles);
}

TEST_CASE("what the settings switch off stays in the files") {
    shop const here;
    rolecall::lint_options options;
    options.settings.rules.push_back(
        {rolecall::diagnostic_code::grant_inherited, std::nullopt, "We like to say it twice", {}});
    fixed const result = fix(here.policy(), options);
    CHECK(result.report.fixed == 2);
    CHECK(here.roles_text().find("account: [view, modify]") != std::string::npos);
}

TEST_CASE("what a file can't do without is left, and said") {
    temporary_directory const here;
    // Without the line of `may`, the comment would become a part of the text.
    std::string const text = std::string(categories) +
                             "roles:\n"
                             "  clerk: {may: {account: view}}\n"
                             "  support:\n"
                             "    inherits: clerk\n"
                             "    about: |\n"
                             "      Answers\n"
                             "    may:\n"
                             "      # what they see\n"
                             "      account: view\n";
    std::string const path = here.write("policy.yaml", text);
    fixed const result = fix(path);
    CHECK(result.report.fixed == 0);
    CHECK(result.report.left == 1);
    CHECK(content_of(path) == text);
    CHECK(has(result.out, "left to you: " + path + ":11: `support` inherits `view`"));
    CHECK(has(result.out, "nothing to mend, left 1 that a file can't do without\n"));
}

TEST_CASE("a file keeps its permissions, and a link stays a link") {
    shop const here;
    ::chmod(here.roles_path().c_str(), 0640);
    fs::rename(here.roles_path(), here.path("shop/roles/real.yaml"));
    here.write("shop/roles/note.txt", "");
    fs::create_directory(here.path("links"));
    fs::create_symlink(here.path("shop"), here.path("links/shop"));
    fixed const result = fix(here.path("links/shop/"));
    CHECK(result.report.fixed == 4);
    CHECK(content_of(here.path("shop/roles/real.yaml")) == mended_roles);
    CHECK(fs::is_symlink(here.path("links/shop")));
    CHECK((fs::status(here.path("shop/roles/real.yaml")).permissions() & fs::perms::mask) ==
          static_cast<fs::perms>(0640));
}

TEST_CASE("a policy of one file that is a link is mended where the link leads") {
    temporary_directory const here;
    std::string const text = std::string(categories) + std::string(roles.substr(12));
    here.write("kept/policy.yaml", text);
    fs::create_symlink("kept/policy.yaml", here.path("policy.yaml"));
    CHECK(fix(here.path("policy.yaml")).report.fixed == 3);
    CHECK(fs::is_symlink(here.path("policy.yaml")));
    CHECK(content_of(here.path("kept/policy.yaml")) ==
          std::string(categories) + std::string(mended_roles.substr(12)));
}

TEST_CASE("a full disk loses nothing") {
    shop const here;
    std::string const large =
        std::string(roles) + "#\n#\n#\n#\n" + std::string(200'000, '#') + '\n';
    here.write("shop/roles/b.yaml", large);
    fixed const result = [&] {
        file_size_limit const limit(100'000);
        return fix(here.policy());
    }();
    CHECK(result.report.failed);
    CHECK(result.report.fixed == 0);
    CHECK(has(result.err, "can't be written"));
    CHECK(here.roles_text() == large);
    CHECK(here.users_text() == users);
    CHECK(here.tidy());
}

// Lint asks how user ids look when the files have been read, and before they are written.
std::string late_path;
std::string write_late(std::string_view id) {
    std::ofstream(late_path, std::ios::app) << "# somebody else was here\n";
    return std::string(id);
}

TEST_CASE("a file that changed since it was read is not overwritten") {
    shop const here;
    here.write("shop/users.yaml", std::string(users) + "  bo: clerk\n");
    late_path = here.roles_path();
    rolecall::lint_options options;
    options.look = write_late;
    fixed const result = fix(here.policy(), options);
    CHECK(result.report.failed);
    CHECK(result.report.fixed == 0);
    CHECK(has(result.err, "changed since it was read, so no file is changed; try again"));
    CHECK(here.roles_text().find("# somebody else was here\n") != std::string::npos);
    CHECK(here.roles_text().find("inherits: [clerk, senior]") != std::string::npos);
    CHECK(here.users_text() == std::string(users) + "  bo: clerk\n");
    CHECK(here.tidy());
}

TEST_CASE("what can't be shown is not done") {
    shop const here;
    outcome const ran = run({"validate", here.policy(), "--fix"}, {.out_path = "/dev/full"});
    CHECK(ran.code == 2);
    CHECK(here.roles_text() == roles);
    CHECK(here.users_text() == users);
}

TEST_CASE("line ends stay, and the patch says so") {
    temporary_directory const here;
    std::string text;
    for (char const c : std::string(categories) + std::string(roles.substr(12)))
        text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    std::string const path = here.write("policy.yaml", text);
    CHECK(fix(path).report.fixed == 3);
    std::string const after = content_of(path);
    CHECK(std::count(after.begin(), after.end(), '\r') ==
          std::count(after.begin(), after.end(), '\n'));
    CHECK(has(after, "    inherits: [senior]   # both\r\n"));
}

TEST_CASE("a folder with a space, and one that is not ASCII, are mended as others are") {
    temporary_directory const here;
    for (std::string const name : {"our shop/policy.yaml", "büro/richtlinie.yaml"}) {
        std::string const path =
            here.write(name, std::string(categories) + std::string(roles.substr(12)));
        CHECK(fix(path).report.fixed == 3);
    }
}

// ---- The patch -------------------------------------------------------------------------------

struct random_edit {
    std::string before, after;
    std::vector<std::uint32_t> lines;
};

random_edit edit(std::mt19937_64& random) {
    random_edit result;
    std::size_t const count = 1 + random() % 60;
    std::size_t const of = 1 + random() % 12;
    for (std::uint32_t number = 1; number <= count; ++number) {
        std::string const line =
            "line " + std::to_string(random() % 5) + (random() % 9 ? "" : "\r");
        result.before += line + '\n';
        std::size_t const what = random() % of;
        if (what == 0 && count > 1) continue;
        result.after += (what == 1 ? line.substr(2) : line) + '\n';
        result.lines.push_back(number);
    }
    return result;
}

TEST_CASE("`git apply` and `patch` make of the file before the file after") {
    temporary_directory const here;
    if (shell("command -v git >/dev/null && command -v patch >/dev/null") != 0) {
        MESSAGE("without git and patch");
        return;
    }
    std::mt19937_64 random(6);
    std::string const in = "cd '" + here.path() + "' && ";
    for (int i = 0; i < 150; ++i) {
        random_edit const one = edit(random);
        if (one.after.empty()) continue;
        std::string const name = i % 3 == 0 ? "shop/our roles.yaml" : "shop/a.yaml";
        std::string const patch = rolecall::cli::unified_diff(
            name, {one.before, one.after, one.lines}, rolecall::cli::colours_off());
        CHECK(patch.empty() == (one.before == one.after));
        if (patch.empty()) continue;
        here.write("p.diff", patch);
        here.write(name, one.before);
        REQUIRE(shell(in + "git apply p.diff") == 0);
        CHECK(content_of(here.path(name)) == one.after);
        here.write(name, one.before);
        REQUIRE(shell(in + "patch -s -p1 --binary < p.diff") == 0);
        CHECK(content_of(here.path(name)) == one.after);
    }
}

TEST_CASE("a patch is coloured where people look, and then only with colours more") {
    std::vector<std::uint32_t> const lines{1, 2};
    rolecall::cli::line_changes const changes{"a\nb, c\nd\n", "a\nb\n", lines};
    CHECK(rolecall::cli::unified_diff("p.yaml", changes, rolecall::cli::colours_off()) ==
          "--- a/p.yaml\n+++ b/p.yaml\n@@ -1,3 +1,2 @@\n a\n-b, c\n-d\n+b\n");
    std::string const bright =
        rolecall::cli::unified_diff("p.yaml", changes, rolecall::cli::colours_on());
    auto const& on = rolecall::cli::colours_on();
    CHECK(has(bright, std::string(on.deny) + "-b, c" + std::string(on.reset) + '\n'));
    CHECK(has(bright, std::string(on.allow) + "+b" + std::string(on.reset) + '\n'));
    CHECK(has(bright, "\n a\n"));
}

// ---- Replacing a file ------------------------------------------------------------------------

TEST_CASE("a replacement that is prepared and not committed changes nothing, and leaves nothing") {
    temporary_directory const here;
    std::string const path = here.write("file", "before");
    {
        rolecall::cli::file_replacement one(path), other(path);
        CHECK_FALSE(one.prepare("one"));
        CHECK_FALSE(other.prepare("other"));  // two at once don't meet
        CHECK(content_of(path) == "before");
    }
    CHECK(content_of(path) == "before");
    CHECK(std::distance(fs::directory_iterator(here.path()), {}) == 1);
}

TEST_CASE("a file holds its own text, and no other") {
    temporary_directory const here;
    std::string const long_text(200'000, 'x');
    std::string const path = here.write("file", long_text);
    CHECK(rolecall::cli::file_holds(path, long_text));
    CHECK_FALSE(rolecall::cli::file_holds(path, long_text + 'x'));
    CHECK_FALSE(rolecall::cli::file_holds(path, std::string_view(long_text).substr(1)));
    CHECK_FALSE(rolecall::cli::file_holds(path, ""));
    CHECK(rolecall::cli::file_holds(here.write("empty", ""), ""));
    CHECK_FALSE(rolecall::cli::file_holds(here.path("missing"), ""));
    CHECK_FALSE(rolecall::cli::file_holds(here.path(), ""));
}

}  // namespace
