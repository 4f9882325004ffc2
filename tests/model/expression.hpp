// The expressions in which a matrix spells conditions: facts, `not`, `and`, `or`, parentheses.
// `not` binds tighter than `and`, and `and` tighter than `or`.

#pragma once

#include "model.hpp"

#include <string>
#include <vector>

namespace model {

struct expression {
    enum class kind { fact, negation, conjunction, disjunction };
    kind is = kind::fact;
    std::string fact = {};               // of a fact
    std::vector<expression> parts = {};  // of the others: one, or two and more
};

// Throws std::runtime_error with what is wrong.
expression parse_expression(std::string const& text);

// Kleene's three values.
truth value(expression const& made, std::map<std::string, truth> const& facts);

// With parentheses only where they are needed: the one way to write it.
std::string text(expression const& made);

void add_facts(expression const& made, name_set& found);

// The negations of an expression for a permission are its guardrails. They come last, each behind
// `and` (or first, where the grant is unconditional), and hold no negation themselves.
bool is_permission(expression const& made);

}  // namespace model
