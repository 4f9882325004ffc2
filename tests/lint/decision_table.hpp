// Every decision of a small policy, as the states of its facts in which it is allow.
//
// Made by slow enumeration from the pieces of the reference model, and of nothing else of ours:
// each role, each set of roles, each cell, each of the 3^n states of n facts. A test holds it
// against model::decide.

#pragma once

#include "model/model.hpp"

#include <bitset>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace model {

inline constexpr std::size_t most_facts = 6;

// States of the facts by number: the digits of the number to the base 3 are the facts by name, as
// `truth` counts.
using states = std::bitset<729>;

// Roles by number: bit i stands for `decision_table::roles[i]`.
using role_mask = unsigned;

// An action on a category, by number.
using cell = std::size_t;

// One action word of a line of `may`.
struct right {
    std::string role;
    grant const* line = nullptr;
    std::string action;
    condition const* when = nullptr;
};

// Categories in tree order: a category before what lies below it, and that before the next beside.
names in_tree_order(policy const& rules);

class decision_table {
public:
    // The policy has at most `most_facts` facts, and must outlive the table.
    explicit decision_table(policy const& of);

    policy const& rules;
    names facts, roles, actions;
    names categories;  // in tree order

    [[nodiscard]] std::size_t cell_count() const { return actions.size() * categories.size(); }
    [[nodiscard]] cell cell_of(std::size_t action, std::size_t category) const {
        return category * actions.size() + action;
    }
    [[nodiscard]] cell cell_of(std::string const& action, std::string const& category) const;
    [[nodiscard]] std::string const& action_of(cell c) const { return actions[c % actions.size()]; }
    [[nodiscard]] std::string const& category_of(cell c) const {
        return categories[c / actions.size()];
    }

    [[nodiscard]] std::size_t state_count() const { return every_state_.size(); }
    [[nodiscard]] std::map<std::string, truth> const& state(std::size_t number) const {
        return every_state_[number];
    }

    // Whether in some state of the others it makes a difference what is known of the fact.
    [[nodiscard]] bool depends_on(states const& where, std::size_t fact) const;

    // Where the condition is known to hold.
    [[nodiscard]] states holds(condition const& written) const;

    // The cells that an action word of a line covers.
    [[nodiscard]] std::vector<cell> cells_of(grant const& line, std::string const& action) const;

    // Where everything that is required for the cell is known to hold.
    [[nodiscard]] states const& required(cell c) const { return required_[c]; }
    // Where guardrails stop who holds these roles.
    [[nodiscard]] states forbidden(role_mask held, cell c) const;
    // Where some right of these roles, their own or inherited, is granted.
    [[nodiscard]] states granted(role_mask active, cell c) const;

    // The roles with all that they inherit.
    [[nodiscard]] role_mask with_inherited(role_mask some) const;
    [[nodiscard]] names names_of(role_mask some) const;
    // Whether one person may hold the roles, and whether they may be active together.
    [[nodiscard]] bool may_hold(role_mask some) const;
    [[nodiscard]] bool may_be_active(role_mask some) const;

    // Where somebody who holds roles of which some are active is allowed. No separation is broken.
    [[nodiscard]] states allowed(role_mask held, role_mask active, cell c) const {
        return granted(active, c) & required(c) & ~forbidden(held, c);
    }
    // Where one role, asking alone, is allowed.
    [[nodiscard]] states const& allowed(std::size_t role, cell c) const { return alone_[role][c]; }

    // Whether the role can do it, asking alone, in some state.
    [[nodiscard]] bool can(std::size_t role, std::string const& action,
                           std::string const& category) const {
        return allowed(role, cell_of(action, category)).any();
    }

private:
    [[nodiscard]] bool forbids(guardrail const& rail, cell c) const;

    std::vector<std::map<std::string, truth>> every_state_;
    std::vector<role_mask> inherited_;          // by role
    std::vector<states> required_;              // by cell
    std::vector<std::vector<states>> granted_;  // by role, its own alone, and cell
    std::vector<std::vector<states>> stopped_;  // by role, by guardrails that name it, and cell
    std::vector<states> stopped_everyone_;      // by cell
    std::vector<std::vector<states>> alone_;    // by role and cell
};

}  // namespace model
