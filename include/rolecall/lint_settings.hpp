// What a business wants to be told about its policies, and what not: the file `.rolecall.yaml`.
//
//     rolecall: 1
//     lint:
//       roles-alike: warning                  # error, warning or note
//       category-unreachable:
//         severity: off
//         because: The archive is kept for the tax office, and nobody looks at it
//         names: [archive, archive.scans]     # only findings that are about one of these
//     vendor-words: [vendor, contractor]
#ifndef ROLECALL_LINT_SETTINGS_HPP
#define ROLECALL_LINT_SETTINGS_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// What is changed about one kind of problem.
struct lint_setting {
    diagnostic_code code{};
    std::optional<severity> level;   ///< nothing: off
    std::string because;             ///< why; never empty where it is off
    std::vector<std::string> names;  ///< only findings about one of these; none: all
};

struct lint_settings {
    /// Of several that fit a finding, one with names wins, and else the last.
    std::vector<lint_setting> rules;
    /// Words in the name or title of a role that make it one for outsiders, in lower case
    /// (vendor-without-end).
    std::vector<std::string> vendor_words{"vendor", "vendors"};
};

/// Settings, and what is wrong with their file. With one error, the settings are the defaults.
struct lint_settings_result {
    lint_settings settings;
    std::vector<diagnostic> findings;  ///< sorted
    bool found = false;                ///< whether there is a file at all
};

/// Where the settings of a policy lie: `.rolecall.yaml` in the policy's directory, or beside a
/// policy of one file.
[[nodiscard]] ROLECALL_API std::string lint_settings_path(std::string const& policy_path);

/// Reads settings: the same strict YAML as a policy. A file that does not exist gives the
/// defaults; any other that can't be read is an error (unreadable-file).
[[nodiscard]] ROLECALL_API lint_settings_result load_lint_settings(std::string const& path);

/// Reads settings from text in memory, which messages will call `name`.
[[nodiscard]] ROLECALL_API lint_settings_result
lint_settings_of(std::string_view text, std::string_view name = ".rolecall.yaml");

}  // namespace rolecall::inline v0_1

#endif
