#include "store/make_file.hpp"

#include "document/file_io.hpp"
#include "store/schema.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace rolecall::inline v0_1::user_file {

namespace {

using kind = user_store_error::kind;

[[noreturn]] void fail(std::string const& path, int error) {
    kind why = kind::io;
    if (error == ENOSPC || error == EDQUOT) why = kind::no_space;
    if (error == EROFS || error == EACCES || error == EPERM) why = kind::read_only;
    throw user_store_error(
        why, path + ": it can't be made (" + std::generic_category().message(error) + ')');
}

/// A file beside the one to be made, which is gone in the end, whatever happens.
class draft {
public:
    explicit draft(std::string const& path) : name_(path + ".new-XXXXXX") {
        yaml::descriptor const made(::mkstemp(name_.data()));
        if (!made) fail(path, errno);
    }
    draft(draft const&) = delete;
    draft& operator=(draft const&) = delete;
    ~draft() {
        for (char const* const part : {"", "-journal", "-wal", "-shm"})
            ::unlink((name_ + part).c_str());
    }

    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    /// Gives the file its name, if that is free. Gives errno, or 0.
    [[nodiscard]] int publish(std::string const& path) const noexcept {
#if defined(__linux__) && defined(RENAME_NOREPLACE)
        if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0)
            return 0;
        if (errno != EINVAL && errno != ENOSYS) return errno;
#endif
        return ::link(name_.c_str(), path.c_str()) == 0 ? 0 : errno;
    }

private:
    std::string name_;
};

// Without it a name may vanish in a power cut, though what it names was synced.
int sync_folder_of(std::string const& path) noexcept {
    std::string const folder = path.substr(0, path.rfind('/') + 1);
    yaml::descriptor const opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened && ::fsync(opened.number()) == 0 ? 0 : errno;
}

}  // namespace

void make_file(std::string const& path) {
    draft const made(path);
    {
        sqlite::database file(made.name(), sqlite::database::access::write);
        configure(file, false);
        sqlite::transaction all(file, sqlite::transaction::kind::write);
        file.execute("PRAGMA application_id = " + std::to_string(application_id));
        raise_schema(file, 0);
        all.commit();
        configure(file, true);
    }
    int const error = made.publish(path);
    if (error == EEXIST) return;
    if (error != 0) fail(path, error);
    if (int const unsynced = sync_folder_of(path)) fail(path, unsynced);
}

}  // namespace rolecall::inline v0_1::user_file
