// What looks into a policy, a session or a result is not given out by a temporary one.
//
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
#include <rolecall/policy_builder.hpp>
#include <rolecall/session.hpp>

rolecall::policy loaded();
rolecall::policy_result result();
rolecall::session session();

void look(rolecall::role_ref role) {
    rolecall::policy const kept = loaded();
    auto const name = kept.name(role);
    auto const& source = kept.source();
    (void)name;
    (void)source;
#if CASE == 1
    auto const gone = loaded().name(role);
#elif CASE == 2
    auto const& gone = loaded().source();
#elif CASE == 3
    auto const gone = result().findings();
#elif CASE == 4
    auto const& gone = session().of();
#elif CASE == 5
    auto const& gone = rolecall::policy_builder{}.written_so_far();
#endif
}
