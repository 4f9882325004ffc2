// The end of what an authorizer shares.
#ifndef ROLECALL_DETAIL_COLD_LIVE_WORDS_HPP
#define ROLECALL_DETAIL_COLD_LIVE_WORDS_HPP

#include <rolecall/detail/live_state.hpp>

namespace rolecall::inline v0_1::detail {

ROLECALL_COLD void live_words::release() noexcept {
    if (uses.fetch_sub(1, std::memory_order_acq_rel) == 1) delete &whole(*this);
}

}  // namespace rolecall::inline v0_1::detail

#endif
