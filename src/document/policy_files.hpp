// The files that a policy is made of: which of a directory's files they are, and what they
// hold. Docs/format.md, "Files", has the rules.
//
// A policy that is loaded in part is a hole: a guardrail that was not read forbids nothing.
// So whatever might be a part of the policy and is not read is a problem, and never skipped.
#ifndef ROLECALL_SRC_DOCUMENT_POLICY_FILES_HPP
#define ROLECALL_SRC_DOCUMENT_POLICY_FILES_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

struct file_problem {
    diagnostic_code code{};
    std::string text;
};

/// A file of the policy that was read, or else something in its directory that is a problem.
struct policy_file {
    std::string path;      ///< as the user gave it, and what follows in the directory
    std::string relative;  ///< to the policy's directory, with `/` between the parts
    std::string text;
    std::optional<file_problem> problem;
};

/// For a file of more than so many bytes.
ROLECALL_API file_problem too_large(std::size_t max_bytes);

/// Whether a name contains `.yaml` or `.yml`, in any case, but does not end in `.yaml`: it
/// may be meant as a policy file, and is none.
bool is_suspicious(std::string_view file_name) noexcept;

/// What is to be done with something in a policy's directory.
struct visited_entry {
    bool ignored = false;                 ///< it is no part of the policy
    std::optional<file_problem> problem;  ///< it might be one, and can't be
};

enum class entry_kind : std::uint8_t { file, directory, other };

/// By its name, without a path, and by what it is (a link has to be followed before): a file that
/// has no problem and is not ignored is read, and such a directory looked into. `depth` is how
/// many directories within the policy's it lies in.
ROLECALL_API visited_entry visit_entry(std::string_view name, entry_kind what, int depth);

/// The files of a directory as a policy has them: by path, and where there are none, a problem.
ROLECALL_API std::vector<policy_file> in_order(std::string const& path,
                                               std::vector<policy_file> found);

/// Reads a file, or the policy files of a directory, in path order. Each is opened once and
/// read once; nothing that is no regular file is opened, no link to a directory is followed,
/// and a file that changes while it is read is a problem. Never empty.
std::vector<policy_file> read_policy_files(std::string const& path, std::size_t max_bytes);

}  // namespace rolecall::inline v0_1::yaml

#endif
