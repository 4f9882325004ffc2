// What exercises mean: who asks, in which situation, and what the policy then says. A compromised
// account is tried out: each of its roles active alone, in every state of the facts that fits.

#pragma once

#include "guarantees.hpp"
#include "model.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace model {

using cell = std::pair<std::string, std::string>;  // category, action

struct expected {
    bool allowed = false;
    std::string reason;  // of a denial; empty: any
};

// What an exercise expects of which cells, or nothing where it contradicts itself.
std::optional<std::map<cell, expected>> expectations(policy const& rules, exercise const& of);

struct outcome {
    answer given;           // of a compromised account the reason says nothing
    bool possible = false;  // it is allowed, or could be if other facts become known
    bool certain = false;   // with the facts given alone
};

// An exercise, asked of the policy; `today` is the day where it gives none.
std::map<cell, outcome> outcomes(policy const& written, exercise const& of, date const& today);

}  // namespace model
