#include "store/open_file.hpp"

#include "store/make_file.hpp"
#include "store/schema.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::user_file {

namespace {

using kind = user_store_error::kind;
using sqlite::database;

std::string text_of(std::string const& path, char const* what, int error) {
    return path + ": " + what + " (" + std::generic_category().message(error) + ')';
}

// A path that means the same wherever the process goes, and nothing special to SQLite.
std::string absolute(std::string const& path) {
    if (path.empty() || path.find('\0') != std::string::npos)
        throw user_store_error(kind::missing, "a file of users needs a path");
    std::error_code error;
    std::string result = std::filesystem::absolute(path, error).string();
    if (error) throw user_store_error(kind::io, text_of(path, "it can't be found", error.value()));
    return result;
}

bool is_missing(int error) noexcept { return error == ENOENT || error == ENOTDIR; }

bool has_bytes(std::string const& path) {
    struct stat is {};
    return ::stat(path.c_str(), &is) == 0 && is.st_size > 0;
}

}  // namespace

// A regular file, made if need be. SQLite would wait for ever on a pipe.
open_file::found_file open_file::find_or_make(std::string const& given,
                                              user_store_options const& options) {
    std::string path = absolute(given);
    struct stat is {};
    int error = ::stat(path.c_str(), &is) == 0 ? 0 : errno;
    if (is_missing(error) && options.create && !options.read_only) {
        make_file(path);
        error = ::stat(path.c_str(), &is) == 0 ? 0 : errno;
    }
    if (is_missing(error))
        throw user_store_error(kind::missing,
                               path +
                                   ": there is no such file, and it is not to be made; look at the "
                                   "path, or make a new one");
    if (error != 0) throw user_store_error(kind::io, text_of(path, "it can't be looked at", error));
    if (!S_ISREG(is.st_mode))
        throw user_store_error(kind::not_ours, path + ": it is no regular file");
    if (open_mark::inherited(is.st_dev, is.st_ino))
        throw user_store_error(kind::forked,
                               path +
                                   ": it was open when this process was forked; fork before it "
                                   "is opened, or start another program");
    return {std::move(path), is.st_dev, is.st_ino};
}

open_file::open_file(std::string const& path, user_store_options const& options)
    : open_file(find_or_make(path, options), options) {}

open_file::open_file(found_file const& found, user_store_options const& options)
    : mark_(found.device, found.number),
      connection_(found.path,
                  options.read_only ? database::access::read : database::access::write) {
    recognise(connection_);
    // If it is damaged, what lies in its log stays there too.
    connection_.keep_log(has_bytes(connection_.log_path()));
    connection_.wait_for_locks(question_waits_ms);
    try {
        configure(connection_, false);
        check_whole(connection_);
    } catch (user_store_error const& problem) {
        if (!options.read_only || problem.why() != kind::read_only) throw;
        throw user_store_error(kind::read_only,
                               connection_.path() +
                                   ": SQLite keeps files beside it to read it, and may not make "
                                   "them; give write access to its folder, or let a process that "
                                   "has it keep the file open");
    }
    if (options.read_only) return;
    if (connection_.is_read_only())
        throw user_store_error(
            kind::read_only, connection_.path() + ": it may not be written; open it to read only");
    configure(connection_, true);
    connection_.wait_for_locks(options.busy_ms);
    migrate(connection_);
    connection_.wait_for_locks(question_waits_ms);
}

void open_file::must_lie_at_its_path() const {
    std::string const& path = connection_.path();
    struct stat is {};
    if (::stat(path.c_str(), &is) != 0) {
        int const error = errno;
        if (is_missing(error))
            throw user_store_error(kind::gone,
                                   path +
                                       ": it was deleted or moved away while it was in use; "
                                       "open it anew once it is back");
        throw user_store_error(kind::io, text_of(path, "it can't be looked at", error));
    }
    if (is.st_dev != mark_.device() || is.st_ino != mark_.number())
        throw user_store_error(kind::gone, path +
                                               ": another file was put in its place while it "
                                               "was in use; open it anew");
}

}  // namespace rolecall::inline v0_1::user_file
