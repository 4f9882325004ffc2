// The records of a journal in an SQLite file, for questions: filled from the journal, and from
// there at any time anew. docs/journal-store.md describes the file.
//
// What goes wrong with the file is a user_store_error, whose text is for people; what the journal
// has against being read is in the report.
#ifndef ROLECALL_SRC_TRAIL_STORE_STORE_HPP
#define ROLECALL_SRC_TRAIL_STORE_STORE_HPP

#include "trail_store/question.hpp"
#include <rolecall/journal_record.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// What filling did.
struct fill_report {
    std::uint64_t added = 0;          ///< records that were not there before
    std::uint64_t records = 0;        ///< that are there now
    std::string problem{};            ///< why nothing could be read, or the file is not of this
                                      ///< journal; empty: neither
    std::vector<std::string> gaps{};  ///< what the journal's reader had to leave out
};

/// Told of how many records were added, now and then.
using fill_progress = std::function<void(std::uint64_t)>;

/// Puts all records of a journal that are not yet there into a store, which it makes where there
/// is none. Where it was stopped, it goes on the next time. Each record counts once: its key is
/// (writer, sequence). What the journal's owner dropped (`rolecall audit retain`) goes here too.
///
/// A store of another journal is refused, and one that has records that the journal has not, or
/// others: the journal was put back to an older state, and the store has to be made anew.
[[nodiscard]] fill_report fill_index(std::string const& journal, std::string const& path,
                                     fill_progress const& progress = {});

/// Makes a store with the records that match. The path is that of an empty file.
[[nodiscard]] fill_report export_store(std::string const& journal, std::string const& path,
                                       question const& asked, fill_progress const& progress = {});

/// Gives the records of a store that match, by time, then writer and sequence, until `take` says
/// false. What is in it may be less than what is in the journal: see `fill_index`.
void query_index(std::string const& path, question const& asked,
                 std::function<bool(journal_record const&)> const& take);

/// How many match.
[[nodiscard]] std::uint64_t count_index(std::string const& path, question const& asked);

}  // namespace rolecall::inline v0_1::trail

#endif
