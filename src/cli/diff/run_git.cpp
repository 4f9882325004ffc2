#include "cli/diff/run_git.hpp"

#include "cli/streams.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

// A file without a name: a pipe to git would block us both where each waits for the other.
class nameless_file {
public:
    explicit nameless_file(std::string_view text = {}) : file_(std::tmpfile(), std::fclose) {
        if (!file_) return;
        ::fcntl(descriptor(), F_SETFD, FD_CLOEXEC);
        good_ = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size() &&
                std::fflush(file_.get()) == 0;
        std::rewind(file_.get());
    }

    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] int descriptor() const noexcept { return ::fileno(file_.get()); }

    [[nodiscard]] std::string text() const {
        std::string all;
        std::array<char, 65'536> piece{};
        std::rewind(file_.get());
        while (std::size_t const got = std::fread(piece.data(), 1, piece.size(), file_.get()))
            all.append(piece.data(), got);
        return all;
    }

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    bool good_ = false;
};

// Messages in English, and no question at the terminal.
std::vector<std::string> environment() {
    std::vector<std::string> result;
    for (char** one = environ; one != nullptr && *one != nullptr; ++one)
        if (std::strncmp(*one, "LC_ALL=", 7) != 0 && std::strncmp(*one, "LANGUAGE=", 9) != 0)
            result.emplace_back(*one);
    result.emplace_back("LC_ALL=C");
    result.emplace_back("GIT_TERMINAL_PROMPT=0");
    return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

std::string first_line(std::string text) {
    if (text.rfind("fatal: ", 0) == 0) text.erase(0, 7);
    return text.substr(0, text.find('\n'));
}

// Errno, or 0 once it runs.
int start(std::vector<std::string> words, nameless_file const& in, nameless_file const& out,
          nameless_file const& err, pid_t& child) {
    posix_spawn_file_actions_t actions;
    if (int const error = ::posix_spawn_file_actions_init(&actions)) return error;
    ::posix_spawn_file_actions_adddup2(&actions, in.descriptor(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err.descriptor(), STDERR_FILENO);
    auto names = environment();
    int const error = ::posix_spawnp(&child, "git", &actions, nullptr, pointers(words).data(),
                                     pointers(names).data());
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
}

}  // namespace

git_answer run_git(std::vector<std::string> const& words, std::string_view input) {
    git_answer result;
    nameless_file const in(input);
    nameless_file const out;
    nameless_file const err;
    if (!in.good() || !out.good() || !err.good()) {
        result.error = "no temporary file can be made: " + system_error_text(errno);
        return result;
    }
    std::vector<std::string> all{"git", "--no-pager", "--no-optional-locks"};
    all.insert(all.end(), words.begin(), words.end());
    pid_t child = 0;
    if (int const error = start(std::move(all), in, out, err, child)) {
        result.error = error == ENOENT ? "the program `git` is not installed"
                                       : "git can't be started: " + system_error_text(error);
        return result;
    }
    int status = 0;
    pid_t ended = 0;
    do {
        ended = ::waitpid(child, &status, 0);
    } while (ended < 0 && errno == EINTR);
    result.out = out.text();
    result.error = first_line(err.text());
    if (ended == child && WIFEXITED(status)) result.code = WEXITSTATUS(status);
    if (result.code != 0 && result.error.empty()) result.error = "git did not answer";
    return result;
}

}  // namespace rolecall::inline v0_1::cli
