// The process around the program.
#include "cli/program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

namespace {

// Standard streams that whoever started us has closed: a file that we open must not become
// one of them. Reading from such a stream, or writing to it, then fails with a message.
void hold_standard_streams() {
    for (int const descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) != -1) continue;
        // The lowest number that is free is this one.
        int const mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (::open("/dev/null", mode) != descriptor) ::_exit(2);
    }
}

}  // namespace

int main(int argc, char** argv) {
    hold_standard_streams();
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is a write error
    return rolecall::cli::run_program(
        std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
