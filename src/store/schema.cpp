#include "store/schema.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace rolecall::inline v0_1::user_file {

namespace {

using kind = user_store_error::kind;
using sqlite::database;

// Step i leads from schema i to schema i + 1. A step that was released is never changed.
constexpr std::array<char const*, newest_schema> steps{
    R"sql(
CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE assignments (
    user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    until INTEGER,  -- the last day, in days since 1970-01-01; NULL: no end
    PRIMARY KEY (user, role)
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE changes (
    number INTEGER PRIMARY KEY,
    user TEXT NOT NULL
) STRICT;
CREATE TABLE change_state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    transactions INTEGER NOT NULL,   -- that changed users, ever
    last INTEGER NOT NULL,           -- the last number that was given
    complete_after INTEGER NOT NULL  -- all changes with higher numbers are in the table
) STRICT;
INSERT INTO change_state VALUES (1, 0, 0, 0);
)sql",
};

std::uint32_t big_endian(database::header const& bytes, std::size_t at) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8U | bytes.at(i);
    return value;
}

[[noreturn]] void fail_as_newer(database const& file, std::uint32_t schema) {
    throw user_store_error(kind::newer,
                           file.path() + ": it has schema " + std::to_string(schema) +
                               ", made by a newer version; this one knows schemas up to " +
                               std::to_string(newest_schema) + " and has written nothing");
}

}  // namespace

// https://www.sqlite.org/fileformat.html, 1.3: the text encoding stands at 56, the version of
// the schema (user_version) at 60, and the application's mark at 68.
void recognise(database const& file) {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    database::header const bytes = file.first_bytes();
    auto const refuse = [&](char const* what) {
        throw user_store_error(kind::not_ours, file.path() + ": it " + what +
                                                   ", and no file of users; nothing was written");
    };
    if (std::all_of(bytes.begin(), bytes.end(), [](unsigned char b) { return b == 0; }))
        refuse("is empty, or begins with nothing but zeros");
    if (!std::equal(magic.begin(), magic.end(), bytes.begin(),
                    [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; }))
        refuse("is no SQLite file");
    if (big_endian(bytes, 68) != application_id) refuse("belongs to another application");
    std::uint32_t const schema = big_endian(bytes, 60);
    if (schema > newest_schema) fail_as_newer(file, schema);
    constexpr std::uint32_t utf8 = 1;
    if (schema == 0 || big_endian(bytes, 56) != utf8)
        file.fail_as_corrupt("its header is not as we write it");
}

int schema_of(database& file) {
    std::int64_t const schema = file.number_of("PRAGMA user_version");
    if (schema > newest_schema) fail_as_newer(file, static_cast<std::uint32_t>(schema));
    if (schema < 1) file.fail_as_corrupt("its header is not as we write it");
    return static_cast<int>(schema);
}

void check_whole(database& file) {
    std::string const found = file.text_of("PRAGMA quick_check(1)");
    if (found != "ok") file.fail_as_corrupt(found);
}

void configure(database& file, bool writes) {
    file.trust_nothing();
    file.execute(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
        "PRAGMA mmap_size = 0;");
    auto const must_be = [&](char const* what, std::string_view wanted, char const* text) {
        if (file.text_of(std::string("PRAGMA ") + what) != wanted)
            throw user_store_error(kind::io, file.path() + ": " + text);
    };
    must_be("foreign_keys", "1", "this SQLite was built without foreign keys");
    must_be("synchronous", "2", "SQLite does not take `synchronous = FULL`");
    if (!writes) return;
    must_be("journal_mode = WAL", "wal",
            "its file system has no write-ahead logging: put it on a local disk");
    // A log that one large change has made long is cut again.
    file.execute("PRAGMA journal_size_limit = 16777216");
}

void raise_schema(database& file, int from) {
    for (int schema = from; schema < newest_schema; ++schema)
        file.execute(steps.at(static_cast<std::size_t>(schema)));
    file.execute("PRAGMA user_version = " + std::to_string(newest_schema));
}

void migrate(database& file) {
    if (schema_of(file) == newest_schema) return;
    sqlite::transaction all(file, sqlite::transaction::kind::write);
    raise_schema(file, schema_of(file));
    all.commit();
}

}  // namespace rolecall::inline v0_1::user_file
