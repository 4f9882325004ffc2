// Roles, categories and facts are told apart by the compiler, and nobody makes one of a number.
//
// expect: no matching (member )?function|could not convert|no viable conversion
// expect: no viable conversion|conversion from .* requested
// expect: is private|private constructor|no matching constructor
// expect: no (match|viable)|deleted|private
#include <rolecall/policy.hpp>

bool ask(rolecall::policy const& shop, rolecall::role_ref role, rolecall::category_ref category) {
    bool const fine = shop.allows(role, rolecall::view, category);
#if CASE == 1
    return shop.allows(category, rolecall::view, role);
#elif CASE == 2
    rolecall::category_ref const other = role;
    return shop.allows(role, rolecall::view, other);
#elif CASE == 3
    return shop.allows(rolecall::role_ref(1, 1), rolecall::view, category);
#elif CASE == 4
    rolecall::policy const empty;
    return empty.allows(role, rolecall::view, category);
#endif
    return fine;
}
