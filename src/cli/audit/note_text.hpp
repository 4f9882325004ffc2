// What a journal says of itself, and an authorizer beside its decisions, in words for people.
#ifndef ROLECALL_CLI_AUDIT_NOTE_TEXT_HPP
#define ROLECALL_CLI_AUDIT_NOTE_TEXT_HPP

#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// `2027-03-31T14:00:01.000Z`: milliseconds are enough for eyes.
[[nodiscard]] std::string short_time(std::int64_t time);

/// `dana, omar`
[[nodiscard]] std::string names_text(std::vector<std::string> const& names);

/// What follows the kind of a record that is no decision: `by root: audit show --last 2`. Empty
/// where it says nothing; printable. Numbers of runs, hashes of frames, keys and signatures are
/// left to JSON; a detail that this version does not know follows under its name.
[[nodiscard]] std::string note_text(journal_record const& record);

}  // namespace rolecall::inline v0_1::cli

#endif
