// Roles that are active together, put into one row: the fastest way to ask.
#ifndef ROLECALL_SESSION_HPP
#define ROLECALL_SESSION_HPP

#include <rolecall/policy.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall {

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
        if (access::stamps(what, on) != lineage_) return false;
        std::uint32_t const cell = row_[access::number(on)] >> access::number(what);
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
    [[nodiscard]] response evaluate(action what, category_ref on,
                                    facts const& known = {}) const noexcept {
        using detail::access;
        detail::stamp const stamps = access::stamps(what, on) | access::lineage(known);
        if (stamps != lineage_) return response::denied(reason::unknown_name);
        return detail::evaluate_declared(access::data(policy_), roles_.view(), what, on, known);
    }

    /// Every category on which this is allowed, by name: those for which `allows` says yes.
    [[nodiscard]] std::vector<category_ref> allowed_categories(action what,
                                                               facts const& known = {}) const {
        detail::policy_data const& p = *policy_.data_;
        return allowed<category_ref>(p.categories, [&](std::uint32_t number, auto& result) {
            auto const on = detail::access::make<category_ref>(number, p.lineage);
            if (allows(what, on, known)) result.push_back(on);
        });
    }

    /// Every action that is allowed on this category, by name.
    [[nodiscard]] std::vector<action> allowed_actions(category_ref on,
                                                      facts const& known = {}) const {
        detail::policy_data const& p = *policy_.data_;
        return allowed<action>(p.actions, [&](std::uint32_t number, auto& result) {
            auto const what = detail::access::make_action_of(number, p.lineage);
            if (allows(what, on, known)) result.push_back(what);
        });
    }

    /// The policy that this session is of.
    [[nodiscard]] policy const& of() const& noexcept { return policy_; }
    policy const& of() const&& = delete;

    /// The active roles, by name, without those that they inherit.
    [[nodiscard]] std::vector<role_ref> active_roles() const { return references(roles_.active); }

    /// All roles that the person is known to hold, active or not, by name.
    [[nodiscard]] std::vector<role_ref> held_roles() const { return references(roles_.held); }

private:
    friend class policy;
    friend struct detail::access;

    session(policy const& of, detail::role_set roles)
        : policy_(of),
          lineage_(of.data_->lineage),
          undeclared_facts_(of.data_->undeclared_facts),
          roles_(std::move(roles)) {
        detail::policy_data const& p = *of.data_;
        bool const alone = roles_.active.size() == 1 && roles_.held == roles_.active;
        if (alone) {
            row_ = p.effective_of_role[roles_.active[0]];
        } else {
            unite(p);
            row_ = own_row_.data();
        }
    }

    // INVARIANT: grants and guardrails are each united over all roles before one is
    // subtracted from the other.
    void unite(detail::policy_data const& p) {
        std::vector<std::uint32_t> grants(p.width);
        std::vector<std::uint32_t> guards(p.width);
        for (std::uint32_t const role : roles_.active)
            add(grants, p.row(p.rows_of_role[role].grants));
        for (std::uint32_t const row : roles_.guard_rows) add(guards, p.row(row));
        std::uint32_t const* const required = p.row(p.required);
        for (std::size_t i = 0; i < grants.size(); ++i)
            grants[i] = detail::effective_cell(grants[i], guards[i], required[i]);
        own_row_ = std::move(grants);
    }

    static void add(std::vector<std::uint32_t>& sum, std::uint32_t const* row) noexcept {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] |= row[i];
    }

    // What `add` adds for each number that has a name, in the order of the names.
    template <class Reference, class Add>
    [[nodiscard]] std::vector<Reference> allowed(detail::name_table const& names,
                                                 Add const& add) const {
        std::vector<Reference> result;
        for (std::uint32_t number = 0; number < names.size(); ++number)
            if (names.declared(number)) add(number, result);
        std::sort(result.begin(), result.end(), [&](Reference a, Reference b) {
            return names.name(detail::access::number(a)) < names.name(detail::access::number(b));
        });
        return result;
    }

    [[nodiscard]] std::vector<role_ref> references(std::vector<std::uint32_t> const& roles) const {
        std::vector<role_ref> result;
        result.reserve(roles.size());
        for (std::uint32_t const role : roles)
            result.push_back(detail::access::make<role_ref>(role, policy_.data_->lineage));
        return result;
    }

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

inline activation policy::activate(role_list roles) const {
    detail::role_set set = detail::activate_roles(*data_, roles);
    return set.ok() ? activation(session(*this, std::move(set))) : activation(set.refused);
}

inline activation policy::activate_user(std::string_view id, date on) const {
    detail::role_set set = detail::activate_user(*data_, id, std::nullopt, on);
    return set.ok() ? activation(session(*this, std::move(set))) : activation(set.refused);
}

inline activation policy::activate_user(std::string_view id, role_list roles, date on) const {
    detail::role_set set = detail::activate_user(*data_, id, roles, on);
    return set.ok() ? activation(session(*this, std::move(set))) : activation(set.refused);
}

}  // namespace rolecall

#endif
