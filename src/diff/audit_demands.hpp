// What two policies demand of the audit trail, where that differs.
#ifndef ROLECALL_SRC_DIFF_AUDIT_DEMANDS_HPP
#define ROLECALL_SRC_DIFF_AUDIT_DEMANDS_HPP

#include "diff/joint_names.hpp"
#include <rolecall/audit_mode.hpp>

#include <string>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// Actions on categories whose demand changed alike; denials, where there are no actions.
struct demand_change {
    std::vector<std::string> categories, actions;  ///< as the new policy calls them
    audit_mode before, after;
};

/// By what both policies declare. None where neither has a section `audit`: then only levels
/// can have changed, which is told elsewhere.
[[nodiscard]] std::vector<demand_change> compare_demands(vocabulary const& names);

}  // namespace rolecall::inline v0_1::diff

#endif
