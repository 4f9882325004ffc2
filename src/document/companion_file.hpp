// Files that accompany a policy without being part of it: they begin with a dot, so that the
// policy's directory does not read them.
#ifndef ROLECALL_SRC_DOCUMENT_COMPANION_FILE_HPP
#define ROLECALL_SRC_DOCUMENT_COMPANION_FILE_HPP

#include "document/policy_files.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// Whether the policy at a path is a directory.
bool is_policy_directory(std::string const& policy);

/// A file in the policy's directory, or beside a policy of one file.
std::string companion_path(std::string const& policy, std::string_view name);

/// What is there.
struct companion_text {
    bool found = false;
    std::string text;
    std::optional<file_problem> problem;  ///< it is there, and can't be read
};

/// Reads it. Links are followed; one that leads nowhere is a problem, as is a file of more bytes,
/// of which the problem tells nothing but the code.
companion_text read_companion(std::string const& path, std::size_t max_bytes);

}  // namespace rolecall::inline v0_1::yaml

#endif
