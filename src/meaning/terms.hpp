// Everything under which somebody may do something, in one form: two rights mean the same if and
// only if their terms are equal.
//
// Facts are known true, known false or unknown. Knowing more never takes away what was allowed:
// a grant needs facts known true, a guardrail is stopped by facts known false. So a right is
// what it is in its smallest allowed states, and a state is two masks:
//
//     view if consent, and never if on-hold       {true: consent, false: on-hold}
//
// INVARIANT: the terms of a right are sorted, and none contains another. None at all: never
// allowed. One that is empty: always.
#ifndef ROLECALL_SRC_MEANING_TERMS_HPP
#define ROLECALL_SRC_MEANING_TERMS_HPP

#include "meaning/formula.hpp"
#include <rolecall/detail/export.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rolecall::inline v0_1::review {

/// What must be known true, and what known false.
struct term {
    std::uint64_t is_true = 0;
    std::uint64_t is_false = 0;

    /// Whether it holds wherever the other one does.
    [[nodiscard]] constexpr bool within(term const& other) const noexcept {
        return (is_true & ~other.is_true) == 0 && (is_false & ~other.is_false) == 0;
    }
    friend constexpr bool operator==(term const&, term const&) = default;
    friend constexpr auto operator<=>(term const&, term const&) = default;
};

using terms = std::vector<term>;

/// More than so many are not looked for.
inline constexpr std::size_t most_terms = 4096;

/// The terms sorted, without those that hold only where another does.
[[nodiscard]] ROLECALL_API terms smallest(terms of);

/// The smallest states in which the formula holds. Nothing where there are more than `most_terms`
/// on the way.
[[nodiscard]] ROLECALL_API std::optional<terms> terms_of(formula const& f);

/// The same. Adds how many pairs of terms were compared for it, which may be many millions.
[[nodiscard]] ROLECALL_API std::optional<terms> terms_of(formula const& f, std::uint64_t& compared);

/// Whether `wide` holds in every state in which `narrow` does.
[[nodiscard]] ROLECALL_API bool covers(terms const& wide, terms const& narrow);

/// The terms of `all` that do not lie within `known`: the smallest states in which `all` holds and
/// `known` does not.
[[nodiscard]] ROLECALL_API terms beyond(terms const& all, terms const& known);

}  // namespace rolecall::inline v0_1::review

#endif
