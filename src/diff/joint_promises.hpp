// Guarantees and exercises with the names that both policies share.
#ifndef ROLECALL_SRC_DIFF_JOINT_PROMISES_HPP
#define ROLECALL_SRC_DIFF_JOINT_PROMISES_HPP

#include "diff/joint_names.hpp"
#include <rolecall/document.hpp>

namespace rolecall::inline v0_1::diff {

/// The same with each name as the new policy calls it, or else the old one, so that two which mean
/// the same have the same sentence.
[[nodiscard]] written_guarantee in_joint_names(written_guarantee of, vocabulary const& names,
                                               side in);
[[nodiscard]] written_exercise in_joint_names(written_exercise of, vocabulary const& names,
                                              side in);

}  // namespace rolecall::inline v0_1::diff

#endif
