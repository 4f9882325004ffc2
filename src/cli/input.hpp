// What a command reads: a file, or standard input for `-`.
#ifndef ROLECALL_CLI_INPUT_HPP
#define ROLECALL_CLI_INPUT_HPP

#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <span>
#include <string>

namespace rolecall::inline v0_1::cli {

class input {
public:
    explicit input(std::string const& path)
        : descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
          owned_(path != "-"),
          error_(descriptor_ < 0 ? errno : 0) {}
    input(input const&) = delete;
    input& operator=(input const&) = delete;
    ~input() {
        if (owned_ && descriptor_ >= 0) ::close(descriptor_);
    }

    /// At least one byte; none at the end, and after an error.
    std::size_t read(std::span<char> room) noexcept {
        while (error_ == 0) {
            ssize_t const got = ::read(descriptor_, room.data(), room.size());
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) error_ = errno;
        }
        return 0;
    }

    /// The `errno` of what failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }

    /// What to call it in a message.
    [[nodiscard]] static std::string name(std::string const& path) {
        return path == "-" ? std::string("standard input") : detail::printable(path);
    }

private:
    int descriptor_;
    bool owned_;
    int error_;
};

}  // namespace rolecall::inline v0_1::cli

#endif
