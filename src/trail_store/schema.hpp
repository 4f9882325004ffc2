// What an SQLite file with the records of a journal is inside.
//
//     about     name, value                     which journal it is of, and whether it has all of
//     it writers   writer, sequence                how far each is in it policies  id, version,
//     digest             that decided actors    id, user, active, held          who, with which
//     roles records   writer, sequence, time, …       one row for each record
//
// and views for people: trail, decisions, notes, accesses, denials_per_day, daily. Names and texts
// are as in the journal; where there is none, empty. docs/journal-store.md describes all of it to
// those who ask with tools of their own.
#ifndef ROLECALL_SRC_TRAIL_STORE_SCHEMA_HPP
#define ROLECALL_SRC_TRAIL_STORE_SCHEMA_HPP

#include "store/database.hpp"

#include <cstdint>
#include <string>

namespace rolecall::inline v0_1::trail {

/// What the header of every such file says: `RolJ`.
inline constexpr std::uint32_t store_application_id = 0x526F6C4A;

/// A file of another schema is filled anew, not changed: all that it has is in the journal.
inline constexpr int store_schema = 1;

enum class store_use : std::uint8_t {
    ask,   ///< a file that is there
    fill,  ///< made where there is none, or an empty one
};

/// Makes sure that there is a file to fill: made for its owner alone if need be. Throws
/// user_store_error.
void make_store_file(std::string const& path);

/// Makes a connection as all of ours are, and an empty file a store; throws user_store_error where
/// it is no store, or of another version.
void open_store(sqlite::database& file, store_use how);

/// Makes the indexes, unless they are there: filling without them, and making them at once, is
/// quicker.
void make_indexes(sqlite::database& file);

}  // namespace rolecall::inline v0_1::trail

#endif
