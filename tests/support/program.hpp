// The program, run for real: its own process, its own streams.
#ifndef ROLECALL_TESTS_SUPPORT_PROGRAM_HPP
#define ROLECALL_TESTS_SUPPORT_PROGRAM_HPP

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

/// What a run of the program left behind.
struct outcome {
    int code = -1;  ///< the exit code; -1 when a signal ended it
    std::string out;
    std::string err;
};

struct run_options {
    std::string input{};                     ///< for standard input
    std::string out_path{};                  ///< standard output goes there, as to /dev/full
    bool close_in = false;                   ///< started without standard input
    bool close_out = false;                  ///< started without standard output
    std::vector<std::string> environment{};  ///< `NAME=value`, added to ours
};

namespace detail {

/// A file without a name, as a stream of a process.
class stream_file {
public:
    explicit stream_file(std::string_view text = {}) : file_(std::tmpfile()) {
        if (file_ == nullptr) std::abort();
        std::fwrite(text.data(), 1, text.size(), file_);
        std::rewind(file_);
    }
    stream_file(stream_file const&) = delete;
    stream_file& operator=(stream_file const&) = delete;
    ~stream_file() { std::fclose(file_); }

    [[nodiscard]] int descriptor() const { return ::fileno(file_); }

    [[nodiscard]] std::string text() const {
        std::string all;
        std::array<char, 65'536> piece{};
        ::lseek(descriptor(), 0, SEEK_SET);
        for (ssize_t got = 1; got > 0;) {
            got = ::read(descriptor(), piece.data(), piece.size());
            if (got > 0) all.append(piece.data(), static_cast<std::size_t>(got));
        }
        return all;
    }

private:
    std::FILE* file_;
};

/// Becomes the program. Called in a child process; never returns.
[[noreturn]] inline void become_program(std::vector<std::string> const& words,
                                        std::vector<std::string> const& environment) {
    for (std::string const& one : environment) ::putenv(const_cast<char*>(one.c_str()));
    std::vector<char*> arguments;
    static char program[] = ROLECALL_PROGRAM;
    arguments.push_back(program);
    for (std::string const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(program, arguments.data());
    ::_exit(126);
}

inline int exit_code_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace detail

/// Runs the program with these words, and waits for its end.
inline outcome run(std::vector<std::string> const& words, run_options const& options = {}) {
    detail::stream_file const in(options.input);
    detail::stream_file const out;
    detail::stream_file const err;
    pid_t const child = ::fork();
    if (child == 0) {
        ::dup2(in.descriptor(), STDIN_FILENO);
        ::dup2(out.descriptor(), STDOUT_FILENO);
        ::dup2(err.descriptor(), STDERR_FILENO);
        if (!options.out_path.empty())
            ::dup2(::open(options.out_path.c_str(), O_WRONLY), STDOUT_FILENO);
        if (options.close_in) ::close(STDIN_FILENO);
        if (options.close_out) ::close(STDOUT_FILENO);
        detail::become_program(words, options.environment);
    }
    outcome result;
    result.code = detail::exit_code_of(child);
    result.out = out.text();
    result.err = err.text();
    return result;
}

/// Whether a text has a part.
inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace rolecall::testing

#endif
