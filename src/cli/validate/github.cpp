#include "cli/validate/github.hpp"

#include <rolecall/diagnostic_text.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

std::string escaped(std::string_view text, std::string_view which) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (char const c : text) {
        if (which.find(c) == std::string_view::npos) {
            result += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return result;
}

}  // namespace

std::string github_data(std::string_view text) { return escaped(text, "%\r\n"); }

std::string github_property(std::string_view text) { return escaped(text, "%\r\n:,"); }

std::string github_annotation(diagnostic const& finding) {
    location const& at = finding.where;
    // GitHub calls a note a notice.
    bool const note = finding.level() == severity::note;
    std::string command = "::" + std::string(note ? "notice" : to_string(finding.level())) + ' ';
    if (!at.path.empty()) command += "file=" + github_property(at.path) + ',';
    if (at.line > 0) {
        command += "line=" + std::to_string(at.line) + ",col=" + std::to_string(at.column) +
                   ",endColumn=" + std::to_string(at.column + at.length) + ',';
    }
    command += "title=" + github_property(to_string(finding.code));
    std::string text = finding.text;
    for (related_location const& r : finding.related)
        text += '\n' + detail::place_text(r.where) + ": " + r.text;
    return command + "::" + github_data(text);
}

}  // namespace rolecall::inline v0_1::cli
