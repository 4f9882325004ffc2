// The policy that a command is about, or a complaint that there is none.
#ifndef ROLECALL_CLI_LOAD_POLICY_HPP
#define ROLECALL_CLI_LOAD_POLICY_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_result.hpp>
#include <rolecall/yaml.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace rolecall::inline v0_1::cli {

/// How many findings are errors, and how many warnings.
struct finding_counts {
    std::size_t errors = 0;
    std::size_t warnings = 0;
};

[[nodiscard]] finding_counts count_findings(std::span<diagnostic const> findings) noexcept;

/// `3 errors, 1 warning`; only what there is.
[[nodiscard]] std::string counts_text(finding_counts const& counts);

/// The exit code for findings: 0 without errors, 2 when all that failed was reading, 3.
[[nodiscard]] int exit_code_for(std::span<diagnostic const> findings) noexcept;

/// How strictly the arguments say to load.
[[nodiscard]] yaml::load_options options_of(policy_arguments const& arguments);

/// Loads as the arguments say.
[[nodiscard]] policy_result load(policy_arguments const& arguments);

/// Writes findings in full, with their lines and carets, an empty line after each.
void write_findings(std::span<diagnostic const> findings, output& to);

/// Says on `err` why there is no policy, and gives the exit code.
int complain_of(policy_result const& refused, std::string const& path, streams& to);

/// A policy, or the exit code of a command that can't do without one.
struct loaded {
    std::optional<rolecall::policy> policy;
    int code = 0;
};

/// The policy; without one, `err` has said why. Warnings are left to `validate`.
[[nodiscard]] loaded load_or_complain(policy_arguments const& arguments, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
