// Whether a sanitizer runs the tests: some can't be run under one.
#ifndef ROLECALL_TESTS_CONCURRENCY_SANITIZERS_HPP
#define ROLECALL_TESTS_CONCURRENCY_SANITIZERS_HPP

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ROLECALL_TESTS_UNDER_TSAN 1
#endif
#if __has_feature(address_sanitizer)
#define ROLECALL_TESTS_UNDER_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define ROLECALL_TESTS_UNDER_TSAN 1
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ROLECALL_TESTS_UNDER_ASAN 1
#endif
#if !defined(ROLECALL_TESTS_UNDER_TSAN)
#define ROLECALL_TESTS_UNDER_TSAN 0
#endif
#if !defined(ROLECALL_TESTS_UNDER_ASAN)
#define ROLECALL_TESTS_UNDER_ASAN 0
#endif

namespace rolecall::testing {

inline constexpr bool under_tsan = ROLECALL_TESTS_UNDER_TSAN != 0;
inline constexpr bool under_asan = ROLECALL_TESTS_UNDER_ASAN != 0;

}  // namespace rolecall::testing

#endif
