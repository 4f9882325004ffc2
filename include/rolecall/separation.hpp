// Separation of duty: which roles collide, by which rule, and why there is one.
#ifndef ROLECALL_SEPARATION_HPP
#define ROLECALL_SEPARATION_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/role_list.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// A role of a rule, and the role through which somebody has it.
struct separated_role {
    std::string role;     ///< of the rule
    std::string through;  ///< the same, or a role that inherits it
};

/// A separation that roles break together.
struct separation_violation {
    std::string rule;  ///< its name
    separation_scope per = separation_scope::person;
    std::uint32_t at_most = 0;  ///< the rule's. Its cardinality in INCITS 359 is one more
    std::string because;        ///< the rule's reason; may be empty
    location where;             ///< of the rule's name; line 0 for a policy made in code

    /// The smallest set of the given roles that breaks the rule by itself, by name: to take any
    /// one of them away mends it, unless others break it too. One alone where that one inherits
    /// too much.
    std::vector<std::string> roles;
    /// Which roles of the rule these have, by name.
    std::vector<separated_role> members;

    /// In one line, without a full stop: the rule and its line, what it allows, which of its roles
    /// these have and through which, and the reason.
    std::string sentence;
};

/// Every separation per person that somebody would break who holds these roles, in the order of
/// the rules' names. Roles that the policy does not declare count for nothing.
[[nodiscard]] ROLECALL_API std::vector<separation_violation> person_violations(policy const& by,
                                                                               role_list held);

/// Every separation per session that these roles would break if they were active together.
[[nodiscard]] ROLECALL_API std::vector<separation_violation> session_violations(policy const& by,
                                                                                role_list active);

}  // namespace rolecall::inline v0_1

#endif
