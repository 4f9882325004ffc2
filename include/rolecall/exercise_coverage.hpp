// What a policy says that none of its exercises touches. docs/exercises.md, "Coverage", defines it.
#ifndef ROLECALL_EXERCISE_COVERAGE_HPP
#define ROLECALL_EXERCISE_COVERAGE_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// A thing to touch, and whether an exercise does.
struct covered_item {
    /// What there is to touch.
    enum class kind : std::uint8_t {
        cell,         ///< a role, an action and a category
        condition,    ///< of a right: holds, and does not
        guardrail,    ///< fires, and where it has a condition does not
        requirement,  ///< holds, and does not
        separation,   ///< is broken
        user,         ///< asks
    };

    kind what{};
    /// Its line; of a cell that no line of the role itself grants: the role.
    location where;
    std::string sentence;                ///< `support may view payment if open-ticket`
    std::string role, action, category;  ///< of a cell
    std::size_t exercises = 0;           ///< how many touch it
    /// What no exercise does: `nobody asks`, `it never holds` (of a guardrail: it never fires),
    /// `it never fails` (it never stands aside). Empty: covered.
    std::string missing;

    /// Whether exercises do all that there is to do with it.
    [[nodiscard]] bool covered() const noexcept { return missing.empty(); }
};

struct coverage_count {
    std::size_t covered = 0, of = 0;

    /// From 0 to 100; 100 of nothing.
    [[nodiscard]] double percent() const noexcept {
        return of == 0 ? 100.0 : 100.0 * static_cast<double>(covered) / static_cast<double>(of);
    }
};

struct exercise_coverage {
    /// By kind, then by place; cells by role, category and action.
    std::vector<covered_item> items;
    std::vector<coverage_count> kinds;  ///< in the order of `covered_item::kind`
    coverage_count total;
};

/// The word of a kind, of many: `cells`.
[[nodiscard]] ROLECALL_API std::string_view to_string(covered_item::kind of) noexcept;

/// Nothing is run: an exercise that fails covers as one that passes. As `run_exercises`, it throws
/// std::invalid_argument where an exercise names what the policy does not declare.
[[nodiscard]] ROLECALL_API exercise_coverage coverage_of(policy const& of,
                                                         exercise_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
