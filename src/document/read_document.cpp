#include "document/read_document.hpp"

#include "document/grammar.hpp"
#include "yaml/read.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

place whole_file(std::size_t number) { return {static_cast<std::uint32_t>(number), 0, 0, 0}; }

// Compares the policy's list of files with the files that are there. Gives whether a listed
// one is missing. A file with a problem is there, and has been reported.
bool check_file_list(std::vector<written_name> const& listed, std::vector<policy_file> const& files,
                     detail::findings& found) {
    std::set<std::string_view> missing;
    for (written_name const& file : listed) missing.insert(file.text);
    std::vector<std::string_view> unlisted;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (missing.erase(files[i].relative) > 0 || files[i].problem) continue;
        unlisted.push_back(files[i].relative);
        found.push_back({diagnostic_code::file_list,
                         whole_file(i),
                         "this file is not in the policy's list of files; add " +
                             detail::in_backticks(files[i].relative),
                         {{listed.front().at, "the list begins here"}}});
    }
    detail::suggester suggestions;
    for (written_name const& file : listed)
        if (missing.contains(file.text))
            found.push_back({diagnostic_code::file_list,
                             file.at,
                             "the policy has no file " + detail::in_backticks(file.text) +
                                 detail::did_you_mean(suggestions.closest(file.text, unlisted)),
                             {}});
    return !missing.empty();
}

}  // namespace

document_reading read_document(std::vector<policy_file> files, bool demand_end_marker) {
    document_reading result;
    document& into = result.document;
    grammar sections(into, result.found);
    for (policy_file& file : files) {
        auto const number = static_cast<std::uint32_t>(into.files.size());
        into.files.push_back({std::move(file.path), std::move(file.text)});
        if (file.problem) {
            result.found.push_back(
                {file.problem->code, whole_file(number), file.problem->text, {}});
            into.incomplete = true;
            continue;
        }
        reading read_file = read(into.files[number].text, number, {demand_end_marker});
        std::move(read_file.found.begin(), read_file.found.end(), std::back_inserter(result.found));
        sections.add(read_file, number);
    }
    auto const& listed = sections.listed_files();
    if (!listed.empty() && check_file_list(listed, files, result.found)) into.incomplete = true;
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
