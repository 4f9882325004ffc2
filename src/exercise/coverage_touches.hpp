// What one exercise looks at: who it asks as, which actions on which categories, and in which
// states of the facts.
//
// Everything is a mask of actions per category, so that one look says whether an exercise asks
// about a line of the policy, however much the line covers:
//
//     expected   asked about the category itself
//     granted    asked about something that a right on `category.*` covers
//     inside     asked about the category or anything below it
#ifndef ROLECALL_SRC_EXERCISE_COVERAGE_TOUCHES_HPP
#define ROLECALL_SRC_EXERCISE_COVERAGE_TOUCHES_HPP

#include "exercise/questions.hpp"
#include "meaning/formula.hpp"
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>

#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::exercising {

/// The tree of a policy's categories, by number.
class category_tree {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    explicit category_tree(policy const& of);

    /// The nearest declared category above, or none.
    [[nodiscard]] std::uint32_t above(std::uint32_t category) const { return above_[category]; }
    [[nodiscard]] bool named_only(std::uint32_t category) const { return named_only_[category]; }
    [[nodiscard]] std::size_t size() const noexcept { return above_.size(); }

private:
    std::vector<std::uint32_t> above_;
    std::vector<bool> named_only_;
};

struct touches {
    bool looked_at = false;     ///< rights are: nothing refuses whoever asks
    bool known = false;         ///< it is known what is held and active, refused or not
    std::vector<bool> active;   ///< by role, itself and not by inheritance
    std::vector<bool> asks_as;  ///< by role: active, or inherited by an active one
    std::vector<bool> held;     ///< by role: held, or inherited by one that is
    std::vector<std::uint32_t> expected, granted, inside;  ///< by category
    asked_exercise const* of = nullptr;

    /// Whether the condition is known to hold in some state in which it is asked.
    [[nodiscard]] bool can_hold(review::alternatives const& when) const;
    /// Whether it is not, in some state.
    [[nodiscard]] bool can_lack(review::alternatives const& when) const;
    /// Whether a guardrail with this condition fires in some state.
    [[nodiscard]] bool can_fire(review::alternatives const& when) const;
    /// Whether it does not, in some state.
    [[nodiscard]] bool can_be_stopped(review::alternatives const& when) const;
};

[[nodiscard]] touches touches_of(detail::policy_data const& p, category_tree const& tree,
                                 asked_exercise const& asked);

}  // namespace rolecall::inline v0_1::exercising

#endif
