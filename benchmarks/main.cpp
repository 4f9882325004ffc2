// Runs the benchmarks, and prints one table.
#include "benchmarks.hpp"
#include "support/table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>

using namespace rolecall::benchmarks;

namespace {

bool shows_colour() {
    char const* const no = std::getenv("NO_COLOR");
    char const* const terminal = std::getenv("TERM");
    return ::isatty(STDOUT_FILENO) != 0 && (no == nullptr || *no == '\0') &&
           (terminal == nullptr || std::string_view(terminal) != "dumb");
}

// How far it is, on one line of a terminal that goes again.
class progress_line {
public:
    progress_line() {
        char const* const terminal = std::getenv("TERM");
        shown_ = ::isatty(STDERR_FILENO) != 0 &&
                 (terminal == nullptr || std::string_view(terminal) != "dumb");
    }
    progress_line(progress_line const&) = delete;
    progress_line& operator=(progress_line const&) = delete;
    ~progress_line() {
        if (shown_) fmt::print(stderr, "\r\x1b[K");
    }

    void at(double share) const {
        if (shown_) fmt::print(stderr, "\r\x1b[K  … about {:.0f} %", 100 * share);
    }

private:
    bool shown_ = false;
};

suite everything() {
    suite all;
    check_by_session(all);
    check_by_reference(all);
    check_by_name(all);
    check_with_facts(all);
    guardrails(all);
    decide(all);
    journals(all);
    activation(all);
    users(all);
    directory(all);
    reload(all);
    load(all);
    lint_and_diff(all);
    mutation(all);
    return all;
}

}  // namespace

int main(int count, char** words) try {
    CLI::App program("How fast rolecall answers, beside the floor of each question.");
    run_options options;
    std::string filter;
    std::string counts_file;
    bool markdown = false;
    bool list = false;
    bool count_only = false;
    program.add_option("--filter", filter,
                       "Only lines of which a text or name matches this regular expression");
    program.add_option("--json", options.json, "Write Google Benchmark's own report to this file");
    program.add_option("--seconds", options.seconds, "How long each repetition takes, at least")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    program.add_option("--repetitions", options.repetitions, "How often each is measured")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    program.add_flag("--markdown", markdown, "The tables as docs/benchmarks.md holds them");
    program.add_flag("--list", list, "Only the names of what would be measured");
    std::string const internal = "What ./dev bench uses";
    program
        .add_option("--counts", counts_file, "Instructions, as count_instructions.sh wrote them")
        ->group(internal);
    program.add_flag("--count-instructions", count_only, "For count_instructions.sh")
        ->group(internal);
    try {
        program.parse(count, words);
    } catch (CLI::ParseError const& problem) {
        return program.exit(problem) == 0 ? 0 : 2;
    }

    suite all = everything();
    if (!filter.empty()) all.keep(filter);
    if (all.sections().empty()) {
        fmt::print(stderr, "nothing matches `{}`\n", filter);
        return 2;
    }
    if (list) {
        for (section const& part : all.sections())
            for (line const& l : part.lines)
                fmt::print("{:<48}  {}: {}\n", all.name(l.measured), part.title, l.text);
        return 0;
    }
    if (count_only) {
        all.count_instructions();
        return 0;
    }

    if (!options.json.empty() && !std::ofstream(options.json)) {
        fmt::print(stderr, "can't write {}\n", options.json);
        return 2;
    }
    auto const counts = read_counts(counts_file);
    gathered_runs measured;
    {
        progress_line const line;
        line.at(0);
        all.check_answers();
        all.run(options, measured, [&](double share) { line.at(share); });
    }
    if (!measured.problem().empty()) {
        fmt::print(stderr, "{}\n", measured.problem());
        return 1;
    }
    fmt::print("{}",
               write_table(all, measured, counts,
                           markdown ? table_format::markdown : table_format::text, shows_colour()));
    return 0;
} catch (std::regex_error const&) {
    fmt::print(stderr, "that is no regular expression\n");
    return 2;
} catch (std::exception const& problem) {
    fmt::print(stderr, "rolecall_benchmark: {}\n", problem.what());
    return 1;
}
