// What a check of a journal found, in words for people.
#ifndef ROLECALL_CLI_AUDIT_FINDINGS_HPP
#define ROLECALL_CLI_AUDIT_FINDINGS_HPP

#include "cli/streams.hpp"
#include <rolecall/journal_check.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

/// `writer 1, segment 2, byte 124: its hash is not that of its bytes`; printable.
std::string finding_text(journal_finding const& of);

/// Whether there is no journal to look at: neither its file `journal` nor a writer. Then it has
/// complained.
bool is_no_journal(std::string const& folder, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
