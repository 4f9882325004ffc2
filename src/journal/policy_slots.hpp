// The policies that decisions in the rings speak of, by small numbers.
#ifndef ROLECALL_SRC_JOURNAL_POLICY_SLOTS_HPP
#define ROLECALL_SRC_JOURNAL_POLICY_SLOTS_HPP

#include "journal/entry_reader.hpp"
#include <rolecall/policy.hpp>

#include <cstdint>
#include <list>
#include <optional>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Keeps a policy for as long as a ring may speak of it, so that its address is nobody else's. Not
/// guarded: by its caller's lock.
class policy_slots {
public:
    struct slot {
        policy rules;
        std::uint32_t version = 0;
        std::uint16_t number = 0;
        std::uint32_t users = 0;   ///< rings that record by it
        std::uint64_t ticket = 0;  ///< once its names are wanted on the disk, or it is let go
        bool known = false;        ///< its names are on the disk
    };

    /// The slot of a policy; a new one where it has none. Throws std::bad_alloc; nothing where
    /// 65,536 are in use.
    slot* of(policy const& rules, std::uint32_t version);

    /// A slot by its number.
    slot* find(std::uint16_t number) noexcept;

    /// Removes slots that no ring records by and whose ticket is at most this, and gives their
    /// numbers.
    std::vector<std::uint16_t> let_go(std::uint64_t ticket);

private:
    std::list<slot> slots_;
    std::uint16_t next_ = 0;
};

/// The names of a policy, for a segment.
policy_entry names_of(policy const& rules, std::uint16_t slot, std::uint64_t run,
                      std::uint32_t version);

}  // namespace rolecall::inline v0_1::trail

#endif
