// What a file of users is inside, and how an older one becomes one of today.
//
//     users        id                                      one row for each user
//     assignments  user, role, until                       one row for each role of a user
//     changes      number, user                            who was changed lately (since 2)
//     change_state transactions, last, complete_after      how far `changes` goes (since 2)
//
// Texts compare by their bytes. `until` counts days since 1970-01-01; NULL is no end.
#ifndef ROLECALL_SRC_STORE_SCHEMA_HPP
#define ROLECALL_SRC_STORE_SCHEMA_HPP

#include "store/database.hpp"

#include <cstdint>

namespace rolecall::inline v0_1::user_file {

/// What the header of every file of users says: `RolC`.
inline constexpr std::uint32_t application_id = 0x526F6C43;

inline constexpr int newest_schema = 2;
/// The first one with a log of changes.
inline constexpr int schema_with_log = 2;

/// Throws where the file's header says that it is not ours, or of a newer version. Changes and
/// locks nothing.
void recognise(sqlite::database const& file);

/// The schema of the file as it is now; throws where it is newer.
int schema_of(sqlite::database& file);

/// Throws where SQLite finds damage.
void check_whole(sqlite::database& file);

/// Makes a connection as all of ours are. One that writes sets the file to write-ahead logging.
void configure(sqlite::database& file, bool writes);

/// Takes the steps from a schema to the newest; the caller's transaction holds them together.
void raise_schema(sqlite::database& file, int from);

/// Moves the file to the newest schema, in one transaction.
void migrate(sqlite::database& file);

}  // namespace rolecall::inline v0_1::user_file

#endif
