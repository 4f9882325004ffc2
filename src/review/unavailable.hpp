// Why there is no answer, where the surroundings failed.
#ifndef ROLECALL_SRC_REVIEW_UNAVAILABLE_HPP
#define ROLECALL_SRC_REVIEW_UNAVAILABLE_HPP

#include <rolecall/explain.hpp>

namespace rolecall::inline v0_1::review {

explanation explain_unavailable(response const& answer);

}  // namespace rolecall::inline v0_1::review

#endif
