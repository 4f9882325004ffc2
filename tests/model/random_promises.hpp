// Random guarantees and exercises of a policy: names that it declares, near what its roles may do.

#pragma once

#include "model.hpp"
#include "random_source.hpp"

#include <cstddef>

namespace model {

// With two to five roles and mostly at most three facts, so that everything can be tried often.
policy small_policy(random_source& random);

// With five roles and six facts: as much as can be tried at all.
policy large_policy(random_source& random);

// With two roles and up to seven facts, on which much depends: every category requires something,
// and guardrails wait for what is required. Its guarantees ask for conditions much like those.
policy involved_policy(random_source& random);
guarantee involved_guarantee(policy const& rules, random_source& random);

// Some are kept and some are not.
guarantee random_guarantee(policy const& rules, guarantee::kind what, random_source& random);

// Expectations do not contradict each other; about a quarter are not as the policy answers.
// `today` is the day of exercises that give none.
exercise random_exercise(policy const& rules, date const& today, random_source& random);

}  // namespace model
