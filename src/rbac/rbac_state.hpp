// What the functions of the RBAC standard share: the decision point, the users, the sessions.
#ifndef ROLECALL_SRC_RBAC_RBAC_STATE_HPP
#define ROLECALL_SRC_RBAC_RBAC_STATE_HPP

#include <rolecall/authorizer.hpp>
#include <rolecall/document.hpp>
#include <rolecall/rbac.hpp>
#include <rolecall/user_edits.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

namespace rbac_functions {

/// What a user holds on the day of the authorizer: of the policy and of the directory.
struct person {
    bool in_policy = false;
    bool in_directory = false;
    bool unavailable = false;          ///< the directory can't tell
    std::vector<std::string> roles;    ///< declared by the policy; sorted, each once
    std::vector<std::string> unknown;  ///< that the policy does not declare

    [[nodiscard]] bool known() const noexcept { return in_policy || in_directory; }
};

/// A session, kept by its id.
struct kept_session {
    std::string user;
    live_session live;
};

using session_map = std::map<std::string, kept_session, std::less<>>;

[[nodiscard]] rbac_result success();
/// `unknown user `dnaa``, as the error says, of what was named.
[[nodiscard]] rbac_result failure(rbac_error error, std::string_view named = {});
[[nodiscard]] rbac_result failure(rbac_error error, std::string text, std::string_view whose,
                                  std::vector<separation_violation> violations);

}  // namespace rbac_functions

namespace detail {

class rbac_state {
public:
    rbac_state(authorizer& to_change, editable_users_view to_edit)
        : pdp(to_change), users(to_edit) {}

    // ---- Who there is ------------------------------------------------------------------------

    [[nodiscard]] rbac_functions::person find_person(policy const& by, std::string_view id) const;

    /// Calls `each(id, person)` for the users of the policy and of the directory, each once, in
    /// no order. False where the directory can't list them.
    bool for_each_person(
        policy const& by,
        std::function<void(std::string_view, rbac_functions::person const&)> const& each) const;

    /// Edits the directory. Nothing where it can't be written, and then `why` is set.
    [[nodiscard]] std::optional<edit_report> apply(std::span<user_edit const> edits,
                                                   rbac_result& why,
                                                   edit_options const& options = {}) const;

    // ---- Sessions ----------------------------------------------------------------------------

    /// A session that goes on: settled anew where something has changed, and ended where it may
    /// not go on. Null for none.
    rbac_functions::kept_session* find_session(std::string_view id);

    /// Ends the sessions that may not go on.
    void settle_sessions();

    /// Of what a function of a session names first: the user, the session, whose it is.
    rbac_result check_session(policy const& by, std::string_view user, std::string_view session);

    // ---- Changes of the policy -----------------------------------------------------------------

    /// Takes a document in place of the policy that decides, if it may be: no role, user or
    /// session breaks a separation, and it is a policy. `edits` are made with it.
    rbac_result replace(document const& next, std::vector<user_edit> const& edits = {});

    authorizer& pdp;
    editable_users_view users;
    std::mutex lock;
    rbac_functions::session_map sessions;
};

}  // namespace detail
}  // namespace rolecall::inline v0_1

#endif
