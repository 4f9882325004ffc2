// A writer of a journal on this machine, taken and ready: its chain opened, and what a killed
// process left in its rings saved. Whoever writes to a journal begins here.
#ifndef ROLECALL_SRC_JOURNAL_OPEN_WRITER_HPP
#define ROLECALL_SRC_JOURNAL_OPEN_WRITER_HPP

#include "journal/chain_writer.hpp"
#include "journal/folder.hpp"
#include <rolecall/detail/export.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace rolecall::inline v0_1::trail {

struct open_writer {
    identity journal{};
    taken_writer taken;
    std::unique_ptr<chain_writer> chain;
    left_behind found;
};

struct writer_wanted {
    std::uint32_t number = 0;  ///< 0: the lowest that is free, or a new one
    bool signs = true;         ///< false: a chain that was signed is trouble, with error ENOKEY
};

/// Opens the folder of a journal (making it with `make`), takes a writer in it, opens its chain,
/// appends what is left in rings with a note `recovered`, synced, and removes the rings. On trouble
/// nothing is removed. The real file system, for rings are memory.
[[nodiscard]] ROLECALL_API trouble open_a_writer(std::string const& folder, bool make,
                                                 writer_wanted const& wanted,
                                                 chain_options const& options, open_writer& opened);

/// Appends what rings of a writer hold that its chain has not, and a note of it, synced; removes
/// them. For `open_a_writer`, and tests.
[[nodiscard]] trouble recover_rings(std::string const& writer_folder, chain_writer& chain,
                                    left_behind const& found, std::int64_t (*now)() noexcept);

/// So many random bytes of the system; throws std::runtime_error where it has none.
void fill_randomly(std::span<std::byte> bytes);

}  // namespace rolecall::inline v0_1::trail

#endif
