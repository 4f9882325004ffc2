// How much random tests try: ROLECALL_QUESTIONS scales them, as it does those of the model, and
// ROLECALL_SEED is where random ones begin.
#ifndef ROLECALL_TESTS_SUPPORT_TRIAL_SIZE_HPP
#define ROLECALL_TESTS_SUPPORT_TRIAL_SIZE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace rolecall::testing {

inline std::size_t number_in_environment(char const* variable, std::size_t otherwise) {
    char const* const text = std::getenv(variable);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

/// This many, where nobody asked for more or fewer; at least one.
inline std::size_t scaled(std::size_t normally) {
    std::size_t const wanted = number_in_environment("ROLECALL_QUESTIONS", 100'000);
    return std::max<std::size_t>(normally * wanted / 100'000, 1);
}

inline unsigned first_seed() {
    return static_cast<unsigned>(number_in_environment("ROLECALL_SEED", 1));
}

}  // namespace rolecall::testing

#endif
