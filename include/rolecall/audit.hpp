// What an authorizer tells: who asked for what, and what was answered.
//
// A sink is any callable that takes an `audit_event const&` and returns whether it recorded it:
//
//     auto log = [](rolecall::audit_event const& event) noexcept {
//         return write(event) ? rolecall::recorded::yes : rolecall::recorded::no;
//     };
//     rolecall::authorizer pdp{policy, log};
//
// What a sink must know:
//   - It is called by every thread that decides, at the same time, and the decision waits for
//     it: a slow sink is a slow decision.
//   - Where it answers `no`, or throws, an allow becomes a denial, `unavailable`: no record, no
//     access. The sink is then told of that denial too, so that what it recorded before stays
//     true, and this time its answer changes nothing. Where the policy says that recording is
//     `best-effort`, the allow stays, and the sink is who knows that a record is missing.
//   - It may ask the authorizer that called it. `allows` answers; `decide` can't be recorded
//     from in there, and so denies.
//   - Views in the event live until the call returns. An `audit_record` is a copy to keep.
#ifndef ROLECALL_AUDIT_HPP
#define ROLECALL_AUDIT_HPP

#include <rolecall/audit_mode.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/no_throw.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/request.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// Whether a sink recorded what it was told. Zero is no, so that a forgotten value refuses.
enum class recorded : std::uint8_t { no = 0, yes = 1 };

/// What an event is about.
enum class audit_kind : std::uint8_t {
    decision,          ///< a question was answered
    policy_activated,  ///< from now on another policy decides
    policy_refused,    ///< a new policy is invalid or unreadable; the old one goes on deciding
    lineage_begun,     ///< numbers ran out: references made before are denied from now on
    roles_unknown,     ///< an identity provider named roles that the policy does not declare
};

/// `policy-activated`
constexpr std::string_view to_string(audit_kind kind) noexcept {
    constexpr std::string_view words[] = {"decision", "policy-activated", "policy-refused",
                                          "lineage-begun", "roles-unknown"};
    auto const index = static_cast<std::size_t>(kind);
    return index < std::size(words) ? words[index] : words[0];
}

/// Names in an event: a view.
class audit_names {
public:
    constexpr audit_names() noexcept = default;
    audit_names(detail::name_table const& names, std::vector<std::uint32_t> const& numbers) noexcept
        : names_(&names), data_(numbers.data()), size_(numbers.size()) {}
    explicit audit_names(std::span<std::string_view const> names) noexcept
        : of_views_(true), data_(names.data()), size_(names.size()) {}
    explicit audit_names(std::span<std::string const> names) noexcept
        : data_(names.data()), size_(names.size()) {}

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// The name at an index below `size()`.
    [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
        if (names_ != nullptr) return names_->name(static_cast<std::uint32_t const*>(data_)[index]);
        if (of_views_) return static_cast<std::string_view const*>(data_)[index];
        return static_cast<std::string const*>(data_)[index];
    }

    class iterator {
    public:
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;

        iterator() = default;
        iterator(audit_names const& of, std::size_t at) noexcept : of_(&of), at_(at) {}
        std::string_view operator*() const noexcept { return (*of_)[at_]; }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept { return {*of_, at_++}; }
        friend bool operator==(iterator const&, iterator const&) noexcept = default;

    private:
        audit_names const* of_ = nullptr;
        std::size_t at_ = 0;
    };

    [[nodiscard]] iterator begin() const& noexcept { return {*this, 0}; }
    [[nodiscard]] iterator end() const& noexcept { return {*this, size_}; }
    iterator begin() const&& = delete;
    iterator end() const&& = delete;

private:
    detail::name_table const* names_ = nullptr;
    bool of_views_ = false;
    void const* data_ = nullptr;
    std::size_t size_ = 0;
};

namespace detail {

/// What only events point to that are no decision.
struct told_beside {
    std::string_view previous_digest;
    std::string_view problem;
    std::string_view refused_digest;
    audit_names unknown_roles;
};

/// What an event points to, filled in by whoever tells it. The constructor takes what is known at
/// run time only, so that compilers set one member after the other: GCC 12 clears all of a constant
/// with `rep stos`, which takes longer than a decision.
struct told {
    explicit told(policy const& deciding) noexcept : by(&deciding) {}

    policy const* by;
    std::string_view user{};
    role_set const* roles = nullptr;           // settled, or
    audit_names given_roles{};                 // as they were asked for
    rolecall::action const* action = nullptr;  // by reference, or
    category_ref const* category = nullptr;
    facts const* known = nullptr;
    request const* asked = nullptr;  // by names
    std::string_view record{};
    std::string_view origin{};
    response answer{};
    audit_kind kind = audit_kind::decision;
    told_beside const* beside = nullptr;
};

}  // namespace detail

/// What a sink is told: a view, which lives until the sink returns. Asking it allocates nothing.
class audit_event {
public:
    explicit audit_event(detail::told const& what) noexcept : told_(what) {}

    [[nodiscard]] audit_kind kind() const noexcept { return told_.kind; }

    /// Who asked, by the id that the application gave; empty where roles asked.
    [[nodiscard]] std::string_view user() const noexcept { return told_.user; }
    /// The roles that were active, by name; where they could not be settled, as asked for.
    [[nodiscard]] audit_names active_roles() const noexcept {
        return settled() ? names(told_.roles->active) : told_.given_roles;
    }
    /// All roles that the person was known to hold; none where they could not be settled.
    [[nodiscard]] audit_names held_roles() const noexcept {
        return settled() ? names(told_.roles->held) : audit_names{};
    }

    /// What was asked for. A reference of another policy has no name: empty.
    [[nodiscard]] std::string_view action() const noexcept {
        if (told_.asked != nullptr) return told_.asked->action;
        return told_.action != nullptr ? told_.by->name(*told_.action) : std::string_view{};
    }
    [[nodiscard]] std::string_view category() const noexcept {
        if (told_.asked != nullptr) return told_.asked->category;
        return told_.category != nullptr ? told_.by->name(*told_.category) : std::string_view{};
    }
    /// Of which customer or record, in the application's words; empty where it did not say.
    [[nodiscard]] std::string_view record() const noexcept { return told_.record; }
    /// From where, in the application's words: an address, a till; empty where it did not say.
    [[nodiscard]] std::string_view origin() const noexcept { return told_.origin; }

    /// Calls `each(std::string_view name, std::optional<bool> value)` for every fact that was
    /// stated; without a value, as unknown or in contradiction to itself. A question by names
    /// tells each statement as it was made.
    template <class Each>
    void for_each_fact(Each&& each) const {
        if (told_.asked != nullptr) {
            for (auto const& [name, value] : told_.asked->facts) each(name, value.value());
        } else if (told_.known != nullptr) {
            for_each_bit(each);
        }
    }

    [[nodiscard]] response const& answer() const noexcept { return told_.answer; }
    /// The active role that grants it, where it is allowed.
    [[nodiscard]] std::string_view granting_role() const noexcept {
        return told_.by->name(told_.answer.granting_role);
    }

    /// How the policy wants it recorded. What is no decision is `required`.
    [[nodiscard]] ROLECALL_COLD audit_mode mode() const noexcept;

    /// The policy that decided; that was activated; or that goes on deciding.
    [[nodiscard]] policy const& by() const noexcept { return *told_.by; }
    [[nodiscard]] std::uint32_t policy_version() const noexcept {
        return told_.answer.policy_version;
    }
    /// See `policy::known_digest`.
    [[nodiscard]] std::string_view policy_digest() const noexcept {
        return told_.by->known_digest();
    }

    /// Of the policy that was replaced (policy_activated).
    [[nodiscard]] std::string_view previous_digest() const noexcept {
        return beside().previous_digest;
    }
    /// Why it was refused, with its place and code (policy_refused).
    [[nodiscard]] std::string_view problem() const noexcept { return beside().problem; }
    /// SHA-256 of the files that were refused (policy_refused); empty where they could not be
    /// read.
    [[nodiscard]] std::string_view refused_digest() const noexcept {
        return beside().refused_digest;
    }
    /// The roles that the identity provider named and the policy does not declare (roles_unknown).
    [[nodiscard]] audit_names unknown_roles() const noexcept { return beside().unknown_roles; }

private:
    friend struct detail::access;

    [[nodiscard]] bool settled() const noexcept {
        return told_.roles != nullptr && told_.roles->known();
    }

    [[nodiscard]] detail::told_beside beside() const noexcept {
        return told_.beside != nullptr ? *told_.beside : detail::told_beside{};
    }

    [[nodiscard]] audit_names names(std::vector<std::uint32_t> const& roles) const noexcept {
        return {detail::access::head(*told_.by).roles, roles};
    }

    template <class Each>
    void for_each_bit(Each& each) const {
        using detail::access;
        detail::policy_head const& p = access::head(*told_.by);
        if (access::lineage(*told_.known) != p.lineage) return;
        for (std::uint32_t n = 0; n < p.facts.size(); ++n) {
            std::uint64_t const bit = std::uint64_t{1} << n;
            if ((access::stated(*told_.known) & bit) == 0 || !p.facts.declared(n)) continue;
            bool const yes = (access::known_true(*told_.known) & bit) != 0;
            bool const no = (access::known_false(*told_.known) & bit) != 0;
            each(p.facts.name(n), yes || no ? std::optional<bool>(yes) : std::nullopt);
        }
    }

    detail::told const& told_;
};

/// A copy of an event, to keep: with when it was recorded, and its number among the records of
/// one sink, which tells when one is missing.
struct audit_record {
    std::uint64_t sequence = 0;  ///< 1, 2, 3 …
    std::int64_t time = 0;       ///< nanoseconds since 1970-01-01 UTC, by the system's clock
    audit_kind kind = audit_kind::decision;
    std::string user;
    std::vector<std::string> active_roles, held_roles;
    std::string action, category, record, origin;
    std::vector<std::pair<std::string, std::optional<bool>>> facts;  ///< as they were stated
    rolecall::decision decision = rolecall::decision::deny;
    rolecall::reason reason = rolecall::reason::unavailable;
    std::string granting_role;
    std::uint32_t policy_version = 0;
    std::string policy_digest, previous_digest;
    std::string problem, refused_digest;
    std::vector<std::string> unknown_roles;

    ROLECALL_COLD audit_record();
    ROLECALL_COLD audit_record(audit_event const& event, std::uint64_t number, std::int64_t when);
    ROLECALL_COLD audit_record(audit_record const&);
    ROLECALL_COLD audit_record(audit_record&&) noexcept;
    ROLECALL_COLD audit_record& operator=(audit_record const&);
    ROLECALL_COLD audit_record& operator=(audit_record&&) noexcept;
    ROLECALL_COLD ~audit_record();

    friend ROLECALL_COLD bool operator==(audit_record const& a, audit_record const& b);
};

/// What an authorizer can tell. It should be noexcept; one that throws did not record.
template <class Sink>
concept audit_sink = requires(std::remove_reference_t<Sink>& sink, audit_event const& event) {
    { sink(event) } -> std::same_as<recorded>;
};

/// Tells a sink, and takes an exception for a no.
template <audit_sink Sink>
recorded tell(Sink& sink, audit_event const& event) noexcept {
    return detail::no_throw(recorded::no, [&] { return sink(event); });
}

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/audit.hpp>
#endif

#endif
