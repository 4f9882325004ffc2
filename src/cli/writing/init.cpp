// `rolecall init`: a first policy, written where nothing is yet.
#include "cli/commands.hpp"
#include "cli/writing/init_answers.hpp"
#include "cli/writing/init_arguments.hpp"
#include "cli/writing/init_interview.hpp"
#include <rolecall/detail/text.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace rolecall::inline v0_1::cli {
namespace {

namespace fs = std::filesystem;

bool can_ask(streams const& to) { return ::isatty(STDIN_FILENO) == 1 && to.out.is_terminal(); }

// Makes a file that was not there. Gives what went wrong, if anything.
std::string make_file(fs::path const& path, std::string_view text) {
    constexpr int rights = 0666;
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights);
    if (file < 0)
        return detail::printable(path.string()) + " can't be made: " + system_error_text(errno);
    output out(file, false);
    out.write(text);
    bool const whole = out.flush();
    bool const closed = ::close(file) == 0;
    if (whole && closed) return {};
    return detail::printable(path.string()) +
           " can't be written: " + system_error_text(out.failed() ? out.error() : errno);
}

std::string make_directories(fs::path const& path) {
    std::error_code error;
    fs::create_directories(path, error);
    return error ? detail::printable(path.string()) + " can't be made: " + error.message()
                 : std::string{};
}

// Why nothing can be made there; empty: it can.
std::string taken(fs::path const& path) {
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(path, ignored))) return {};
    return detail::in_backticks(path.string()) + " exists, and is not overwritten";
}

int refuse(streams& to, std::string const& problem) {
    to.complain(problem);
    return exit_code::usage;
}

// Puts all files where nothing is. What was made before something went wrong stays.
std::string make_all(fs::path const& path, starter::policy_files const& made, bool directory) {
    for (source_file const& file : made.files) {
        fs::path const target = directory ? path / file.path : path;
        std::string problem;
        if (target.has_parent_path()) problem = make_directories(target.parent_path());
        if (problem.empty()) problem = make_file(target, file.text);
        if (!problem.empty()) return problem;
    }
    return {};
}

// A path as a word of a command line.
std::string as_word(std::string const& path) {
    constexpr std::string_view harmless =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@%:,";
    if (path.find_first_not_of(harmless) == std::string::npos) return path;
    std::string result = "'";
    for (char const c : detail::printable(path)) result += c == '\'' ? "'\\''" : std::string(1, c);
    return result + '\'';
}

void show_next_steps(std::string const& path, starter::policy_files const& made, output& to) {
    std::string const word = as_word(path);
    std::string const question =
        made.example_role + " view " + made.example_category +
        (made.example_fact.empty() ? std::string{} : " --fact " + made.example_fact + "=true");
    to.line("");
    to.line("Next:");
    to.line("  Read it with those whom it concerns, line by line, and change what is not so.");
    to.line("  rolecall validate " + word);
    to.line("      whenever it was changed: is anything wrong with it");
    to.line("  rolecall test " + word);
    to.line("      does it still answer as its exercises expect");
    to.line("  rolecall matrix " + word);
    to.line("      who may do what, as a table");
    to.line("  rolecall explain " + word + " " + question);
    to.line("      a question, with the lines that decide");
    to.line("  rolecall schema --for " + word);
    to.line("      so that your editor completes its names");
}

}  // namespace

int run_init(init_arguments const& arguments, streams& to) {
    init_arguments said = arguments;
    if (said.asks && !can_ask(to))
        return refuse(
            to,
            "there is nobody to ask: this is no terminal. Say `--yes` for the usual answers, or "
            "what you want with `--name`, `--owner`, `--roles`, `--data`, `--user` and "
            "`--directory`");
    if (said.path && !taken(*said.path).empty()) return refuse(to, taken(*said.path));
    if (said.asks) {
        auto answered = interview(said, to);
        if (!answered) return refuse(to, "there was no answer; nothing was written");
        said = std::move(*answered);
    }
    std::string const path = said.path.value_or(usual_path(said.directory));
    starter::policy_files const made = starter::write(wishes_of(said));
    std::string problem = taken(path);
    if (problem.empty()) problem = make_all(path, made, said.directory);
    if (!problem.empty()) return refuse(to, problem);
    to.out.line(
        "wrote " + detail::printable(path) +
        (said.directory ? " (" + count_text(made.files.size(), "file") + ")" : std::string{}));
    for (std::string const& work : made.left_out)
        to.out.line("  without " + work + ": its work needs none of this data");
    show_next_steps(path, made, to.out);
    return exit_code::fine;
}

}  // namespace rolecall::inline v0_1::cli
