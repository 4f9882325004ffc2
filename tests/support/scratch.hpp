// A folder for one test, gone at its end.
#ifndef ROLECALL_TESTS_SUPPORT_SCRATCH_HPP
#define ROLECALL_TESTS_SUPPORT_SCRATCH_HPP

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace rolecall::testing {

class scratch_folder {
public:
    scratch_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "rolecall-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string path(std::string_view name = {}) const {
        return name.empty() ? path_ : path_ + '/' + std::string(name);
    }

    /// Writes a file, and its folders, and returns its path.
    [[nodiscard]] std::string file(std::string_view name, std::string_view text) const {
        std::string const at = path(name);
        std::filesystem::create_directories(std::filesystem::path(at).parent_path());
        std::ofstream(at, std::ios::binary) << text;
        return at;
    }

private:
    std::string path_;
};

}  // namespace rolecall::testing

#endif
