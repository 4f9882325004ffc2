// The numbers that names have had in a lineage: one after the other of a lineage's policies
// keeps them, gives new names new ones and uses none for another name.
#ifndef ROLECALL_DETAIL_NUMBERING_HPP
#define ROLECALL_DETAIL_NUMBERING_HPP

#include <rolecall/action.hpp>
#include <rolecall/detail/control_lock.hpp>
#include <rolecall/detail/name_table.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace rolecall::inline v0_1::detail {

/// Room for names that later policies of a lineage bring, beside `names` that its first has:
/// a quarter more, and never less than 16.
constexpr std::uint32_t with_room_to_grow(std::uint32_t names) noexcept {
    constexpr std::uint32_t least = 16;
    return std::min(names + std::max(names / 4, least), max_numbers + 1);
}

/// Shared by all policies of a lineage, whichever authorizer they are in, and counted.
/// Whoever reads or adds names holds the lock.
struct numbering {
    std::atomic<std::uint32_t> uses{1};
    control_lock lock;
    name_table roles, actions, categories, facts;
    std::uint32_t max_roles = 0;
    std::uint32_t max_categories = 0;

    void acquire() noexcept { uses.fetch_add(1, std::memory_order_relaxed); }
    void release() noexcept {
        if (uses.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
};

}  // namespace rolecall::inline v0_1::detail

#endif
