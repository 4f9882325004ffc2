// Descriptors that close themselves, and a regular file read in one go.
#ifndef ROLECALL_SRC_DOCUMENT_FILE_IO_HPP
#define ROLECALL_SRC_DOCUMENT_FILE_IO_HPP

#include "document/policy_files.hpp"

#include <unistd.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

class descriptor {
public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    descriptor(descriptor const&) = delete;
    descriptor& operator=(descriptor const&) = delete;
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    explicit operator bool() const noexcept { return number_ >= 0; }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

/// "can't be read (Permission denied)"
file_problem unreadable(int error);

/// Opens what lies in a directory, without following a link; no device makes it wait. False,
/// with errno, where it can't.
descriptor open_in(descriptor const& directory, std::string const& name, int flags = 0);

/// The same for a path whose parts may not be links either.
descriptor open_below(descriptor const& directory, std::string const& path);

/// Reads an opened file to its end into `text`, or says why not; `text` is then worthless.
std::optional<file_problem> read_whole(descriptor const& file, std::size_t max_bytes,
                                       std::string& text);

/// The names in an opened directory, sorted, without those that begin with a dot.
std::optional<file_problem> list_names(descriptor const& directory,
                                       std::vector<std::string>& names);

}  // namespace rolecall::inline v0_1::yaml

#endif
