// What loading looks at besides decisions: guarantees and exercises.
#ifndef ROLECALL_SRC_PROMISE_CHECKS_HPP
#define ROLECALL_SRC_PROMISE_CHECKS_HPP

#include <rolecall/detail/compile/compile.hpp>

namespace rolecall::inline v0_1::promising {

/// Reports names that nothing declares, and exercises that contradict themselves.
void check_guarantee_names(document const& doc, detail::symbols const& names,
                           detail::findings& found);
void check_exercise_names(document const& doc, detail::symbols const& names,
                          detail::findings& found);

/// Reports each line that breaks a guarantee of the policy.
void check_kept(detail::policy_data const& p, detail::findings& found);

/// Both, as compiling asks for them.
[[nodiscard]] detail::promise_checks const& all_checks() noexcept;

}  // namespace rolecall::inline v0_1::promising

#endif
