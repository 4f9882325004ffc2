// Findings as GitHub Actions' workflow commands, which put them on the lines of a change.
#ifndef ROLECALL_CLI_VALIDATE_GITHUB_HPP
#define ROLECALL_CLI_VALIDATE_GITHUB_HPP

#include <rolecall/diagnostic.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Text as a workflow command wants it after its `::`.
[[nodiscard]] std::string github_data(std::string_view text);

/// Text as the value of a workflow command's property: commas and colons are escaped too.
[[nodiscard]] std::string github_property(std::string_view text);

/// `::error file=shop/roles.yaml,line=7,col=20,endColumn=24,title=unknown-action::text`; notes
/// about other places follow the text on lines of their own. The end is exclusive.
[[nodiscard]] std::string github_annotation(diagnostic const& finding);

}  // namespace rolecall::inline v0_1::cli

#endif
