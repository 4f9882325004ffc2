// The first key of every file: `rolecall: 1`.
#ifndef ROLECALL_SRC_DOCUMENT_VERSION_KEY_HPP
#define ROLECALL_SRC_DOCUMENT_VERSION_KEY_HPP

#include "document/checker.hpp"
#include "yaml/node.hpp"

#include <string_view>

namespace rolecall::inline v0_1::yaml {

inline constexpr std::string_view version_line = "begin the file with `rolecall: 1`";

/// Whether a file may be read as version 1. `rolecall: 1` must be its first key; one that
/// comes late is reported, and the rest is read as if it had been first.
bool is_version_1(checker& check, node const& root);

}  // namespace rolecall::inline v0_1::yaml

#endif
