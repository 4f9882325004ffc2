// Explains refusals that come before any right is looked at: names, assignments, separation.
#ifndef ROLECALL_SRC_REVIEW_REFUSAL_HPP
#define ROLECALL_SRC_REVIEW_REFUSAL_HPP

#include <rolecall/explain.hpp>

namespace rolecall::inline v0_1::review {

explanation explain_refusal(policy const& by, users_view directory, request const& question,
                            reason why);

}  // namespace rolecall::inline v0_1::review

#endif
