// A clock for how long ago something was seen.
#ifndef ROLECALL_SRC_STORE_CLOCK_HPP
#define ROLECALL_SRC_STORE_CLOCK_HPP

#include <cstdint>
#include <ctime>

namespace rolecall::inline v0_1::user_file {

/// Milliseconds by a clock that nobody sets. Where the system has one, it goes on while the
/// machine sleeps, so that what was seen before is old when it wakes.
inline std::int64_t now_ms() noexcept {
    std::timespec now{};
#if defined(CLOCK_BOOTTIME)
    ::clock_gettime(CLOCK_BOOTTIME, &now);
#else
    ::clock_gettime(CLOCK_MONOTONIC, &now);
#endif
    return std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000;
}

}  // namespace rolecall::inline v0_1::user_file

#endif
