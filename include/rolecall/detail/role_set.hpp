// The roles that count for a question.
#ifndef ROLECALL_DETAIL_ROLE_SET_HPP
#define ROLECALL_DETAIL_ROLE_SET_HPP

#include <rolecall/decision.hpp>

#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// The roles that count for a question, or why there are none.
struct role_set {
    // Both sorted by name: numbers depend on the policies that came before.
    std::vector<std::uint32_t> active;
    std::vector<std::uint32_t> held;        // the same, unless a listed user chose among them
    std::vector<std::uint32_t> guard_rows;  // of all held
    reason refused = reason::granted;       // or what stands against it

    [[nodiscard]] bool ok() const noexcept { return refused == reason::granted; }
    /// Whether it is known which roles would be active and held, allowed or not.
    [[nodiscard]] bool known() const noexcept { return ok() || refused == reason::separation; }
};

}  // namespace rolecall::inline v0_1::detail

#endif
