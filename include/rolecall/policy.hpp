// A policy: rules, compiled, immutable.
#ifndef ROLECALL_POLICY_HPP
#define ROLECALL_POLICY_HPP

#include <rolecall/action.hpp>
#include <rolecall/audit_mode.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/check.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/policy_head.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/reference.hpp>
#include <rolecall/request.hpp>
#include <rolecall/role_list.hpp>

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1 {

struct document;
class activation;

/// Rules that were checked and compiled. There is no empty or broken policy: one comes from
/// `yaml::load` or a `policy_builder`, whole or not at all.
///
/// A policy is a handle: copies share the same immutable rules and cost one atomic count.
/// Every member may be called from any number of threads at once; none of those marked
/// noexcept allocates, locks, or does I/O. Unknown names and references of other policies
/// are denials, not errors.
class policy {
public:
    policy(policy const& other) noexcept : data_(other.data_) { acquire(); }
    policy& operator=(policy const& other) noexcept {
        policy copy(other);
        std::swap(data_, copy.data_);
        return *this;
    }
    // A moved-from policy would be one without rules, so moving is copying.
    ~policy() {
        if (data_->uses.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy();
    }

    /// The reference of a declared name; nothing for any other text.
    [[nodiscard]] std::optional<role_ref> role(std::string_view name) const noexcept {
        return find<role_ref>(data_->roles, name);
    }
    [[nodiscard]] std::optional<category_ref> category(std::string_view name) const noexcept {
        return find<category_ref>(data_->categories, name);
    }
    [[nodiscard]] std::optional<fact_ref> fact(std::string_view name) const noexcept {
        return find<fact_ref>(data_->facts, name);
    }
    [[nodiscard]] std::optional<rolecall::action> action(std::string_view name) const noexcept {
        std::uint32_t const number = data_->actions.find(name);
        if (number == detail::name_table::none) return std::nullopt;
        return detail::access::make_action_of(number, data_->lineage);
    }

    /// Facts by name. One undeclared name makes them all invalid: every check denies.
    [[nodiscard]] ROLECALL_COLD rolecall::facts make_facts(
        std::initializer_list<std::pair<std::string_view, fact_value>> statements) const noexcept;

    /// The name behind a reference; empty for a reference of another policy. The view lives
    /// as long as any copy of this policy.
    [[nodiscard]] std::string_view name(role_ref of) const& noexcept {
        return name_in(data_->roles, of);
    }
    [[nodiscard]] std::string_view name(category_ref of) const& noexcept {
        return name_in(data_->categories, of);
    }
    [[nodiscard]] std::string_view name(fact_ref of) const& noexcept {
        return name_in(data_->facts, of);
    }
    [[nodiscard]] std::string_view name(rolecall::action of) const& noexcept {
        using detail::access;
        bool const ours =
            access::lineage(of) == detail::every_policy || access::lineage(of) == data_->lineage;
        return ours && data_->actions.declared(access::number(of))
                   ? data_->actions.name(access::number(of))
                   : std::string_view{};
    }
    template <class Reference>
    std::string_view name(Reference of) const&& = delete;

    /// Asks as one role. For buttons, lists and loops: nothing is recorded.
    [[nodiscard]] bool allows(role_ref role, rolecall::action action, category_ref category,
                              rolecall::facts const& facts = {}) const noexcept {
        return detail::allows(*data_, role, action, category, facts);
    }

    /// The same by names; resolve them once with `role`, `action` and `category` where the
    /// same question is asked often.
    [[nodiscard]] bool allows(std::string_view role, std::string_view action,
                              std::string_view category,
                              rolecall::facts const& facts = {}) const noexcept {
        return detail::allows(*data_, role, action, category, facts);
    }

    /// Asks as one role, and says why.
    [[nodiscard]] ROLECALL_COLD response evaluate(role_ref role, rolecall::action action,
                                                  category_ref category,
                                                  rolecall::facts const& facts = {}) const noexcept;

    /// Asks by names, as roles or as a user, and says why.
    [[nodiscard]] ROLECALL_COLD response evaluate(request const& question) const;

    /// Makes roles active together, for many questions. Where they may not be: the reason.
    [[nodiscard]] ROLECALL_COLD activation activate(role_list roles) const;

    /// Makes a user's roles active: all that are assigned on that day.
    [[nodiscard]] ROLECALL_COLD activation activate_user(std::string_view id,
                                                         date on = date::today()) const;

    /// Makes some of a listed user's roles active, or those that the application vouches for.
    [[nodiscard]] ROLECALL_COLD activation activate_user(std::string_view id, role_list roles,
                                                         date on = date::today()) const;

    /// How an answer to a question has to be recorded: what the section `audit` says, or else
    /// `docs/format.md`. What a denial has to is the same for all. An allow that this policy could
    /// not give, by an unknown name, is `required`.
    [[nodiscard]] ROLECALL_COLD rolecall::audit_mode audit_mode(rolecall::action action,
                                                                category_ref category,
                                                                decision answer) const noexcept;

    /// The policy's fingerprint, as `rolecall::digest` gives it, where it is known: of a
    /// policy that an authorizer was given, if it was loaded; and of one that `digest` was
    /// asked about. Else empty. Lives as long as any copy of this policy.
    [[nodiscard]] std::string_view known_digest() const& noexcept {
        std::string const* const digest = data_->digest.load(std::memory_order_acquire);
        return digest != nullptr ? std::string_view(*digest) : std::string_view{};
    }
    std::string_view known_digest() const&& = delete;

    /// The rules as written, with their places. Lives as long as any copy of this policy;
    /// `#include <rolecall/document.hpp>` to look inside.
    [[nodiscard]] document const& source() const& noexcept { return *data_->source; }
    document const& source() const&& = delete;

private:
    friend struct detail::access;
    friend class session;

    explicit policy(detail::policy_head const* data) noexcept : data_(data) {}

    void acquire() const noexcept { data_->uses.fetch_add(1, std::memory_order_relaxed); }

    ROLECALL_COLD void destroy() const noexcept;

    template <class Reference>
    [[nodiscard]] std::optional<Reference> find(detail::name_table const& names,
                                                std::string_view name) const noexcept {
        std::uint32_t const number = names.find(name);
        if (number == detail::name_table::none) return std::nullopt;
        return detail::access::make<Reference>(number, data_->lineage);
    }

    template <class Reference>
    [[nodiscard]] std::string_view name_in(detail::name_table const& names,
                                           Reference of) const noexcept {
        using detail::access;
        std::uint32_t const number = access::number(of);
        bool const ours = access::lineage(of) == data_->lineage && names.declared(number);
        return ours ? names.name(number) : std::string_view{};
    }

    detail::policy_head const* data_;  // never null
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/policy.hpp>
#endif

#endif
