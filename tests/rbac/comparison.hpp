// The library beside the model: one step on both, and whatever differs then, in words.
#ifndef ROLECALL_TESTS_RBAC_COMPARISON_HPP
#define ROLECALL_TESTS_RBAC_COMPARISON_HPP

#include "rbac/standard.hpp"
#include "rbac/step.hpp"
#include "support/recording_sink.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/rbac.hpp>
#include <rolecall/user_edits.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace standard {

/// The policy with the roles, grants, inheritance and sets of a state. Throws where it is refused.
rolecall::policy policy_of(rbac_model const& state);

/// The users and assignments of a state.
std::vector<rolecall::user_edit> users_of(rbac_model const& state);

/// Names that all states of a sequence know, and some that none does.
rbac_model nothing_yet(bool limited_hierarchy);

/// How much of the state is compared after a step.
enum class thoroughness {
    a_part,  ///< another one each time, and after each eighth step all of it
    all,
};

class comparison {
public:
    /// Both begin in this state, which has no sessions: the directory is empty, and gets users.
    comparison(rbac_model const& start, rolecall::editable_users_view directory);

    /// Makes the step on both. Says what differs; nothing if all is the same.
    std::string take(step const& one, thoroughness how);

    [[nodiscard]] rbac_model const& state() const { return model_; }
    /// The error that the last step ended with, on both.
    [[nodiscard]] rbac_error last_error() const { return last_error_; }

private:
    std::string result_differs(step const& one, rbac_model const& before, answer const& expected,
                               outcome const& got, std::uint32_t version_before);
    std::string violations_differ(rolecall::rbac_result const& said) const;
    std::string told_differs(step const& one, rbac_model const& before, answer const& expected,
                             outcome const& got);
    std::string part_differs(std::size_t part);
    [[nodiscard]] std::string users_differ() const;
    [[nodiscard]] std::string roles_differ() const;
    [[nodiscard]] std::string sets_differ() const;
    std::string sessions_differ();

    rbac_model model_;
    rolecall::testing::recording_sink sink_;
    rolecall::authorizer pdp_;
    rolecall::rbac library_;
    rbac_error last_error_ = rbac_error::none;
    std::size_t steps_ = 0;
};

}  // namespace standard

#endif
