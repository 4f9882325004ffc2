// The journal: an audit trail that a killed process does not tear, and that shows what was altered.
//
//     rolecall::journal trail{"/var/lib/shop/journal", {.key = "/etc/shop/journal.pem"}};
//     if (!trail) return complain(trail.problem());
//     rolecall::authorizer pdp{std::move(loaded).value(), trail};
//
// A decision is recorded by copying 64 bytes into a file that is mapped into memory, a ring of the
// calling thread: no lock, no system call. From then on it outlives the process, however that ends.
// A thread of the journal moves records from the rings to segments, hashes them into a chain, and
// writes them to the disk, many at a time; checkpoints are signed. docs/journal.md is its guide,
// and docs/journal-format.md its files. `rolecall audit` checks and reads it.
#ifndef ROLECALL_JOURNAL_HPP
#define ROLECALL_JOURNAL_HPP

#include <rolecall/audit.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/journal_head.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

struct journal_options {
    /// PEM file of the Ed25519 key that signs checkpoints, readable for its owner only. Empty:
    /// nothing is signed, and only heads kept elsewhere show that the chain was not rebuilt.
    std::string key{};
    /// File whose bytes (16 at least) are the key for hashing record ids (HMAC-SHA256, 16 bytes):
    /// the trail then holds no record id. Empty: as the application gave them.
    std::string record_key{};
    /// What the application calls itself: `till 3`. It stands in the record of its start.
    std::string origin{};
    /// Makes the folder where there is none.
    bool create = true;
    /// Records that a thread's ring holds, a power of two from 64 to 1,048,576. Each takes 64
    /// bytes of disk and, while in use, of memory.
    std::size_t ring_records = 8192;
    /// A segment is closed before it would pass this: 64 KiB to 4 GiB.
    std::uint64_t segment_bytes = std::uint64_t{16} << 20U;
    /// How long a record may wait until it is on the disk, if nobody waits for it and no ring is
    /// half full.
    unsigned sync_ms = 10;
    /// How often a checkpoint is signed while records come; one is signed at the end too.
    unsigned checkpoint_ms = 1'000;
};

/// How a journal stands.
struct journal_status {
    bool writing = false;  ///< the disk takes what is recorded
    std::uint32_t writer = 0;
    std::uint64_t segment = 0;
    std::uint64_t on_disk = 0;     ///< sequence number of the last record that is on the disk
    std::uint64_t unrecorded = 0;  ///< events since it was opened that could not be recorded
    std::uint64_t rings = 0;       ///< threads that recorded, at most at once
    std::string problem;           ///< what stands against it now; empty where nothing does
};

namespace detail {
class journal_state;
}

/// A sink that writes a journal. Any number of threads may use it at once, but for the destructor
/// and the move. One that could not be opened answers no to everything.
///
/// `recorded::yes` means: in the ring, and so in the trail, unless the machine itself stops within
/// `sync_ms`; where the policy says `durable`, on the disk. What it could not record, it counts,
/// and says so in a record of kind `gap` as soon as it can.
///
/// A child process that was forked while it was open can't record with it: open one of its own
/// there. The parent goes on.
class journal {
public:
    /// Opens a folder, takes a writer in it, saves what a killed process left in its rings, and
    /// records that it started. Throws std::bad_alloc.
    ROLECALL_API explicit journal(std::string const& folder, journal_options const& options = {});
    journal(journal const&) = delete;
    journal& operator=(journal const&) = delete;
    ROLECALL_API journal(journal&&) noexcept;
    journal& operator=(journal&&) = delete;
    /// Records that it stopped, and returns when all is on the disk, or the disk has refused.
    ROLECALL_API ~journal();

    [[nodiscard]] ROLECALL_API explicit operator bool() const noexcept;
    /// Why it is not open, or what stands against writing now; empty where all is well.
    [[nodiscard]] ROLECALL_API std::string problem() const;

    /// Records an event. Never recorded, and so refused where the policy demands a record, are: a
    /// name, user id, origin or record id of more than 4,096 bytes; more than 4,096 active or held
    /// roles; and a user, origin and names of roles that together take more than a quarter of the
    /// ring (112 KiB of one of 8,192 records).
    ROLECALL_API recorded operator()(audit_event const& event) noexcept;

    /// Waits until all that this thread recorded, and others before, is on the disk; false where
    /// the disk refuses, or after the time. 0: without limit.
    ROLECALL_API bool sync(unsigned limit_ms = 0) noexcept;

    /// Records a note of the application's owner, durably: a setting that changed, a reading of
    /// the trail. False: it is not known to be recorded, though it may be yet.
    ROLECALL_API bool note_configured(std::string_view name, std::string_view value) noexcept;
    ROLECALL_API bool note_read(std::string_view by, std::string_view how,
                                std::string_view what) noexcept;

    /// Begins a new segment, and reads the key file anew: another key in it signs from then on, and
    /// the change is recorded, signed by the old one. False where the key can't be read, and
    /// then nothing has changed; or where the disk refuses, and then it is done as soon as that
    /// takes it.
    ROLECALL_API bool rotate();

    /// Drops whole segments of this writer in which every record is older than a time
    /// (nanoseconds since 1970-01-01 UTC), and records which: how many, or -1 where the disk
    /// refuses.
    ROLECALL_API std::int64_t retain(std::int64_t before);

    /// The end of the chain, signed where there is a key: to keep elsewhere.
    [[nodiscard]] ROLECALL_API journal_head head();

    /// How it stands now.
    [[nodiscard]] ROLECALL_API journal_status status() const;
    /// Events since it was opened that could not be recorded.
    [[nodiscard]] ROLECALL_API std::uint64_t failures() const noexcept;

private:
    detail::journal_state* state_;
};

}  // namespace rolecall::inline v0_1

#endif
