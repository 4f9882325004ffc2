// Random valid policies that say much in vain, open too wide and forget things: small ones, in
// which each rule of lint finds something often, and often nothing.

#pragma once

#include "model/model.hpp"
#include "model/random_source.hpp"

namespace model {

// Up to 6 facts, 5 roles and 7 categories. The same random numbers give the same policy.
policy wasteful_policy(random_source& random);

}  // namespace model
