// A file of users, opened: found to be ours and whole before anything is written to it.
#ifndef ROLECALL_SRC_STORE_OPEN_FILE_HPP
#define ROLECALL_SRC_STORE_OPEN_FILE_HPP

#include "store/database.hpp"
#include "store/forks.hpp"

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace rolecall::inline v0_1::user_file {

/// The connection to a file, which knows whether that still lies at its path.
class open_file {
public:
    /// How long a question waits for a lock. It waits for nobody who only writes; what it may
    /// meet is a process that recovers the log of one that was killed.
    static constexpr unsigned question_waits_ms = 2'000;

    /// Makes the file if it is not there and may be made, looks whether it is ours and whole,
    /// and moves an older schema to the newest, unless it is only to be read.
    open_file(std::string const& path, user_store_options const& options);

    /// Whether this process is a child of the one that opened it: then it may not even be closed.
    [[nodiscard]] bool inherited() const noexcept { return mark_.left_behind(); }

    [[nodiscard]] sqlite::database& connection() noexcept { return connection_; }

    /// Throws where the path leads to another file than was opened, or to none: what is written
    /// to this one, nobody else will ever read.
    void must_lie_at_its_path() const;

    /// It has been read whole: closing it may tidy up beside it.
    void is_good() noexcept { connection_.keep_log(false); }

private:
    struct found_file {
        std::string path;
        dev_t device = 0;
        ino_t number = 0;
    };

    open_file(found_file const& found, user_store_options const& options);
    static found_file find_or_make(std::string const& given, user_store_options const& options);

    open_mark mark_;
    sqlite::database connection_;
};

}  // namespace rolecall::inline v0_1::user_file

#endif
