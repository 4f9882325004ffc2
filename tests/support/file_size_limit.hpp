// For a while, no file may grow past so many bytes: what a full disk is like.
#ifndef ROLECALL_TESTS_SUPPORT_FILE_SIZE_LIMIT_HPP
#define ROLECALL_TESTS_SUPPORT_FILE_SIZE_LIMIT_HPP

#include <sys/resource.h>

#include <csignal>
#include <cstdint>

namespace rolecall::testing {

/// For all files of this process, as long as it lives. Keep what the tests print out of it.
class file_size_limit {
public:
    explicit file_size_limit(std::uintmax_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const now{bytes, before_.rlim_max};
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    file_size_limit(file_size_limit const&) = delete;
    file_size_limit& operator=(file_size_limit const&) = delete;
    ~file_size_limit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

}  // namespace rolecall::testing

#endif
