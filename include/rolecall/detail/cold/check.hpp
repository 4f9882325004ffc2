// The check that depends on facts.
#ifndef ROLECALL_DETAIL_COLD_CHECK_HPP
#define ROLECALL_DETAIL_COLD_CHECK_HPP

#include <rolecall/detail/check.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/policy_data.hpp>

namespace rolecall::inline v0_1::detail {

ROLECALL_COLD bool allows_by_facts(policy_head const& p, std::uint32_t role, std::uint32_t what,
                                   std::uint32_t on, known_facts known) noexcept {
    return allows_alone(static_cast<policy_data const&>(p), role, what, on, known);
}

}  // namespace rolecall::inline v0_1::detail

#endif
