// What mutate() must find, change by change.

#pragma once

#include "changes.hpp"
#include <rolecall/date.hpp>
#include <rolecall/policy.hpp>

#include <optional>
#include <vector>

namespace exercised {

struct judged_change {
    change made;
    std::optional<rolecall::policy> policy;  // none: refused
    rolecall::mutant::outcome is = rolecall::mutant::outcome::survived;
    std::optional<rolecall::different_answer> difference;  // of a survivor
};

// Every change, what becomes of it when the changed policy is compiled anew, all exercises are run
// and every question is asked.
std::vector<judged_change> judged_changes(rolecall::policy const& of, rolecall::date today);

}  // namespace exercised
