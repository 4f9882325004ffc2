// The file of a ring, mapped into memory.
#ifndef ROLECALL_SRC_JOURNAL_RING_FILE_HPP
#define ROLECALL_SRC_JOURNAL_RING_FILE_HPP

#include "journal/chain_writer.hpp"
#include "journal/ring_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace rolecall::inline v0_1::trail {

/// A ring that lives in a file; unmapped when it goes. The file stays.
class ring_file {
public:
    ring_file() = default;
    ring_file(ring_file const&) = delete;
    ring_file& operator=(ring_file const&) = delete;
    ring_file(ring_file&& other) noexcept;
    ring_file& operator=(ring_file&& other) noexcept;
    ~ring_file();

    /// Makes the file of a ring that may hold `room` lines, a power of two, that are not on the
    /// disk, for its owner only. All of it is allocated: a full disk can't take it away later.
    /// Takes the place of a file of that name.
    [[nodiscard]] trouble make(std::string const& writer_folder, std::uint32_t index,
                               std::uint64_t room, std::uint64_t run);

    /// Maps a ring that is there. A file that is none is trouble. One that nobody finished making,
    /// so that no thread ever recorded in it, is none, and no trouble: see `is_open`.
    [[nodiscard]] trouble open(std::string const& writer_folder, std::uint32_t index);
    [[nodiscard]] bool is_open() const noexcept { return memory_ != nullptr; }

    [[nodiscard]] ring const& of() const noexcept { return ring_; }
    /// Whether the machine was started anew since the ring was made: then what it holds may have
    /// been torn.
    [[nodiscard]] bool from_before_start() const;

private:
    [[nodiscard]] trouble map(int descriptor, std::size_t bytes, std::string const& path);

    void* memory_ = nullptr;
    std::size_t bytes_ = 0;
    ring ring_;
};

/// `ring-000`
std::string ring_name(std::uint32_t index);
/// The number in such a name, or nothing (-1).
std::int64_t ring_index(std::string const& name);

}  // namespace rolecall::inline v0_1::trail

#endif
