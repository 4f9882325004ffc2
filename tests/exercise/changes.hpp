// Every change of a policy that docs/exercises.md lists under "Mutation", made in the most naive
// way: a copy of the document, edited.

#pragma once

#include <rolecall/document.hpp>
#include <rolecall/policy_mutation.hpp>

#include <string>
#include <vector>

namespace exercised {

struct change {
    rolecall::mutant::kind what{};
    std::string of;      // in words that no other change of the policy has
    rolecall::place at;  // of the words that are changed; of a cell the role's name
    rolecall::document changed;
};

std::vector<change> every_change(rolecall::document const& of);

}  // namespace exercised
