// What the library says of a guarantee, beside what trying everything says of it: the verdict, the
// smallest breach, and of every breach that it is one and where it stands.

#pragma once

#include "guarantees.hpp"
#include "trial.hpp"
#include <rolecall/document.hpp>
#include <rolecall/guarantees.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace model {

using where = std::pair<std::uint32_t, std::uint32_t>;  // line and column

// A right of a line of a role's `may`.
struct granting {
    std::string role;
    grant line;
    std::string right;  // an action, or `all`
    condition needed;
};

// The rights of a policy, by the places of their actions in the library's.
std::map<where, granting> rights_at(policy const& rules, rolecall::policy const& loaded);

// A policy and the same loaded, which both outlive this.
class guarantee_agreement {
public:
    guarantee_agreement(trial const& by, policy const& of, rolecall::policy const& loaded);

    // Ends the test, with the policy and the way to repeat it, unless `holds`.
    void require(bool holds, std::string const& otherwise) const;

    // Ends the test where the answer for this guarantee is not the right one.
    void check(guarantee const& given, rolecall::guarantee_answer const& found);

private:
    breach_size check(guarantee const& given, rolecall::guarantee_breach const& breach,
                      std::string const& about);
    void replay(rolecall::guarantee_breach const& breach, rolecall::witnessed_act const& act,
                state const& known, std::string const& about) const;
    void check_line(rolecall::guarantee_breach const& breach, rolecall::witnessed_act const& act,
                    state const& known, std::string const& about) const;
    bool refuses(names const& held, rolecall::witnessed_act const& act, state const& known,
                 where const& at) const;
    void require_every_line(guarantee const& given, rolecall::guarantee_answer const& found,
                            std::string const& about);

    trial const& one;
    policy const& rules;
    promise_judge judge;
    rolecall::document const& document;
    std::map<where, granting> places;
};

}  // namespace model
