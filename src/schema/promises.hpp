// The sections `guarantees` and `exercises` of the JSON Schema of a policy file.
#ifndef ROLECALL_SRC_SCHEMA_PROMISES_HPP
#define ROLECALL_SRC_SCHEMA_PROMISES_HPP

#include "schema/parts.hpp"

namespace rolecall::inline v0_1::schema {

/// What must hold for everyone.
[[nodiscard]] json::object guarantee_entry();

/// A tabletop test.
[[nodiscard]] json::object exercise_entry();

/// Definitions to which they refer, besides those of used_names().
[[nodiscard]] json::object promise_definitions();

}  // namespace rolecall::inline v0_1::schema

#endif
