// A policy as it was: read from a revision of a git repository, without a copy of its files.
//
//     main:policies/shop      the directory, as the branch main has it
//     HEAD~1:policy.yaml      a file, one commit ago
//     v1.2:./policy.yaml      a path from where we are, rather than from the repository's root
//
// The program `git` is asked; no shell is, and no word of the command line can become an option.
#ifndef ROLECALL_CLI_DIFF_GIT_HPP
#define ROLECALL_CLI_DIFF_GIT_HPP

#include "document/policy_files.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A revision, and a path in it.
struct git_path {
    std::string revision;  ///< never empty
    std::string path;      ///< empty: everything
};

/// `REVISION:PATH`. A colon in braces, as of `HEAD^{/fix: a}`, is part of the revision. Nothing
/// where there is no colon, or nothing before it.
[[nodiscard]] std::optional<git_path> parse_git_path(std::string_view word);

/// What was read, or why it could not be: in lower case, without a full stop.
struct git_reading {
    std::vector<yaml::policy_file> files;  ///< as `read_policy_files` gives them
    std::string error;                     ///< empty, unless nothing could be read
};

/// The policy's files at that revision, by the rules that a directory has. Links and submodules
/// are problems: git keeps only where they lead to. `name` is what messages call it.
[[nodiscard]] git_reading read_from_git(git_path const& from, std::string const& name,
                                        std::size_t max_bytes);

}  // namespace rolecall::inline v0_1::cli

#endif
