// Texts that our reader accepts, to begin from: the sample policies, and one text that has
// everything in it that the subset of YAML has.
#ifndef ROLECALL_TESTS_FUZZ_SAMPLE_POLICIES_HPP
#define ROLECALL_TESTS_FUZZ_SAMPLE_POLICIES_HPP

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

struct sample {
    std::string name;
    std::string text;
};

inline constexpr std::string_view every_syntax = R"(--- # start
rolecall: 1   # comment
policy:
  name: 'Corner''s Shop'
  about: plain text
    on lines

    and more
levels: [public, "in\nternal",
  {a: b, "c":d, e: [f,],}, ]
"roles":
- marketing
- - nested
  -   list
- inherits: [é, "\u00e9\n"]
  may: {}
  x:
    y
because: |
  One

   two # text
folded: >-2
   Three
  four

  five
last : ''
...
)";

inline std::string read_file(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// All files below a folder that have this name or extension, in the order of their paths.
inline std::vector<sample> files_below(std::filesystem::path const& folder,
                                       std::string_view name_or_extension) {
    std::vector<sample> result;
    if (!std::filesystem::is_directory(folder)) return result;
    for (auto const& e : std::filesystem::recursive_directory_iterator(folder)) {
        auto const& path = e.path();
        if (path.filename() == name_or_extension || path.extension() == name_or_extension)
            result.push_back({path.string(), read_file(path)});
    }
    std::sort(result.begin(), result.end(),
              [](sample const& a, sample const& b) { return a.name < b.name; });
    return result;
}

inline std::vector<sample> sample_policies() {
    return files_below(std::filesystem::path(ROLECALL_SOURCE_DIR) / "policies", ".yaml");
}

/// Every syntax, with both kinds of line ends.
inline std::vector<sample> samples_of_syntax() {
    std::string const unix_lines(every_syntax);
    std::string dos_lines;
    for (char const c : unix_lines) dos_lines += c == '\n' ? "\r\n" : std::string(1, c);
    return {{"every syntax", unix_lines}, {"every syntax, CR LF", dos_lines}};
}

inline std::vector<sample> all_samples() {
    auto result = sample_policies();
    for (sample& s : samples_of_syntax()) result.push_back(std::move(s));
    return result;
}

}  // namespace rolecall::testing

#endif
