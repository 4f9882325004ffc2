// What two policies say besides grants, side by side.
#ifndef ROLECALL_SRC_DIFF_STATEMENTS_HPP
#define ROLECALL_SRC_DIFF_STATEMENTS_HPP

#include "diff/joint_names.hpp"
#include <rolecall/policy.hpp>
#include <rolecall/policy_diff.hpp>

#include <vector>

namespace rolecall::inline v0_1::diff {

struct statements {
    std::vector<statement_change> rules;  ///< by section and name
    std::vector<statement_change> words;  ///< titles, descriptions and reasons
};

[[nodiscard]] statements compare_statements(policy const& before, policy const& after,
                                            vocabulary const& names);

}  // namespace rolecall::inline v0_1::diff

#endif
