// A place for a file that goes when the benchmark does.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_TEMPORARY_FILE_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_TEMPORARY_FILE_HPP

#include <stdlib.h>  // mkdtemp

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace rolecall::benchmarks {

/// A file that may be there or not, alone in a folder of its own under $TMPDIR.
class temporary_file {
public:
    temporary_file() {
        std::string folder =
            (std::filesystem::temp_directory_path() / "rolecall-benchmark-XXXXXX").string();
        if (::mkdtemp(folder.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), folder);
        path_ = folder + "/file";
    }
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    ~temporary_file() {
        std::error_code ignored;
        std::filesystem::remove_all(std::filesystem::path(path_).parent_path(), ignored);
    }

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
    std::string path_;
};

}  // namespace rolecall::benchmarks

#endif
