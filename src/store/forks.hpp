// What a child process must keep away from: stores that it inherited, and their files.
//
// SQLite's locks belong to the process that took them, and SQLite does not see that it was
// forked. In a child, a new connection to a file that the parent had open would count on locks
// that nobody holds there: when the parent then closes the file, its log is deleted, and what the
// child commits afterwards is lost.
#ifndef ROLECALL_SRC_STORE_FORKS_HPP
#define ROLECALL_SRC_STORE_FORKS_HPP

#include <sys/types.h>

#include <cstdint>

namespace rolecall::inline v0_1::user_file {

/// While it lives, this process has a file open, and a child that is forked can't open it.
class open_mark {
public:
    /// Throws std::bad_alloc.
    open_mark(dev_t device, ino_t number);
    open_mark(open_mark const&) = delete;
    open_mark& operator=(open_mark const&) = delete;
    ~open_mark();

    /// Whether this process was forked while another one had the file open.
    static bool inherited(dev_t device, ino_t number);

    /// Whether this process is a child of the one that made the mark. Cheap.
    [[nodiscard]] bool left_behind() const noexcept;

    [[nodiscard]] dev_t device() const noexcept { return device_; }
    [[nodiscard]] ino_t number() const noexcept { return number_; }

private:
    dev_t device_;
    ino_t number_;
    std::uint32_t forks_;
};

}  // namespace rolecall::inline v0_1::user_file

#endif
