// What runs in a child process, with a deadline.
#ifndef ROLECALL_TESTS_CONCURRENCY_CHILD_HPP
#define ROLECALL_TESTS_CONCURRENCY_CHILD_HPP

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace rolecall::testing {

/// How a child process ended.
struct child_end {
    int code = -1;   ///< its exit code; -1 where a signal ended it
    int signal = 0;  ///< SIGALRM: it did not come to an end in time
};

inline child_end end_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {}
    if (WIFEXITED(status)) return {WEXITSTATUS(status), 0};
    return {-1, WTERMSIG(status)};
}

/// Forks. The child calls `work`, whose result is its exit code: 0 where all went well, else
/// the number of the step that did not. After so many seconds it is killed.
template <class Work>
child_end in_child(unsigned seconds, Work&& work) {
    pid_t const child = ::fork();
    if (child != 0) return end_of(child);
    ::signal(SIGALRM, SIG_DFL);
    ::alarm(seconds);
    ::_exit(work());
}

}  // namespace rolecall::testing

#endif
