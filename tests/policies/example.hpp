// An example of a policy, or of a table to import: its files, what is done to them, and what
// rolecall has to say about the result. The golden cases and the pages of docs/diagnostics
// are both made of these.
//
// What is done is said in the commands that a person would type:
//
//     ln -s TARGET NAME            a symbolic link
//     mkfifo NAME                  something that is no regular file
//     truncate -s SIZE NAME        cut to that many bytes; `-1`: one byte less; `65M`: enlarge
//     rolecall validate [--demand-end-marker] [--max-table-mib N] PATH
//     rolecall import csv table.csv [--columns …] [--hierarchy FILE] [--names FILE]
//
// Without a command of rolecall's: `validate .`, or `import csv table.csv` if there is one.
//
// What lint finds, under the settings of a `.rolecall.yaml` and beside the exercises of a
// `.rolecall-exercises.yaml` among the files, is told where the example is about a rule of lint,
// and what is wrong with the settings where it is about settings. Elsewhere an example would have
// to be free of both only to show one mistake.
#ifndef ROLECALL_TESTS_POLICIES_EXAMPLE_HPP
#define ROLECALL_TESTS_POLICIES_EXAMPLE_HPP

#include <rolecall/diagnostic.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

struct example_file {
    std::string path;  ///< relative
    std::string text;
};

struct example {
    std::vector<example_file> files;
    std::vector<std::string> commands;
};

/// Runs an example, about the problem of that code or, without one, about several, in a directory
/// of its own. Paths are relative to that; the directory itself is `.`. The day is 2027-01-01.
/// Throws where a command can't be followed.
std::vector<diagnostic> problems_of(example const& given, std::string_view code);

/// The problems as they are printed, each ended by a line break.
std::string printed(std::vector<diagnostic> const& problems);

/// `\xEF` in a text becomes that byte.
std::string without_escapes(std::string_view text);

/// Every line that has an `{n}` becomes `count` lines, with the numbers from 1 on.
std::string repeated(std::string_view text, std::size_t count);

std::optional<diagnostic_code> code_named(std::string_view text);

/// The whole of a file. Throws where it can't be read.
std::string contents(std::filesystem::path const& file);

/// Replaces a file, where this run is to bring what is expected up to date:
/// ROLECALL_UPDATE_GOLDEN=1. Read what it wrote before you keep it.
void write_contents(std::filesystem::path const& file, std::string_view text);
bool updates_expectations();

}  // namespace rolecall::testing

#endif
