// The command `import csv`.
#include "cli/commands.hpp"
#include "import/files.hpp"
#include "import/import_tables.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {

namespace {

std::string count_of(std::size_t number, std::string_view one, std::string_view many) {
    return with_commas(number) + ' ' + std::string(number == 1 ? one : many);
}

bool to_standard_output(import_arguments const& arguments) {
    return arguments.output.empty() || arguments.output == "-";
}

// Reads a file, or complains.
std::optional<source_file> read_or_complain(std::string const& path, streams& to) {
    source_file file{path == "-" ? "standard input" : path, {}};
    auto const wrong = csv::read_table_file(path, file.text);
    if (!wrong) return file;
    to.complain(*wrong);
    return std::nullopt;
}

// Every file that can't be read is complained about, not just the first.
std::optional<csv::import_sources> read_sources(import_arguments const& arguments, streams& to) {
    csv::import_sources sources;
    bool ok = true;
    auto const read = [&](std::string const& path, std::optional<source_file>& file) {
        if (path.empty()) return;
        file = read_or_complain(path, to);
        ok = ok && file.has_value();
    };
    std::optional<source_file> table = read_or_complain(arguments.file, to);
    read(arguments.hierarchy, sources.hierarchy);
    read(arguments.names, sources.names);
    if (auto const wrong = csv::read_choice(arguments.columns, sources.columns)) {
        to.complain("--columns: " + *wrong);
        ok = false;
    }
    if (!ok || !table) return std::nullopt;
    sources.table = std::move(*table);
    if (arguments.file != "-") sources.policy_name = csv::stem_of(arguments.file);
    return sources;
}

bool check_output(import_arguments const& arguments, streams& to) {
    if (to_standard_output(arguments)) return true;
    for (std::string const* input : {&arguments.file, &arguments.hierarchy, &arguments.names}) {
        if (!csv::same_file(arguments.output, *input)) continue;
        to.complain("--output: " + detail::in_backticks(arguments.output) +
                    " is a table of this import, and would be lost");
        return false;
    }
    return true;
}

void show_problems(csv::import_result const& result, output& to) {
    for (diagnostic const& problem : result.problems)
        to.line(to_text(problem, to.colour().diagnostics));
    if (result.more_problems > 0)
        to.line("and " + count_of(result.more_problems, "more problem", "more problems"));
    if (!result.names_to_give.empty()) {
        to.line("A beginning for the file of --names; write a name after each comma:");
        for (std::string_view rest = result.names_to_give; !rest.empty();) {
            std::size_t const end = rest.find('\n');
            to.line(detail::printable(rest.substr(0, end)));
            rest.remove_prefix(end + 1);
        }
    }
}

void show_summary(csv::import_result const& result, import_arguments const& arguments, output& to) {
    for (std::string const& note : result.notes) to.line("note: " + note);
    std::string text = count_of(result.roles, "role", "roles") + ", " +
                       count_of(result.categories, "category", "categories") + ", " +
                       count_of(result.rights, "right", "rights") + " written";
    if (!to_standard_output(arguments)) text += " to " + detail::printable(arguments.output);
    to.line(text);
}

bool write_policy(csv::import_result const& result, import_arguments const& arguments,
                  streams& to) {
    if (to_standard_output(arguments)) {
        to.out.write(result.policy);
        return to.out.flush();
    }
    auto const wrong = csv::write_whole_file(arguments.output, result.policy);
    if (wrong) to.complain(*wrong);
    return !wrong;
}

}  // namespace

int run_import(import_arguments const& arguments, streams& to) {
    auto sources = read_sources(arguments, to);
    if (!sources || !check_output(arguments, to)) return exit_code::usage;
    csv::import_result const result = csv::import_tables(std::move(*sources));
    if (!result) {
        show_problems(result, to.err);
        return exit_code::invalid_policy;
    }
    if (!write_policy(result, arguments, to)) return exit_code::usage;
    show_summary(result, arguments, to.err);
    return exit_code::fine;
}

}  // namespace rolecall::inline v0_1::cli
