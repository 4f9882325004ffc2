// A check by reference or by session allocates nothing, and neither does a decision: the whole
// test program counts. Left out under AddressSanitizer, which has an allocator of its own.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROLECALL_TESTS_OWN_ALLOCATOR
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROLECALL_TESTS_OWN_ALLOCATOR
#endif

#ifndef ROLECALL_TESTS_OWN_ALLOCATOR

#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/session.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>
#include <string_view>

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

void* operator new(std::size_t bytes) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc{};
}
// Out of line, or GCC takes the inlined call of free for one that does not fit `new`.
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*bytes*/) noexcept {
    std::free(memory);
}

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

TEST_CASE("a check through an authorizer, a live session or a decision allocates nothing") {
    authorizer pdp{tests::small_shop(), no_records{}};
    role_ref const billing = *pdp.role("billing");
    category_ref const payment = *pdp.category("payment");
    live_session const live = pdp.session("dana", {"billing", "support"}).value();
    live_session const alone = pdp.session_of_roles({"billing"}).value();
    facts const known{{*pdp.fact("encrypted"), true}, {*pdp.fact("open-ticket"), false}};
    pdp.replace(tests::small_shop());
    live_session const fresh = pdp.session("dana", {"billing", "support"}).value();
    auto* const asks = &pdp;  // from within a sink, too
    int asked = 0;
    auto sink = [asks, &asked, billing, payment](audit_event const& event) noexcept {
        asked += asks->allows(billing, view, payment) ? 1 : 0;
        event.for_each_fact([&asked](std::string_view, std::optional<bool> value) {
            asked += value.value_or(false) ? 1 : 0;
        });
        asked += event.active_roles().size() == 2 ? 1 : 0;
        return event.category() == "payment" ? recorded::yes : recorded::no;
    };
    authorizer const telling{pdp.current(), sink};
    live_session const told = telling.session("dana", {"billing", "support"}).value();

    std::size_t const before = allocations.load();
    int allowed = 0;
    for (action const what : {view, modify, store, delete_}) {
        allowed += pdp.allows(billing, what, payment) ? 1 : 0;
        allowed += pdp.allows(billing, what, payment, known) ? 1 : 0;
        allowed += pdp.allows("billing", "store", "payment") ? 1 : 0;
        allowed += pdp.allows("billing", "store", "payment", known) ? 1 : 0;
        allowed += fresh.allows(what, payment) ? 1 : 0;
        allowed += fresh.allows(what, payment, known) ? 1 : 0;
        allowed += live.allows(what, payment) || alone.allows(what, payment) ? 100 : 0;  // stale
        allowed += pdp.decide(fresh, what, payment) ? 1 : 0;
        allowed += pdp.decide(fresh, what, payment, {.record = "p-17", .facts = known}) ? 1 : 0;
        allowed += telling.decide(told, what, payment, {.facts = known}) ? 1 : 0;
        pinned_policy const hold = pdp.pinned();
        allowed += pdp.allows(billing, what, payment) ? 1 : 0;
        allowed += hold->allows(billing, what, payment) ? 1 : 0;
    }
    CHECK(allocations.load() == before);
    CHECK(allowed == 17);
    CHECK(asked == 4 + 4 + 4);

    CHECK(pdp.decide(live, view, payment));  // stale, and so settled anew
    CHECK(allocations.load() > before);
}

#endif
