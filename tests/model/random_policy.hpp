// Random valid policies with every feature of the format in the mix, and random questions to them.
// The same seed gives the same policy and questions everywhere.

#pragma once

#include "model.hpp"
#include "random_source.hpp"

#include <string>
#include <vector>

namespace model {

// A valid policy: problems() finds none. Most are tiny, so that their rules meet often; a few are
// large, with up to 64 facts and 12 actions of their own.
policy random_policy(random_source& random);

// Names that several policies have in common. Of roles there are at least two, of categories three.
struct vocabulary {
    names actions;  // beside view, modify, store and delete
    names facts;
    names categories;
    names roles;
};

// As many names of each kind as `size` says, of which no two are too alike for one policy.
struct vocabulary_size {
    std::size_t actions = 0;
    std::size_t facts = 0;
    std::size_t categories = 3;
    std::size_t roles = 2;
};
vocabulary random_vocabulary(random_source& random, vocabulary_size const& size);

// As random_policy, in some of these names alone.
policy random_policy(random_source& random, vocabulary const& from);

// A question mostly in declared names, and mostly near what some grant names.
question random_question(policy const& rules, random_source& random);

// Random states of facts: each of `declared` may be true, false, said to be unknown, or left out.
std::map<std::string, truth> random_facts(names const& declared, random_source& random);

// A name that is not in `taken`, nor differs from one of those only in `-` against `_`.
std::string fresh_name(names const& taken, random_source& random);

// Adds a role that may do everything everywhere, unconditionally, and returns its name.
std::string add_master(policy& rules, random_source& random);

// A question, asked by nobody yet, that the guardrail forbids to who holds one of its roles.
question aimed_at(guardrail const& rail, policy const& rules, random_source& random);

template <class entries>
names names_of(entries const& declared) {
    names found;
    for (auto const& [name, entry] : declared) {
        found.push_back(name);
    }
    return found;
}

// The four actions that always exist, and the policy's own.
names all_actions(policy const& rules);

}  // namespace model
