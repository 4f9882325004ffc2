// The answer to a question, and why.
#ifndef ROLECALL_DECISION_HPP
#define ROLECALL_DECISION_HPP

#include <rolecall/reference.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1 {

/// Zero is deny, so that a forgotten value refuses.
enum class decision : std::uint8_t { deny = 0, allow = 1 };

/// Why. Everything but `granted` is a denial; of the reasons that apply, the first in this order
/// is given.
enum class reason : std::uint8_t {
    unavailable = 0,  ///< the surroundings failed: no policy, no audit record
    granted,          ///< an active role grants it, and nothing forbids it
    unknown_name,     ///< a role, action, category, fact or user that the policy does not declare
    expired,          ///< every assignment of the listed user has passed
    not_assigned,     ///< a chosen role that the listed user does not hold
    separation,       ///< the roles may not be held, or active, together
    forbidden,        ///< a guardrail fires, on true or on unknown facts
    not_granted,      ///< no active role has a grant for it, with or without conditions
    undecided,        ///< a grant could hold if unknown facts were true
    unmet,            ///< known facts rule every grant out
};

constexpr std::string_view to_string(decision d) noexcept {
    return d == decision::allow ? "allow" : "deny";
}

/// `not-granted`, as the policy format spells it.
constexpr std::string_view to_string(reason r) noexcept {
    constexpr std::array<std::string_view, 10> words{
        "unavailable", "granted",   "unknown-name", "expired",   "not-assigned",
        "separation",  "forbidden", "not-granted",  "undecided", "unmet"};
    auto const index = static_cast<std::size_t>(r);
    return index < words.size() ? words[index] : words[0];
}

/// A decision with its reason, and the active role that grants it (itself or by what it
/// inherits) when it is allowed. Where several do, the first by name. Default: a denial.
///
/// `policy_version` is that of the authorizer that answered: 1 for its first policy, one more
/// for each that replaced it. A policy that is asked by itself has no version: 0.
struct response {
    rolecall::decision decision = rolecall::decision::deny;
    rolecall::reason reason = rolecall::reason::unavailable;
    std::uint32_t policy_version = 0;
    role_ref granting_role{};

    constexpr explicit operator bool() const noexcept {
        return decision == rolecall::decision::allow;
    }

    static constexpr response denied(rolecall::reason why) noexcept {
        return {rolecall::decision::deny, why, 0, {}};
    }

    friend constexpr bool operator==(response const&, response const&) noexcept = default;
};

}  // namespace rolecall::inline v0_1

#endif
