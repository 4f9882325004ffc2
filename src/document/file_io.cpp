#include "document/file_io.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace rolecall::inline v0_1::yaml {

namespace {

constexpr int safely = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW;

bool same_state(struct stat const& a, struct stat const& b) {
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

// Fills `text` as far as the file goes. Gives errno, or 0.
int fill(int number, std::string& text) {
    std::size_t filled = 0;
    while (filled < text.size()) {
        ssize_t const got = ::read(number, text.data() + filled, text.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    return 0;
}

}  // namespace

file_problem unreadable(int error) {
    return {diagnostic_code::unreadable_file,
            "can't be read (" + std::generic_category().message(error) + ')'};
}

descriptor open_in(descriptor const& directory, std::string const& name, int flags) {
    for (;;) {
        descriptor opened(::openat(directory.number(), name.c_str(), safely | flags));
        if (opened || errno != EINTR) return opened;
    }
}

descriptor open_below(descriptor const& directory, std::string const& path) {
    descriptor inner;
    descriptor const* from = &directory;
    std::size_t begin = 0;
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         begin = slash + 1, slash = path.find('/', begin)) {
        inner = open_in(*from, path.substr(begin, slash - begin), O_DIRECTORY);
        if (!inner) return inner;
        from = &inner;
    }
    return open_in(*from, path.substr(begin));
}

std::optional<file_problem> read_whole(descriptor const& file, std::size_t max_bytes,
                                       std::string& text) {
    struct stat before {};
    if (::fstat(file.number(), &before) != 0) return unreadable(errno);
    if (!S_ISREG(before.st_mode))
        return file_problem{diagnostic_code::unreadable_file, "is not a regular file"};
    auto const size = static_cast<std::size_t>(before.st_size);
    if (size > max_bytes) return too_large(max_bytes);

    text.resize(size + 1);  // one more, to notice a file that grows
    if (int const error = fill(file.number(), text)) return unreadable(error);
    struct stat after {};
    if (::fstat(file.number(), &after) != 0) return unreadable(errno);
    if (text.size() == size && same_state(before, after)) return std::nullopt;
    return file_problem{diagnostic_code::unreadable_file,
                        "changed while it was read; load the policy again"};
}

std::optional<file_problem> list_names(descriptor const& directory,
                                       std::vector<std::string>& names) {
    int const copy = ::fcntl(directory.number(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return unreadable(errno);
    std::unique_ptr<DIR, int (*)(DIR*)> const listing(::fdopendir(copy), ::closedir);
    if (!listing) {
        int const error = errno;
        ::close(copy);
        return unreadable(error);
    }
    for (;;) {
        errno = 0;
        dirent const* const found = ::readdir(listing.get());
        if (!found) break;
        if (found->d_name[0] != '.') names.emplace_back(found->d_name);
    }
    if (errno != 0) return unreadable(errno);
    std::sort(names.begin(), names.end());
    return std::nullopt;
}

}  // namespace rolecall::inline v0_1::yaml
