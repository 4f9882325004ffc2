// Policies from files and text, and back.
#ifndef ROLECALL_YAML_HPP
#define ROLECALL_YAML_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_result.hpp>
#include <rolecall/source_file.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Reads and writes policies as YAML: the format that docs/format.md describes.
///
/// Everything here may be called from any number of threads at once. Nothing throws but for
/// lack of memory: every problem is a diagnostic, and one error means no policy.
namespace rolecall::inline v0_1::yaml {

struct load_options {
    /// A larger file is refused before it is read (file-too-large).
    std::size_t max_file_bytes = std::size_t{64} << 20U;
    /// A policy whose compiled table would take more is refused (table-too-large).
    std::size_t max_table_bytes = std::size_t{256} << 20U;
    /// Every file must end with the line `...`, which notices a truncated file (no-end-marker).
    bool demand_end_marker = false;
    /// The day for warnings such as a review date that has passed.
    date today = date::today();
};

/// A policy file that is already in memory. The path is for messages, and for the order.
using source_text = source_file;

/// Loads a policy from a file, or from a directory of `*.yaml` files. Each file is opened
/// once and read once, and what was read is what is parsed.
///
/// The result holds every problem of every file, sorted by place; warnings survive success.
/// A path that does not exist or can't be read is a diagnostic too (unreadable-file).
[[nodiscard]] ROLECALL_API policy_result load(std::string const& path,
                                              load_options const& options = {});

/// Loads a policy from text in memory, which messages will call `name`.
[[nodiscard]] ROLECALL_API policy_result load_text(std::string_view text,
                                                   std::string_view name = "policy.yaml",
                                                   load_options const& options = {});

/// Loads a policy of several files in memory, in the order of their paths.
[[nodiscard]] ROLECALL_API policy_result load_texts(std::vector<source_text> files,
                                                    load_options const& options = {});

/// Checks and compiles a document that was read, made or changed in code, as `load` does
/// after reading.
[[nodiscard]] ROLECALL_API policy_result compile(document source, load_options const& options = {});

/// Writes a document as one canonical YAML file: sections, entries and names in a fixed
/// order, conditions in their shortest spelling, every default left out. Equal rules give
/// equal text, byte for byte, however they were written; loading it gives the same decisions.
/// The document must come from a policy, or compile without errors.
[[nodiscard]] ROLECALL_API std::string write(document const& source);

/// The same, of the document that a policy was made from.
[[nodiscard]] ROLECALL_API std::string write(policy const& source);

}  // namespace rolecall::inline v0_1::yaml

#endif
