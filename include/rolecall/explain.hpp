// Why a decision is what it is: the line that decided, the nearest grant, what is missing.
#ifndef ROLECALL_EXPLAIN_HPP
#define ROLECALL_EXPLAIN_HPP

#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/request.hpp>
#include <rolecall/session.hpp>
#include <rolecall/user_directory.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// A line of the policy that a decision rests on.
struct policy_line {
    enum class kind : std::uint8_t { grant, requirement, guardrail, separation, assignment };

    kind what{};
    location where;        ///< empty path and line 0 for a policy made in code
    std::string sentence;  ///< `support may view payment if open-ticket`
};

/// A decision, explained for two readers. Every sentence begins with a capital and ends
/// with a full stop, and stands on one line.
struct explanation {
    response answer;
    /// For the person who asked: names no people, no facts and no inner rules.
    std::string for_staff;
    /// For the owner of the policy: who, what, and by which rule.
    std::string for_owner;
    /// The lines that decided: the grant and the requirements it met, the guardrails that
    /// fired, the separation that was broken, the assignments that have passed.
    std::vector<policy_line> decided_by;
    /// For a denial, the grant that comes closest: of the asking roles if there is one,
    /// otherwise of another role.
    std::optional<policy_line> nearest;
    /// For a denial, exactly what would have to change, one sentence each.
    std::vector<std::string> missing;
};

/// Asks as `policy::evaluate` does, and explains the answer. `authorizer::explain` explains one
/// that was given before, by the policy of then. For people and logs, not for
/// hot loops: it walks the policy as written. Any number of threads may call it at once.
[[nodiscard]] ROLECALL_API explanation explain(policy const& by, request const& question);

/// The same, with a directory of users beside those that the policy lists, as an authorizer
/// asks it.
[[nodiscard]] ROLECALL_API explanation explain(policy const& by, users_view directory,
                                               request const& question);

/// The same for a question by session and references. Where one of them belongs to another
/// policy, the answer is `unknown_name`.
[[nodiscard]] ROLECALL_API explanation explain(session const& who, action what, category_ref on,
                                               facts const& known = {});

}  // namespace rolecall::inline v0_1

#endif
