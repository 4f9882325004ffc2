// `rolecall validate --fix`: what lint found and knows how to mend is taken out of the files.
#ifndef ROLECALL_CLI_VALIDATE_FIX_HPP
#define ROLECALL_CLI_VALIDATE_FIX_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"
#include <rolecall/lint.hpp>

#include <cstddef>

namespace rolecall::inline v0_1::cli {

struct fix_report {
    std::size_t fixed = 0;  ///< findings that are mended; with `dry_run`, that would be
    std::size_t left = 0;   ///< that could be mended, but not by taking words out of a file
    bool failed = false;    ///< a file could not be written; `err` says why
};

/// Looks through a policy, takes out what lint says can go, and looks again, until nothing more
/// can. Shows on `out` what changes, as a patch, and a sentence for each finding; then, unless
/// `dry_run`, replaces the files. None is written unless all can be, nor over a file that changed
/// since it was read. A policy that is refused stays as it is, without a word.
fix_report apply_fixes(policy_arguments const& policy, lint_options const& options, bool dry_run,
                       streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
