// The program, but for what only a process can do.
#ifndef ROLECALL_CLI_PROGRAM_HPP
#define ROLECALL_CLI_PROGRAM_HPP

#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// Does what the words after the program's name ask for, on the standard streams. Returns
/// the exit code; every failure, lack of memory too, is one with a message.
int run_program(std::vector<std::string> arguments) noexcept;

}  // namespace rolecall::inline v0_1::cli

#endif
