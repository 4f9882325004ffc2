// Reads the records of a journal, oldest first, while others go on writing.
//
//     rolecall::journal_reader trail{"/var/lib/shop/journal"};
//     if (!trail) return complain(trail.problem());
//     while (rolecall::journal_record const* record = trail.next()) use(*record);
//     for (auto const& bad : trail.problems()) complain(bad);
//
// It reads what its frames say, checks their hashes and that they follow each other, and reports
// what it had to leave out. Whether somebody who owns the machine rebuilt it all, only
// `check_journal` with heads kept elsewhere can tell.
#ifndef ROLECALL_JOURNAL_READER_HPP
#define ROLECALL_JOURNAL_READER_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

struct journal_reader_options {
    /// Only the records of this writer; 0: of all, in the order of their times (and within a writer
    /// always in the order of its sequence).
    std::uint32_t writer = 0;
    /// Segments that ended more than ten minutes before are passed over (nanoseconds since
    /// 1970-01-01 UTC; the minutes are for clocks that were set back). Records that are older may
    /// still come.
    std::optional<std::int64_t> from{};
    /// Writers, and up to which sequence number their records are not wanted: those are not given,
    /// and segments that have no others are not read.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> after{};
};

namespace detail {
class journal_reader_state;
}

/// Memory: a frame (at most 32 MiB) and the names in use for each writer. Used by one thread at a
/// time. Takes no lock, and keeps nobody from writing. Throws std::bad_alloc only.
class journal_reader {
public:
    ROLECALL_API explicit journal_reader(std::string folder,
                                         journal_reader_options const& options = {});
    journal_reader(journal_reader const&) = delete;
    journal_reader& operator=(journal_reader const&) = delete;
    ROLECALL_API journal_reader(journal_reader&&) noexcept;
    journal_reader& operator=(journal_reader&&) = delete;
    ROLECALL_API ~journal_reader();

    /// Whether the folder is a journal that can be read.
    [[nodiscard]] ROLECALL_API explicit operator bool() const noexcept;
    /// Why it can't; empty where it can.
    [[nodiscard]] ROLECALL_API std::string const& problem() const noexcept;

    /// The next record; nothing when there is no more *now*: called again later, it gives what was
    /// written meanwhile. The record lives until the next call.
    [[nodiscard]] ROLECALL_API journal_record const* next();

    /// What could not be read or did not fit, one sentence each with its file and place: records
    /// are missing there, and reading goes on with the next segment. Where the disk refused what
    /// was read already, those records come once more, under numbers anew, and that is said too.
    /// At most about a thousand.
    [[nodiscard]] ROLECALL_API std::vector<std::string> const& problems() const noexcept;

private:
    detail::journal_reader_state* state_;
};

}  // namespace rolecall::inline v0_1

#endif
