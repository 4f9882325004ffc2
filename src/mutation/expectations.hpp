// The exercises of a policy, asked again of a changed one.
#ifndef ROLECALL_SRC_MUTATION_EXPECTATIONS_HPP
#define ROLECALL_SRC_MUTATION_EXPECTATIONS_HPP

#include "exercise/questions.hpp"
#include "mutation/row_changes.hpp"
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::mutating {

class expectations {
public:
    /// Keeps a reference to the policy. Throws std::invalid_argument where an exercise fails.
    expectations(policy const& of, exercise_options const& options);

    /// The first exercise by name that fails where only what a role grants on these categories
    /// differs, for these actions. The policy has the numbers of rows that this one has.
    [[nodiscard]] std::optional<std::string> failed_by_grant(
        detail::policy_data const& changed, std::uint32_t role,
        std::span<std::uint32_t const> categories, std::uint32_t actions) const;

    /// The first exercise by name that fails in a changed policy of the same numbers of names.
    [[nodiscard]] std::optional<std::string> failed(detail::policy_data const& changed,
                                                    row_changes const& rows);

    /// The same where only the assignments of one user differ, and who that lets in. The changed
    /// policy may lack other users.
    [[nodiscard]] std::optional<std::string> failed_of_user(detail::policy_data const& changed,
                                                            std::string_view user);

private:
    [[nodiscard]] bool is_met(detail::policy_data const& p, exercising::asked_exercise const& asked,
                              exercising::expected_cell const& cell) const;

    policy const& of_;
    std::vector<exercising::asked_exercise> asked_;    // by name
    std::vector<std::vector<std::uint32_t>> asks_as_;  // by role: active, or inherited by it
};

}  // namespace rolecall::inline v0_1::mutating

#endif
