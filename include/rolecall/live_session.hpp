// Roles active together, of an authorizer: as fast to ask as a session, and never out of date.
#ifndef ROLECALL_LIVE_SESSION_HPP
#define ROLECALL_LIVE_SESSION_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/detail/live_words.hpp>
#include <rolecall/session.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

class authorizer;

namespace detail {

/// Who a session is of, in words that outlive policies.
struct asker {
    bool is_user = true;
    std::string id;
    std::optional<std::vector<std::string>> roles;  // chosen or vouched for; of roles: themselves

    [[nodiscard]] role_set settle(policy_data const& p, live_state const& state) const;
};

}  // namespace detail

/// A session of an authorizer. It is a snapshot like any other, and compares one word with the
/// authorizer's: once the policy was replaced, or an assignment has passed, `allows` answers no
/// until `refresh`. `authorizer::decide` needs no refresh: it asks the policy of the moment.
///
/// Members marked noexcept and const may be called from any number of threads at once; not
/// while another thread refreshes or moves the session. It keeps the policy that it was made
/// of alive, until it is refreshed. It may outlive its authorizer, and then denies.
class live_session {
public:
    live_session(live_session&& other) noexcept
        : state_(other.state_),
          generation_(std::exchange(other.generation_, never)),
          version_(other.version_),
          who_(std::move(other.who_)),
          snapshot_(std::move(other.snapshot_)) {}
    live_session& operator=(live_session&& other) noexcept {
        if (this == &other) return *this;
        state_ = other.state_;
        generation_ = std::exchange(other.generation_, never);
        version_ = other.version_;
        who_ = std::move(other.who_);
        snapshot_ = std::move(other.snapshot_);
        return *this;
    }
    live_session(live_session const&) = delete;
    live_session& operator=(live_session const&) = delete;
    ~live_session() = default;

    /// Whether the policy or an assignment changed since the session was made or refreshed.
    [[nodiscard]] bool stale() const noexcept {
        return state_->generation.load(std::memory_order_relaxed) != generation_;
    }

    /// Makes the roles active anew, by the policy and the day of now. Where they may not be:
    /// the reason, and the session goes on denying. Not while other threads use the session.
    ROLECALL_COLD reason refresh();

    /// Whether the active roles may do this, whatever the facts. A stale session: no.
    [[nodiscard]] bool allows(action what, category_ref on) const noexcept {
        return !stale() && snapshot_.allows(what, on);
    }

    /// The same, given what is known.
    [[nodiscard]] bool allows(action what, category_ref on, facts const& known) const noexcept {
        return !stale() && snapshot_.allows(what, on, known);
    }

    /// Every category on which this is allowed, by name. A stale session: none.
    [[nodiscard]] ROLECALL_COLD std::vector<category_ref> allowed_categories(
        action what, facts const& known = {}) const;

    /// Every action that is allowed on this category, by name. A stale session: none.
    [[nodiscard]] ROLECALL_COLD std::vector<action> allowed_actions(category_ref on,
                                                                    facts const& known = {}) const;

    /// Makes one more role active, of those that the user holds or inherits (AddActiveRole of
    /// INCITS 359), and settles the session anew by the policy and the day of now. Where the role
    /// may not be active, the reason, and nothing has changed: `not_assigned`; `separation` beside
    /// the roles that are active already; `unknown_name`. For users whom the policy or the
    /// directory lists: whoever vouches for roles makes a new session, and here gets
    /// `not_assigned`. An active role more is no error. Not while other threads use the session.
    ROLECALL_COLD reason add_active_role(std::string_view role);

    /// Makes a role inactive that was made active, and settles the session anew. Of a role that
    /// is not, or only inherited by another: `not_assigned`, and nothing has changed. The user
    /// goes on to hold it: its guardrails stay. As `add_active_role` otherwise.
    ROLECALL_COLD reason drop_active_role(std::string_view role);

    /// Whose session it is; empty where it is of roles.
    [[nodiscard]] std::string_view user() const& noexcept { return who_.id; }
    std::string_view user() const&& = delete;

    /// The session as it was when it was made or refreshed, and the version of its policy.
    [[nodiscard]] session const& snapshot() const& noexcept { return snapshot_; }
    session const& snapshot() const&& = delete;
    [[nodiscard]] std::uint32_t policy_version() const noexcept { return version_; }

private:
    friend class authorizer;

    static constexpr std::uint64_t never = 0;  // no authorizer's generation

    template <class Change>
    reason choose_anew(Change const& change);

    live_session(detail::live_state_handle const& state, std::uint64_t generation,
                 std::uint32_t version, detail::asker who, session snapshot) noexcept
        : state_(state),
          generation_(generation),
          version_(version),
          who_(std::move(who)),
          snapshot_(std::move(snapshot)) {}

    detail::live_state_handle state_;
    std::uint64_t generation_;
    std::uint32_t version_;
    detail::asker who_;
    session snapshot_;
};

/// A session of an authorizer, or the reason why there is none: `unavailable` where memory was
/// lacking, the authorizer is gone, or what had to be recorded could not be.
class live_activation : public basic_activation<live_session> {
private:
    friend class authorizer;
    explicit live_activation(reason why) noexcept : basic_activation(why) {}
    explicit live_activation(live_session s) noexcept : basic_activation(std::move(s)) {}
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/live_session.hpp>
#endif

#endif
