#include "concurrency/scarce_memory.hpp"

#include "concurrency/sanitizers.hpp"

#if !ROLECALL_TESTS_UNDER_ASAN && !ROLECALL_TESTS_UNDER_TSAN

#include <cstddef>
#include <cstdlib>
#include <new>

using rolecall::testing::allocations_left;

constinit thread_local int rolecall::testing::allocations_left = unlimited;

namespace {

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
    if (allocations_left == 0) return nullptr;
    if (allocations_left > 0) --allocations_left;
    std::size_t const rounded = (bytes + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded > 0 ? rounded : alignment);
}

void* allocate_or_throw(std::size_t bytes, std::size_t alignment) {
    if (void* const memory = allocate(bytes, alignment)) return memory;
    throw std::bad_alloc{};
}

constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

}  // namespace

// All of them, so that none takes memory from here and gives it back elsewhere.
void* operator new(std::size_t n) { return allocate_or_throw(n, usual); }
void* operator new[](std::size_t n) { return allocate_or_throw(n, usual); }
void* operator new(std::size_t n, std::nothrow_t const&) noexcept { return allocate(n, usual); }
void* operator new[](std::size_t n, std::nothrow_t const&) noexcept { return allocate(n, usual); }
void* operator new(std::size_t n, std::align_val_t a) {
    return allocate_or_throw(n, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t n, std::align_val_t a) {
    return allocate_or_throw(n, static_cast<std::size_t>(a));
}
void* operator new(std::size_t n, std::align_val_t a, std::nothrow_t const&) noexcept {
    return allocate(n, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t n, std::align_val_t a, std::nothrow_t const&) noexcept {
    return allocate(n, static_cast<std::size_t>(a));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::nothrow_t const&) noexcept { std::free(memory); }
void operator delete[](void* memory, std::nothrow_t const&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t, std::nothrow_t const&) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::align_val_t, std::nothrow_t const&) noexcept {
    std::free(memory);
}

#endif
