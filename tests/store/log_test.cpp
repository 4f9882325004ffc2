// How a store keeps up with others that write: by the log, or where that says too little, by
// reading everything again.
#include "store/plain_sql.hpp"
#include "store/stored_users.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

std::vector<user_edit> many(int from, int to, user_edit::kind what) {
    std::vector<user_edit> edits;
    for (int i = from; i < to; ++i) {
        user_edit edit = user_edit::add_user("user-" + std::to_string(i));
        edit.what = what;
        edit.role = "support";
        edits.push_back(edit);
    }
    return edits;
}

}  // namespace

TEST_CASE("a store keeps up with random changes of others") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    unsigned const seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    user_store one(path, quiet());
    user_store two(path, quiet());
    user_store reader(path, reading());
    for (int i = 0; i < 200; ++i) {
        std::vector<user_edit> edits(1 + random() % 5);
        for (user_edit& edit : edits)
            edit = {static_cast<user_edit::kind>(random() % 4),
                    "user-" + std::to_string(random() % 20),
                    "role-" + std::to_string(random() % 4)};
        (random() % 2 != 0 ? one : two).apply(edits);
        if (random() % 4 != 0) continue;
        one.refresh();
        two.refresh();
        reader.refresh();
        REQUIRE(everybody(one) == everybody(two));
        REQUIRE(everybody(one) == everybody(reader));
    }
    one.refresh();
    CHECK(everybody(user_store(path, reading())) == everybody(one));
}

TEST_CASE("a change of too many users for the log reaches others whole") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store writer(path, quiet());
    user_store reader(path, reading());
    CHECK(writer.apply(many(0, 50'001, user_edit::kind::add_user)).committed);
    CHECK(plain_sql(path, "SELECT count(*) FROM changes") == "0\n");
    CHECK(reader.refresh());
    CHECK(reader.size() == 50'001);
    CHECK(reader.status().changes_seen == 1);

    writer.assign("user-7", "billing");
    CHECK(plain_sql(path, "SELECT user FROM changes") == "user-7\n");
    CHECK(writer.apply(many(10, 50'001, user_edit::kind::remove_user)).committed);
    CHECK(plain_sql(path, "SELECT count(*) FROM changes") == "49992\n");
    CHECK(reader.refresh());
    CHECK(everybody(reader) == everybody(writer));
    CHECK(reader.size() == 10);
}

TEST_CASE("the log forgets what is old, and whoever has not seen it reads everything again") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store writer(path, quiet());
    writer.apply(many(0, 40'000, user_edit::kind::add_user));
    user_store behind(path, reading());
    user_store abreast(path, reading());
    for (user_edit::kind const what :
         {user_edit::kind::assign, user_edit::kind::deassign, user_edit::kind::remove_user}) {
        writer.apply(many(0, 40'000, what));
        CHECK(abreast.refresh());
    }
    CHECK(plain_sql(path, "SELECT count(*), min(number) FROM changes") == "100000\n");
    CHECK(plain_sql(path, "SELECT max(number) FROM changes") == "160000\n");
    CHECK(plain_sql(path, "SELECT complete_after FROM change_state") == "60000\n");
    CHECK(behind.refresh());
    CHECK(behind.size() == 0);
    CHECK(abreast.size() == 0);
    CHECK(behind.status().changes_seen == 3);
}

TEST_CASE("a change that was made by hand, past the log, is seen too") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    user_store other(path, quiet());
    staff.apply(many(0, 10, user_edit::kind::add_user));
    staff.assign("user-1", "support");
    other.refresh();
    plain_sql(path, "DELETE FROM assignments WHERE user = 'user-1'");
    CHECK(staff.refresh());
    CHECK(roles_of(staff, "user-1") == "");
    CHECK(other.add_user("dana"));  // sees it before its own change
    CHECK(roles_of(other, "user-1") == "");
    CHECK(everybody(other) == everybody(user_store(path, reading())));
}

TEST_CASE("whoever only opens and closes the file, or tidies its log, changes nothing") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    staff.apply(many(0, 10, user_edit::kind::add_user));
    CHECK(user_store(path, quiet()).size() == 10);
    CHECK_FALSE(staff.refresh());
    plain_sql(path, "PRAGMA wal_checkpoint(TRUNCATE)");
    staff.refresh();
    CHECK(user_store(path, reading()).size() == 10);
    CHECK(staff.size() == 10);
    staff.add_user("dana");
    CHECK_FALSE(staff.refresh());
}

TEST_CASE("what changes nothing writes nothing") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    staff.apply(many(0, 10, user_edit::kind::add_user));
    std::string const before = plain_sql(path, "SELECT transactions FROM change_state");
    edit_report const report = staff.apply(many(0, 10, user_edit::kind::add_user));
    CHECK(report.committed);
    CHECK(report.count(edit_outcome::unchanged) == 10);
    CHECK(staff.apply(many(20, 30, user_edit::kind::assign)).count(edit_outcome::unknown_user) ==
          10);
    CHECK(staff.apply({}).committed);
    CHECK(plain_sql(path, "SELECT transactions FROM change_state") == before);
}
