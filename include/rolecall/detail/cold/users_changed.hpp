// What of a directory's words no check calls.
#ifndef ROLECALL_DETAIL_COLD_USERS_CHANGED_HPP
#define ROLECALL_DETAIL_COLD_USERS_CHANGED_HPP

#include <rolecall/detail/live_state.hpp>
#include <rolecall/users_changed.hpp>

namespace rolecall::inline v0_1 {

ROLECALL_COLD bool users_changed::expired() const noexcept {
    return detail::whole(*state_).closed();
}

}  // namespace rolecall::inline v0_1

#endif
