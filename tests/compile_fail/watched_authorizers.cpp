// A watcher refers to its authorizer: a temporary one would be gone before the first look. And
// it tells a listener, or nobody: what can't be called with a status is no listener.
//
// expect: cannot bind non-const lvalue reference|no matching (function|constructor)
// expect: constraints not satisfied|no matching (function|constructor)
// expect: use of deleted function|call to deleted constructor
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_watcher.hpp>
#include <rolecall/sinks.hpp>

void watch(rolecall::policy const& shop) {
    rolecall::authorizer kept{shop, rolecall::no_records{}};
    rolecall::policy_watcher const watcher{kept, "shop.yaml",
                                           [](rolecall::watch_status const&) noexcept {}};
    rolecall::policy_watcher const silent{kept, "shop.yaml", {.poll_ms = 500}};
    (void)watcher;
    (void)silent;
#if CASE == 1
    rolecall::policy_watcher const gone{rolecall::authorizer{shop, rolecall::no_records{}},
                                        "shop.yaml"};
#elif CASE == 2
    rolecall::policy_watcher const deaf{kept, "shop.yaml", [](int) {}};
#elif CASE == 3
    rolecall::policy_watcher const copy{watcher};
#endif
}
