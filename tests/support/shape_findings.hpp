// What reading a document finds, as short lines that tests can compare.
#ifndef ROLECALL_TESTS_SUPPORT_SHAPE_FINDINGS_HPP
#define ROLECALL_TESTS_SUPPORT_SHAPE_FINDINGS_HPP

#include "document/read_document.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/document.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

inline yaml::document_reading read_files(
    std::vector<std::pair<std::string, std::string>> const& files) {
    std::vector<yaml::policy_file> sources;
    for (auto const& [path, text] : files) sources.push_back({path, path, text, {}});
    return yaml::read_document(std::move(sources), false);
}

/// Reads a file `p.yaml` that begins with `rolecall: 1`; the sections begin in line 2.
inline yaml::document_reading read_sections(std::string_view sections) {
    return read_files({{"p.yaml", "rolecall: 1\n" + std::string(sections)}});
}

inline std::vector<diagnostic> diagnostics(yaml::document_reading const& read) {
    return detail::to_diagnostics(read.found, read.document.files);
}

/// A line for each finding: `7:20+4 unknown-key`, and related places as ` <- 3:1`.
inline std::string places(std::vector<diagnostic> const& found) {
    std::string result;
    for (diagnostic const& d : found) {
        result += std::to_string(d.where.line) + ':' + std::to_string(d.where.column) + '+' +
                  std::to_string(d.where.length) + ' ' + std::string(to_string(d.code));
        for (related_location const& r : d.related)
            result += " <- " + std::to_string(r.where.line) + ':' + std::to_string(r.where.column);
        result += '\n';
    }
    return result;
}

inline std::string places(std::string_view sections) {
    return places(diagnostics(read_sections(sections)));
}

/// The texts, each in its line.
inline std::string texts(std::string_view sections) {
    std::string result;
    for (diagnostic const& d : diagnostics(read_sections(sections))) result += d.text + '\n';
    return result;
}

}  // namespace rolecall::testing

#endif
