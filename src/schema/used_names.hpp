// Where a policy uses a name of a role, a category, an action, a fact or a level: which may stand
// there. These are the definitions that differ between the schema of the format and that of one
// policy.
#ifndef ROLECALL_SRC_SCHEMA_USED_NAMES_HPP
#define ROLECALL_SRC_SCHEMA_USED_NAMES_HPP

#include "schema/parts.hpp"
#include <rolecall/document.hpp>

namespace rolecall::inline v0_1::schema {

/// Definitions, by what refers to them:
///
///     role, category, action, fact, level   a name that is used
///     right                                 an action, or `all`
///     rights-by-action                      the same as keys of a mapping to conditions
///     requirements                          an action, or `any`, as keys of a mapping
///     lines-of-may                          a category, or all below one, as keys
///
/// and in guarantees and exercises
///
///     guaranteed-action                     an action, or `any`
///     expected-action                       an action, `any`, or `all`
///     reasons-by-action                     the same as keys of a mapping to reasons
///     lines-of-can, lines-of-cannot         as lines-of-may
///     fact-values                           facts as keys
///     user                                  the id of a user who is listed
///
/// and in the section `audit`
///
///     modes-by-action                       an action, as keys of a mapping to modes
///     modes-by-action-or-any                an action, or `any`
///     modes-by-level, modes-by-category     a level; a category, to lines about it
///
/// of the format, or, given a policy, of that.
[[nodiscard]] json::object used_names(document const* policy);

}  // namespace rolecall::inline v0_1::schema

#endif
