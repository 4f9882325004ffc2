#include "cli/file_replacement.hpp"

#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace rolecall::inline v0_1::cli {

namespace {

constexpr std::string_view cannot_write = "can't be written";

// 0, or what went wrong.
int write_all(int number, std::string_view text) {
    while (!text.empty()) {
        ssize_t const wrote = ::write(number, text.data(), text.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return 0;
}

// Another's file stays theirs where we may say so.
int keep_rights(int number, struct stat const& replaced) {
    bool const ours = replaced.st_uid == ::geteuid() && replaced.st_gid == ::getegid();
    if (!ours && ::fchown(number, replaced.st_uid, replaced.st_gid) != 0 && errno != EPERM)
        return errno;
    return ::fchmod(number, replaced.st_mode & 0777U) == 0 ? 0 : errno;
}

// So that the new name in the folder outlives a loss of power. Not every file system can.
void keep_folder(std::string const& folder) {
    opened_file const opened(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.ok()) ::fsync(opened.number());
}

}  // namespace

std::string path_error_text(std::string const& path, std::string_view what, int error) {
    return (path == "-" ? "standard input" : detail::in_backticks(path)) + ' ' + std::string(what) +
           " (" + system_error_text(error) + ')';
}

file_replacement::file_replacement(std::string path) : path_(std::move(path)) {
    std::size_t const slash = path_.rfind('/');
    if (slash != std::string::npos) folder_ = path_.substr(0, slash + 1);
}

file_replacement::~file_replacement() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

// A name that begins with a dot is no part of a policy, should the process end here.
std::optional<std::string> file_replacement::open(unsigned mode) {
    for (int number = 0;; ++number) {
        std::string name = folder_ + ".rolecall-" + std::to_string(::getpid()) + '-' +
                           std::to_string(number) + ".tmp";
        file_.take(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (file_.ok()) {
            temporary_ = std::move(name);
            return std::nullopt;
        }
        if (errno != EEXIST || number == 1000) return path_error_text(path_, cannot_write, errno);
    }
}

std::optional<std::string> file_replacement::begin(unsigned mode_of_new) {
    struct stat state {};
    bool const exists = ::lstat(path_.c_str(), &state) == 0;
    if (!exists && errno != ENOENT) return path_error_text(path_, cannot_write, errno);
    if (exists && !S_ISREG(state.st_mode))
        return detail::in_backticks(path_) + " is not a regular file, so it is not replaced";
    if (auto problem = open(mode_of_new)) return problem;
    int const error = exists ? keep_rights(file_.number(), state) : 0;
    if (error != 0) return path_error_text(path_, cannot_write, error);
    return std::nullopt;
}

std::optional<std::string> file_replacement::finish() {
    int error = ::fsync(file_.number()) != 0 ? errno : 0;
    if (error == 0 && !file_.close()) error = errno;
    if (error != 0) return path_error_text(path_, cannot_write, error);
    return std::nullopt;
}

std::optional<std::string> file_replacement::prepare(std::string_view text) {
    if (auto problem = begin()) return problem;
    if (int const error = write_all(file_.number(), text))
        return path_error_text(path_, cannot_write, error);
    return finish();
}

std::optional<std::string> file_replacement::commit() {
    if (::rename(temporary_.c_str(), path_.c_str()) != 0)
        return path_error_text(path_, cannot_write, errno);
    temporary_.clear();
    keep_folder(folder_);
    return std::nullopt;
}

bool file_holds(std::string const& path, std::string_view text) {
    opened_file const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    std::array<char, 65'536> piece{};
    while (file.ok()) {
        ssize_t const got = ::read(file.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0 && text.empty();
        std::string_view const read(piece.data(), static_cast<std::size_t>(got));
        if (text.substr(0, read.size()) != read) return false;
        text.remove_prefix(read.size());
    }
    return false;
}

}  // namespace rolecall::inline v0_1::cli
