// What a policy's files look like from outside: a cheap sign that they may have changed.
#ifndef ROLECALL_SRC_WATCH_FINGERPRINT_HPP
#define ROLECALL_SRC_WATCH_FINGERPRINT_HPP

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::watch {

/// Of everything that `yaml::read_policy_files` would read or refuse: names, and what the
/// system says about each (device, inode, mode, size, times). Nothing is opened but
/// directories.
struct fingerprint {
    std::string signs;                     ///< equal: nothing changed, if it can be trusted
    std::int64_t newest = 0;               ///< the last change of any file, in Unix nanoseconds
    std::int64_t taken = 0;                ///< when the fingerprint was taken
    std::vector<std::string> directories;  ///< paths, the policy's own first; none for a file

    /// A file that was changed twice within the grain of its dates has the same dates after
    /// both. So a fingerprint that is younger than this proves nothing.
    static constexpr std::int64_t grain = 2'000'000'000;

    [[nodiscard]] bool trusted() const noexcept { return newest < taken - grain; }
};

fingerprint fingerprint_of(std::string const& path);

}  // namespace rolecall::inline v0_1::watch

#endif
