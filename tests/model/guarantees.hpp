// What guarantees mean, found by trying everything: every set of roles, each role of it active
// alone, every state of the facts. Only decide() says what is allowed.

#pragma once

#include "model.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace model {

using state = std::map<std::string, truth>;  // of each fact of the policy

// Every state of these facts; those with the fewest known facts first.
std::vector<state> states_of(names const& facts);
std::size_t known_facts(state const& facts);

// The level of a category: its own, or that of the nearest category above that has one.
std::string level_of(policy const& rules, std::string category);

// Every set of roles that one person may hold; the smallest first.
std::vector<names> sets_of_roles(policy const& rules);

// Who there is for never_both: with the user, where it is one whom the policy lists.
std::vector<names> persons(policy const& rules);

bool in_scope(policy const& rules, scope const& of, std::string const& action,
              std::string const& category);

// What a role of a set, active alone, is allowed in a state, or is not although it is kept.
struct deed {
    std::string role;
    std::string action;
    std::string category;
    state const* facts = nullptr;
};

struct breach_size {
    std::size_t roles = 0;
    std::size_t facts = 0;  // known; of never_both in both states together
    friend bool operator==(breach_size const&, breach_size const&) = default;
};

class promise_judge {
public:
    explicit promise_judge(policy const& rules);

    std::vector<state> const& states() const { return states_; }

    // Whether who holds these roles may do this with the role active alone.
    bool allowed(names const& held, std::string const& role, std::string const& action,
                 std::string const& category, state const& facts);

    // Of whom the guarantee speaks.
    std::vector<names> who(guarantee const& given) const;

    // The deeds of who holds these roles that should not be. Of never_both those in its first
    // scope, or in its second: it is broken by who has some in both.
    std::vector<deed> wrong(guarantee const& given, names const& held, bool second = false);

    // Nothing, where it is kept.
    std::optional<breach_size> smallest_breach(guarantee const& given);

private:
    using asked = std::tuple<names, std::string, std::string, std::string>;

    std::vector<bool> const& answers(asked const& about);
    void add_refused(guarantee const& given, names const& held, std::vector<deed>& found);

    policy rules_;  // with other users
    names actions_;
    names categories_;
    std::vector<state> states_;
    std::map<asked, std::vector<bool>> answers_;  // by state
    policy const& given_;
};

}  // namespace model
