// Every question that anybody can ask of two small policies of the same names, and whether one of
// them is answered differently.

#pragma once

#include <rolecall/date.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_mutation.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace exercised {

class every_question {
public:
    // Those of a policy's roles, categories, actions and facts, its users and one who is not
    // listed, on each day on which an assignment ends, the day after, and today.
    every_question(rolecall::policy const& of, rolecall::date today);

    // A question that a changed policy answers differently, asked by the fewest roles.
    [[nodiscard]] std::optional<rolecall::different_answer> difference(
        rolecall::policy const& changed) const;

private:
    // Who asks: roles, or a user with a choice or without one.
    struct somebody {
        std::string user;  // empty: roles ask
        std::vector<std::string> roles;
        bool chosen = true;
        rolecall::date on;
    };

    using row = std::vector<bool>;  // by category, action and state
    [[nodiscard]] row answers(rolecall::policy const& of, somebody const& who) const;

    rolecall::policy of_;
    std::vector<std::map<std::string, std::optional<bool>>> states_;
    std::vector<somebody> askers_;
    std::vector<row> answers_;
};

}  // namespace exercised
