// A sink says whether it recorded, in a word of its own: a sink that forgets to say so, or says
// it in something that merely converts, is not one.
//
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

using rolecall::audit_event;
using rolecall::recorded;

void sinks(rolecall::policy const& policy) {
    auto yes = [](audit_event const&) noexcept { return recorded::yes; };
    auto all = [](audit_event const&) noexcept { return true; };
    rolecall::authorizer const fine{policy, rolecall::several(yes, rolecall::filtered(all, yes))};
    (void)fine;
#if CASE == 1
    rolecall::authorizer const silent{policy, [](audit_event const&) {}};
#elif CASE == 2
    rolecall::authorizer const converts{policy, [](audit_event const&) { return true; }};
#elif CASE == 3
    rolecall::authorizer const takes_another{policy, [](int) { return recorded::yes; }};
#elif CASE == 4
    rolecall::authorizer const changes_it{policy, [](audit_event&) { return recorded::yes; }};
#elif CASE == 5
    auto const forgets = rolecall::several(yes, [](audit_event const&) {});
#elif CASE == 6
    auto const unsure = rolecall::filtered([](audit_event const&) {}, yes);
#endif
}
