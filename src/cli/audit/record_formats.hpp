// A record of a journal as one line, for machines and for people.
#ifndef ROLECALL_CLI_AUDIT_RECORD_FORMATS_HPP
#define ROLECALL_CLI_AUDIT_RECORD_FORMATS_HPP

#include "cli/streams.hpp"
#include <rolecall/journal_record.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

/// What an authorizer told, as docs/audit.md describes its line, with `writer`, and `imported` and
/// `record_hashed` where they are so. A note of the journal has its `details` instead. Without a
/// line break.
[[nodiscard]] std::string to_json_line(journal_record const& record);

/// The titles of the columns, and a row of them. No cell is a formula; characters that are not
/// seen are written as `<U+202E>`; lists, facts and details are JSON.
[[nodiscard]] std::string csv_head();
[[nodiscard]] std::string to_csv_line(journal_record const& record);

/// `2026-11-23T08:00:00.000Z  deny  dana view payment p-17 · not-granted as support`, or
/// `2026-11-23T08:00:00.000Z  read  by root: audit show --last 2`
[[nodiscard]] std::string to_text_line(journal_record const& record, colours const& colour);

}  // namespace rolecall::inline v0_1::cli

#endif
