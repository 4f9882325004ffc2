// The policies that are measured: of three sizes, made at random from a seed, so that everyone
// measures the same ones.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_POLICIES_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_POLICIES_HPP

#include "bench/questions.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/session.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::benchmarks {

struct policy_size {
    std::string_view label;  ///< `100 × 100`
    std::string_view tag;    ///< `100x100`, in names
    std::uint32_t roles, categories, users;
    std::uint32_t share;  ///< of 100 categories, on how many a role has rights
};

inline constexpr std::array<policy_size, 3> sizes{{
    {"3 × 6", "3x6", 3, 6, 10, 100},
    {"100 × 100", "100x100", 100, 100, 1'000, 60},
    {"1,000 × 1,000", "1000x1000", 1'000, 1'000, 100'000, 10},
}};
inline constexpr policy_size const& small = sizes[0];
inline constexpr policy_size const& middle = sizes[1];
inline constexpr policy_size const& large = sizes[2];

enum class policy_kind {
    plain,     ///< grants hold always
    by_facts,  ///< half of the grants are under a condition
    guarded,   ///< plain, with a guardrail for every tenth role, and requirements
};

/// `check-by-session/100x100/half-denied` of its parts.
[[nodiscard]] std::string contestant_name(std::string_view question, policy_size const& size,
                                          std::string_view variant);

/// What each of these gives is made when it is first asked for, and kept.
[[nodiscard]] document const& written(policy_size const& size, policy_kind kind);
[[nodiscard]] bench::vocabulary const& made(policy_size const& size, policy_kind kind);
[[nodiscard]] inline policy const& policy_of(policy_size const& size, policy_kind kind) {
    return made(size, kind).of();
}

/// So many roles of a policy, at random.
[[nodiscard]] std::vector<role_ref> some_roles(policy_size const& size, policy_kind kind,
                                               std::size_t count, std::uint64_t seed);

/// An authorizer of such a policy, whose sink records nothing.
[[nodiscard]] authorizer const& authorizer_of(policy_size const& size, policy_kind kind);

/// A session of three roles, of the policy and of its authorizer, and questions to it.
[[nodiscard]] session const& session_of(policy_size const& size, policy_kind kind);
[[nodiscard]] live_session const& live_session_of(policy_size const& size, policy_kind kind);
[[nodiscard]] bench::question_set const& asked_of_session(policy_size const& size, policy_kind kind,
                                                          bench::answers wanted);

/// Questions of single roles.
[[nodiscard]] bench::question_set const& asked_of_roles(policy_size const& size, policy_kind kind,
                                                        bench::answers wanted);

/// The ids of so many users of a policy, at random, each a text of its own.
[[nodiscard]] std::vector<std::string> const& asking_users(policy_size const& size);

/// How many questions are in a set: more than a branch predictor remembers, and few enough for
/// a second-level cache.
inline constexpr std::size_t questions = 8192;

}  // namespace rolecall::benchmarks

#endif
