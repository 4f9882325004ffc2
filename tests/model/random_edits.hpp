// Changes to a policy such as people make: a right more, a guardrail less, another end of an
// assignment. The policy stays valid.

#pragma once

#include "model.hpp"
#include "random_source.hpp"

#include <cstddef>

namespace model {

// So many random edits, one after the other; some may take back what another did.
policy edited(policy rules, std::size_t edits, random_source& random);

}  // namespace model
