// Where an exception would end the program or open a door, it closes one.
#ifndef ROLECALL_DETAIL_NO_THROW_HPP
#define ROLECALL_DETAIL_NO_THROW_HPP

#include <cstdlib>
#include <new>
#include <utility>

namespace rolecall::inline v0_1::detail {

/// What `attempt` returns, or `otherwise` where it throws anything.
template <class Result, class Attempt>
Result no_throw(Result otherwise, Attempt&& attempt) noexcept {
#if defined(__cpp_exceptions)
    try {
        return std::forward<Attempt>(attempt)();
    } catch (...) {
        return otherwise;
    }
#else
    static_cast<void>(otherwise);
    return std::forward<Attempt>(attempt)();
#endif
}

/// Ends what can't go on without memory.
[[noreturn]] inline void out_of_memory() {
#if defined(__cpp_exceptions)
    throw std::bad_alloc();
#else
    std::abort();
#endif
}

}  // namespace rolecall::inline v0_1::detail

#endif
