// Users of a store as `users list` shows them: those who are asked for, with the state of each
// role on a day.
#ifndef ROLECALL_CLI_LISTS_LISTED_USERS_HPP
#define ROLECALL_CLI_LISTS_LISTED_USERS_HPP

#include "cli/arguments.hpp"
#include "cli/users/rules.hpp"
#include "cli/users/store.hpp"
#include <rolecall/date.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// How an assignment stands on a day.
enum class role_state : std::uint8_t {
    held,
    ends_soon,   ///< held, and it ends within the days that were asked for
    passed,      ///< its last day was before
    undeclared,  ///< not passed, and the policy has no such role: who has it is denied
};

/// `ends-soon`
[[nodiscard]] std::string_view to_string(role_state state) noexcept;

struct listed_role {
    assigned_role assigned;
    role_state state = role_state::held;
    /// By name; none without a policy, and of a role that it does not declare.
    std::optional<std::vector<std::string>> inherits;
};

struct listed_user {
    std::string id;
    std::vector<listed_role> roles;
};

/// Shows the users of a directory whom the arguments ask for, by id. May do so again and again.
class user_lister {
public:
    /// All must outlive it; without rules, no role is unknown and none inherits.
    user_lister(users_view directory, users_list_arguments const& arguments, role_rules* rules);

    void each(std::function<void(listed_user const&)> const& show);

    [[nodiscard]] date on() const noexcept { return on_; }
    [[nodiscard]] int soon_days() const noexcept { return soon_days_; }
    /// The names of all roles that were seen, those who were not asked for included.
    [[nodiscard]] std::set<std::string, std::less<>> const& roles_seen() const noexcept {
        return roles_seen_;
    }

private:
    [[nodiscard]] listed_role listed(assigned_role const& role);
    [[nodiscard]] bool is_wanted(listed_role const& role) const;

    users_view directory_;
    users_list_arguments const& arguments_;
    role_rules* rules_;
    date on_;
    int soon_days_;
    std::vector<std::string> ids_;
    std::set<std::string, std::less<>> roles_seen_;
};

}  // namespace rolecall::inline v0_1::cli

#endif
