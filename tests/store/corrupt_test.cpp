// Files that are no files of users, or damaged ones: a clear error, and not a byte is changed.
#include "store/plain_sql.hpp"
#include "store/stored_users.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;
using kind = user_store_error::kind;

namespace {

// A file with some users, closed.
std::string made(temporary_directory const& here, int users = 200) {
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    std::vector<user_edit> edits;
    for (int i = 0; i < users; ++i) {
        std::string const id = "user-" + std::to_string(i);
        edits.push_back(user_edit::add_user(id));
        edits.push_back(user_edit::assign(id, "support"));
    }
    staff.apply(edits);
    return path;
}

void overwrite(std::string const& path, std::size_t at, std::string_view bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    REQUIRE(file.flush());
}

// Opens the file in each way, and finds its bytes as they were.
void check_refused(std::string const& path, kind expected) {
    std::string const bytes = bytes_of(path);
    for (user_store_options const& options : {user_store_options{}, quiet(), reading()}) {
        CHECK(error_of_opening(path, options) == expected);
        CHECK(bytes_of(path) == bytes);
    }
}

}  // namespace

TEST_CASE("what is no file of users is refused and stays as it is") {
    temporary_directory const here;
    SUBCASE("an empty file") { check_refused(here.write("x.db", ""), kind::not_ours); }
    SUBCASE("a text") {
        check_refused(here.write("x.db", "id,role\ndana,support\n"), kind::not_ours);
    }
    SUBCASE("a long text") {
        check_refused(here.write("x.db", std::string(100'000, 'x')), kind::not_ours);
    }
    SUBCASE("zeros") {
        check_refused(here.write("x.db", std::string(100'000, '\0')), kind::not_ours);
    }
    SUBCASE("the first bytes of an SQLite file") {
        check_refused(here.write("x.db", bytes_of(made(here)).substr(0, 60)), kind::not_ours);
    }
    SUBCASE("an SQLite file of another application") {
        std::string const path = here.path("x.db");
        plain_sql(path, "CREATE TABLE users (id TEXT); INSERT INTO users VALUES ('dana')");
        check_refused(path, kind::not_ours);
        plain_sql(path, "PRAGMA application_id = 1; PRAGMA journal_mode = WAL");
        check_refused(path, kind::not_ours);
        CHECK(std::distance(fs::directory_iterator(here.path()), {}) == 1);
    }
    SUBCASE("a pipe, which nobody writes to") {
        std::string const path = here.path("x.db");
        REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        CHECK(error_of_opening(path) == kind::not_ours);
    }
}

TEST_CASE("a damaged file is refused and stays as it is") {
    temporary_directory const here;
    std::string const path = made(here);
    std::size_t const size = fs::file_size(path);
    SUBCASE("cut off after its header") { fs::resize_file(path, 100); }
    SUBCASE("cut off after its first page") { fs::resize_file(path, 4096); }
    SUBCASE("cut off in the middle") { fs::resize_file(path, size / 2); }
    SUBCASE("a page too short") { fs::resize_file(path, size - 4096); }
    SUBCASE("a page of zeros") { overwrite(path, size - 4096, std::string(4096, '\0')); }
    SUBCASE("a page of noise") { overwrite(path, 4096, std::string(4096, '\xA5')); }
    SUBCASE("another encoding in its header") { overwrite(path, 59, "\x02"); }
    SUBCASE("no schema in its header") { overwrite(path, 60, std::string(4, '\0')); }
    SUBCASE("noise where its tables are described") { overwrite(path, 100, std::string(200, 'x')); }
    check_refused(path, kind::corrupt);
}

TEST_CASE("bytes that are damaged anywhere never crash, and never make a user of their own") {
    temporary_directory const here;
    std::string const path = made(here, 60);
    std::string const whole = bytes_of(path);
    unsigned const seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    int refused = 0;
    for (int i = 0; i < 300; ++i) {
        std::string bytes = whole;
        for (std::size_t n = 1 + random() % 4; n-- > 0;)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        here.write("staff.db", bytes);
        try {
            user_store const staff(path, reading());
            CHECK(staff.size() <= 60);
        } catch (user_store_error const& error) {
            bool const of_the_file = error.why() == kind::corrupt ||
                                     error.why() == kind::not_ours || error.why() == kind::newer;
            CHECK_MESSAGE(of_the_file, error.what());
            ++refused;
        }
        REQUIRE(bytes_of(path) == bytes);
    }
    CHECK(refused > 0);
}

TEST_CASE("a row that no store has written is damage") {
    temporary_directory const here;
    std::string const path = made(here);
    char const* rows = "";
    SUBCASE("an id that is none") { rows = "INSERT INTO users VALUES (char(27))"; }
    SUBCASE("an empty id") { rows = "INSERT INTO users VALUES ('')"; }
    SUBCASE("a role that is none") {
        rows = "INSERT INTO assignments VALUES ('user-7', 'No Role', NULL)";
    }
    SUBCASE("a role of nobody") {
        rows = "INSERT INTO assignments VALUES ('user-70000', 'support', NULL)";
    }
    SUBCASE("a role of nobody, after everybody") {
        rows = "INSERT INTO assignments VALUES ('zzz', 'support', NULL)";
    }
    SUBCASE("a last day that is none") { rows = "UPDATE assignments SET until = 1000000000"; }
    SUBCASE("no state of the log") { rows = "DELETE FROM change_state"; }
    SUBCASE("a log that runs ahead") { rows = "UPDATE change_state SET complete_after = 9999"; }
    SUBCASE("a table is missing") { rows = "DROP TABLE assignments"; }
    SUBCASE("a column is missing") {
        rows = "DROP TABLE users; CREATE TABLE users (name TEXT NOT NULL PRIMARY KEY)";
    }
    plain_sql(path, std::string("PRAGMA foreign_keys = OFF;") + rows);
    check_refused(path, kind::corrupt);
}

TEST_CASE("a damaged file keeps also what lies in its log") {
    temporary_directory const here;
    std::string const path = made(here);
    std::string const copy = here.path("copy.db");
    {
        user_store staff(path, quiet());
        staff.add_user("dana");  // which writes no page of assignments
        fs::copy(path, copy);
        fs::copy(path + "-wal", copy + "-wal");
    }
    std::size_t const page = std::stoull(
        plain_sql(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'assignments'"));
    overwrite(copy, (page - 1) * 4096, std::string(4096, '\xA5'));
    std::string const log = bytes_of(copy + "-wal");
    REQUIRE(!log.empty());
    check_refused(copy, kind::corrupt);
    CHECK(bytes_of(copy + "-wal") == log);
}

TEST_CASE("damage that is met later makes everybody unavailable, for good") {
    temporary_directory const here;
    std::string const path = made(here);
    user_store staff(path, quiet());
    plain_sql(path, "INSERT INTO users VALUES (char(27))");  // past the log
    CHECK(error_of([&] { staff.refresh(); }) == kind::corrupt);
    CHECK(roles_of(staff, "user-7") == "unavailable");
    CHECK(staff.status().problem.find("damaged") != std::string::npos);
    CHECK(error_of([&] { staff.add_user("dana"); }) == kind::corrupt);
    CHECK(error_of([&] { staff.refresh(); }) == kind::corrupt);
    CHECK(plain_sql(path, "SELECT count(*) FROM users") == "201\n");
    plain_sql(path, "DELETE FROM users WHERE id = char(27)");
    CHECK(error_of([&] { staff.refresh(); }) == kind::corrupt);
    CHECK(user_store(path, quiet()).size() == 200);  // whoever opens it anew
}

TEST_CASE("errors name the file and say what to do") {
    temporary_directory const here;
    std::string const path = here.write("staff.db", "dana\n");
    try {
        user_store const staff(path);
        FAIL("it was opened");
    } catch (user_store_error const& error) {
        CHECK(error.what() ==
              path + ": it is no SQLite file, and no file of users; nothing was written");
    }
}
