// Memory that runs out when a test says so; not under a sanitizer, which has an allocator of its
// own.
#ifndef ROLECALL_TESTS_CONCURRENCY_SCARCE_MEMORY_HPP
#define ROLECALL_TESTS_CONCURRENCY_SCARCE_MEMORY_HPP

namespace rolecall::testing {

inline constexpr int unlimited = -1;

/// How many more allocations of this thread succeed; then each fails, until this is set anew.
extern constinit thread_local int allocations_left;

}  // namespace rolecall::testing

#endif
