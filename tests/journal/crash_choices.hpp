// Which of the many states that a crash can leave are tried.
#ifndef ROLECALL_TESTS_JOURNAL_CRASH_CHOICES_HPP
#define ROLECALL_TESTS_JOURNAL_CRASH_CHOICES_HPP

#include "journal/simulated_disk.hpp"

#include <cstddef>
#include <random>
#include <vector>

namespace rolecall::testing {

/// All choices, where there are no more than `most`. Else nothing and everything, those where one
/// thing is other than the rest, and random ones: as many as asked for.
std::vector<crash_choice> some_choices(crash_choice const& outcomes, std::size_t most,
                                       std::mt19937& random);

}  // namespace rolecall::testing

#endif
