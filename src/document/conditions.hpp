// Conditions on facts, and the two places where they stand: behind the actions of a grant,
// and behind the actions of a category's `requires`.
#ifndef ROLECALL_SRC_DOCUMENT_CONDITIONS_HPP
#define ROLECALL_SRC_DOCUMENT_CONDITIONS_HPP

#include "document/checker.hpp"
#include <rolecall/document.hpp>

#include <optional>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// `all`, an action, a list of these, or a mapping of these to conditions.
std::vector<written_right> read_rights(checker& check, node const& value);

/// A mapping of actions, or `any`, to conditions.
std::vector<written_requirement> read_requirements(checker& check, node const& value);

/// What must be known to hold: a condition, or a fact alone.
std::optional<written_condition> read_need(checker& check, node const& value);

/// The condition that a guardrail has among its own keys; `always` where it has none.
written_condition read_guardrail_condition(checker& check, fields const& guardrail);

}  // namespace rolecall::inline v0_1::yaml

#endif
