// Roles that are active together, put into one row: the fastest way to ask.
#ifndef ROLECALL_SESSION_HPP
#define ROLECALL_SESSION_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/role_list.hpp>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// A fixed snapshot of who asks: the roles active, the guardrails of all roles held, and the
/// policy they are of, which it keeps alive. Made by `policy::activate`; knows nothing of
/// later policies or of time that passes.
///
/// A check by session is a comparison, a load and a bit test; one that depends on facts adds
/// a handful of mask operations. Members marked noexcept may be called from any number of
/// threads at once. Moving from a session leaves one that denies everything.
class session {
public:
    session(session&& other) noexcept
        : policy_(other.policy_),
          lineage_(std::exchange(other.lineage_, detail::every_policy)),
          undeclared_facts_(other.undeclared_facts_),
          row_(other.row_),
          own_row_(std::move(other.own_row_)),
          roles_(std::move(other.roles_)) {}
    session& operator=(session&& other) noexcept {
        if (this == &other) return *this;
        policy_ = other.policy_;
        lineage_ = std::exchange(other.lineage_, detail::every_policy);
        undeclared_facts_ = other.undeclared_facts_;
        row_ = other.row_;
        own_row_ = std::move(other.own_row_);
        roles_ = std::move(other.roles_);
        return *this;
    }
    session(session const&) = delete;
    session& operator=(session const&) = delete;
    ~session() = default;

    /// Whether the active roles may do this, whatever the facts: with none known. For
    /// buttons, lists and loops: nothing is recorded.
    [[nodiscard]] bool allows(action what, category_ref on) const noexcept {
        using detail::access;
        std::uint32_t const* const row = row_;  // read here, a loop of checks reads it once
        if (access::stamps(what, on) != lineage_) return false;
        std::uint32_t const cell = row[access::number(on)] >> access::number(what);
        return (cell & 1U) != 0;
    }

    /// The same, given what is known.
    [[nodiscard]] bool allows(action what, category_ref on, facts const& known) const noexcept {
        using detail::access;
        detail::stamp const stamps = access::stamps(what, on) | access::lineage(known);
        if (stamps != lineage_ || (access::stated(known) & undeclared_facts_) != 0) return false;
        std::uint32_t const cell = row_[access::number(on)] >> access::number(what);
        if ((cell & 0x10000U) == 0) [[likely]]
            return (cell & 1U) != 0;
        return bool{evaluate(what, on, known)};
    }

    /// The same answer, and why.
    [[nodiscard]] ROLECALL_COLD response evaluate(action what, category_ref on,
                                                  facts const& known = {}) const noexcept;

    /// Every category on which this is allowed, by name: those for which `allows` says yes.
    [[nodiscard]] ROLECALL_COLD std::vector<category_ref> allowed_categories(
        action what, facts const& known = {}) const;

    /// Every action that is allowed on this category, by name.
    [[nodiscard]] ROLECALL_COLD std::vector<action> allowed_actions(category_ref on,
                                                                    facts const& known = {}) const;

    /// The policy that this session is of.
    [[nodiscard]] policy const& of() const& noexcept { return policy_; }
    policy const& of() const&& = delete;

    /// The active roles, by name, without those that they inherit.
    [[nodiscard]] ROLECALL_COLD std::vector<role_ref> active_roles() const;

    /// All roles that the person is known to hold, active or not, by name.
    [[nodiscard]] ROLECALL_COLD std::vector<role_ref> held_roles() const;

    /// All roles that may be chosen to be active, by name: those held, and all that they inherit.
    [[nodiscard]] ROLECALL_COLD std::vector<role_ref> authorized_roles() const;

private:
    friend class policy;
    friend struct detail::access;

    ROLECALL_COLD session(policy const& of, detail::role_set roles);

    void unite(detail::policy_data const& p);
    [[nodiscard]] std::vector<role_ref> references(std::vector<std::uint32_t> const& roles) const;

    policy policy_;
    detail::stamp lineage_;  // every_policy, which no reference to a category has: denies all
    std::uint64_t undeclared_facts_;
    std::uint32_t const* row_ = nullptr;
    std::vector<std::uint32_t> own_row_;  // empty when the row is the policy's
    detail::role_set roles_;
};

/// A session, or the reason why the roles may not be active together.
template <class Session>
class basic_activation {
public:
    explicit operator bool() const noexcept { return session_.has_value(); }

    /// Why not; `granted` where there is a session.
    [[nodiscard]] reason why() const noexcept { return why_; }

    /// The session. Without one: throws std::bad_optional_access, or ends the program where
    /// exceptions are off.
    [[nodiscard]] Session value() && { return std::move(session_).value(); }
    [[nodiscard]] Session& value() & { return session_.value(); }
    [[nodiscard]] Session const& value() const& { return session_.value(); }

    Session* operator->() noexcept {
        assert(session_);
        return &*session_;
    }
    Session const* operator->() const noexcept {
        assert(session_);
        return &*session_;
    }
    Session const& operator*() const& noexcept {
        assert(session_);
        return *session_;
    }

protected:
    explicit basic_activation(reason why) noexcept : why_(why) {}
    explicit basic_activation(Session s) noexcept : session_(std::move(s)), why_(reason::granted) {}

private:
    std::optional<Session> session_;
    reason why_;
};

/// What `policy::activate` gives.
class activation : public basic_activation<session> {
private:
    friend class policy;
    explicit activation(reason why) noexcept : basic_activation(why) {}
    explicit activation(session s) noexcept : basic_activation(std::move(s)) {}
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/session.hpp>
#endif

#endif
