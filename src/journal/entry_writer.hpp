// Builds the payload of a batch, entry by entry, as docs/journal-format.md describes them.
#ifndef ROLECALL_SRC_JOURNAL_ENTRY_WRITER_HPP
#define ROLECALL_SRC_JOURNAL_ENTRY_WRITER_HPP

#include "journal/entry_reader.hpp"
#include "journal/files.hpp"
#include <rolecall/detail/export.hpp>
#include <rolecall/journal_record.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// A decision whose names are numbers of a policy and an actor that the segment knows.
struct decision_entry {
    std::int64_t time = 0;
    std::uint32_t actor = 0;
    std::uint32_t category = 0;
    std::uint32_t granting_role = 0xFFFF'FFFF;
    std::uint16_t slot = 0;
    std::uint8_t action = 0;
    std::uint8_t decision = 0;
    std::uint8_t reason = 0;
    bool record_hashed = false;
    std::uint64_t stated_true = 0, stated_false = 0, stated = 0;
    std::string_view record;
};

/// A payload that grows. `clear` keeps the memory. Texts of more than 65,535 bytes are cut there
/// (who records refuses them before); `problem` may have 1 MiB. An entry of 16 MiB or more, as a
/// policy with so many names would be, throws std::length_error; where one throws, the payload is
/// as it was.
class ROLECALL_API entry_writer {
public:
    void add(policy_entry const& policy);
    void add(actor_entry const& actor);
    void add(decision_entry const& decision);
    /// A record by names: `event` notes as general, others as note. Its sequence and writer are not
    /// looked at: they follow from where it stands.
    void add(journal_record const& record);
    void add(drained_entry const& drained);
    /// Entries that were built before, as they are, with this many records in them.
    void add_built(bytes_view entries, std::uint32_t records);

    [[nodiscard]] bytes_view payload() const noexcept { return bytes_; }
    [[nodiscard]] std::uint32_t records() const noexcept { return records_; }
    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
    /// As it was when it had so many bytes, and records in them.
    void cut(std::size_t bytes, std::uint32_t records) noexcept {
        bytes_.resize(std::min(bytes, bytes_.size()));
        records_ = records;
    }
    void clear() noexcept {
        bytes_.clear();
        records_ = 0;
    }

private:
    std::vector<std::byte> bytes_;
    std::uint32_t records_ = 0;
};

}  // namespace rolecall::inline v0_1::trail

#endif
