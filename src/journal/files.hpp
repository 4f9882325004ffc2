// What a journal asks of a file system, and no more: so that tests can run it on a disk that
// loses, tears and refuses, and see what is left.
//
// Calls are as the system's: a write may be short, a call may be interrupted. Whoever calls deals
// with it (see `write_all`).
#ifndef ROLECALL_SRC_JOURNAL_FILES_HPP
#define ROLECALL_SRC_JOURNAL_FILES_HPP

#include <rolecall/detail/export.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace rolecall::inline v0_1::trail {

using bytes_view = std::span<std::byte const>;

/// What a call did: how many bytes, and errno, or 0.
struct io_result {
    std::size_t done = 0;
    int error = 0;

    [[nodiscard]] bool ok() const noexcept { return error == 0; }
};

/// What the system calls an error.
inline std::string error_words(int error) { return std::generic_category().message(error); }

/// An open file. Closing it is its destruction, and says nothing of what is on the disk.
class file {
public:
    file() = default;
    file(file const&) = delete;
    file& operator=(file const&) = delete;
    virtual ~file() = default;

    /// Fewer bytes than were asked for: the end of the file, or a short read.
    virtual io_result read_at(std::uint64_t offset, std::span<std::byte> to) noexcept = 0;
    virtual io_result write_at(std::uint64_t offset, bytes_view from) noexcept = 0;
    /// What was written, and the size, are on the disk (fdatasync). After an error nothing is
    /// known of what was written since the last success; the same bytes are not synced again.
    virtual int sync() noexcept = 0;
    /// Cuts the file, or lengthens it by zeros that take no place.
    virtual int resize(std::uint64_t size) noexcept = 0;
    /// Lengthens the file by zeros that are there: writing over them needs no more room.
    virtual int allocate(std::uint64_t size) noexcept = 0;
    virtual int size(std::uint64_t& is) noexcept = 0;
    /// Whether nobody but the owner, who is who runs this, may write to it.
    virtual bool is_private() noexcept = 0;
    /// Locks it for this process's open file; EWOULDBLOCK where it is locked already.
    virtual int lock() noexcept = 0;
    /// Whether another open file has it locked. Takes nothing, so nobody is kept out meanwhile.
    virtual int is_locked(bool& is) noexcept = 0;
};

enum class open_how {
    read,        ///< a regular file that is there; never through a link
    write,       ///< the same, to read and write
    create_new,  ///< EEXIST where there is one; 0600
    create       ///< one that is there, or a new one; 0600
};

/// Folders and names. Paths are as the application gave them; `/` parts names.
class file_system {
public:
    file_system() = default;
    file_system(file_system const&) = delete;
    file_system& operator=(file_system const&) = delete;
    virtual ~file_system() = default;

    /// Nothing, and errno in `error`, where it can't be opened.
    virtual std::unique_ptr<file> open(std::string const& path, open_how how, int& error) = 0;
    /// 0700. EEXIST where there is one.
    virtual int make_folder(std::string const& path) = 0;
    /// The names in a folder, without `.` and `..`, sorted.
    virtual int list(std::string const& path, std::vector<std::string>& names) = 0;
    /// Whether the folder is one, no link, and nobody but the owner, who is who runs this, may
    /// write to it; an errno if it can't be looked at.
    virtual int folder_is_private(std::string const& path, bool& is) = 0;
    /// Gives a file its final name, unless there is one: EEXIST.
    virtual int publish(std::string const& temporary, std::string const& path) = 0;
    virtual int remove(std::string const& path) = 0;
    /// The names in a folder are on the disk (fsync).
    virtual int sync_folder(std::string const& path) = 0;
};

/// The file system of this machine.
ROLECALL_API file_system& real_files();

/// Writes all of it: goes on after a short write and after EINTR. 0, or errno; ENOSPC where a write
/// wrote nothing and gave no error.
int write_all(file& to, std::uint64_t offset, bytes_view from) noexcept;

/// Reads until the span is full or the file ends; how many bytes, and errno, or 0.
io_result read_all(file& from, std::uint64_t offset, std::span<std::byte> to) noexcept;

}  // namespace rolecall::inline v0_1::trail

#endif
