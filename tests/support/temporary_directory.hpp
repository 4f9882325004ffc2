// A directory that is there for one test, with the files that it needs.
#ifndef ROLECALL_TESTS_SUPPORT_TEMPORARY_DIRECTORY_HPP
#define ROLECALL_TESTS_SUPPORT_TEMPORARY_DIRECTORY_HPP

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rolecall::testing {

/// What a file holds; empty where it can't be read.
inline std::string content_of(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Empty at first; removed with all that is in it.
class temporary_directory {
public:
    temporary_directory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "rolecall-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("no temporary directory can be made");
        path_ = pattern;
    }
    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;
    ~temporary_directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string path() const { return path_.string(); }

    /// The path of what lies in the directory.
    [[nodiscard]] std::string path(std::string_view relative) const {
        return (path_ / relative).string();
    }

    /// Writes a file, and makes the directories that it lies in. Gives its path.
    std::string write(std::string_view relative, std::string_view text) const {
        std::filesystem::path const file = path_ / relative;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream out(file, std::ios::binary);
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
        if (!out.flush()) throw std::runtime_error("can't write " + file.string());
        return file.string();
    }

    std::string make_directory(std::string_view relative) const {
        std::filesystem::create_directories(path_ / relative);
        return path(relative);
    }

    /// A symbolic link; the target is what the link says, relative or not.
    void link(std::string_view relative, std::string_view target) const {
        std::filesystem::create_directories((path_ / relative).parent_path());
        std::filesystem::create_symlink(target, path_ / relative);
    }

private:
    std::filesystem::path path_;
};

}  // namespace rolecall::testing

#endif
