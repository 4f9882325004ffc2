#include "document/policy_files.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/document.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::testing::temporary_directory;
namespace yaml = rolecall::yaml;

std::string const start = "rolecall: 1\n";

// `roles/a.yaml:3:4 code` for each finding, relative to the directory that was loaded.
std::string findings(rolecall::policy_result const& loaded, std::string const& directory) {
    std::string result;
    for (auto const& d : loaded.findings()) {
        std::string path = d.where.path;
        if (path.compare(0, directory.size() + 1, directory + '/') == 0)
            path.erase(0, directory.size() + 1);
        result += path;
        if (d.where.line > 0)
            result += ':' + std::to_string(d.where.line) + ':' + std::to_string(d.where.column);
        result += ' ' + std::string(to_string(d.code)) + '\n';
    }
    return result;
}

std::string findings_in(temporary_directory const& directory) {
    return findings(yaml::load(directory.path()), directory.path());
}

TEST_CASE("a policy is a file, whatever its name") {
    temporary_directory const here;
    std::string const path = here.write("rules.txt", start + "roles: {a: A}\n");
    auto const loaded = yaml::load(path);
    REQUIRE(loaded);
    CHECK(loaded->role("a"));
    CHECK(loaded->source().files.at(0).path == path);
    CHECK(loaded->source().files.at(0).text == start + "roles: {a: A}\n");
}

TEST_CASE("a policy is a directory, and its files are one policy") {
    temporary_directory const here;
    here.write("policy.yaml", start + "categories: {account: A}\n");
    here.write("roles/b.yaml", start + "roles: {b: {inherits: a}}\n");
    here.write("roles/a.yaml", start + "roles: {a: {may: {account: view}}}\n");
    auto const loaded = yaml::load(here.path());
    CHECK(findings(loaded, here.path()) == "");
    REQUIRE(loaded);
    CHECK(loaded->allows("b", "view", "account"));
    auto const& files = loaded->source().files;
    REQUIRE(files.size() == 3);
    CHECK(files[0].path == here.path("policy.yaml"));
    CHECK(files[1].path == here.path("roles/a.yaml"));
    CHECK(files[2].path == here.path("roles/b.yaml"));
}

TEST_CASE("a path in a message begins as the user gave it") {
    temporary_directory const here;
    here.write("sub/a.yaml", start + "rolse: {}\n");
    auto const path_of = [](rolecall::policy_result const& loaded) {
        return loaded.findings()[0].where.path;
    };
    CHECK(path_of(yaml::load(here.path())) == here.path() + "/sub/a.yaml");
    CHECK(path_of(yaml::load(here.path() + "/")) == here.path() + "/sub/a.yaml");
}

TEST_CASE("names that begin with a dot are skipped, and other files are ignored") {
    temporary_directory const here;
    here.write("a.yaml", start + "roles: {a: A}\n");
    here.write(".hidden.yaml", "nonsense");
    here.write(".git/b.yaml", "nonsense");
    here.write(".yaml", "nonsense");
    here.write("README.md", "text");
    here.write("yaml", "text");
    CHECK(findings_in(here) == "");
}

TEST_CASE("a name that looks like a policy file and is none is an error") {
    temporary_directory const here;
    here.write("a.yaml", start + "roles: {a: {inherits: from-never}}\n");
    for (char const* name : {"never.yml", "x.yaml.bak", "X.YAML", "y.Yml", "z.yaml~"})
        here.write(name, start);
    here.make_directory("old.yaml");
    here.write("old.yaml/c.yaml", "nonsense");
    CHECK(findings_in(here) ==
          "X.YAML suspicious-file-name\n"
          "never.yml suspicious-file-name\n"
          "old.yaml suspicious-file-name\n"
          "x.yaml.bak suspicious-file-name\n"
          "y.Yml suspicious-file-name\n"
          "z.yaml~ suspicious-file-name\n");
    CHECK_FALSE(yaml::is_suspicious("a.yml.yaml"));
    CHECK_FALSE(yaml::is_suspicious("yml"));
}

TEST_CASE("a directory without a policy file is an error") {
    temporary_directory const here;
    here.write("README.md", "text");
    here.make_directory("roles");
    auto const loaded = yaml::load(here.path());
    CHECK(findings(loaded, here.path()) == here.path() + " no-policy-file\n");
    CHECK_FALSE(loaded);
}

TEST_CASE("a path that can't be read is an error with the system's words") {
    temporary_directory const here;
    auto const loaded = yaml::load(here.path("nowhere"));
    REQUIRE(loaded.findings().size() == 1);
    CHECK(loaded.findings()[0].text == "can't be read (No such file or directory)");
    CHECK(loaded.findings()[0].where.path == here.path("nowhere"));
    CHECK_FALSE(yaml::load(""));
    CHECK_FALSE(yaml::load(here.path() + std::string(1, '\0') + "x"));

    std::string const secret = here.write("a.yaml", start);
    REQUIRE(::chmod(secret.c_str(), 0) == 0);
    if (::geteuid() != 0) CHECK(findings_in(here) == "a.yaml unreadable-file\n");
}

TEST_CASE("what is no regular file is refused, and never waited for") {
    temporary_directory const here;
    here.write("a.yaml", start + "roles: {a: A}\n");
    REQUIRE(::mkfifo(here.path("b.yaml").c_str(), 0600) == 0);
    REQUIRE(::mkfifo(here.path("ignored").c_str(), 0600) == 0);
    here.link("c.yaml", "b.yaml");
    CHECK(findings_in(here) == "b.yaml unreadable-file\nc.yaml unreadable-file\n");
    CHECK_FALSE(yaml::load(here.path("b.yaml")));
    CHECK_FALSE(yaml::load("/dev/zero"));
}

TEST_CASE("a link to a file of the same directory is that file") {
    temporary_directory const here;
    here.write("..data/v1/a.yaml", start + "roles: {a: A}\n");
    here.link("a.yaml", "..data/v1/a.yaml");
    here.link("notes.txt", "..data/v1/a.yaml");
    auto const loaded = yaml::load(here.path());
    CHECK(findings(loaded, here.path()) == "");
    REQUIRE(loaded);
    CHECK(loaded->source().files.at(0).path == here.path("a.yaml"));
}

TEST_CASE("a link to a directory, out of the directory or to nowhere is an error") {
    temporary_directory const outside;
    outside.write("b.yaml", start);
    temporary_directory const here;
    here.write("a.yaml", start + "roles: {a: {inherits: from-there}}\n");
    here.make_directory("real");
    here.link("roles", "real");
    here.link("loop", "..");
    here.link("b.yaml", outside.path("b.yaml"));
    here.link("notes.txt", outside.path("b.yaml"));
    here.link("gone", "never-mounted");
    here.link("self.yaml", "self.yaml");
    CHECK(findings_in(here) ==
          "b.yaml symbolic-link\ngone symbolic-link\nloop symbolic-link\n"
          "notes.txt symbolic-link\nroles symbolic-link\nself.yaml symbolic-link\n");
}

TEST_CASE("the path that the user gives may itself be a link") {
    temporary_directory const real;
    real.write("a.yaml", start + "roles: {a: A}\n");
    real.link("b.yaml", "a.yaml");
    temporary_directory const here;
    here.link("shop", real.path());
    here.link("one", real.path("a.yaml"));
    CHECK(findings(yaml::load(here.path("shop")), here.path("shop")) ==
          "b.yaml:2:9 duplicate-definition\n");
    CHECK(yaml::load(here.path("one")));
}

TEST_CASE("directories without end are refused") {
    temporary_directory const here;
    here.write("a.yaml", start);
    std::string deep = "d";
    for (int i = 0; i < 40; ++i) deep += "/d";
    here.write(deep + "/b.yaml", start);
    CHECK(findings_in(here).find("unreadable-file") != std::string::npos);
}

TEST_CASE("a file that is too large is refused") {
    temporary_directory const here;
    std::string const text = start + "roles: {a: A}\n";
    here.write("a.yaml", text);
    CHECK(yaml::load(here.path(), {.max_file_bytes = text.size()}));
    auto const loaded = yaml::load(here.path(), {.max_file_bytes = text.size() - 1});
    CHECK(findings(loaded, here.path()) == "a.yaml file-too-large\n");
    auto const given = yaml::load_text(text, "p.yaml", {.max_file_bytes = 5});
    CHECK(findings(given, "") == "p.yaml file-too-large\n");
}

TEST_CASE("what a file that was not read may declare is not reported as unknown") {
    temporary_directory const here;
    here.write("a.yaml", start + "roles: {a: {inherits: b, may: {account: view}}}\n");
    here.write("b.yaml", start + "roles: {b: [\n");
    auto const loaded = yaml::load(here.path());
    CHECK(findings(loaded, here.path()).find("unknown") == std::string::npos);
    CHECK_FALSE(loaded);
}

TEST_CASE("a policy that lists its files notices a missing one and an unlisted one") {
    temporary_directory const here;
    here.write("policy.yaml", start +
                                  "policy:\n  name: A\n"
                                  "  files: [policy.yaml, never.yaml, roles/suport.yaml]\n");
    here.write("roles/support.yaml", start + "roles: {a: {inherits: from-never}}\n");
    auto const loaded = yaml::load(here.path());
    CHECK(findings(loaded, here.path()) ==
          "policy.yaml:4:24 file-list\npolicy.yaml:4:36 file-list\nroles/support.yaml file-list\n");
    CHECK(loaded.findings()[0].text == "the policy has no file `never.yaml`");
    CHECK(loaded.findings()[1].text ==
          "the policy has no file `roles/suport.yaml`; did you mean `roles/support.yaml`?");
    CHECK(loaded.findings()[2].text ==
          "this file is not in the policy's list of files; add `roles/support.yaml`");
}

TEST_CASE("a policy with exactly the files that it lists is fine") {
    temporary_directory const here;
    std::string const policy = start + "policy:\n  name: A\n  files: [policy.yaml, roles/a.yaml]\n";
    here.write("policy.yaml", policy);
    here.write("roles/a.yaml", start + "roles: {a: A}\n");
    CHECK(findings_in(here) == "");
    CHECK(findings(yaml::load(here.path("policy.yaml")), here.path()) ==
          "policy.yaml:4:24 file-list\n");
    CHECK(yaml::load_texts({{"roles/a.yaml", start + "roles: {a: A}\n"}, {"policy.yaml", policy}}));
}

TEST_CASE("texts in memory are read in the order of their paths") {
    auto const loaded = yaml::load_texts(
        {{"b.yaml", start + "roles: {a: B}\n"}, {"a.yaml", start + "roles: {a: A}\n"}});
    CHECK(findings(loaded, "") == "b.yaml:2:9 duplicate-definition\n");
    CHECK(findings(yaml::load_texts({}), "") == " no-policy-file\n");
    CHECK(yaml::load_text(start + "roles: {a: A}\n"));
}

TEST_CASE("an end marker can be demanded of every file") {
    temporary_directory const here;
    here.write("a.yaml", start + "roles: {a: A}\n...\n");
    here.write("b.yaml", start + "roles: {b: B}\n");
    auto const loaded = yaml::load(here.path(), {.demand_end_marker = true});
    CHECK(findings(loaded, here.path()).find("b.yaml") == 0);
    CHECK(findings(loaded, here.path()).find("no-end-marker") != std::string::npos);
    CHECK(yaml::load(here.path()));
}

TEST_CASE("one broken entry hides nothing, and nothing is reported twice") {
    auto const loaded = yaml::load_text(
        "rolecall: 1\n"
        "facts: {consent: [x]}\n"
        "categories:\n"
        "  payment: {about: P, level: secret, requires: {veiw: consent}}\n"
        "roles:\n"
        "  support: {may: {payment: {modify: {if: consnt}, delete: consent}}}\n"
        "  billing: {inherit: [support, suport], about: B}\n"
        "  auditor: A\n"
        "separation: {s: {roles: [support, billing, auditor], at-most: x, per: person}}\n"
        "users: {bo: [support, {role: billing}]}\n");
    CHECK(findings(loaded, "") ==
          "policy.yaml:2:18 wrong-shape\n"
          "policy.yaml:4:30 unknown-level\n"
          "policy.yaml:4:49 unknown-action\n"
          "policy.yaml:6:42 unknown-fact\n"
          "policy.yaml:6:59 wrong-shape\n"
          "policy.yaml:7:13 unknown-key\n"
          "policy.yaml:7:32 unknown-role\n"
          "policy.yaml:9:63 invalid-value\n"
          "policy.yaml:10:24 unknown-key\n");
}

TEST_CASE("the sample shop loads and answers as its pages say") {
    auto const shop = yaml::load(ROLECALL_SOURCE_DIR "/policies/shop",
                                 {.today = *rolecall::date::parse("2027-01-01")});
    CHECK(findings(shop, ROLECALL_SOURCE_DIR) == "");
    REQUIRE(shop);
    auto const why = [&](std::string_view role, std::string_view action,
                         std::string_view category) {
        rolecall::request const asked{rolecall::subject::role(role), action, category};
        return std::string(to_string(shop->evaluate(asked).reason));
    };
    CHECK(why("support", "view", "account") == "granted");
    CHECK(why("marketing", "view", "payment") == "forbidden");
    CHECK(why("support", "view", "payment") == "undecided");
    CHECK(why("support", "delete", "payment") == "not-granted");
    CHECK(why("billing", "view", "payment.card") == "granted");
    CHECK(why("refunds", "view", "payment.card") == "not-granted");
    rolecall::facts const ticket = shop->make_facts({{"open-ticket", true}});
    CHECK(shop->allows("support", "view", "payment", ticket));
}

}  // namespace
