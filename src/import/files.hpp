// The files that an import reads and writes.
#ifndef ROLECALL_IMPORT_FILES_HPP
#define ROLECALL_IMPORT_FILES_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::csv {

inline constexpr std::size_t max_table_file_bytes = std::size_t{64} << 20U;

/// Reads a whole file of at most so many bytes, or standard input for `-`. Gives what went
/// wrong, if anything, such as `rights.csv can't be read (No such file or directory)`.
std::optional<std::string> read_table_file(std::string const& path, std::string& text,
                                           std::size_t most = max_table_file_bytes);

/// Puts a text at a path, in one step: it is written to a file beside it, which then takes the
/// path's place. Whoever looks sees what was there before or the whole text, also after a loss
/// of power. Replaces a regular file, keeping its permissions, and nothing else: no link, no
/// directory, no device. Gives what went wrong, if anything; then the path is untouched.
std::optional<std::string> write_whole_file(std::string const& path, std::string_view text);

/// Whether two paths lead to one and the same existing file.
bool same_file(std::string const& a, std::string const& b);

/// The name of a file without its folder and extension: `erp` for `data/erp.csv`.
std::string stem_of(std::string_view path);

}  // namespace rolecall::inline v0_1::csv

#endif
