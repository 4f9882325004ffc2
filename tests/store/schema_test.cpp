// Files of older and newer versions.
#include "store/plain_sql.hpp"
#include "store/stored_users.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace rolecall;
using namespace rolecall::testing;
using kind = user_store_error::kind;

namespace {

// As version 1 made it: users and assignments, and no log of changes.
std::string const schema_1 = R"sql(
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1383033923;
PRAGMA user_version = 1;
CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE assignments (
    user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    until INTEGER,
    PRIMARY KEY (user, role)
) STRICT, WITHOUT ROWID;
INSERT INTO users VALUES ('dana'), ('ada'), ('bob');
INSERT INTO assignments VALUES ('dana', 'support', 20908), ('dana', 'billing', NULL),
                               ('ada', 'auditor', -719162);
)sql";

user_list const users_1{{"ada", "auditor until 0001-01-01"},
                        {"bob", ""},
                        {"dana", "billing, support until 2027-03-31"}};

std::string schema_of(std::string const& path) { return plain_sql(path, "PRAGMA user_version"); }

}  // namespace

TEST_CASE("a file of the first schema is moved to this one, with all its users") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    plain_sql(path, schema_1);
    {
        user_store staff(path);
        CHECK(everybody(staff) == users_1);
        CHECK(schema_of(path) == "2\n");
        CHECK(staff.deassign("dana", "billing"));
        CHECK(plain_sql(path, "SELECT user FROM changes") == "dana\n");
    }
    CHECK(roles_of(user_store(path), "dana") == "support until 2027-03-31");
    CHECK(schema_of(path) == "2\n");
}

TEST_CASE("a file without write-ahead logging gets it") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    plain_sql(path, schema_1 + "PRAGMA journal_mode = DELETE;");
    CHECK(everybody(user_store(path, reading())) == users_1);
    CHECK(plain_sql(path, "PRAGMA journal_mode") == "delete\n");
    CHECK(everybody(user_store(path)) == users_1);
    CHECK(plain_sql(path, "PRAGMA journal_mode") == "wal\n");
}

TEST_CASE("whoever only reads an older file answers from it, and follows it when it is moved") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    plain_sql(path, schema_1);
    std::string const bytes = bytes_of(path);
    user_store reader(path, reading());
    CHECK(everybody(reader) == users_1);
    CHECK_FALSE(reader.refresh());
    CHECK(bytes_of(path) == bytes);
    CHECK(schema_of(path) == "1\n");

    plain_sql(path, "DELETE FROM users WHERE id = 'bob'");  // as version 1 would
    CHECK(reader.refresh());
    CHECK(roles_of(reader, "bob") == "unknown");

    user_store writer(path, quiet());
    CHECK(schema_of(path) == "2\n");
    writer.add_user("eve");
    CHECK(reader.refresh());
    CHECK(everybody(reader) == everybody(writer));
    writer.remove_user("ada");
    CHECK(reader.refresh());
    CHECK(everybody(reader) == everybody(writer));
}

TEST_CASE("a file of a newer version is left alone") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    plain_sql(path, schema_1 + "PRAGMA user_version = 3; DROP TABLE assignments;");
    std::string const bytes = bytes_of(path);
    CHECK(error_of_opening(path) == kind::newer);
    CHECK(error_of_opening(path, reading()) == kind::newer);
    CHECK(bytes_of(path) == bytes);
}

TEST_CASE("a file that a newer version moves on while it is open is neither trusted nor written") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    staff.add_user("dana");
    plain_sql(path, "PRAGMA user_version = 3");
    CHECK(error_of([&] { staff.add_user("ada"); }) == kind::newer);
    CHECK(roles_of(staff, "dana") == "unavailable");
    CHECK(error_of([&] { staff.refresh(); }) == kind::newer);
    CHECK(plain_sql(path, "SELECT id FROM users") == "dana\n");
}

TEST_CASE("the file keeps what a store promises of it") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    staff.add_user("dana");
    staff.assign("dana", "support");
    CHECK(plain_sql(path, "PRAGMA journal_mode") == "wal\n");
    CHECK(plain_sql(path, "PRAGMA application_id") == "1383033923\n");
    CHECK(schema_of(path) == "2\n");
    staff.remove_user("dana");
    CHECK(plain_sql(path, "SELECT count(*) FROM assignments") == "0\n");
    CHECK(plain_sql(path, "PRAGMA foreign_key_check") == "");
    CHECK(plain_sql(path, "PRAGMA integrity_check") == "ok\n");
}
