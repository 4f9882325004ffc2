// A check by reference or by session allocates nothing: the whole test program counts. Left
// out under AddressSanitizer, which has an allocator of its own.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROLECALL_TESTS_OWN_ALLOCATOR
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROLECALL_TESTS_OWN_ALLOCATOR
#endif

#ifndef ROLECALL_TESTS_OWN_ALLOCATOR

#include "support/small_shop.hpp"
#include <rolecall/session.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

void* operator new(std::size_t bytes) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*bytes*/) noexcept { std::free(memory); }

using namespace rolecall;

TEST_CASE("a check by reference, by name or by session allocates nothing") {
    policy const shop = tests::small_shop();
    role_ref const billing = *shop.role("billing");
    category_ref const payment = *shop.category("payment");
    session const several = shop.activate({"billing", "support"}).value();
    facts const known{{*shop.fact("encrypted"), true}, {*shop.fact("open-ticket"), false}};

    std::size_t const before = allocations.load();
    int allowed = 0;
    for (action const what : {view, modify, store, delete_}) {
        allowed += shop.allows(billing, what, payment) ? 1 : 0;
        allowed += shop.allows(billing, what, payment, known) ? 1 : 0;
        allowed += shop.evaluate(billing, what, payment, known) ? 1 : 0;
        allowed += shop.allows("billing", "store", "payment", known) ? 1 : 0;
        allowed += several.allows(what, payment) ? 1 : 0;
        allowed += several.allows(what, payment, known) ? 1 : 0;
        allowed += several.evaluate(what, payment, known) ? 1 : 0;
    }
    policy const copy = shop;  // NOLINT(performance-unnecessary-copy-initialization)
    facts const by_name = copy.make_facts({{"encrypted", true}});
    CHECK(allocations.load() == before);
    CHECK(by_name.valid());
    CHECK(allowed == 14);

    CHECK(shop.activate({"support"}));
    CHECK(allocations.load() > before);  // so the counter counts
}

#endif
