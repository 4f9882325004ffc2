// A folder for the files that a measurement writes, gone afterwards.
#ifndef ROLECALL_BENCH_TEMPORARY_FOLDER_HPP
#define ROLECALL_BENCH_TEMPORARY_FOLDER_HPP

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace rolecall::inline v0_1::bench {

/// In $TMPDIR, or /tmp.
class temporary_folder {
public:
    temporary_folder() {
        std::error_code error;
        std::filesystem::path const parent = std::filesystem::temp_directory_path(error);
        std::string pattern = (parent / "rolecall-bench-XXXXXX").string();
        parent_ = parent.string();
        if (!error && ::mkdtemp(pattern.data()) == nullptr)
            error = std::error_code(errno, std::generic_category());
        if (error) {
            problem_ = "there is no folder for temporary files: " + error.message();
        } else {
            path_ = pattern;
        }
    }
    temporary_folder(temporary_folder const&) = delete;
    temporary_folder& operator=(temporary_folder const&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] explicit operator bool() const noexcept { return !path_.empty(); }
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

    /// The folder that it lies in.
    [[nodiscard]] std::string const& parent() const noexcept { return parent_; }
    [[nodiscard]] std::string path(std::string_view name) const { return (path_ / name).string(); }

private:
    std::string parent_, problem_;
    std::filesystem::path path_;
};

}  // namespace rolecall::inline v0_1::bench

#endif
