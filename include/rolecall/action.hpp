// What somebody wants to do with customer data.
#ifndef ROLECALL_ACTION_HPP
#define ROLECALL_ACTION_HPP

#include <rolecall/detail/lineage.hpp>

#include <cstdint>

namespace rolecall::inline v0_1 {

class facts;

namespace detail {
struct access;
}

/// An action: one of the four below, which every policy has, or one of up to twelve that a
/// policy adds, obtained from `policy::action`. A default-constructed action belongs to no
/// policy, and every check with it denies. Trivially copyable, 8 bytes.
class action {
public:
    constexpr action() noexcept = default;

    friend constexpr bool operator==(action, action) noexcept = default;

private:
    friend struct detail::access;
    constexpr action(std::uint32_t number, detail::stamp lineage) noexcept : of_(number, lineage) {}

    detail::stamped_number of_{0, detail::no_policy};  // below 16
};

namespace detail {

inline constexpr std::uint32_t built_in_actions = 4;
inline constexpr std::uint32_t max_actions = 16;
inline constexpr std::uint32_t max_facts = 64;
inline constexpr std::uint32_t max_numbers = 65'535;  // of roles, and of categories

/// The one door to the numbers and stamps of references.
struct access {
    static constexpr action make_action(std::uint32_t number, stamp lineage) noexcept {
        return {number, lineage};
    }

    /// The action with this number in a policy: the first four are of every policy.
    static constexpr action make_action_of(std::uint32_t number, stamp lineage) noexcept {
        return {number, number < built_in_actions ? every_policy : lineage};
    }

    template <class Reference>
    static constexpr Reference make(std::uint32_t number, stamp lineage) noexcept {
        return Reference(number, lineage);
    }

    template <class Reference>
    static constexpr std::uint32_t number(Reference const& of) noexcept {
        return of.of_.number();
    }

    template <class Reference>
    static constexpr stamp lineage(Reference const& of) noexcept {
        return of.of_.lineage();
    }
    static constexpr stamp lineage(facts const& of) noexcept;

    /// The stamps of several references, put together.
    template <class Reference, class... References>
    static constexpr stamp stamps(Reference const& of, References const&... others) noexcept {
        return of.of_.stamps_with(others.of_...);
    }

    template <class Facts>
    static constexpr std::uint64_t known_true(Facts const& of) noexcept {
        return of.true_;
    }

    template <class Facts>
    static constexpr std::uint64_t known_false(Facts const& of) noexcept {
        return of.false_;
    }

    template <class Facts>
    static constexpr std::uint64_t stated(Facts const& of) noexcept {
        return of.stated_;
    }

    template <class Policy, class Data>
    static Policy make_policy(Data const* data) noexcept {
        return Policy(data);
    }

    /// What a check reads of a policy.
    template <class Policy>
    static constexpr auto const& head(Policy const& of) noexcept {
        return *of.data_;
    }

    template <class Session, class Policy, class Roles>
    static Session make_session(Policy const& of, Roles&& roles) {
        return Session(of, static_cast<Roles&&>(roles));
    }

    /// What an audit event points to.
    template <class Event>
    static constexpr auto const& told_of(Event const& event) noexcept {
        return event.told_;
    }

    template <class Session>
    static constexpr auto const& role_set(Session const& of) noexcept {
        return of.roles_;
    }
};

}  // namespace detail

/// The actions that every policy has. `all` in a policy means these four.
inline constexpr action view = detail::access::make_action(0, detail::every_policy);
inline constexpr action modify = detail::access::make_action(1, detail::every_policy);
inline constexpr action store = detail::access::make_action(2, detail::every_policy);
inline constexpr action delete_ = detail::access::make_action(3, detail::every_policy);

}  // namespace rolecall::inline v0_1

#endif
