// The fenced blocks of a Markdown page.
#ifndef ROLECALL_TESTS_DOCS_MARKDOWN_HPP
#define ROLECALL_TESTS_DOCS_MARKDOWN_HPP

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace rolecall::testing {

struct fenced_block {
    std::size_t line = 0;  ///< of the opening fence, from 1
    std::string info;      ///< what stands behind the fence, such as `cpp examples/x.cpp`
    std::string text;
};

inline std::string whole_file(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("can't read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

inline std::vector<fenced_block> fenced_blocks(std::filesystem::path const& page) {
    std::vector<fenced_block> blocks;
    std::istringstream lines(whole_file(page));
    bool inside = false;
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) blocks.push_back({number, line.substr(3), {}});
        } else if (inside) {
            blocks.back().text += line + '\n';
        }
    }
    if (inside) throw std::runtime_error(page.string() + ": a block is not closed");
    return blocks;
}

/// The page without its fenced blocks: what is read as sentences.
inline std::string prose(std::filesystem::path const& page) {
    std::string text;
    std::istringstream lines(whole_file(page));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        bool const is_fence = line.starts_with("```");
        if (!inside && !is_fence) text += line + '\n';
        inside ^= is_fence;
    }
    return text;
}

/// README.md, and every page of docs but those of diagnostics, which have tests of their own.
inline std::vector<std::filesystem::path> pages_with_samples(std::filesystem::path const& root) {
    std::vector<std::filesystem::path> pages{root / "README.md", root / "policies/README.md"};
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root / "docs"))
        if (entry.path().extension() == ".md" &&
            entry.path().string().find("/diagnostics/") == std::string::npos)
            pages.push_back(entry.path());
    return pages;
}

}  // namespace rolecall::testing

#endif
