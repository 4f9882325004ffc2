// What the owner of a journal has done to a writer of it. Only the process that has a writer may
// write to its chain: that process is asked, and where none has it, it is done here.
#ifndef ROLECALL_SRC_JOURNAL_TEND_HPP
#define ROLECALL_SRC_JOURNAL_TEND_HPP

#include "journal/chain_writer.hpp"
#include <rolecall/detail/export.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

struct wish {
    enum class kind : std::uint8_t {
        rotate,  ///< begin a new segment, and read the key file anew
        retain,  ///< drop whole segments in which everything is older than `before`
        read     ///< record that somebody reads the trail
    };
    kind what = kind::rotate;
    std::int64_t before = 0;     ///< nanoseconds since 1970-01-01 UTC
    std::uint64_t through = 0;   ///< `tend_writer` finds it: the last segment that is old enough
    std::string by, how, about;  ///< of a reading; at most 4,096 bytes each
    std::chrono::milliseconds patience{10'000};  ///< with a process that is asked
};

struct tended {
    std::uint32_t writer = 0;
    bool by_process = false;    ///< a process has this writer, and did it
    std::int64_t segments = 0;  ///< that were dropped
};

/// The writers of a journal, ascending, and whether a process has each of them now.
struct writer_state {
    std::uint32_t number = 0;
    bool runs = false;
};
[[nodiscard]] ROLECALL_API trouble look_at_writers(std::string const& folder,
                                                   std::vector<writer_state>& writers);

/// Has a wish done in a writer. `key` is the PEM file of the private key, for where no process has
/// the writer; may be empty. Trouble with error ENOKEY: nobody has the writer, its checkpoints are
/// signed, and there is no key; then nothing that counts was changed. Trouble with error ETIMEDOUT:
/// a process has it and did not answer in time; it may still do it.
[[nodiscard]] ROLECALL_API trouble tend_writer(std::string const& folder, std::uint32_t writer,
                                               std::string const& key, wish const& wanted,
                                               tended& done);

/// Records a reading (`wanted.what` is `read`) in a writer that a process has, or where none runs
/// in one that nobody has and that ended well, or in a new one: what a killed process left in its
/// rings is not touched. Trouble as of `tend_writer`; ENOKEY also where there is no key, and
/// anything in the journal was signed that a new writer would stand beside.
[[nodiscard]] ROLECALL_API trouble record_reading(std::string const& folder, std::string const& key,
                                                  wish const& wanted, tended& done);

/// Whether any part of a journal was ever signed: then nobody writes to it without the key. Reads
/// as far as it has to. False where it can't be read.
[[nodiscard]] ROLECALL_API bool was_signed(std::string const& folder);

}  // namespace rolecall::inline v0_1::trail

#endif
