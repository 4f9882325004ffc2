// A text on its way to a path, in two steps: it is written to a file beside it, and later that
// file takes the path's place. Whoever looks sees what was there before or the whole text, also
// after a loss of power; and where the second step never comes, nothing has happened.
#ifndef ROLECALL_CLI_FILE_REPLACEMENT_HPP
#define ROLECALL_CLI_FILE_REPLACEMENT_HPP

#include "cli/opened_file.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Replaces a regular file, keeping its permissions and owner, and nothing else: no link, no
/// directory, no device. What went wrong is told as `shop.yaml can't be written (No space left
/// on device)`; then the path is untouched.
class file_replacement {
public:
    explicit file_replacement(std::string path);
    file_replacement(file_replacement const&) = delete;
    file_replacement& operator=(file_replacement const&) = delete;

    /// Leaves nothing behind but what was committed.
    ~file_replacement();

    /// Writes the text to the disk, beside the path.
    std::optional<std::string> prepare(std::string_view text);

    /// The same in pieces, for a text that is not to be held in memory: an empty file beside the
    /// path, which gets the permissions of the file that it replaces, or these; whoever calls it
    /// writes to it, by its descriptor or by its name; and then it is on the disk.
    std::optional<std::string> begin(unsigned mode_of_new = 0666);
    [[nodiscard]] int number() const noexcept { return file_.number(); }
    [[nodiscard]] std::string const& temporary() const noexcept { return temporary_; }
    std::optional<std::string> finish();

    /// Gives the prepared text the path.
    std::optional<std::string> commit();

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
    std::optional<std::string> open(unsigned mode);

    std::string path_;
    std::string folder_;     // with its slash; empty for the current one
    std::string temporary_;  // empty: there is none
    opened_file file_;
};

/// Whether what lies at a path is a file that holds exactly the text.
[[nodiscard]] bool file_holds(std::string const& path, std::string_view text);

/// What `errno` says about a path: `shop.yaml can't be read (No such file or directory)`.
[[nodiscard]] std::string path_error_text(std::string const& path, std::string_view what,
                                          int error);

}  // namespace rolecall::inline v0_1::cli

#endif
