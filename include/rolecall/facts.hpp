// Yes/no statements that the application knows: true, false, or unknown.
#ifndef ROLECALL_FACTS_HPP
#define ROLECALL_FACTS_HPP

#include <rolecall/reference.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>

namespace rolecall::inline v0_1 {

/// What is known of a fact. Made from exactly `bool` or `std::optional<bool>` (empty:
/// unknown) and from nothing that merely converts: the string "false" would be true.
class fact_value {
public:
    template <std::same_as<bool> Bool>
    constexpr fact_value(Bool value) noexcept  // NOLINT(google-explicit-constructor)
        : known_(true), value_(value) {}

    template <std::same_as<std::optional<bool>> Optional>
    constexpr fact_value(Optional value) noexcept  // NOLINT(google-explicit-constructor)
        : known_(value.has_value()), value_(value.value_or(false)) {}

    /// Empty: unknown.
    [[nodiscard]] constexpr std::optional<bool> value() const noexcept {
        return known_ ? std::optional<bool>(value_) : std::nullopt;
    }
    [[nodiscard]] constexpr bool known_true() const noexcept { return known_ && value_; }
    [[nodiscard]] constexpr bool known_false() const noexcept { return known_ && !value_; }

private:
    bool known_;
    bool value_;
};

/// The facts of one question. What is not mentioned is unknown, and an unknown fact never
/// opens anything. A fact that is given twice with different values is unknown.
///
/// Built with a reference to nothing, or with references of different policies, it is
/// invalid, and every check given it denies `unknown_name`. Trivially copyable, 32 bytes.
class facts {
public:
    using statement = std::pair<fact_ref, fact_value>;

    /// Nothing is known. Fits every policy.
    constexpr facts() noexcept = default;

    constexpr facts(std::initializer_list<statement> statements) noexcept {
        for (auto const& [fact, value] : statements) add(fact, value);
    }

    /// States one more fact. Contradicting what was stated before makes the fact unknown.
    constexpr facts& add(fact_ref fact, fact_value value) noexcept {
        using detail::access;
        if (lineage_ == detail::every_policy) lineage_ = access::lineage(fact);
        if (lineage_ != access::lineage(fact)) lineage_ = detail::no_policy;
        std::uint64_t const bit = std::uint64_t{1} << (access::number(fact) % detail::max_facts);
        bool const first = (stated_ & bit) == 0;
        bool const stays_true = value.known_true() && (first || (true_ & bit) != 0);
        bool const stays_false = value.known_false() && (first || (false_ & bit) != 0);
        stated_ |= bit;
        true_ = stays_true ? true_ | bit : true_ & ~bit;
        false_ = stays_false ? false_ | bit : false_ & ~bit;
        return *this;
    }

    /// Facts that were built with a name which nothing declares: every check denies.
    static constexpr facts invalid() noexcept {
        facts result;
        result.lineage_ = detail::no_policy;
        return result;
    }

    [[nodiscard]] constexpr bool valid() const noexcept { return lineage_ != detail::no_policy; }

    friend constexpr bool operator==(facts const&, facts const&) noexcept = default;

private:
    friend struct detail::access;

    std::uint64_t true_ = 0;
    std::uint64_t false_ = 0;
    std::uint64_t stated_ = 0;
    detail::stamp lineage_ = detail::every_policy;
};

constexpr detail::stamp detail::access::lineage(rolecall::facts const& of) noexcept {
    return of.lineage_;
}

namespace detail {

/// The facts known to be true, and those known to be false, a bit each.
struct known_facts {
    std::uint64_t is_true = 0;
    std::uint64_t is_false = 0;
};

inline known_facts masks(facts const& known) noexcept {
    return {access::known_true(known), access::known_false(known)};
}

}  // namespace detail

}  // namespace rolecall::inline v0_1

#endif
