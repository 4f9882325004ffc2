// The JSON Schema of a policy file, for editors: they complete keys and names, show what they
// mean, and mark what can't be right while it is typed.
//
// Draft 7, which every editor that checks YAML against a schema reads. What a schema can't see
// (names that another file declares, cycles, the order of keys, YAML itself) `rolecall validate`
// does. It never refuses what that accepts: a test holds the one against the other.
#ifndef ROLECALL_SRC_SCHEMA_POLICY_SCHEMA_HPP
#define ROLECALL_SRC_SCHEMA_POLICY_SCHEMA_HPP

#include <rolecall/document.hpp>

#include <string>

namespace rolecall::inline v0_1::schema {

/// Of the format: any name may stand where one is used.
[[nodiscard]] std::string of_the_format();

/// Of the files of one policy: where a name is used, only names that it declares may stand, each
/// shown with its `about`. Where names are declared, any may.
[[nodiscard]] std::string of_policy(document const& policy);

}  // namespace rolecall::inline v0_1::schema

#endif
