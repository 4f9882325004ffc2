#include "cli/program.hpp"

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/interpret.hpp"
#include "cli/streams.hpp"
#include <rolecall/version.hpp>

#include <unistd.h>

#include <exception>
#include <new>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

int refuse(usage_error const& error) {
    output nowhere(STDOUT_FILENO, false);
    output err(STDERR_FILENO, use_colours(colour_choice::automatic, STDERR_FILENO));
    streams to{nowhere, err};
    to.complain(error.what());
    if (error.about_words() && error.command() != nullptr) err.write(usage_text(*error.command()));
    err.write(more_help(error.topic()));
    return exit_code::usage;
}

// Help that was asked for is a result; help instead of a command is a complaint.
int show_help(command_line const& line, streams& to) {
    if (line.version) {
        to.out.line("rolecall " ROLECALL_VERSION_STRING);
        return exit_code::fine;
    }
    if (line.help) {
        to.out.write(!line.group.empty()       ? group_help(line.group, to.out.colour())
                     : line.command == nullptr ? program_help(to.out.colour())
                                               : command_help(*line.command, to.out.colour()));
        return exit_code::fine;
    }
    to.err.write(program_help(to.err.colour()));
    return exit_code::usage;
}

int run_on(streams& to, task const& work) {
    int code = exit_code::usage;
    try {
        code = work.run(to);
    } catch (std::bad_alloc const&) {
        to.complain("out of memory");
    }
    if (!to.out.flush()) {
        to.complain("can't write the result: " + system_error_text(to.out.error()));
        return exit_code::usage;
    }
    return code;
}

int run_checked(std::vector<std::string> arguments) {
    command_line const line = read_command_line(std::move(arguments));
    bool const shows_help = line.help || line.version || line.command == nullptr;
    task const work =
        shows_help ? task{[&](streams& to) { return show_help(line, to); }} : interpret(line);
    output out(STDOUT_FILENO, use_colours(work.colour, STDOUT_FILENO));
    output err(STDERR_FILENO, use_colours(work.colour, STDERR_FILENO));
    streams to{out, err};
    return run_on(to, work);
}

}  // namespace

int run_program(std::vector<std::string> arguments) noexcept {
    try {
        return run_checked(std::move(arguments));
    } catch (usage_error const& error) {
        return refuse(error);
    } catch (std::exception const& error) {
        output err(STDERR_FILENO, false);
        err.write("rolecall: ");
        err.line(error.what());
        return exit_code::usage;
    }
}

}  // namespace rolecall::inline v0_1::cli
