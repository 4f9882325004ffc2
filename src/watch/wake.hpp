// What wakes the thread of a watcher: the end, a change of the files, or the time.
#ifndef ROLECALL_SRC_WATCH_WAKE_HPP
#define ROLECALL_SRC_WATCH_WAKE_HPP

#include "document/file_io.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::watch {

enum class woken { by_time, by_hint, to_stop };

/// Tells all who wait on it, for good, to stop.
class stop_signal {
public:
    /// Throws std::system_error where there are no descriptors left.
    stop_signal();

    void send() noexcept;

    /// Waits for at most so many milliseconds; and for a hint, if there is something to read
    /// one from.
    [[nodiscard]] woken wait(std::int64_t ms,
                             yaml::descriptor const* hints = nullptr) const noexcept;

private:
    yaml::descriptor reads_, writes_;
};

/// Hints of the system that files may have changed. Where it gives none, because it can't or
/// because its limits are reached, there are none: nothing relies on them.
class change_hints {
public:
    explicit change_hints(bool wanted) noexcept;

    /// From now on, of these directories, and of the file or directory itself where it may be
    /// renamed or replaced. Whether some were not watched before: changes until now were then
    /// not told.
    bool follow(std::string const& path, std::vector<std::string> const& directories);

    /// To wait for them; null where there are none.
    [[nodiscard]] yaml::descriptor const* source() const noexcept {
        return source_ ? &source_ : nullptr;
    }

    /// Takes those that are there. False where none was about the files.
    bool take() noexcept;

private:
    struct watched {
        int number = -1;
        std::string only;  // of a directory, what lies in it by this name; empty: all
    };

    void add(std::vector<watched>& to, std::string const& path, std::string only) const;
    [[nodiscard]] bool matters(int number, char const* name) const noexcept;

    yaml::descriptor source_;
    std::vector<watched> followed_;
};

}  // namespace rolecall::inline v0_1::watch

#endif
