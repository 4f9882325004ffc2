// What looks into a live session, or into the names of an event, is not given out by a
// temporary one.
//
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
// expect: use of deleted function|call to deleted member function|overload resolution selected deleted
#include <rolecall/authorizer.hpp>

rolecall::live_session opened();

void look(rolecall::audit_event const& event, rolecall::authorizer const& pdp) {
    rolecall::live_session const kept = opened();
    auto const user = kept.user();
    auto const& snapshot = kept.snapshot();
    rolecall::audit_names const roles = event.active_roles();
    auto const first = roles.begin();
    (void)user;
    (void)snapshot;
    (void)first;
    (void)pdp;
#if CASE == 1
    auto const gone = opened().user();
#elif CASE == 2
    auto const& gone = opened().snapshot();
#elif CASE == 3
    auto const gone = event.active_roles().begin();
#elif CASE == 4
    auto const gone = event.unknown_roles().end();
#elif CASE == 5
    auto const gone = pdp.current().known_digest();
#endif
}
