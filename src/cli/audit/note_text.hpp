// What a journal says of itself, in words.
#ifndef ROLECALL_CLI_AUDIT_NOTE_TEXT_HPP
#define ROLECALL_CLI_AUDIT_NOTE_TEXT_HPP

#include <rolecall/journal_record.hpp>

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {

/// Of a note: what stands behind its kind. Nothing where it does not have what such a note has.
/// What comes from the journal may be anything: print it with `printable`.
[[nodiscard]] std::optional<std::string> note_text(journal_record const& note);

}  // namespace rolecall::inline v0_1::cli

#endif
