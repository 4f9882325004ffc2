#include "watch/files_read.hpp"

#include "document/sha256.hpp"
#include <rolecall/diagnostic_code.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

namespace rolecall::inline v0_1::watch {

namespace {

// A line of `sha256sum`. It marks a line with escaped characters by a backslash in front, so
// that a name with a line break in it can't pass for two files.
std::string sum_line(std::string_view text, std::string_view name) {
    std::string escaped;
    for (char const c : name) {
        if (c == '\\')
            escaped += "\\\\";
        else if (c == '\n')
            escaped += "\\n";
        else if (c == '\r')
            escaped += "\\r";
        else
            escaped += c;
    }
    std::string const mark = escaped.size() > name.size() ? "\\" : "";
    return mark + sha256(text) + "  " + escaped + '\n';
}

// No line of a file that was read begins like this.
std::string problem_line(yaml::policy_file const& file) {
    return '!' + std::string(to_string(file.problem->code)) + ' ' +
           sum_line(file.problem->text, file.relative);
}

files_read identified(std::vector<yaml::policy_file> files) {
    files_read result;
    std::string lines;
    for (yaml::policy_file const& file : files)
        lines += file.problem ? problem_line(file) : sum_line(file.text, file.relative);
    result.identity = sha256(lines);
    bool const whole = std::none_of(files.begin(), files.end(), [](yaml::policy_file const& f) {
        return f.problem.has_value();
    });
    if (whole) result.digest = result.identity;
    result.files = std::move(files);
    return result;
}

}  // namespace

std::string absolute(std::string const& path) {
    if (path.empty() || path.front() == '/') return path;
    std::unique_ptr<char, void (*)(void*)> const here(::realpath(".", nullptr), std::free);
    if (!here) return path;
    std::string result(here.get());
    if (result.back() != '/') result += '/';
    return result + path;
}

files_read read_files(std::string const& path, std::string const& given, std::size_t max_bytes) {
    auto files = yaml::read_policy_files(path, max_bytes);
    for (yaml::policy_file& file : files)
        if (file.path.compare(0, path.size(), path) == 0) file.path.replace(0, path.size(), given);
    return identified(std::move(files));
}

files_read no_files(std::string const& given, std::string problem) {
    std::vector<yaml::policy_file> files;
    files.push_back({given, given, "",
                     yaml::file_problem{diagnostic_code::unreadable_file, std::move(problem)}});
    return identified(std::move(files));
}

bool is_made_from(document const& source, files_read const& read) {
    return std::equal(source.files.begin(), source.files.end(), read.files.begin(),
                      read.files.end(), [](source_file const& a, yaml::policy_file const& b) {
                          return !b.problem && a.path == b.path && a.text == b.text;
                      });
}

std::string first_error(std::vector<diagnostic> const& findings) {
    for (diagnostic const& d : findings)
        if (d.level() == severity::error) {
            diagnostic line = d;
            line.where.text.clear();
            line.related.clear();
            return to_text(line);
        }
    return {};
}

}  // namespace rolecall::inline v0_1::watch
