// Checks that a journal is what was written: every frame, every chain, every signature, and, given
// heads that were kept elsewhere, that nothing was cut off or rebuilt.
#ifndef ROLECALL_JOURNAL_CHECK_HPP
#define ROLECALL_JOURNAL_CHECK_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/journal_head.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// What a finding means for the trail.
enum class journal_verdict : std::uint8_t {
    note,     ///< worth knowing: what was given up, dropped on purpose, or recorded as a gap
    warning,  ///< can't be told apart from harm: an unfinished end, signatures without a key
    bad,      ///< not what was written
};

struct journal_finding {
    journal_verdict verdict = journal_verdict::bad;
    std::uint32_t writer = 0;    ///< 0: of the journal as a whole
    std::uint64_t segment = 0;   ///< 0: of no segment
    std::uint64_t offset = 0;    ///< byte in the segment's file
    std::uint64_t sequence = 0;  ///< the last record that is still good before it
    std::string text;            ///< a sentence, without place
};

/// Of one writer.
struct journal_writer_report {
    std::uint32_t writer = 0;
    std::uint64_t segments = 0, bytes = 0, frames = 0, checkpoints = 0;
    std::uint64_t first = 0, last = 0;  ///< sequence numbers that are there; 0, 0: none
    std::int64_t first_time = 0, last_time = 0;
    std::uint64_t lost = 0;   ///< events that gap records say are missing
    journal_head head;        ///< of the end of the chain, unsigned
    journal_head checkpoint;  ///< the last signed one; its `head` is empty where there is none
};

struct journal_report {
    std::string journal;  ///< identity
    std::vector<journal_writer_report> writers;
    std::vector<journal_finding>
        findings;  ///< worst places first within a writer; writers in order
    std::uint64_t heads_checked = 0, signatures_checked = 0;

    /// Whether nothing is bad.
    [[nodiscard]] bool good() const noexcept {
        for (journal_finding const& f : findings)
            if (f.verdict == journal_verdict::bad) return false;
        return true;
    }
};

/// Hears how far a check is, on the thread that checks.
class journal_check_listener {
public:
    journal_check_listener() = default;
    journal_check_listener(journal_check_listener const&) = delete;
    journal_check_listener& operator=(journal_check_listener const&) = delete;
    virtual ~journal_check_listener() = default;

    /// Now and then: bytes that were read, of all.
    virtual void is_at(std::uint64_t done, std::uint64_t total) = 0;
};

struct journal_check_options {
    /// Keys that are trusted. None: signatures are not checked, and that is a warning. With one, it
    /// is bad where nothing that is trusted vouches for any record of a writer.
    std::vector<journal_public_key> keys{};
    /// Heads that were kept elsewhere.
    std::vector<journal_head> heads{};
    journal_check_listener* listener = nullptr;  ///< told how far it is; may be null
};

/// Reads all of it. Processes may go on writing: what is written after it began may be left out.
/// A folder that is no journal gives a report with one bad finding. Throws std::bad_alloc only.
[[nodiscard]] ROLECALL_API journal_report check_journal(std::string const& folder,
                                                        journal_check_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
