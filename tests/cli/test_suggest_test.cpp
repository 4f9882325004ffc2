// `rolecall test --suggest`.
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/document.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::temporary_directory;
namespace yaml = rolecall::yaml;

constexpr char const* counter = R"(rolecall: 1
facts: {open-ticket: The customer has an open ticket}
categories:
  account: Names
  payment: Cards
roles:
  support:
    may:
      account: view
      payment: {view: {if: open-ticket}}
)";

constexpr char const* two_exercises =
    R"(# Exercises that notice changes of the policy which no other exercise notices.
#
# `rolecall test --suggest` wrote them. They say what the policy does today, not what it should
# do: somebody who knows the business must read them. Where an answer is not what it should
# be, mend the policy, and then the answer here.
rolecall: 1

exercises:
  support:
    about: What support can do while no fact is known
    as: support
    exactly:
      account: view

  support-with-open-ticket:
    about: What support can do, with open-ticket known to be true
    as: support
    given:
      facts:
        open-ticket: yes
    can:
      payment: view
)";

// A sample policy as it would be without any exercise.
std::string without_exercises(std::string const& sample) {
    auto const loaded = yaml::load(std::string(ROLECALL_SOURCE_DIR) + "/policies/" + sample);
    REQUIRE(loaded);
    rolecall::document rules = loaded->source();
    rules.exercises.clear();
    return yaml::write(rules);
}

TEST_CASE("what is suggested is a policy file, and nothing else is on standard output") {
    temporary_directory const folder;
    std::string const policy = folder.write("policy.yaml", counter);
    outcome const done = run({"test", policy, "--suggest"});
    CHECK(done.code == 0);
    CHECK(done.out == two_exercises);
    CHECK(has(done.err, "2 exercises notice"));
    CHECK(has(done.err, "read them"));
}

TEST_CASE("put beside the policy, what is suggested notices every change") {
    for (std::string const sample : {"shop", "clinic", "webshop"}) {
        CAPTURE(sample);
        temporary_directory const folder;
        folder.write("policy/policy.yaml", without_exercises(sample));
        std::string const policy = folder.path("policy");
        CHECK(run({"test", policy, "--mutate", "--fail-under", "100"}).code == 1);
        outcome const suggested = run({"test", policy, "--suggest"});
        REQUIRE(suggested.code == 0);
        folder.write("policy/exercises/suggested.yaml", suggested.out);
        outcome const done = run({"test", policy, "--mutate", "--fail-under", "100"});
        CAPTURE(done.out);
        CHECK(done.code == 0);
        outcome const nothing = run({"test", policy, "--suggest"});
        CHECK(nothing.code == 0);
        CHECK(nothing.out.empty());
        CHECK(has(nothing.err, "nothing to suggest"));
    }
}

TEST_CASE("nothing is suggested while an exercise fails") {
    temporary_directory const folder;
    std::string const policy = folder.write(
        "policy.yaml",
        std::string(counter) + "exercises:\n  wrong: {as: support, can: {payment: view}}\n");
    outcome const done = run({"test", policy, "--suggest"});
    CHECK(done.code == 1);
    CHECK(done.out.empty());
    CHECK(has(done.err, "wrong"));
}

TEST_CASE("nothing is suggested for a policy that is refused") {
    temporary_directory const folder;
    std::string const policy =
        folder.write("policy.yaml", "rolecall: 1\nroles: {a: {may: {b: view}}}\n");
    outcome const done = run({"test", policy, "--suggest"});
    CHECK(done.code == 3);
    CHECK(done.out.empty());
    CHECK(has(done.err, "unknown-category"));
}

TEST_CASE("names of suggested exercises do not clash with those that are there") {
    temporary_directory const folder;
    std::string const policy =
        folder.write("policy.yaml", std::string(counter) +
                                        "exercises:\n"
                                        "  support: {as: support, can: {account: view}}\n");
    outcome const done = run({"test", policy, "--suggest"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "  support-2:\n"));
    folder.write("all/policy.yaml", counter);
    folder.write("all/one.yaml",
                 "rolecall: 1\nexercises: {support: {as: support, can: {account: view}}}\n");
    folder.write("all/two.yaml", done.out);
    CHECK(run({"test", folder.path("all"), "--mutate", "--fail-under", "100"}).code == 0);
}

TEST_CASE("suggestions are made for the day that is asked about") {
    temporary_directory const folder;
    std::string const policy = folder.write(
        "policy.yaml", std::string(counter) +
                           "users:\n"
                           "  dana: {roles: support, until: 2030-12-31}\n"
                           "exercises:\n"
                           "  dana-has-left: {as: {user: dana}, cannot: {account: any}}\n");
    CHECK(run({"test", policy, "--suggest", "--at", "2030-01-01"}).code == 1);
    outcome const done = run({"test", policy, "--suggest", "--at", "2031-01-01"});
    CHECK(done.code == 0);
    CHECK(has(done.out, "  somebody-else-as-support:\n"));
}

}  // namespace
