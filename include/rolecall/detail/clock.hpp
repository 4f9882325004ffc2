// The time of day, for records. No check reads it.
#ifndef ROLECALL_DETAIL_CLOCK_HPP
#define ROLECALL_DETAIL_CLOCK_HPP

#include <cstdint>
#include <ctime>

namespace rolecall::inline v0_1::detail {

/// Nanoseconds since 1970-01-01 UTC, by the system's clock.
inline std::int64_t unix_nanoseconds() noexcept {
    std::timespec now{};
    static_cast<void>(std::timespec_get(&now, TIME_UTC));
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace rolecall::inline v0_1::detail

#endif
