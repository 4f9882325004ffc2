// Small random policies with exercises that pass: small enough to ask every question there is.

#pragma once

#include "model/random_source.hpp"
#include <rolecall/date.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace exercised {

inline constexpr rolecall::date today = rolecall::date::parse("2026-11-22").value();

// Valid, and with at most so many exercises.
struct random_size {
    std::size_t facts = 3;
    std::size_t exercises = 4;
};
rolecall::document random_document(model::random_source& random, random_size const& size = {});

// A random exercise of this policy, which it passes.
rolecall::written_exercise random_exercise(rolecall::document const& of, std::string const& name,
                                           model::random_source& random);

// The policy as an application comes by it: written to a file, and read from there. The test ends
// where it is refused.
rolecall::policy read_back(rolecall::document const& of);

// Calls with `normally` many policies, or more or fewer, as model/trial.hpp says of
// ROLECALL_QUESTIONS. A test that fails says with which seed.
void with_random_policies(
    std::size_t normally, random_size const& size,
    std::function<void(rolecall::policy const&, model::random_source&)> const& check);

}  // namespace exercised
