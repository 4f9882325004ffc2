#include "import/files.hpp"

#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace rolecall::inline v0_1::csv {

namespace {

std::string because(std::string const& path, std::string_view what, int error) {
    return (path == "-" ? "standard input" : detail::in_backticks(path)) + ' ' + std::string(what) +
           " (" + cli::system_error_text(error) + ')';
}

// A descriptor that closes itself.
class opened_file {
public:
    explicit opened_file(int number) noexcept : number_(number) {}
    opened_file(opened_file const&) = delete;
    opened_file& operator=(opened_file const&) = delete;
    ~opened_file() { close(); }

    [[nodiscard]] bool ok() const noexcept { return number_ >= 0; }
    [[nodiscard]] int number() const noexcept { return number_; }

    /// False when what was written could not be kept.
    bool close() noexcept {
        int const result = number_ >= 0 ? ::close(number_) : 0;
        number_ = -1;
        return result == 0;
    }

private:
    int number_;
};

// Appends up to one byte more than a table may have. Gives errno, or 0.
int read_until_end(int number, std::string& text, std::size_t most) {
    constexpr std::size_t piece = std::size_t{64} << 10U;
    while (text.size() <= most) {
        std::size_t const filled = text.size();
        text.resize(filled + piece);
        ssize_t const got = ::read(number, text.data() + filled, piece);
        text.resize(filled + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0) return 0;
        if (got < 0 && errno != EINTR) return errno;
    }
    return 0;
}

bool write_all(int number, std::string_view text) {
    while (!text.empty()) {
        ssize_t const wrote = ::write(number, text.data(), text.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

// The folder of a path, with its slash; empty for the current one.
std::string folder_of(std::string const& path) {
    std::size_t const slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

// So that the new name in the folder outlives a loss of power. Not every file system can.
void keep_folder(std::string const& folder) {
    opened_file const opened(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.ok()) ::fsync(opened.number());
}

// Writes to the temporary file and gives it the path. Gives errno, or 0.
int write_and_rename(opened_file& file, std::string const& temporary, std::string const& path,
                     std::string_view text, struct stat const* replaced) {
    bool const written =
        (replaced == nullptr || ::fchmod(file.number(), replaced->st_mode & 0777U) == 0) &&
        write_all(file.number(), text) && ::fsync(file.number()) == 0 && file.close() &&
        ::rename(temporary.c_str(), path.c_str()) == 0;
    return written ? 0 : errno;
}

}  // namespace

std::optional<std::string> read_table_file(std::string const& path, std::string& text,
                                           std::size_t most) {
    text.clear();
    bool const standard_input = path == "-";
    opened_file const file(standard_input ? ::dup(STDIN_FILENO)
                                          : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    constexpr std::string_view what = "can't be read";
    if (!file.ok()) return because(path, what, errno);
    if (int const error = read_until_end(file.number(), text, most))
        return because(path, what, error);
    if (text.size() > most)
        return detail::in_backticks(path) + " has more than " + std::to_string(most >> 20U) +
               " MiB, the most that is read";
    return std::nullopt;
}

std::optional<std::string> write_whole_file(std::string const& path, std::string_view text) {
    constexpr std::string_view what = "can't be written";
    struct stat state {};
    bool const exists = ::lstat(path.c_str(), &state) == 0;
    if (!exists && errno != ENOENT) return because(path, what, errno);
    if (exists && !S_ISREG(state.st_mode))
        return detail::in_backticks(path) + " is not a regular file, so it is not replaced";

    // A name that begins with a dot is no part of a policy, should the process end here.
    std::string const folder = folder_of(path);
    std::string const temporary =
        folder + ".rolecall-import-" + std::to_string(::getpid()) + ".tmp";
    opened_file file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file.ok()) return because(path, what, errno);
    if (int const error =
            write_and_rename(file, temporary, path, text, exists ? &state : nullptr)) {
        ::unlink(temporary.c_str());
        return because(path, what, error);
    }
    keep_folder(folder);
    return std::nullopt;
}

bool same_file(std::string const& a, std::string const& b) {
    struct stat first {};
    struct stat second {};
    return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

std::string stem_of(std::string_view path) {
    path.remove_prefix(std::min(path.rfind('/') + 1, path.size()));  // npos + 1 is 0
    std::size_t const dot = path.rfind('.');
    return std::string(dot == 0 ? path : path.substr(0, dot));
}

}  // namespace rolecall::inline v0_1::csv
