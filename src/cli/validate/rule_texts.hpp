// What each kind of problem is, in a few words, for reports that list the kinds.
#ifndef ROLECALL_CLI_VALIDATE_RULE_TEXTS_HPP
#define ROLECALL_CLI_VALIDATE_RULE_TEXTS_HPP

#include <rolecall/diagnostic_code.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// The codes that `validate` can report: all but those of tables that are imported, in order.
[[nodiscard]] std::vector<diagnostic_code> reported_codes();

/// What that kind of problem is: as docs/diagnostics/README.md says it, or for a rule of lint as
/// the rule does.
[[nodiscard]] std::string_view rule_summary(diagnostic_code code);

/// Its page among the documentation: `docs/diagnostics/unknown-action.md`.
[[nodiscard]] std::string page_of(diagnostic_code code);

}  // namespace rolecall::inline v0_1::cli

#endif
