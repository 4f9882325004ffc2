// A file that lines are appended to, whole or not at all.
#ifndef ROLECALL_SRC_AUDIT_APPEND_FILE_HPP
#define ROLECALL_SRC_AUDIT_APPEND_FILE_HPP

#include "document/file_io.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::audit {

/// What went wrong, without a word about the file: `can't be written` and errno, or 0.
struct file_trouble {
    char const* what = nullptr;
    int error = 0;

    explicit operator bool() const noexcept { return what != nullptr; }

    /// `can't be written (No space left on device)`
    [[nodiscard]] std::string text() const;
};

/// Nobody else appends to it while this one is open: it holds the file's lock.
///
/// INVARIANT: between two calls the file ends with a whole line, or `torn` says that it does
/// not, and then the next line begins with a line break of its own.
class append_file {
public:
    /// Bytes that a caller of `append` leaves free before a line, for that line break.
    static constexpr std::size_t room = 1;

    append_file() = default;

    /// What is open already, with its lock.
    explicit append_file(yaml::descriptor opened) noexcept : descriptor_(std::move(opened)) {}

    [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(descriptor_); }
    void close() noexcept { descriptor_ = yaml::descriptor(); }

    /// Opens a regular file, or makes it, takes its lock and looks for the number of its last
    /// record; 0: it has none. If this fails, or what is open is that file already, nothing
    /// changes, and `last` stays.
    file_trouble open(std::string const& path, unsigned mode, bool sync, std::uint64_t& last);

    /// Whether the file has lost its name: then what is written to it is lost.
    [[nodiscard]] bool deleted() const noexcept;

    /// What an attempt to append left in the file.
    enum class left : std::uint8_t { line, nothing, line_and_trouble };

    /// Appends a line with its end, by one write, and takes it back if that or the syncing
    /// goes wrong. The byte before the line is free. `line_and_trouble`: it could not be
    /// taken back, and is there, whole.
    left append(char* line, std::size_t size, bool sync, file_trouble& trouble) noexcept;

private:
    file_trouble look_for_last_record(std::uint64_t size, std::uint64_t& last);
    bool take_back(std::size_t written) noexcept;

    yaml::descriptor descriptor_;
    bool torn_ = false;
};

}  // namespace rolecall::inline v0_1::audit

#endif
