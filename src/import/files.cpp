#include "import/files.hpp"

#include "cli/file_replacement.hpp"
#include "cli/opened_file.hpp"
#include <rolecall/detail/text.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace rolecall::inline v0_1::csv {

namespace {

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

}  // namespace

std::optional<std::string> read_table_file(std::string const& path, std::string& text,
                                           std::size_t most) {
    text.clear();
    bool const standard_input = path == "-";
    cli::opened_file const file(standard_input
                                    ? ::dup(STDIN_FILENO)
                                    : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    constexpr std::string_view what = "can't be read";
    if (!file.ok()) return cli::path_error_text(path, what, errno);
    if (int const error = read_until_end(file.number(), text, most))
        return cli::path_error_text(path, what, error);
    if (text.size() > most)
        return detail::in_backticks(path) + " has more than " + std::to_string(most >> 20U) +
               " MiB, the most that is read";
    return std::nullopt;
}

std::optional<std::string> write_whole_file(std::string const& path, std::string_view text) {
    cli::file_replacement file(path);
    if (auto problem = file.prepare(text)) return problem;
    return file.commit();
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
