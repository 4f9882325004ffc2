// From ways in numbers to breaches in words: each line once, the smallest way first.
#ifndef ROLECALL_SRC_PROMISE_BREACHES_HPP
#define ROLECALL_SRC_PROMISE_BREACHES_HPP

#include "promise/checker.hpp"
#include <rolecall/detail/export.hpp>
#include <rolecall/guarantees.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace rolecall::inline v0_1::promising {

/// A guarantee's answer, and of each breach of `keeps` the right that is not kept.
struct answered {
    guarantee_answer answer;
    std::vector<kept_right const*> kept;  ///< as `answer.breaches`; null for other guarantees
    std::optional<found_act> too_much;    ///< of an undecided one, as `checker::result::at`
};

/// Telling the breaches takes looks away as well.
[[nodiscard]] ROLECALL_API answered answer(checker const& by, detail::policy_data const& p,
                                           resolved_guarantee const& of, std::uint64_t& looks_left);

}  // namespace rolecall::inline v0_1::promising

#endif
