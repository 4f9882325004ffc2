#include "audit/append_file.hpp"

#include "audit/json_members.hpp"
#include <rolecall/json_lines.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::audit {
namespace {

// Nothing makes it wait, no link leads elsewhere, and what it opens is closed by exec.
constexpr int safely = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW;

constexpr std::uint64_t first_look = std::uint64_t{64} << 10U;
constexpr std::uint64_t longest_look = std::uint64_t{16} << 20U;

template <class Call>
auto unless_interrupted(Call&& call) {
    for (;;) {
        auto const result = call();
        if (result >= 0 || errno != EINTR) return result;
    }
}

// Reads as many bytes as the text has, from a place in the file.
bool read_at(int file, std::uint64_t from, std::string& text) {
    for (std::size_t filled = 0; filled < text.size();) {
        ssize_t const got = unless_interrupted([&] {
            return ::pread(file, text.data() + filled, text.size() - filled,
                           static_cast<off_t>(from + filled));
        });
        if (got <= 0) return false;
        filled += static_cast<std::size_t>(got);
    }
    return true;
}

// The number of the last line that is a record.
std::optional<std::uint64_t> last_record_in(std::string_view text) {
    while (!text.empty()) {
        if (text.back() == '\n') text.remove_suffix(1);
        std::size_t const begin = text.rfind('\n') + 1;  // 0 for the first line
        json_line const line = parse_json_line(text.substr(begin));
        if (line.record) return line.record->sequence;
        text = text.substr(0, begin);
    }
    return std::nullopt;
}

// Without it a file that was just made may vanish in a power cut, though it was synced.
// Gives errno, or 0.
int sync_folder_of(std::string const& path) {
    std::size_t const slash = path.rfind('/');
    std::string const folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    yaml::descriptor const opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened && ::fsync(opened.number()) == 0 ? 0 : errno;
}

}  // namespace

std::string file_trouble::text() const {
    std::string result = what != nullptr ? what : "";
    if (error != 0) result += " (" + std::generic_category().message(error) + ')';
    return result;
}

file_trouble append_file::open(std::string const& path, unsigned mode, bool sync,
                               std::uint64_t& last) {
    if (path.find('\0') != std::string::npos) return {"can't be opened", EINVAL};
    append_file fresh(
        yaml::descriptor(unless_interrupted([&] { return ::open(path.c_str(), safely, mode); })));
    if (!fresh.is_open()) return {"can't be opened", errno};
    int const file = fresh.descriptor_.number();

    struct stat is {};
    struct stat mine {};
    if (::fstat(file, &is) != 0) return {"can't be looked at", errno};
    if (!S_ISREG(is.st_mode)) return {"is not a regular file", 0};
    if (is_open() && ::fstat(descriptor_.number(), &mine) == 0 && mine.st_dev == is.st_dev &&
        mine.st_ino == is.st_ino)
        return {};

    if (unless_interrupted([&] { return ::flock(file, LOCK_EX | LOCK_NB); }) != 0)
        return errno == EWOULDBLOCK ? file_trouble{"is written to by another sink", 0}
                                    : file_trouble{"can't be locked", errno};
    // Whoever held the lock may have written meanwhile.
    if (::fstat(file, &is) != 0) return {"can't be looked at", errno};
    std::uint64_t found = 0;
    if (is.st_size > 0) {
        auto const size = static_cast<std::uint64_t>(is.st_size);
        if (auto const trouble = fresh.look_for_last_record(size, found)) return trouble;
    }
    if (int const error = sync ? sync_folder_of(path) : 0)
        return {"lies in a folder that can't be synced", error};
    last = found;
    *this = std::move(fresh);
    return {};
}

file_trouble append_file::look_for_last_record(std::uint64_t size, std::uint64_t& last) {
    int const file = descriptor_.number();
    std::string text;
    for (std::uint64_t look = first_look;; look *= 4) {
        look = std::min({look, longest_look, size});
        text.resize(look);
        if (!read_at(file, size - look, text)) return {"can't be read", errno};
        torn_ = text.back() != '\n';
        std::string_view lines = text;
        if (look < size) lines.remove_prefix(std::min(lines.find('\n'), look - 1) + 1);
        if (auto const found = last_record_in(lines)) {
            last = *found;
            return {};
        }
        if (look == size || look == longest_look) break;
    }
    // The first line ever may be torn. Anything else is not a file of ours.
    bool const ours = text.starts_with(line_begin.substr(0, text.size()));
    if (text.size() == size && ours) return {};
    return {"holds something else than records, or only broken ones at its end", 0};
}

bool append_file::deleted() const noexcept {
    struct stat is {};
    return ::fstat(descriptor_.number(), &is) != 0 || is.st_nlink == 0;
}

append_file::left append_file::append(char* line, std::size_t size, bool sync,
                                      file_trouble& trouble) noexcept {
    int const file = descriptor_.number();
    if (torn_) {
        *--line = '\n';
        ++size;
    }
    ssize_t const written = unless_interrupted([&] { return ::write(file, line, size); });
    bool const whole = written == static_cast<ssize_t>(size);
    if (whole && (!sync || unless_interrupted([&] { return ::fdatasync(file); }) == 0)) {
        torn_ = false;
        return left::line;
    }
    trouble = written < 0 || whole ? file_trouble{"can't be written", errno}
                                   : file_trouble{"has no room for a whole line", 0};
    if (written <= 0 || take_back(static_cast<std::size_t>(written))) return left::nothing;
    torn_ = !whole;
    return whole ? left::line_and_trouble : left::nothing;
}

// Cuts the file where the write began, unless somebody who heeds no lock has appended since.
bool append_file::take_back(std::size_t written) noexcept {
    int const file = descriptor_.number();
    struct stat is {};
    off_t const end = ::lseek(file, 0, SEEK_CUR);
    if (end < static_cast<off_t>(written) || ::fstat(file, &is) != 0 || is.st_size != end)
        return false;
    off_t const begin = end - static_cast<off_t>(written);
    return unless_interrupted([&] { return ::ftruncate(file, begin); }) == 0;
}

}  // namespace rolecall::inline v0_1::audit
