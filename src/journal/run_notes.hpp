// What a run of a writer says of itself: that it began and ended, and that another key signs.
#ifndef ROLECALL_SRC_JOURNAL_RUN_NOTES_HPP
#define ROLECALL_SRC_JOURNAL_RUN_NOTES_HPP

#include "journal/frame.hpp"
#include "journal/signing.hpp"
#include <rolecall/detail/export.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

using note_details = std::vector<std::pair<std::string, std::string>>;

/// A number for a run that no other has; never 0. Throws std::runtime_error where the system has no
/// random bytes.
ROLECALL_API std::uint64_t new_run();

/// Of `started`: this process, and which key signs; null: none.
ROLECALL_API note_details started_details(std::uint64_t run, std::string_view origin,
                                          signing_key const* key);

/// Of `stopped`.
ROLECALL_API note_details stopped_details(std::uint64_t run, std::uint64_t records);

/// Of `read`.
ROLECALL_API note_details read_details(std::string_view by, std::string_view how,
                                       std::string_view what);

/// Whether a run that signs with a key takes over from one that signed with another.
ROLECALL_API bool key_changes(std::string const& before, signing_key const* now);

/// Of `key-changed`. Without the old key itself, the note has no signature.
ROLECALL_API note_details key_changed_details(identity const& journal, std::string const& before,
                                              signing_key const* before_key,
                                              signing_key const& now);

}  // namespace rolecall::inline v0_1::trail

#endif
