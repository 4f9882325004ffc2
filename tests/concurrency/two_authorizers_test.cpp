// All authorizers of a process share one domain of pins: what that costs, and what it does not.
#include "concurrency/crowd.hpp"
#include "concurrency/numbered_policy.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

TEST_CASE("a slow decision of one authorizer delays who waits in another, and nobody else") {
    std::atomic<bool> inside{false};
    std::atomic<bool> go_on{false};
    auto slow = [&](audit_event const&) noexcept {
        inside = true;
        while (!go_on.load()) std::this_thread::yield();
        return recorded::yes;
    };
    authorizer const one{numbered_policy(0), slow};
    authorizer other{numbered_policy(0), no_records{}};
    std::thread decider([&] { one.decide({subject::user("anyone"), "view", "door"}); });
    while (!inside.load()) std::this_thread::yield();

    // The other takes a policy and decides by it; only whether that is complete stays open.
    CHECK_FALSE(other.replace(numbered_policy(1)).complete);
    CHECK(other.decide({subject::user("odd"), "view", "door"}));
    CHECK(other.allows("reader", "view", "bit-0"));
    CHECK_FALSE(other.wait_for_readers(20));
    live_session const odd = other.session("odd").value();
    CHECK(odd.allows(view, *other.category("bit-0")));

    go_on = true;
    CHECK(other.wait_for_readers());
    decider.join();
    CHECK(other.replace(numbered_policy(0)).complete);
}

TEST_CASE("decisions of one authorizer, without a pause among them, don't hold up the other") {
    // Each decision is slow, and always some are under way; but none is for ever.
    auto slow = [](audit_event const&) noexcept {
        std::this_thread::yield();
        return recorded::yes;
    };
    authorizer const one{numbered_policy(0), slow};
    authorizer other{numbered_policy(0), no_records{}};
    crowd deciders;
    for (int t = 0; t < 3; ++t)
        deciders.add([&] { return bool{one.decide({subject::user("anyone"), "view", "door"})}; });
    deciders.all_started();
    std::uint64_t incomplete = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
        bool const complete =
            other.replace(numbered_policy(i % 2), {.wait_for_readers = true}).complete;
        incomplete += complete ? 0 : 1;
    }
    deciders.stop();
    CHECK(incomplete == 0);
    CHECK(deciders.wrong() == 0);
}

TEST_CASE("two authorizers that replace the same policies share their references, and no version") {
    std::vector<policy> const policies = numbered_policies();
    authorizer one{policies[0], no_records{}};
    authorizer other{policies[0], no_records{}};
    numbered_names const names(one);
    crowd readers;
    for (authorizer const* pdp : {&one, &other})
        readers.add([pdp, &names] {
            pinned_policy const now = pdp->pinned();
            return answers_as(number_of(now.version()), names,
                              [&](action what, category_ref on, facts const& known) {
                                  return now->allows(names.reader, what, on, known);
                              });
        });
    readers.all_started();
    std::vector<std::thread> writers;
    for (authorizer* pdp : {&one, &other})
        writers.emplace_back([pdp, &policies] {
            for (std::uint32_t version = 2; version < 800; ++version)
                pdp->replace(policies[number_of(version)]);
        });
    for (std::thread& t : writers) t.join();
    readers.stop();
    CHECK(readers.wrong() == 0);
    CHECK(one.version() == 799);
    CHECK(other.version() == 799);
}
