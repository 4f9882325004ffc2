// The program git, asked one question at a time.
#ifndef ROLECALL_CLI_DIFF_RUN_GIT_HPP
#define ROLECALL_CLI_DIFF_RUN_GIT_HPP

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

struct git_answer {
    int code = -1;      ///< the exit code; -1 where git could not be started or did not end well
    std::string out;    ///< byte for byte
    std::string error;  ///< why it did not start, or the first line that it complained with
};

/// Runs `git` with these words, and `input` as its standard input. The words are handed over as
/// they are: whoever calls sees to it that none of theirs is an option.
[[nodiscard]] git_answer run_git(std::vector<std::string> const& words,
                                 std::string_view input = {});

}  // namespace rolecall::inline v0_1::cli

#endif
