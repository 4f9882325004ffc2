// The files of a policy as they were read once, and how to tell them from others.
#ifndef ROLECALL_SRC_WATCH_FILES_READ_HPP
#define ROLECALL_SRC_WATCH_FILES_READ_HPP

#include "document/policy_files.hpp"
#include <rolecall/diagnostic.hpp>
#include <rolecall/document.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::watch {

struct files_read {
    std::vector<yaml::policy_file> files;

    /// The same for the same names, texts and problems, and for no others.
    std::string identity;
    /// SHA-256 of what `sha256sum` prints for the files, in the order of their relative paths;
    /// empty where one of them is a problem by itself, and so not all were read.
    std::string digest;
};

/// A path that means the same wherever the process goes.
std::string absolute(std::string const& path);

/// Reads the files once. Messages will call them by `given`, which is how the user wrote `path`.
files_read read_files(std::string const& path, std::string const& given, std::size_t max_bytes);

/// In place of files that can't be read: a problem of the whole path.
files_read no_files(std::string const& given, std::string problem);

/// Whether a policy was made from exactly these files.
bool is_made_from(document const& source, files_read const& read);

/// The first error among problems, in one line: `path:line:column: error: text [code]`.
std::string first_error(std::vector<diagnostic> const& findings);

}  // namespace rolecall::inline v0_1::watch

#endif
