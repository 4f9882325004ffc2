// A directory says of a user what it knows, in a word of its own, and stays where it is: one that
// forgets to answer, answers in something that merely converts, or would be gone, is refused.
//
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: no matching function|no matching constructor|constraints not satisfied
// expect: use of deleted function|call to deleted|deleted
// expect: conversion from|no viable conversion
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

#include <string_view>

using namespace rolecall;

struct right {
    user_lookup roles_of(std::string_view, role_taker& take) const {
        take("support");
        return user_lookup::known;
    }
};
struct silent {
    void roles_of(std::string_view, role_taker&) const {}
};
struct converts {
    bool roles_of(std::string_view, role_taker&) const { return true; }
};
struct changes_itself {
    user_lookup roles_of(std::string_view, role_taker&) { return user_lookup::known; }
};

void directories(policy const& rules, silent& a, converts& b, changes_itself& c) {
    right const table;
    authorizer const fine{rules, no_records{}, table};
    (void)fine;
    (void)a;
    (void)b;
    (void)c;
#if CASE == 1
    authorizer const pdp{rules, no_records{}, a};
#elif CASE == 2
    authorizer const pdp{rules, no_records{}, b};
#elif CASE == 3
    authorizer const pdp{rules, no_records{}, c};
#elif CASE == 4
    authorizer const pdp{rules, no_records{}, right{}};
#elif CASE == 5
    editable_users_view const view = table;
#endif
}
