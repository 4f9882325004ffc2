// `rolecall users create`, `add`, `assign`, `deassign` and `remove`.
#include "support/staff.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::staff_folder;
using words = std::vector<std::string>;

TEST_CASE("a store is made where nothing is, and nothing is made anew") {
    rolecall::testing::temporary_directory const folder;
    std::string const store = folder.path("new.db");
    outcome const made = run({"users", "create", store});
    CHECK(made.code == 0);
    CHECK(made.out == store + ": 0 users\n");
    CHECK(made.err.empty());

    outcome const again = run({"users", "create", store});
    CHECK(again.code == 1);
    CHECK(again.out.empty());
    CHECK(has(again.err, "new.db` is there already"));
    CHECK(run({"users", "create", folder.make_directory("d")}).code == 1);
    folder.link("dangling", folder.path("nowhere"));
    CHECK(run({"users", "create", folder.path("dangling")}).code == 1);
    CHECK(run({"users", "create", folder.path("no/such/folder.db")}).code == 2);
}

TEST_CASE("users are added without roles, and one who is there stays as they are") {
    staff_folder const staff;
    outcome const done = staff.users({"add", staff.store(), "dana", "bo", "dana"});
    CHECK(done.code == 0);
    CHECK(done.out == "+ dana\n+ bo\n");
    CHECK(done.err.empty());
    CHECK(staff.content() == "bo,,\ndana,,\n");

    static_cast<void>(staff.assign("dana", {"support"}));
    outcome const again = staff.users({"add", staff.store(), "dana", "eve"});
    CHECK(again.code == 0);
    CHECK(again.out == "= dana is there already\n+ eve\n");
    CHECK(staff.content() == "bo,,\ndana,support,\neve,,\n");
}

TEST_CASE("an id may begin with a dash, behind the end of the options") {
    staff_folder const staff;
    CHECK(staff.users({"add", staff.store(), "--", "-47", "--until"}).out == "+ -47\n+ --until\n");
    CHECK(staff.users({"remove", staff.store(), "--", "-47"}).out == "- -47\n");
    CHECK(staff.content() == "'--until,,\n");
}

TEST_CASE("what can't be an id is refused before the store is looked at") {
    for (std::string const id : {"", "a\nb", "\x1b[31m", "a\xe2\x80\x8b", "\xff"}) {
        outcome const done = run({"users", "add", "/no/such/store.db", id});
        CHECK(done.code == 2);
        CHECK(done.out.empty());
        CHECK(has(done.err, "can't be the id of a user"));
        CHECK(!has(done.err, "\x1b"));
    }
    CHECK(has(run({"users", "add", "s", std::string(257, 'x')}).err, "1 to 256 bytes"));
}

TEST_CASE("roles are assigned, for good or until a day") {
    staff_folder const staff;
    outcome const done = staff.assign("dana", {"support", "billing"}, {"--until", "2999-03-31"});
    CHECK(done.code == 0);
    CHECK(done.out == "+ dana support until 2999-03-31\n+ dana billing until 2999-03-31\n");
    CHECK(done.err.empty());
    CHECK(staff.content() == "dana,billing,2999-03-31\ndana,support,2999-03-31\n");
}

TEST_CASE("what is assigned already is said, and another end takes its place") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"support"}));
    CHECK(staff.assign("dana", {"support"}).out == "= dana support is assigned already\n");
    CHECK(staff.assign("dana", {"support"}).code == 0);
    CHECK(staff.assign("dana", {"support"}, {"--until", "2999-01-01"}).out ==
          "~ dana support until 2999-01-01 (had no end)\n");
    CHECK(staff.assign("dana", {"support"}, {"--until", "2999-02-01"}).out ==
          "~ dana support until 2999-02-01 (was until 2999-01-01)\n");
    CHECK(staff.assign("dana", {"support"}).out ==
          "~ dana support without an end (was until 2999-02-01)\n");
    CHECK(staff.content() == "dana,support,\n");
}

TEST_CASE("an end that has passed already is assigned, and remarked on") {
    staff_folder const staff;
    outcome const done = staff.assign("dana", {"support"}, {"--until", "2020-01-01"});
    CHECK(done.code == 0);
    CHECK(has(done.err, "note: 2020-01-01 has passed already"));
    CHECK(staff.content() == "dana,support,2020-01-01\n");
}

TEST_CASE("a role that the policy does not declare is not assigned, and nothing else with it") {
    staff_folder const staff;
    outcome const done = staff.assign("dana", {"support", "biling", "all"});
    CHECK(done.code == 1);
    CHECK(done.out.empty());
    CHECK(
        has(done.err, "`biling` is not a role of " + staff.policy() + "; did you mean `billing`?"));
    CHECK(has(done.err, "`all` is not a role of"));
    CHECK(staff.content() == "dana,,\n");
}

TEST_CASE("roles that one person may not hold together are not assigned together") {
    staff_folder const staff;
    outcome const both = staff.assign("dana", {"support", "billing", "refunds"});
    CHECK(both.code == 1);
    CHECK(both.out.empty());
    CHECK(has(both.err, "`dana` can't have billing and refunds: separation `take-and-refund` (" +
                            staff.policy() + ":19)"));
    CHECK(has(both.err, "because: Who takes the money must not approve the refund\n"));
    CHECK(staff.content() == "dana,,\n");

    CHECK(staff.assign("dana", {"billing"}).code == 0);
    outcome const second = staff.assign("dana", {"refunds"});
    CHECK(second.code == 1);
    CHECK(has(second.err, "`dana` can't have billing and refunds"));
    outcome const inherited = staff.assign("dana", {"lead"});
    CHECK(inherited.code == 1);
    CHECK(has(inherited.err, "`dana` can't have billing and lead"));
    CHECK(staff.content() == "dana,billing,\n");
}

TEST_CASE("what has passed counts for nothing, and roles of the policy's own users count") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"refunds"}, {"--until", "2020-01-01"}));
    CHECK(staff.assign("dana", {"billing"}).code == 0);
    outcome const owner = staff.assign("owner", {"billing"});  // has refunds by the policy
    CHECK(owner.code == 1);
    CHECK(has(owner.err, "`owner` can't have billing and refunds"));
    CHECK(staff.assign("former", {"billing"}).code == 0);  // had it until 2020
}

TEST_CASE("a dry run checks everything, shows it, and changes nothing") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"billing"}));
    std::string const before = staff.content();
    words const dry{"--dry-run"};
    CHECK(staff.assign("dana", {"support"}, dry).out ==
          "+ dana support\ndry run: nothing was changed\n");
    CHECK(staff.assign("dana", {"refunds"}, dry).code == 1);
    CHECK(staff.users({"add", staff.store(), "eve", "--dry-run"}).out ==
          "+ eve\ndry run: nothing was changed\n");
    CHECK(staff.users({"deassign", staff.store(), "dana", "billing", "--dry-run"}).out ==
          "- dana billing\ndry run: nothing was changed\n");
    CHECK(staff.users({"remove", staff.store(), "dana", "--dry-run"}).out ==
          "- dana, with billing\ndry run: nothing was changed\n");
    CHECK(staff.content() == before);
}

TEST_CASE("roles are taken away, all that were named or none") {
    staff_folder const staff;
    static_cast<void>(staff.assign("dana", {"support", "billing", "employee"}));
    outcome const typo = staff.users({"deassign", staff.store(), "dana", "billing", "suport"});
    CHECK(typo.code == 1);
    CHECK(typo.out.empty());
    CHECK(has(typo.err, "`dana` is not assigned `suport`; did you mean `support`?"));
    CHECK(staff.content() == "dana,billing,\ndana,employee,\ndana,support,\n");

    outcome const done = staff.users({"deassign", staff.store(), "dana", "billing", "support"});
    CHECK(done.code == 0);
    CHECK(done.out == "- dana billing\n- dana support\n");
    CHECK(staff.content() == "dana,employee,\n");
}

TEST_CASE("users are removed with their roles, all that were named or none") {
    staff_folder const staff;
    static_cast<void>(staff.users({"add", staff.store(), "bo"}));
    static_cast<void>(staff.assign("dana", {"support", "billing", "employee"}));
    outcome const unknown = staff.users({"remove", staff.store(), "bo", "dna"});
    CHECK(unknown.code == 1);
    CHECK(unknown.out.empty());
    CHECK(
        has(unknown.err, "there is no user `dna` in " + staff.store() + "; did you mean `dana`?"));
    CHECK(has(staff.content(), "bo,,\n"));

    outcome const done = staff.users({"remove", staff.store(), "bo", "dana", "bo"});
    CHECK(done.code == 0);
    CHECK(done.out == "- bo\n- dana, with billing, employee and support\n");
    CHECK(staff.content().empty());
}

TEST_CASE("who is not there gets no role and loses none") {
    staff_folder const staff;
    static_cast<void>(staff.users({"add", staff.store(), "dana"}));
    for (words const& line :
         {words{"assign", staff.store(), "dan", "support", "--policy", staff.policy()},
          {"deassign", staff.store(), "dan", "support"},
          {"remove", staff.store(), "dan"}}) {
        outcome const done = staff.users(line);
        CHECK(done.code == 1);
        CHECK(done.out.empty());
        CHECK(
            has(done.err, "there is no user `dan` in " + staff.store() + "; did you mean `dana`?"));
    }
    CHECK(staff.content() == "dana,,\n");
}

TEST_CASE("a store that can't be used is named, with what to do, and ends with 2") {
    staff_folder const staff;
    std::string const no_store = staff.write("notes.txt", "These are notes, and not users.\n");
    for (words const& line : {words{"list"}, {"export"}, {"add", "dana"}, {"remove", "dana"}}) {
        words on_missing{line[0], staff.path("missing.db")};
        words on_text{line[0], no_store};
        on_missing.insert(on_missing.end(), line.begin() + 1, line.end());
        on_text.insert(on_text.end(), line.begin() + 1, line.end());
        outcome const missing = staff.users(on_missing);
        CHECK(missing.code == 2);
        CHECK(missing.out.empty());
        CHECK(has(missing.err, "missing.db: "));
        CHECK(has(missing.err, "rolecall users create"));
        outcome const text = staff.users(on_text);
        CHECK(text.code == 2);
        CHECK(text.out.empty());
        CHECK(has(text.err, "notes.txt: "));
    }
    CHECK(!has(staff.users({"list", staff.store()}).err, "rolecall users create"));
}

TEST_CASE("a policy that is invalid ends with 3, and one that can't be read with 2") {
    staff_folder const staff;
    static_cast<void>(staff.users({"add", staff.store(), "dana"}));
    std::string const broken = staff.write("broken.yaml", "rolecall: 1\nroels: {}\n");
    std::string const table = staff.write("t.csv", "user,role\ndana,support\n");
    for (words const& line : {words{"assign", staff.store(), "dana", "support"},
                              {"import", staff.store(), table},
                              {"list", staff.store()}}) {
        words with_broken = line;
        with_broken.insert(with_broken.end(), {"--policy", broken});
        CHECK(staff.users(with_broken).code == 3);
        words with_missing = line;
        with_missing.insert(with_missing.end(), {"--policy", staff.path("nowhere")});
        CHECK(staff.users(with_missing).code == 2);
    }
    CHECK(staff.content() == "dana,,\n");
}

TEST_CASE("two programs at once don't give one person what one person may not hold") {
    staff_folder const staff;
    words add{"add", staff.store()};
    for (int i = 0; i < 12; ++i) add.push_back("user-" + std::to_string(i));
    REQUIRE(staff.users(add).code == 0);
    auto const assign_all = [&](std::string const& role, std::array<int, 12>& codes) {
        for (std::size_t i = 0; i < codes.size(); ++i)
            codes[i] =
                staff.users({"assign", staff.store(), add[i + 2], role, "--policy", staff.policy()})
                    .code;
    };
    std::array<int, 12> billing{};
    std::array<int, 12> refunds{};
    std::thread other([&] { assign_all("billing", billing); });
    assign_all("refunds", refunds);
    other.join();
    std::string const content = staff.content();
    for (std::size_t i = 0; i < billing.size(); ++i) {
        CHECK(billing[i] + refunds[i] == 1);  // one was told 0, the other 1
        CHECK(has(content, add[i + 2] + (billing[i] == 0 ? ",billing," : ",refunds,")));
    }
    CHECK(std::count(content.begin(), content.end(), '\n') == 12);
}

TEST_CASE("changes have colours where they are wanted") {
    staff_folder const staff;
    CHECK(staff.users({"add", staff.store(), "dana", "--color", "always"}).out ==
          "\x1b[32m+ dana\x1b[0m\n");
    CHECK(staff.users({"remove", staff.store(), "dana", "--color", "always"}).out ==
          "\x1b[1;31m- dana\x1b[0m\n");
}

}  // namespace
