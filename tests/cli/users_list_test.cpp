// `rolecall users list` and `export`.
#include "support/staff.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using rolecall::testing::has;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::staff_folder;
using words = std::vector<std::string>;

// Users with roles of every kind, seen on 2027-01-15.
class full_folder : public staff_folder {
public:
    full_folder() {
        static_cast<void>(
            import("user,role,until\n"
                   "bo,billing,2026-12-31\n"
                   "dana,support,2027-01-31\n"
                   "dana,employee,\n"
                   "\"Zoë, the lead\",lead,2027-06-30\n"
                   "ivo,,\n"));
    }

    [[nodiscard]] outcome list(words rest) const {
        rest.insert(rest.begin(), {"list", store()});
        rest.insert(rest.end(), {"--at", "2027-01-15"});
        return users(rest);
    }
};

TEST_CASE("users are listed by id, with their roles, and what ends soon or has passed") {
    full_folder const staff;
    outcome const done = staff.list({});
    CHECK(done.code == 0);
    CHECK(done.err.empty());
    CHECK(done.out ==
          "4 users, 4 roles assigned; 1 ends within 30 days\n"
          "\n"
          "  Zoë, the lead  lead      until 2027-06-30\n"
          "  bo             billing   until 2026-12-31, passed\n"
          "  dana           employee\n"
          "                 support   until 2027-01-31, in 16 days\n"
          "  ivo            no role\n");
}

TEST_CASE("with a policy, the list says what is inherited, and which roles there are not") {
    full_folder const staff;
    std::string const later = staff.write("later.yaml",
                                          "rolecall: 1\n"
                                          "categories: {account: Names}\n"
                                          "roles:\n"
                                          "  employee: {may: {account: view}}\n"
                                          "  lead: {inherits: employee}\n");
    CHECK(staff.list({"--policy", staff.policy()}).out ==
          "4 users, 4 roles assigned; 1 ends within 30 days\n"
          "\n"
          "  Zoë, the lead  lead      until 2027-06-30              inherits employee refunds "
          "support\n"
          "  bo             billing   until 2026-12-31, passed      inherits employee\n"
          "  dana           employee\n"
          "                 support   until 2027-01-31, in 16 days  inherits employee\n"
          "  ivo            no role\n");
    CHECK(staff.list({"--policy", later, "--user", "dana"}).out ==
          "1 user, 2 roles assigned; 1 not of the policy\n"
          "\n"
          "  dana  employee\n"
          "        support   until 2027-01-31  not a role of the policy\n");
}

TEST_CASE("only those are listed who have a role that day, directly or by inheritance") {
    full_folder const staff;
    CHECK(staff.list({"--role", "employee", "--format", "csv"}).out ==
          "user,role,until,state,inherits\n"
          "dana,employee,,held,\n"
          "dana,support,2027-01-31,ends-soon,\n");
    CHECK(staff.list({"--role", "employee", "--format", "csv", "--policy", staff.policy()}).out ==
          "user,role,until,state,inherits\n"
          "\"Zoë, the lead\",lead,2027-06-30,held,employee refunds support\n"
          "dana,employee,,held,\n"
          "dana,support,2027-01-31,ends-soon,employee\n");
    outcome const passed = staff.list({"--role", "billing"});
    CHECK(passed.code == 1);
    CHECK(passed.out.empty());
    CHECK(has(passed.err, "nobody in " + staff.store() + " has `billing` on 2027-01-15\n"));
}

TEST_CASE("what ends within some days is listed by itself") {
    full_folder const staff;
    auto const within = [&](std::string const& days) {
        return staff.list({"--ending-within", days, "--format", "csv"});
    };
    std::string const header = "user,role,until,state,inherits\n";
    std::string const dana = "dana,support,2027-01-31,ends-soon,\n";
    CHECK(within("15").out == header);
    CHECK(within("15").code == 1);
    CHECK(within("16").out == header + dana);
    CHECK(within("16").code == 0);
    CHECK(within("365").out == header + "\"Zoë, the lead\",lead,2027-06-30,ends-soon,\n" + dana);
    CHECK(has(staff.list({"--ending-within", "0"}).err, "has a role that ends that day"));
}

TEST_CASE("one user is listed, and one who is not there is named") {
    full_folder const staff;
    CHECK(staff.list({"--user", "ivo", "--format", "csv"}).out ==
          "user,role,until,state,inherits\nivo,,,none,\n");
    outcome const unknown = staff.list({"--user", "ivi"});
    CHECK(unknown.code == 1);
    CHECK(unknown.out.empty());
    CHECK(has(unknown.err, "there is no user `ivi`"));
    CHECK(has(unknown.err, "did you mean `ivo`?"));
}

TEST_CASE("a role that nobody has, or the policy does not declare, is perhaps another") {
    full_folder const staff;
    CHECK(has(staff.list({"--role", "suport"}).err, "did you mean `support`?"));
    outcome const undeclared = staff.list({"--role", "suport", "--policy", staff.policy()});
    CHECK(undeclared.code == 1);
    CHECK(has(undeclared.err, "`suport` is not a role of " + staff.policy()));
}

TEST_CASE("the list as JSON is one object in one line") {
    full_folder const staff;
    outcome const done =
        staff.list({"--format", "json", "--role", "support", "--policy", staff.policy()});
    CHECK(done.code == 0);
    CHECK(has(done.out, R"("on":"2027-01-15","users":[{"user":"Zoë, the lead","roles":[)"
                        R"({"role":"lead","until":"2027-06-30","state":"held",)"
                        R"("inherits":["employee","refunds","support"]}]},{"user":"dana",)"
                        R"("roles":[{"role":"employee","until":null,"state":"held",)"
                        R"("inherits":[]},{"role":"support","until":"2027-01-31",)"
                        R"("state":"ends-soon","inherits":["employee"]}]}]})"
                        "\n"));
    CHECK(has(staff.list({"--format", "json", "--user", "dana"}).out, R"("inherits":null)"));
    CHECK(has(staff.list({"--format", "json", "--role", "billing"}).out, "\"users\":[]}\n"));
}

TEST_CASE("an empty store lists nobody and exports nothing") {
    staff_folder const staff;
    outcome const done = staff.users({"list", staff.store()});
    CHECK(done.code == 1);
    CHECK(has(done.err, "staff.db has no users\n"));
    CHECK(staff.users({"export", staff.store()}).out == "user,role,until\n");
    CHECK(staff.users({"export", staff.store()}).code == 0);
    CHECK(staff.users({"export", staff.store(), "--format", "json"}).out == "[]\n");
}

TEST_CASE("an export has everything, by id") {
    full_folder const staff;
    CHECK(staff.content() ==
          "\"Zoë, the lead\",lead,2027-06-30\n"
          "bo,billing,2026-12-31\n"
          "dana,employee,\n"
          "dana,support,2027-01-31\n"
          "ivo,,\n");
    CHECK(staff.users({"export", staff.store(), "--format", "json"}).out ==
          "[\n"
          R"({"user":"Zoë, the lead","roles":[{"role":"lead","until":"2027-06-30"}]},)"
          "\n"
          R"({"user":"bo","roles":[{"role":"billing","until":"2026-12-31"}]},)"
          "\n"
          R"({"user":"dana","roles":[{"role":"employee","until":null},)"
          R"({"role":"support","until":"2027-01-31"}]},)"
          "\n"
          R"({"user":"ivo","roles":[]})"
          "\n]\n");
}

TEST_CASE("no id of an export is a formula to a spreadsheet") {
    staff_folder const staff;
    static_cast<void>(staff.users({"add", staff.store(), "--", "=1+2", "+49", "-1", "@sum", "'=x",
                                   "＝1", "'quoted'", "a=b", " =1", "=\"a\""}));
    CHECK(staff.content() ==
          "\" =1\",,\n"
          "''=x,,\n"
          "'quoted',,\n"
          "'+49,,\n"
          "'-1,,\n"
          "\"'=\"\"a\"\"\",,\n"
          "'=1+2,,\n"
          "'@sum,,\n"
          "a=b,,\n"
          "'＝1,,\n");
    CHECK(has(staff.users({"export", staff.store(), "--format", "json"}).out, R"("user":"=1+2")"));
}

TEST_CASE("ends and roles of the list have colours where they are wanted") {
    full_folder const staff;
    std::string const out = staff.list({"--color", "always"}).out;
    CHECK(has(out, "\x1b[33muntil 2027-01-31, in 16 days\x1b[0m\n"));
    CHECK(has(out, "\x1b[2mbilling\x1b[0m"));
    CHECK(!has(staff.list({}).out, "\x1b"));
}

TEST_CASE("a list that can't be written ends with 2") {
    full_folder const staff;
    for (words const& line : {words{"users", "list", staff.store()},
                              {"users", "export", staff.store()},
                              {"users", "export", staff.store(), "--format", "json"}}) {
        outcome const done = run(line, {.out_path = "/dev/full"});
        CHECK(done.code == 2);
        CHECK(has(done.err, "can't write the result"));
    }
}

TEST_CASE("questions are asked about the users of a store, beside those of the policy") {
    full_folder const staff;
    auto const ask = [&](words line) {
        line.insert(line.begin() + 1, staff.policy());
        line.insert(line.end(), {"--users", staff.store(), "--at", "2027-01-15"});
        return run(line);
    };
    outcome const who = ask({"who-can", "modify", "account"});
    CHECK(has(who.out, "  dana           as support, until 2027-01-31\n"));
    CHECK(has(ask({"who-can", "modify", "payment"}).out, "  owner          as refunds\n"));
    CHECK(has(ask({"what-can", "--user", "dana"}).out, "As support, until 2027-01-31\n"));
    CHECK(ask({"check", "--user", "dana", "modify", "account"}).code == 0);
    CHECK(ask({"check", "--user", "dana", "modify", "payment"}).code == 1);
    outcome const passed = ask({"check", "--user", "bo", "view", "payment"});
    CHECK(passed.code == 1);
    CHECK(has(passed.out, "[expired]"));
    CHECK(has(ask({"explain", "--user", "nobody", "view", "payment"}).out, "[unknown-name]"));
    CHECK(ask({"explain", "--user", "dana", "--role", "employee", "view", "account"}).code == 0);
    CHECK(has(ask({"check", "support", "view", "account"}).err, "`--users` goes with `--user`"));
    CHECK(run({"who-can", staff.policy(), "view", "account", "--users", "/no/such.db"}).code == 2);
}

}  // namespace
