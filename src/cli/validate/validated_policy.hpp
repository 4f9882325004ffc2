// What `validate` knows of a policy when it has looked at it: what each format reports.
#ifndef ROLECALL_CLI_VALIDATE_VALIDATED_POLICY_HPP
#define ROLECALL_CLI_VALIDATE_VALIDATED_POLICY_HPP

#include "cli/streams.hpp"
#include <rolecall/date.hpp>
#include <rolecall/diagnostic.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

struct validated_finding {
    diagnostic what;
    std::vector<std::string> about{};  ///< the names that it is about, the chief one first
    bool fixable = false;              ///< `--fix` can take it out of the file
    bool known = false;                ///< the baseline has it
    std::string off_because{};         ///< of what the settings switch off
    /// The same wherever in its file it stands, and in the next run: a SHA-256 of its code, its
    /// file and its names. Findings may share one.
    std::string fingerprint{};
};

struct validated_policy {
    std::string path;                  ///< as it was given
    bool valid = false;                ///< whether it loads
    bool settings_valid = true;        ///< and its record of exercises; else nothing is linted
    std::size_t categories = 0;        ///< of a valid policy
    std::size_t roles = 0;             ///< of a valid policy
    std::vector<std::string> files{};  ///< of a valid policy: their paths
    std::vector<validated_finding> findings{};
    std::vector<validated_finding> switched_off{};
    std::size_t mended = 0;  ///< of the baseline, and no more in the policy
};

/// A run of `validate`.
struct validation {
    std::vector<validated_policy> policies{};
    bool strict = false;
    bool has_baseline = false;
    std::optional<date> on{};  ///< the day that was given
    int exit_code = 0;
};

/// How many findings there are that the baseline does not have; and how many that it has.
struct validated_counts {
    std::size_t errors = 0, warnings = 0, notes = 0;
    std::size_t known = 0;
};

[[nodiscard]] validated_counts count_findings(validated_policy const& policy) noexcept;

/// Whether a finding of a policy makes the run fail.
[[nodiscard]] bool fails(validated_finding const& finding, bool strict) noexcept;

/// The exit code of `validate` for a policy.
[[nodiscard]] int exit_code_for(validated_policy const& policy, bool strict) noexcept;

/// `shop: fine, with 2 warnings, 1 note (8 categories, 5 roles, 5 files)`
[[nodiscard]] std::string summary(validated_policy const& policy, bool strict,
                                  colours const& colour);

/// `3 of the baseline are mended: write it anew`
[[nodiscard]] std::string mended_text(std::size_t count);

/// The path of a file as its policy knows it: `roles/support.yaml`.
[[nodiscard]] std::string path_in_policy(std::string_view policy, std::string_view file);

/// The path as one would write it in the project: without `.` and `//`, and where it lies below
/// the current folder relative to that.
[[nodiscard]] std::string path_in_project(std::string_view path);

/// The fingerprint of a finding in that policy.
[[nodiscard]] std::string fingerprint_of(validated_finding const& finding, std::string_view policy);

/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits. Throws std::runtime_error where libcrypto
/// refuses.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace rolecall::inline v0_1::cli

#endif
