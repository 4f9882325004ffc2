#include "watch/fingerprint.hpp"

#include "document/file_io.hpp"
#include "document/policy_files.hpp"
#include <rolecall/detail/clock.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::watch {

namespace {

using yaml::descriptor;

constexpr int max_depth = 32;  // of directories that yaml::read_policy_files reads

std::int64_t nanoseconds(timespec const& t) noexcept {
    return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

bool may_be_policy_file(std::string_view name) noexcept {
    return name.ends_with(".yaml") || yaml::is_suspicious(name);
}

std::string below(std::string const& directory, std::string const& name) {
    std::string path = directory;
    if (!path.empty() && !name.empty()) path += '/';
    return path += name;
}

class observer {
public:
    explicit observer(std::string const& path) : path_(path) {
        seen_.taken = detail::unix_nanoseconds();
    }

    fingerprint run() {
        struct stat state {};
        if (::stat(path_.c_str(), &state) != 0) {
            note(errno);
        } else if (!S_ISDIR(state.st_mode)) {
            note(state);
        } else {
            note_directory(descriptor(::open(path_.c_str(), flags)), "", 0);
        }
        return std::move(seen_);
    }

private:
    static constexpr int flags = O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NONBLOCK;

    void note(std::uint64_t word) {
        for (unsigned bits = 0; bits < 64; bits += 8)
            seen_.signs += static_cast<char>(word >> bits & 0xFFU);
    }
    void note(std::int64_t word) { note(static_cast<std::uint64_t>(word)); }
    void note(int word) { note(static_cast<std::uint64_t>(word)); }
    void note(std::string_view name) { seen_.signs.append(name) += '\0'; }

    // Which directory or file it is, without what was done to it.
    void note_identity(struct stat const& state) {
        note(std::uint64_t{state.st_dev});
        note(std::uint64_t{state.st_ino});
        note(std::uint64_t{state.st_mode});
    }

    void note(struct stat const& state) {
        note_identity(state);
        note(std::int64_t{state.st_size});
        for (timespec const& t : {state.st_mtim, state.st_ctim}) {
            note(nanoseconds(t));
            seen_.newest = std::max(seen_.newest, nanoseconds(t));
        }
    }

    void note_directory(descriptor const& directory, std::string const& relative, int depth) {
        struct stat state {};
        std::vector<std::string> names;
        if (!directory || ::fstat(directory.number(), &state) != 0) return note(errno);
        seen_.directories.push_back(below(path_, relative));
        note_identity(state);
        if (yaml::list_names(directory, names)) return note(-1);
        for (std::string const& name : names) visit(directory, name, below(relative, name), depth);
    }

    void visit(descriptor const& directory, std::string const& name, std::string const& relative,
               int depth) {
        struct stat state {};
        if (::fstatat(directory.number(), name.c_str(), &state, AT_SYMLINK_NOFOLLOW) != 0) {
            int const error = errno;
            note(relative);
            return note(error);
        }
        bool const is_link = S_ISLNK(state.st_mode);
        bool const is_directory = S_ISDIR(state.st_mode);
        if (!is_link && !is_directory && !may_be_policy_file(name)) return;
        note(relative);
        if (is_directory && depth < max_depth)
            return note_directory(yaml::open_in(directory, name, O_DIRECTORY), relative, depth + 1);
        if (is_directory) return note_identity(state);
        note(state);
        if (!is_link) return;
        // And what it leads to: that file's text is a part of the policy.
        if (::fstatat(directory.number(), name.c_str(), &state, 0) != 0) return note(errno);
        note(state);
    }

    std::string const& path_;
    fingerprint seen_;
};

}  // namespace

fingerprint fingerprint_of(std::string const& path) { return observer(path).run(); }

}  // namespace rolecall::inline v0_1::watch
