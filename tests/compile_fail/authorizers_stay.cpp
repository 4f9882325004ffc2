// An authorizer stays where it is, a live session has one owner, and a pinned policy stays in
// its scope.
//
// expect: use of deleted function|call to deleted constructor|deleted
// expect: use of deleted function|call to deleted constructor|deleted
// expect: use of deleted function|overload resolution selected deleted
// expect: use of deleted function|call to deleted constructor|deleted
// expect: use of deleted function|call to deleted function|deleted
// expect: use of deleted function|call to deleted (constructor|function)|deleted
// expect: is private|private constructor
#include <rolecall/authorizer.hpp>

#include <utility>

rolecall::live_session opened();

void keep(rolecall::authorizer& pdp, rolecall::authorizer& other) {
    rolecall::live_session session = opened();
    rolecall::live_session moved = std::move(session);
    rolecall::pinned_policy const pinned = pdp.pinned();
    (void)other;
    (void)moved;
    (void)pinned;
#if CASE == 1
    rolecall::authorizer const copy = pdp;
#elif CASE == 2
    rolecall::authorizer const taken = std::move(pdp);
#elif CASE == 3
    pdp = other;
#elif CASE == 4
    rolecall::live_session const copy = moved;
#elif CASE == 5
    auto* const lasting = new rolecall::pinned_policy(pdp.pinned());
#elif CASE == 6
    rolecall::pinned_policy const copy = pinned;
#elif CASE == 7
    rolecall::live_activation const made(rolecall::reason::granted);
#endif
}
