// What lint found, in the form of the oracle, and how the two differ.

#pragma once

#include "oracle.hpp"
#include <rolecall/lint.hpp>

#include <string>
#include <vector>

namespace model {

// The findings without their words, sorted.
std::vector<told> as_told(std::vector<rolecall::lint_finding> const& findings);

// A line for each finding that only one of them has; empty where they agree. Both are sorted.
std::string difference(std::vector<told> const& got, std::vector<told> const& expected);

}  // namespace model
