// A fact's value comes from bool or optional<bool>, and from nothing that merely converts:
// a string literal is a pointer, and every pointer is "true".
//
// expect: no matching function|could not convert|no viable conversion|no matching constructor
// expect: no matching function|could not convert|no viable conversion|no matching constructor
// expect: no matching function|could not convert|no viable conversion|no matching constructor
// expect: no matching function|could not convert|no viable conversion|no matching constructor
#include <rolecall/facts.hpp>

#include <optional>

void facts(rolecall::fact_ref consent) {
    rolecall::facts const known{{consent, true}, {consent, std::optional<bool>{}}};
    (void)known;
#if CASE == 1
    rolecall::facts const text{{consent, "false"}};
#elif CASE == 2
    rolecall::facts const number{{consent, 1}};
#elif CASE == 3
    rolecall::facts const pointer{{consent, &consent}};
#elif CASE == 4
    rolecall::facts const nothing{{consent, nullptr}};
#endif
}
