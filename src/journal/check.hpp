// Checks a journal, on any file system: what check_journal does.
#ifndef ROLECALL_SRC_JOURNAL_CHECK_HPP
#define ROLECALL_SRC_JOURNAL_CHECK_HPP

#include "journal/files.hpp"
#include <rolecall/journal_check.hpp>

#include <string>

namespace rolecall::inline v0_1::trail {

/// Where somebody may be writing, it looks again before it says that an end is unfinished.
journal_report check(file_system& files, std::string const& folder,
                     journal_check_options const& options, bool somebody_writes = true);

}  // namespace rolecall::inline v0_1::trail

#endif
