// A descriptor that closes itself, and tells when closing it failed.
#ifndef ROLECALL_CLI_OPENED_FILE_HPP
#define ROLECALL_CLI_OPENED_FILE_HPP

#include <unistd.h>

namespace rolecall::inline v0_1::cli {

class opened_file {
public:
    explicit opened_file(int number = -1) noexcept : number_(number) {}
    opened_file(opened_file const&) = delete;
    opened_file& operator=(opened_file const&) = delete;
    ~opened_file() { close(); }

    [[nodiscard]] bool ok() const noexcept { return number_ >= 0; }
    [[nodiscard]] int number() const noexcept { return number_; }

    /// Closes what is open, and takes another descriptor.
    void take(int number) noexcept {
        close();
        number_ = number;
    }

    /// False when what was written could not be kept.
    bool close() noexcept {
        int const result = number_ >= 0 ? ::close(number_) : 0;
        number_ = -1;
        return result == 0;
    }

private:
    int number_;
};

}  // namespace rolecall::inline v0_1::cli

#endif
