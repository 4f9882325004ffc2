// What changed in a file, as a patch.
#ifndef ROLECALL_CLI_VALIDATE_UNIFIED_DIFF_HPP
#define ROLECALL_CLI_VALIDATE_UNIFIED_DIFF_HPP

#include "cli/streams.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// A text of which lines were changed or taken out.
struct line_changes {
    std::string_view before, after;
    std::span<std::uint32_t const> lines;  ///< as `edited_file::lines`
};

/// The changes as `patch -p1` and `git apply` take them, with three lines around each. The path
/// is relative to where they run. Of equal texts: nothing.
[[nodiscard]] std::string unified_diff(std::string_view path, line_changes const& of,
                                       colours const& colour);

}  // namespace rolecall::inline v0_1::cli

#endif
