// What guarantees and exercises say, as a text to compare.

#pragma once

#include "model.hpp"

#include <string>

namespace model {

// What makes two of them the same: lists in order, conditions without what is said in vain, the
// expectations of an exercise cell by cell.
std::string meaning(guarantee const& of);
std::string meaning(policy const& rules, exercise const& of);

}  // namespace model
