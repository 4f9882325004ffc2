// A key for checkpoints, in a file. It is the first test vector of RFC 8032, known to everybody.
#ifndef ROLECALL_TESTS_JOURNAL_JOURNAL_KEY_HPP
#define ROLECALL_TESTS_JOURNAL_JOURNAL_KEY_HPP

#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>

namespace rolecall::testing {

class journal_key_file {
public:
    journal_key_file()
        : path_(here_.write("key.pem",
                            "-----BEGIN PRIVATE KEY-----\n"
                            "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                            "-----END PRIVATE KEY-----\n")) {
        namespace fs = std::filesystem;
        fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_write);
    }

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
    temporary_directory here_;
    std::string path_;
};

}  // namespace rolecall::testing

#endif
