// The log of another application, put into a journal.
#ifndef ROLECALL_IMPORT_LOG_JOURNAL_HPP
#define ROLECALL_IMPORT_LOG_JOURNAL_HPP

#include "import/log_table.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// An import that a journal tells of, in a note `imported`.
struct past_import {
    std::uint32_t writer = 0;
    std::string from;           ///< the name of the file
    std::string sha256;         ///< of the file
    std::string columns;        ///< what was said of its columns
    std::uint64_t records = 0;  ///< how many it has,
    std::uint64_t found = 0;    ///< and how many follow the note

    /// Whether somebody stopped it, or it still goes on.
    [[nodiscard]] bool torn() const noexcept { return found < records; }
};

/// What was imported into a journal, oldest first within a writer; none where there is no journal.
/// Gives what is wrong with reading it, if anything.
std::string find_imports(std::string const& journal, std::vector<past_import>& imports);

struct log_import {
    std::string from;                   ///< the name of the file
    std::string sha256;                 ///< of the file
    std::string columns;                ///< what was said of its columns
    std::string key;                    ///< PEM file of the key that signs; empty: none does
    past_import const* torn = nullptr;  ///< the one that this goes on with
    /// What is written at once. What fits is there as a whole or not at all, whatever happens.
    std::size_t frame_bytes = std::size_t{30} << 20U;
};

struct log_import_report {
    std::string problem;  ///< why it was not imported, or not all of it
    std::uint32_t writer = 0;
    std::uint64_t first = 0;  ///< sequence of the first row's record
    std::uint64_t last = 0;   ///< and of the last one's
    std::uint64_t written = 0;
    bool made_journal = false;
};

/// Appends the rows as records that are marked as imported, behind a note `imported` that says how
/// many and of which file, with a writer of the journal that is taken for it; makes the journal
/// where there is none. All is on the disk when it returns without a problem.
log_import_report append_log(std::string const& journal, log_table const& table,
                             log_import const& what,
                             std::function<void(std::uint64_t)> const& progress = {});

}  // namespace rolecall::inline v0_1::csv

#endif
