// What lint must find in a policy that says no more than a table: roles, kinds of data, the four
// actions, who inherits whom, and a level here and there. Plain sets, without conditions,
// guardrails, requirements or a tree, so that every rule is a line or two.

#pragma once

#include "oracle.hpp"
#include <rolecall/policy_result.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace model {

struct plain_table {
    name_set roles, categories;
    std::map<std::string, std::map<std::string, name_set>> own;  // role, category: actions
    std::map<std::string, name_set> juniors;
    std::map<std::string, std::string> level;               // of categories
    std::map<std::string, std::vector<std::string>> users;  // id: roles, without end

    // A name as a policy can have it, the same one for the same original.
    std::string name_of(std::string const& original);

private:
    std::map<std::string, std::string> given_;
    name_set taken_;
};

// The table as a policy, with `all` for four actions or without.
rolecall::policy_result policy_of(plain_table const& table, bool with_all);

// What lint must find in it, sorted.
std::vector<told> expected_of(plain_table const& table, bool with_all);

}  // namespace model
