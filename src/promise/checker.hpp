// Looks for every way in which a policy breaks a guarantee.
//
// One role, or two that separation allows together, answer for all sets of roles:
//
//     can do   what several roles allow, one of them allows alone; every role held besides only
//              adds guardrails. So who can, can with the role that allows it, and the role that
//              the guarantee is about.
//     can not  either a guardrail fires, which one role brings; or nothing is granted, and then
//              not to one of the roles alone.
//
// Knowing more never takes away what was allowed, so that the smallest states answer for all.
#ifndef ROLECALL_SRC_PROMISE_CHECKER_HPP
#define ROLECALL_SRC_PROMISE_CHECKER_HPP

#include "meaning/formula.hpp"
#include "meaning/terms.hpp"
#include "promise/resolved.hpp"
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::promising {

/// An action on a category, by their numbers.
struct guaranteed_cell {
    std::uint32_t action = 0;
    std::uint32_t category = 0;
};

/// What roles can do: as the policy says, unless a change of it is to be tried.
class ROLECALL_API rights_source {
public:
    explicit rights_source(detail::policy_data const& p) noexcept : p_(&p) {}
    rights_source(rights_source const&) = default;
    rights_source& operator=(rights_source const&) = default;
    virtual ~rights_source() = default;

    [[nodiscard]] detail::policy_data const& data() const noexcept { return *p_; }

    /// The grants of the role, inherited ones as well, as a cell of a row.
    [[nodiscard]] virtual std::uint32_t granted(std::uint32_t role, std::uint32_t category) const;

    /// All of them at once, where that is a row of the policy as it stands: faster to look through.
    [[nodiscard]] virtual std::uint32_t const* granted_row(std::uint32_t /*role*/) const {
        return nullptr;
    }

    /// When who has the role active, and these rows of guardrails, may do it.
    [[nodiscard]] virtual std::optional<review::formula> right(
        std::uint32_t role, std::span<std::uint32_t const> guard_rows, guaranteed_cell on) const;

    /// Whether it is so in that state. `guard_rows` are of all held; any of `roles` may be active.
    [[nodiscard]] virtual bool allowed(std::span<std::uint32_t const> roles,
                                       std::span<std::uint32_t const> guard_rows,
                                       guaranteed_cell on, detail::known_facts known) const;

private:
    detail::policy_data const* p_;
};

/// What the policy says, and nothing else.
class ROLECALL_API policy_rights final : public rights_source {
public:
    using rights_source::rights_source;
    [[nodiscard]] std::uint32_t const* granted_row(std::uint32_t role) const override;
};

/// For all guarantees of a policy together, so that one that is made to be slow is refused within
/// some ten seconds. A guarantee on every category of a policy of 2,500 roles and 3,000 categories
/// takes 7.5 million.
inline constexpr std::uint64_t enough_looks = 2'000'000'000;

/// So many comparisons of terms take as long as a look.
inline constexpr std::uint64_t comparisons_of_look = 16;

/// Something that somebody does, or can't.
struct found_act {
    std::uint32_t role = 0;  ///< active
    guaranteed_cell on;
    review::term state;
    written_right const* by = nullptr;  ///< which grants it; nothing: any that does
};

/// A way to break a guarantee.
struct found_way {
    std::vector<std::uint32_t> held;  ///< sorted
    std::optional<std::uint32_t> user;
    std::vector<found_act> acts;
    kept_right const* kept = nullptr;  ///< of `keeps`: what is not
};

/// Takes the states away in which the guarantee wants somebody to be able who has that role active.
void keep_breaking(review::terms& states, resolved_guarantee const& of, std::uint32_t role);

/// The one with the fewest facts, of at least one.
[[nodiscard]] review::term smallest_of(review::terms const& states);

/// The rows of the guardrails of these roles.
[[nodiscard]] std::vector<std::uint32_t> guard_rows_of(detail::policy_data const& p,
                                                       std::span<std::uint32_t const> held);

class ROLECALL_API checker {
public:
    /// Told of each way; false: that is enough.
    using taker = std::function<bool(found_way const&)>;

    /// What became of a look.
    enum class outcome : std::uint8_t { looked_through, stopped, too_much };
    struct result {
        outcome is = outcome::looked_through;
        /// Of what is too much: the right that holds in too many ways. Nothing: too many looks.
        std::optional<found_act> at{};
    };

    /// Keeps references to all.
    checker(rights_source const& rights, document const& promised);

    [[nodiscard]] std::vector<resolved_guarantee> const& guarantees() const noexcept {
        return guarantees_;
    }

    /// All ways, each with the smallest state for its roles and cells; of `never_both` each first
    /// act with the second that needs the fewest facts. Or only those by an act on that cell. Stops
    /// where no looks are left: each look at a cell takes one away, each at a right a hundred,
    /// and more where it has many ways to hold.
    result look(resolved_guarantee const& of, taker const& take, std::uint64_t& looks_left,
                std::optional<guaranteed_cell> only = std::nullopt) const;

    /// The first guarantee by name, of those whose scope has the cell, that is broken by an act on
    /// it, or is too much to look through. For a source that differs from a policy which keeps
    /// them all in this cell alone.
    [[nodiscard]] std::optional<std::string> broken_on(guaranteed_cell on) const;

private:
    friend class way_finder;

    rights_source const& rights_;
    std::vector<resolved_guarantee> guarantees_;
    std::vector<std::uint32_t> roles_;
};

}  // namespace rolecall::inline v0_1::promising

#endif
